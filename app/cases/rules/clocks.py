"""When something is owed, and who is told when it is late. Pure.

Counting: the first day does not count (Civil Code, article 201); a period in calendar days that ends on a day
of rest ends on the next working day (article 203); a day is over at 24:00 in Asia/Shanghai.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from app.core.clock import ZONE
from app.core.workdays import Due

OFFICE_OPENS, OFFICE_CLOSES = time(9), time(18)
"""Hours in which a triage desk is reckoned to be at work; only clocks in `office-hours` look at them."""


class WorkCalendar(Protocol):
    """What counting needs to know; `app.core.workdays.Calendar` is one."""

    def add(self, start: date, days: int) -> Due:
        """Return the n-th working day after a day."""

    def on_or_after(self, day: date) -> Due:
        """Return the first working day from a day on."""

    def between(self, first: date, last: date) -> int:
        """Return how many working days lie after the first day, up to the last."""

    def is_workday(self, day: date) -> bool:
        """Tell whether a day is one of work."""


class Measure(StrEnum):
    """What a period is counted in."""

    MINUTES = "minutes"
    HOURS = "hours"
    OFFICE_HOURS = "office-hours"
    WORKDAYS = "workdays"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Owed:
    """A moment something is owed by; `status` is `provisional` while a year's calendar is unpublished."""

    at: datetime
    status: str


def end_of(day: date) -> datetime:
    """Return 24:00 of a day in Asia/Shanghai, as the moment the next day begins, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), ZONE).astimezone(UTC)


def day_of(moment: datetime) -> date:
    """Return the day that owes: the local day that a due moment ends or lies in."""
    return (moment - timedelta(microseconds=1)).astimezone(ZONE).date()


def due(start: datetime, amount: int, measure: str, calendar: WorkCalendar) -> Owed:
    """Return when a period is over that starts at a moment."""
    today = start.astimezone(ZONE).date()
    match Measure(measure):
        case Measure.MINUTES:
            return Owed(start + timedelta(minutes=amount), "official")
        case Measure.HOURS:
            return Owed(start + timedelta(hours=amount), "official")
        case Measure.OFFICE_HOURS:
            return _office(start, amount, calendar)
        case Measure.WORKDAYS:
            found = calendar.add(today, amount)
        case Measure.DAYS:
            found = calendar.on_or_after(today + timedelta(days=amount))
    return Owed(end_of(found.on), found.status)


def again(
    name: str, start: datetime, amount: int, measure: str, extra: int, calendar: WorkCalendar
) -> Owed | None:
    """Return when a running clock is over by a calendar that has changed; `extra` working days were added.

    None for those that no calendar moves: minutes and hours, and the part of a co-handler.
    """
    if name == "co" or measure in {Measure.MINUTES, Measure.HOURS}:
        return None
    owed = due(start, amount, measure, calendar)
    if extra > 0:
        found = calendar.add(day_of(owed.at), extra)
        owed = Owed(end_of(found.on), found.status)
    return owed


def _office(start: datetime, hours: int, calendar: WorkCalendar) -> Owed:
    local, left, status = start.astimezone(ZONE), timedelta(hours=hours), "official"
    while True:
        if calendar.is_workday(local.date()) and local.time() < OFFICE_CLOSES:
            begin = max(local, datetime.combine(local.date(), OFFICE_OPENS, ZONE))
            spent = datetime.combine(local.date(), OFFICE_CLOSES, ZONE) - begin
            if left <= spent:
                return Owed((begin + left).astimezone(UTC), status)
            left -= spent
        found = calendar.add(local.date(), 1)
        local, status = datetime.combine(found.on, OFFICE_OPENS, ZONE), found.status


def before(due_at: datetime, days: int, start: datetime, calendar: WorkCalendar) -> Owed:
    """Return the end of the day that lies so many working days before a due day, but not before tomorrow's.

    Co-handlers owe their part three working days before the lead does, and at least one day from now.
    """
    soonest = calendar.add(start.astimezone(ZONE).date(), 1)
    found = calendar.add(day_of(due_at), -days)
    if found.on < soonest.on:
        found = soonest
    return Owed(end_of(found.on), found.status)


def remaining(now: datetime, due_at: datetime, calendar: WorkCalendar) -> int:
    """Return the working days left after today, up to the due day; negative when it is over."""
    return calendar.between(now.astimezone(ZONE).date(), day_of(due_at))


class Rung(StrEnum):
    """Rungs of the ladder of a late case, in order."""

    SOON = "soon"
    DUE = "due"
    OFFICE = "office"
    SUPERVISED = "supervised"
    DEPUTY = "deputy"


LADDER: Mapping[Rung, int] = {Rung.SOON: -2, Rung.DUE: 0, Rung.OFFICE: 1, Rung.SUPERVISED: 3, Rung.DEPUTY: 5}
"""Working days from the due day: the handler is warned, the unit's head told, then the coordinating office;
three days on a supervision order is written and the page of the case says so; then the deputy head."""


def climbed(
    now: datetime, started: datetime, due_at: datetime, measure: str, calendar: WorkCalendar
) -> list[tuple[Rung, datetime]]:
    """Return the rungs that are due by now, in order, each with the moment it was meant for.

    Periods in hours or minutes have no warning two days before; they are late at once.
    """
    last = day_of(due_at)
    found: list[tuple[Rung, datetime]] = []
    for rung, days in LADDER.items():
        if rung is Rung.DUE:
            moment = due_at
        elif days < 0:
            if measure not in {Measure.WORKDAYS, Measure.DAYS}:
                continue
            moment = datetime.combine(calendar.add(last, days).on, time(), ZONE).astimezone(UTC)
            if moment <= started:
                continue
        else:
            moment = end_of(calendar.add(last, days).on)
        if moment <= now:
            found.append((rung, moment))
    return found
