"""Ages, intervals and the days they fall on; how near a day is."""

import calendar
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

SOON_DAYS = 30
"""A recommended time that ends within so many days is said to end soon."""


class Span(NamedTuple):
    """An age or an interval: whole months, then whole days."""

    months: int = 0
    days: int = 0

    def after(self, day: date) -> date:
        """Return the day that lies this far after another."""
        return add_months(day, self.months) + timedelta(days=self.days)


class State(StrEnum):
    """What a day means for a child today."""

    NOT_YET = "not-yet"
    OPEN = "open"
    CLOSING = "closing"
    LATE = "late"
    GIVEN = "given"


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def completed_months(born: date, on: date) -> int:
    """Return the months a child has completed on a day; the last day of a short month completes one."""
    months = (on.year - born.year) * 12 + on.month - born.month
    return months if add_months(born, months) <= on else months - 1


def state_of(earliest: date, latest: date | None, today: date) -> State:
    """Return what a span of days means today; without a last day it stays open."""
    if today < earliest:
        return State.NOT_YET
    if latest is None:
        return State.OPEN
    if today > latest:
        return State.LATE
    return State.CLOSING if (latest - today).days <= SOON_DAYS else State.OPEN
