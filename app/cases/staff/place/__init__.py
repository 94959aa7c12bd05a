"""The counter of a place: its numbers, offices, targets, leave, working days, and who answers what."""

from app.cases.staff.place import calendars, changes, entry, tables, today
from app.cases.staff.place.entry import bp

__all__ = ["bp", "calendars", "changes", "entry", "tables", "today"]
