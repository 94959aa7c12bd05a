"""The counter of facilities: proposed facts, what a facility reports of itself, free places."""

from app.facilities.staff import desk, editing, fees, own, photos, proposals, records, several, slots, today
from app.facilities.staff.entry import bp

__all__ = [
    "bp",
    "desk",
    "editing",
    "fees",
    "own",
    "photos",
    "proposals",
    "records",
    "several",
    "slots",
    "today",
]
