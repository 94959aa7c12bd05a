"""The counter of facilities: proposed facts, what a facility reports of itself, free places."""

from app.facilities.staff import own, proposals, slots
from app.facilities.staff.entry import bp

__all__ = ["bp", "own", "proposals", "slots"]
