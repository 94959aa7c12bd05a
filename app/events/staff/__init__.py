"""The counter of events: announce, change, call off, see who booked, who came; the experts of a place."""

from app.events.staff import events, experts, today
from app.events.staff.entry import bp

__all__ = ["bp", "events", "experts", "today"]
