"""Making events behind the counter: new, changed, cancelled, and who came."""

from collections.abc import Mapping
from typing import Any

from app.core import audit, clock
from app.core.codes import mint
from app.core.db import touch_data
from app.events.model import Event
from app.events.queries import BookingCard, bookings
from app.events.rules.vocabulary import Status
from app.events.service.booking import move_up
from app.extensions import db


class Stale(Exception):  # noqa: N818 - nobody made an error
    """Somebody changed the event since the page was shown; nothing was written."""


class NotYet(Exception):  # noqa: N818
    """Who came can be written down only once the event has begun."""


def create(place: str, facts: Mapping[str, Any]) -> str:
    """Announce an event of a place; `facts` are columns of `Event`. Commits and returns its id."""
    event = Event(
        id=mint(),
        place=place,
        status=Status.PLANNED.value,
        reasons={},
        families=None,
        children=None,
        sequence=0,
        booking_from=None,
        pack=None,
        **facts,
    )
    db.session.add(event)
    _done("event.announced", event)
    return event.id


def change(identity: str, sequence: int, facts: Mapping[str, Any]) -> None:
    """Change an event seen at `sequence`; new places go to those who wait. Commits. Raises `Stale`."""
    event = _held(identity, sequence)
    for column, value in facts.items():
        setattr(event, column, value)
    event.sequence += 1
    db.session.flush()
    move_up(event)
    _done("event.changed", event)


def cancel(identity: str, sequence: int, reasons: Mapping[str, str]) -> None:
    """Call an event off and say why; its page stays. Commits. Raises `Stale`."""
    event = _held(identity, sequence)
    event.status, event.reasons = Status.CANCELLED.value, dict(reasons)
    event.sequence += 1
    _done("event.cancelled", event)


def count(identity: str, sequence: int, families: int, children: int) -> None:
    """Write down who came. Commits. Raises `Stale`, `NotYet`."""
    event = _held(identity, sequence)
    if clock.now() < event.starts_at:
        db.session.rollback()
        raise NotYet
    event.families, event.children = families, children
    event.sequence += 1
    _done("event.counted", event)


def open_bookings(identity: str) -> tuple[BookingCard, ...]:
    """Return who booked, with numbers to call; that numbers were read is written down. Commits."""
    found = bookings(identity)
    if any(each.telephone for each in found):
        audit.record("event.bookings-read", subject=identity)
        db.session.commit()
    return found


def _held(identity: str, sequence: int) -> Event:
    event = db.session.get_one(Event, identity, with_for_update=True, populate_existing=True)
    if event.sequence != sequence:
        db.session.rollback()
        raise Stale
    return event


def _done(what: str, event: Event) -> None:
    db.session.flush()
    touch_data(texts=False)
    audit.record(what, subject=event.id, data={"sequence": event.sequence})
    db.session.commit()
