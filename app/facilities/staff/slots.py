"""Free places: one tap says that there are some today or tomorrow, another takes it back."""

from collections.abc import Callable
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts.rules import Action, Target
from app.accounts.staff import door, offer
from app.core import clock
from app.facilities.forms.reading import printable
from app.facilities.forms.slots import (
    BACK,
    REFUSALS,
    OfferForm,
    SaidForm,
    TapForm,
    VacanciesForm,
    day_of,
)
from app.facilities.queries import proposals as rights
from app.facilities.queries import slots as reads
from app.facilities.rules.slots import ANY_AGE, END, MOST, Said, age
from app.facilities.rules.vocabulary import Band
from app.facilities.service import slots
from app.facilities.service.slots import No, NotOffered, Offer
from app.facilities.staff.entry import bp, me, show

offer("facilities_staff.slots_list", _l("Free places"), Action.FACILITY_SLOTS, order=25)
_LONGEST = 50
_REFUSED = 422


@bp.get("/slots")
@door(Action.FACILITY_SLOTS)
def slots_list() -> ResponseReturnValue:
    """Show the facilities one may speak for, what was said of their places, and buttons to say it anew."""
    return _page()


@bp.get("/slots/<id>")
@door(Action.FACILITY_SLOTS)
def slots_one(id: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Show one facility with its classes."""
    _mine(id)
    return _page(id)


@bp.post("/slots/<id>/tap")
@door(Action.FACILITY_SLOTS)
def slots_tap(id: str) -> ResponseReturnValue:  # noqa: A002
    """Do what a button says: places free today or tomorrow, places free in a class, an offer taken back."""
    target = _mine(id)
    form = TapForm()
    what, number = form.meant()
    if not form.validate() or not what:
        return _page(id, form, 400)
    said = form.who(own=_own(target))
    if what == BACK:
        slots.withdraw(id, number)
        return _back(id)
    if what in set(Band):
        set_ = lambda: slots.set_vacancies(id, Band(what), min(number, 999), said, me())  # noqa: E731
        return _try(id, form, set_, of_class=True)
    if not 0 < number <= MOST:
        return _page(id, form, 400)
    wanted = Offer(id, day_of(what, clock.today()), ANY_AGE, number, None, None, said)
    return _try(id, form, lambda: slots.offer(wanted, me()))


@bp.post("/slots/<id>/offer")
@door(Action.FACILITY_SLOTS)
def slots_offer(id: str) -> ResponseReturnValue:  # noqa: A002
    """Confirm places free today or tomorrow, in a class or between hours."""
    target = _mine(id)
    form = OfferForm()
    if not form.validate():
        return _page(id, form, 400)
    opens, closes = form.hours()
    day, said = day_of(form.day.data, clock.today()), form.who(own=_own(target))
    wanted = Offer(id, day, form.band.data, form.places.data, opens, closes, said)
    return _try(id, form, lambda: slots.offer(wanted, me()))


@bp.post("/slots/<id>/vacancies")
@door(Action.FACILITY_SLOTS)
def slots_vacancies(id: str) -> ResponseReturnValue:  # noqa: A002
    """Say how many places of a class are free, whatever the number."""
    target = _mine(id)
    form = VacanciesForm()
    if not form.validate():
        return _page(id, form, 400)
    said, band = form.who(own=_own(target)), Band(form.band.data)
    set_ = lambda: slots.set_vacancies(id, band, form.vacancies.data, said, me())  # noqa: E731
    return _try(id, form, set_, of_class=True)


def _try(
    identity: str, form: SaidForm, act: Callable[[], None], *, of_class: bool = False
) -> ResponseReturnValue:
    """Do it and go back to the list, or, with places of a class, to the classes: there may be more to say."""
    try:
        act()
    except NotOffered as error:
        return _page(identity, form, _REFUSED, error.why)
    if of_class:
        return redirect(url_for("facilities_staff.slots_one", id=identity, done="1"), 303)
    return _back(identity)


def _mine(identity: str) -> Target:
    """Return what rights to a facility depend on; another's facility is as if it were not there."""
    target = rights.target(identity)
    if target is None or not me().may(Action.FACILITY_SLOTS, target):
        abort(404)
    return target


def _own(target: Target) -> bool:
    """Tell whether whoever is signed in speaks for the facility itself."""
    return any(grant.facility and grant.facility == target.facility for grant in me().grants)


def _asked() -> dict[str, Any]:
    """Return which part of the list somebody looks at."""
    text = request.values.get("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 1  # noqa: PLR2004
    return {"q": printable(request.values.get("q", "")).strip()[:_LONGEST], "page": max(1, number)}


def _page(
    identity: str = "", form: SaidForm | None = None, status: int = 200, why: No | None = None
) -> ResponseReturnValue:
    asked, now = _asked(), clock.now()
    local = now.astimezone(clock.ZONE)
    sentences = _told(form) if form else []
    if form and not sentences:
        sentences = [REFUSALS[why] if why else _l("Nothing was changed. Please tap again.")]
    return show(
        "slots.html",
        status,
        found=reads.offering(me(), asked["q"], asked["page"], now, only=identity),
        asked=asked,
        own=all(grant.facility for grant in me().grants),
        over=local.hour * 60 + local.minute >= END,
        today=local.date(),
        age=age,
        bands=tuple(Band),
        told=(Said.PHONE, Said.WORKER),
        one=identity,
        done=identity is not None and request.args.get("done") == "1",
        sentences=sentences,
        typed=request.form if form else {},
    )


def _told(form: SaidForm) -> list[str]:
    """Return what is wrong, each with the name of its field."""
    wrong = [(each.label.text, str(words)) for each in form for words in each.errors]
    return [_("%(field)s: %(message)s", field=field, message=words) for field, words in wrong]


def _back(identity: str) -> ResponseReturnValue:
    asked = {name: value for name, value in _asked().items() if value and value != 1}
    return redirect(url_for("facilities_staff.slots_list", **asked, _anchor=f"f-{identity}"), 303)
