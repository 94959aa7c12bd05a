"""Events of one's own area: the list, one of them with its bookings, and the steps that can be taken."""

from collections.abc import Callable

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms.fields import SelectChoice

from app.accounts.rules import Action, Target, rights
from app.accounts.staff import door, offer
from app.areas import queries as areas
from app.core.pages import language
from app.events import queries as reads
from app.events.forms.asking import page
from app.events.forms.editing import CancelForm, CountForm, EventForm, expert_choices, option
from app.events.queries import EventCard, Wanted
from app.events.service import holding
from app.events.staff.entry import bp, me, show

offer("events_staff.listing", _l("Events"), Action.EVENT_EDIT, order=30)
_CONFLICT = 409
_COUNTY = 6


@bp.get("/events")
@door(Action.EVENT_EDIT)
def listing() -> ResponseReturnValue:
    """Show what is to come in one's area, or what is over."""
    past = request.args.get("past") == "1"
    lists = [
        reads.events(
            Wanted(place=area[:_COUNTY], township=area if len(area) > _COUNTY else "", past=past),
            page(request.args),
        )
        for area in _areas()
    ]
    return show("events.html", lists=lists, past=past)


@bp.route("/events/new", methods=["GET", "POST"])
@door(Action.EVENT_EDIT)
def new() -> ResponseReturnValue:
    """Announce an event."""
    area = _areas()[0] if _areas() else abort(404)
    form = _form(area)
    if form.is_submitted() and form.validate():
        target = Target(place=area[:_COUNTY], area=form.township.data or area[:_COUNTY])
        if not me().may(Action.EVENT_EDIT, target):
            abort(404)
        identity = holding.create(area[:_COUNTY], {**form.facts(), "organiser": _office()})
        return redirect(url_for("events_staff.one", id=identity), 303)
    return show("edit.html", 400 if form.is_submitted() else 200, form=form, card=None, stale=False)


@bp.get("/events/<id>")
@door(Action.EVENT_EDIT)
def one(id: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Show an event, who booked and whom to call; that numbers were read is written down."""
    return _page(_mine(id))


@bp.route("/events/<id>/edit", methods=["GET", "POST"])
@door(Action.EVENT_EDIT)
def edit(id: str) -> ResponseReturnValue:  # noqa: A002
    """Change an event."""
    card = _mine(id)
    form = _form(card.township_code or card.place)
    if not form.is_submitted():
        form.present(card)
        form.sequence.data = str(card.sequence)
        return show("edit.html", form=form, card=card, stale=False)
    if not form.validate():
        return show("edit.html", 400, form=form, card=card, stale=False)
    if not me().may(Action.EVENT_EDIT, Target(place=card.place, area=form.township.data or card.place)):
        abort(404)
    try:
        holding.change(card.id, _seen(form.sequence.data), form.facts())
    except holding.Stale:
        form.sequence.data = str(_mine(id).sequence)
        return show("edit.html", _CONFLICT, form=form, card=_mine(id), stale=True)
    return redirect(url_for("events_staff.one", id=id), 303)


@bp.post("/events/<id>/cancel")
@door(Action.EVENT_EDIT)
def cancel(id: str) -> ResponseReturnValue:  # noqa: A002
    """Call an event off and say why."""
    card, form = _mine(id), CancelForm()
    if not form.validate():
        return _page(card, 400, cancelling=form)
    return _try(card, lambda: holding.cancel(card.id, _seen(form.sequence.data), form.reasons()))


@bp.post("/events/<id>/count")
@door(Action.EVENT_EDIT)
def count(id: str) -> ResponseReturnValue:  # noqa: A002
    """Write down who came."""
    card, form = _mine(id), CountForm()
    if not form.validate():
        return _page(card, 400, counting=form)
    families, children = form.families.data or 0, form.children.data or 0
    return _try(card, lambda: holding.count(card.id, _seen(form.sequence.data), families, children))


def _try(card: EventCard, act: Callable[[], None]) -> ResponseReturnValue:
    try:
        act()
    except (holding.Stale, holding.NotYet) as why:
        return _page(_mine(card.id), _CONFLICT, stale=isinstance(why, holding.Stale), early=True)
    return redirect(url_for("events_staff.one", id=card.id), 303)


def _page(card: EventCard, status: int = 200, **values: object) -> ResponseReturnValue:
    held = holding.open_bookings(card.id)
    forms = {"cancelling": CancelForm(formdata=None), "counting": CountForm(formdata=None)}
    return show("event.html", status, card=card, bookings=held, **{**forms, **values})


def _mine(identity: str) -> EventCard:
    """Return an event that one may change; another area's is as if it were not there."""
    target = reads.target(identity)
    card = reads.event(identity)
    if target is None or card is None or not me().may(Action.EVENT_EDIT, target):
        abort(404)
    return card


def _areas() -> tuple[str, ...]:
    """Return the areas one looks after, none inside of another."""
    codes = sorted({grant.area for grant in me().grants if grant.area and Action.EVENT_EDIT in rights(grant)})
    return tuple(code for code in codes if not any(code != each and code.startswith(each) for each in codes))


def _office() -> str | None:
    return next((grant.unit for grant in me().grants if grant.unit), None)


def _form(area: str) -> EventForm:
    """Return a form that offers the townships and experts of an area's county."""
    form, county = EventForm(), area[:_COUNTY]
    mine = [
        each
        for each in areas.children(county)
        if me().may(Action.EVENT_EDIT, Target(place=county, area=each.code))
    ]
    whole = me().may(Action.EVENT_EDIT, Target(place=county, area=county))
    form.township.choices = [
        *([SelectChoice("", "—")] if whole else []),
        *(option(each.code, each.names, language()) for each in mine),
    ]
    form.expert.choices = expert_choices(reads.experts(county), language())
    return form


def _seen(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < _COUNTY else -1
