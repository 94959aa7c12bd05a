"""The counter of events: announce, change, call off, see who booked, write down who came."""

from app.events.staff import events
from app.events.staff.entry import bp

__all__ = ["bp", "events"]
