"""Whether a place can still be had, and who moves up when one becomes free."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.events.rules.vocabulary import Kind, State, Status


class No(StrEnum):
    """Why nothing can be booked."""

    CANCELLED = "cancelled"
    OVER = "over"
    """The event has begun."""
    EARLY = "early"
    """Booking has not begun."""
    LATE = "late"
    """Booking has ended."""
    OPEN = "open"
    """Nobody need book: everybody may come."""
    FULL = "full"
    """No place, and the waiting list is as long as the event."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """What booking depends on. `places` counts families; None: as many as come, nothing to book."""

    kind: Kind
    status: Status
    starts_at: datetime
    booking_from: datetime | None
    booking_until: datetime | None
    places: int | None


@dataclass(frozen=True, slots=True)
class Held:
    """A booking as far as order is concerned."""

    id: int
    state: State


def refusal(meeting: Meeting, held: Iterable[Held], now: datetime) -> No | None:
    """Say why one more family cannot book, or None if it gets a place or a turn on the waiting list."""
    if meeting.status == Status.CANCELLED:
        return No.CANCELLED
    if now >= meeting.starts_at:
        return No.OVER
    if meeting.places is None:
        return No.OPEN
    if meeting.booking_from and now < meeting.booking_from:
        return No.EARLY
    if meeting.booking_until and now >= meeting.booking_until:
        return No.LATE
    waiting = sum(each.state == State.WAITING for each in held)
    return No.FULL if waiting >= meeting.places else None


def free(places: int | None, held: Iterable[Held]) -> int | None:
    """Return how many places are left, never below zero; None where there is nothing to book."""
    if places is None:
        return None
    return max(0, places - sum(each.state == State.BOOKED for each in held))


def moving_up(places: int | None, held: Sequence[Held]) -> tuple[int, ...]:
    """Return the ids of those who wait and now get a place, the first to come first."""
    left = free(places, held)
    waiting = [each.id for each in held if each.state == State.WAITING]
    return tuple(waiting if left is None else waiting[:left])


def needs_telephone(kind: Kind) -> bool:
    """Tell whether a booking means nothing without a number to call: nobody visits unannounced."""
    return kind == Kind.VISIT
