"""Reads about events, bookings and experts, as small values."""

from app.events.queries.events import (
    BookingCard,
    EventCard,
    EventList,
    Wanted,
    booking,
    bookings,
    event,
    events,
    month_counts,
    reached,
    target,
)
from app.events.queries.experts import ExpertCard, expert, experts

__all__ = [
    "BookingCard",
    "EventCard",
    "EventList",
    "ExpertCard",
    "Wanted",
    "booking",
    "bookings",
    "event",
    "events",
    "expert",
    "experts",
    "month_counts",
    "reached",
    "target",
]
