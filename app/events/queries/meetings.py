"""What booking depends on, from a row; and the sealed number of a family."""

from app.core.sealing import open_text
from app.events.model import Booking, Event
from app.events.rules.booking import Meeting
from app.events.rules.vocabulary import Kind, Status


def meeting_of(event: Event) -> Meeting:
    """Return what booking depends on."""
    return Meeting(
        Kind(event.kind),
        Status(event.status),
        event.starts_at,
        event.booking_from,
        event.booking_until,
        event.places,
    )


def telephone(booking: Booking) -> str:
    """Return the number a family left, "" for none."""
    return open_text(booking.telephone, context(booking.event)) if booking.telephone else ""


def context(event: str) -> str:
    """Return what the telephone numbers of an event are bound to."""
    return f"booking:{event}"
