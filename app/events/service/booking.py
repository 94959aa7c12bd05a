"""Booking a place and giving it back. The code is reckoned from the form's token; only a hash is kept."""

import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from flask import current_app
from sqlalchemy import select, update

from app import settings as configuration
from app.core import audit, clock
from app.core.db import touch_data
from app.core.sealing import keyed_hash, seal_text
from app.events.model import Booking, Event
from app.events.queries.meetings import context, meeting_of
from app.events.rules import codes
from app.events.rules.booking import Held, No, free, moving_up, refusal
from app.events.rules.vocabulary import State
from app.extensions import db

FORGET_AFTER: Final = timedelta(days=30)
"""How long after an event telephone numbers and bookings are kept."""


class NotBooked(Exception):  # noqa: N818 - nobody made an error
    """Nothing was written; `why` says what is in the way."""

    def __init__(self, why: No) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Asked:
    """What a family asks for. `token` is the form's; `telephone` may be empty where nobody need call."""

    event: str
    token: str
    adults: int
    children: int
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the family is given: the code that opens the booking, and whether it has a place or waits."""

    event: str
    code: str
    state: State


def book(asked: Asked) -> Receipt:
    """Book a place or a turn on the waiting list. Commits.

    The same form sent again gives the same receipt. Raises `NotBooked`, `LookupError` for no such event.
    """
    event = _locked(asked.event)
    code, request = _code(asked.token), keyed_hash("bookings", f"request:{asked.token}")
    before = db.session.scalars(select(Booking).where(Booking.request == request)).one_or_none()
    if before is not None:
        db.session.rollback()
        return Receipt(before.event, code, State(before.state))
    held = _held(event.id)
    why = refusal(meeting_of(event), held, clock.now())
    if why is not None:
        db.session.rollback()
        raise NotBooked(why)
    state = State.BOOKED if free(event.places, held) else State.WAITING
    booking = Booking(
        event=event.id,
        request=request,
        code=_hash(code),
        adults=asked.adults,
        children=asked.children,
        telephone=seal_text(asked.telephone, context(event.id)) if asked.telephone else None,
        state=state.value,
        made_at=clock.now(),
    )
    db.session.add(booking)
    db.session.flush()
    audit.record("event.booked", actor=audit.RESIDENT, subject=event.id, data={"state": state.value})
    touch_data(texts=False)
    db.session.commit()
    return Receipt(event.id, code, state)


def find(code: str) -> int | None:
    """Return the booking that a code opens."""
    return db.session.scalar(select(Booking.id).where(Booking.code == _hash(code)))


def cancel(booking: int) -> None:
    """Give a place back; who waits longest gets it. Commits. Cancelling twice is once."""
    event_id = db.session.scalar(select(Booking.event).where(Booking.id == booking))
    if event_id is None:
        return
    event = _locked(event_id)
    row = db.session.get(Booking, booking, populate_existing=True)
    if row is None or row.state == State.CANCELLED or clock.now() >= event.starts_at:
        db.session.rollback()
        return
    row.state, row.telephone = State.CANCELLED.value, None
    db.session.flush()
    move_up(event)
    audit.record("event.given-back", actor=audit.RESIDENT, subject=event.id)
    touch_data(texts=False)
    db.session.commit()


def move_up(event: Event) -> None:
    """Give free places to those who wait. Does not commit."""
    moved = moving_up(event.places, _held(event.id))
    if moved:
        db.session.execute(update(Booking).where(Booking.id.in_(moved)).values(state=State.BOOKED.value))


def forget_past() -> int:
    """Erase the bookings of events long over. Commits and returns how many; counts of who came stay."""
    over = select(Event.id).where(Event.ends_at < clock.now() - FORGET_AFTER)
    gone = list(db.session.scalars(select(Booking).where(Booking.event.in_(over))))
    for booking in gone:
        db.session.delete(booking)
    db.session.commit()
    return len(gone)


def _locked(event: str) -> Event:
    """Return an event; bookings of one event are taken one after the other."""
    db.session.execute(update(Event).where(Event.id == event).values(id=Event.id))
    found = db.session.get(Event, event, populate_existing=True)
    if found is None:
        raise LookupError(event)
    return found


def _held(event: str) -> list[Held]:
    rows = db.session.execute(
        select(Booking.id, Booking.state).where(Booking.event == event).order_by(Booking.id)
    )
    return [Held(row.id, State(row.state)) for row in rows]


def _code(token: str) -> str:
    key = configuration.secret(current_app.extensions["settings"], "receipts")
    return codes.code_from(hmac.digest(key.encode(), f"booking:{token}".encode(), "sha256"))


def _hash(code: str) -> str:
    return keyed_hash("bookings", f"code:{code}")
