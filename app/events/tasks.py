"""What is done without anybody asking."""

from app.events.service.booking import forget_past


def forget() -> int:
    """Erase bookings of events long over."""
    return forget_past()
