"""Booking a place and opening the booking again with its code. Between one reader and us; never kept."""

from flask import make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.areas import queries as areas
from app.core import clock, limits, stamps
from app.events import queries as reads
from app.events.forms.booking import HASTY, STALE, ActForm, BookingForm, CodeForm
from app.events.public.entry import bp
from app.events.public.listing import known
from app.events.queries import EventCard
from app.events.rules import codes
from app.events.rules.booking import needs_telephone
from app.events.rules.vocabulary import Kind
from app.events.service import booking as service
from app.events.service.booking import Asked, NotBooked

_TOO_OFTEN, _CONFLICT = 429, 409
_OPEN = "booking"
_LIFE = 1800
"""Seconds that a booking stays open in a browser after its code was typed."""


@bp.route("/events/<id>/book", methods=["GET", "POST"])
def book(id: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Ask how many come; the answer to the form that is sent holds the code."""
    card = known(id)
    form = BookingForm()
    form.needs_telephone = needs_telephone(Kind(card.kind))
    if not form.is_submitted():
        form.present()
        return _form(card, form)
    if not limits.allow("event.book", limits.source_key()):
        words = _("Too many bookings came from your connection. Try again in an hour, or call.")
        return _form(card, form, _TOO_OFTEN, words)
    if not form.validate():
        return _form(card, form, 400)
    verdict = stamps.judge(form.shown.data or "", f"book:{card.id}", form.website.data or "")
    if verdict != "right":
        return _form(card, form, 400, str(HASTY if verdict == "hasty" else STALE))
    asked = Asked(
        card.id, form.token.data, form.adults.data or 1, form.children.data or 0, form.telephone.data or ""
    )
    try:
        receipt = service.book(asked)
    except NotBooked:
        return _form(known(id), form, _CONFLICT)
    return _show(
        "events/booked.html", known(id), code=codes.show(receipt.code), state=receipt.state, asked=asked
    )


@bp.route("/events/booking", methods=["GET", "POST"])
def booking() -> ResponseReturnValue:
    """Open a booking with its code, look at it again for half an hour."""
    form = CodeForm()
    if form.is_submitted():
        found, status, words = _opened_by(form)
        if found is None:
            return make_response(render_template("events/code.html", form=form, trouble=words), status)
        session[_OPEN] = {"id": found, "until": int(clock.now().timestamp()) + _LIFE}
        return redirect(url_for("events.booking"), 303)
    opened = _opened()
    held = reads.booking(opened) if opened is not None else None
    if held is None:
        return make_response(render_template("events/code.html", form=form, trouble=""))
    return _show("events/booking.html", held.event, held=held, form=ActForm())


@bp.post("/events/booking/cancel")
def give_back() -> ResponseReturnValue:
    """Give the place back."""
    opened = _opened()
    if opened is not None and ActForm().validate():
        service.cancel(opened)
    return redirect(url_for("events.booking"), 303)


@bp.post("/events/booking/leave")
def leave() -> ResponseReturnValue:
    """Forget the booking that is open in this browser."""
    session.pop(_OPEN, None)
    return redirect(url_for("events.events"), 303)


def _opened_by(form: CodeForm) -> tuple[int | None, int, str]:
    """Return the booking of a typed code, or the status and what to say."""
    if not limits.allow("event.code", limits.source_key()):
        return None, _TOO_OFTEN, _("Too many booking codes were tried from your connection. Try again later.")
    digits = form.digits() if form.validate() else None
    found = service.find(digits) if digits else None
    return (
        found,
        200 if found else 400,
        _("There is no booking with this booking code. It has twelve digits."),
    )


def _opened() -> int | None:
    held = session.get(_OPEN)
    if not isinstance(held, dict) or int(held.get("until", 0)) <= clock.now().timestamp():
        session.pop(_OPEN, None)
        return None
    return int(held["id"])


def _form(card: EventCard, form: BookingForm, status: int = 200, trouble: str = "") -> ResponseReturnValue:
    form.shown.data, form.website.data = stamps.stamp(f"book:{card.id}"), ""
    return _show("events/book.html", card, status, form=form, trouble=trouble)


def _show(template: str, card: EventCard, status: int = 200, **values: object) -> ResponseReturnValue:
    body = render_template(template, card=card, place=areas.place_of(card.place), **values)
    response = make_response(body, status)
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
