"""Reads about working days: the calendar that holds in an area, and what staff must look after."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import func, select

from app.areas import rules
from app.areas.model import Place, Workday, Workyear
from app.core.workdays import Calendar, Kind, Status
from app.extensions import db

_AHEAD = timedelta(days=60)
"""How long before a year begins its notice should be in the database; deadlines reach that far."""


@dataclass(frozen=True, slots=True)
class CalendarWarning:
    """A year that deadlines of today are counted in although its notice is not in the database.

    `missing`: only its weekends are known; `provisional`: its statutory days, without what is moved.
    """

    region: str
    year: int
    kind: Literal["missing", "provisional"]


def calendar_of(area: str) -> str:
    """Return the name of the calendar of an area.

    It is the one of the nearest place at or above it, else its province's if there is one, else the nation's.
    """
    wanted = [*rules.parents(area), area]
    query = select(Place.calendar).where(Place.area.in_(wanted)).order_by(func.length(Place.area).desc())
    chosen = db.session.scalar(query.limit(1))
    if chosen:
        return chosen
    provincial = rules.provincial_calendar(area)
    known = db.session.scalar(select(Workyear.year).where(Workyear.region == provincial).limit(1))
    return rules.NATIONAL_CALENDAR if known is None else provincial


def calendars_of(areas: Iterable[str]) -> dict[str, str]:
    """Return the name of the calendar of each of many areas, as `calendar_of` does for one."""
    chosen = {row.area: row.calendar for row in db.session.execute(select(Place.area, Place.calendar))}
    regions = set(db.session.scalars(select(Workyear.region).distinct()))
    found: dict[str, str] = {}
    for area in areas:
        near = next((code for code in (area, *reversed(rules.parents(area))) if chosen.get(code)), None)
        provincial = rules.provincial_calendar(area)
        default = provincial if provincial in regions else rules.NATIONAL_CALENDAR
        found[area] = chosen[near] if near else default
    return found


def work_calendar(area: str) -> Calendar:
    """Return the working days of an area: the nation's, and over them those of its region."""
    return named_calendar(calendar_of(area))


def named_calendar(region: str = rules.NATIONAL_CALENDAR) -> Calendar:
    """Return the working days of a calendar: the nation's, and over them those of the region."""
    layers = rules.calendar_layers(region)
    rows = db.session.execute(
        select(Workday.region, Workday.year, Workday.on, Workday.kind).where(Workday.region.in_(layers))
    )
    kinds: dict[date, Kind] = {}
    for row in sorted(rows, key=lambda row: (layers.index(row.region), row.year)):
        kinds[row.on] = row.kind
    return Calendar(kinds, _years(region))


def calendar_changed_at(calendar: str) -> datetime | None:
    """Return when a calendar, or the nation's below it, last changed: older terms may end otherwise."""
    layers = rules.calendar_layers(calendar)
    return db.session.scalar(select(func.max(Workyear.changed_at)).where(Workyear.region.in_(layers)))


def calendar_warnings(today: date) -> list[CalendarWarning]:
    """Return, calendar by calendar, the years within 60 days that no notice is entered for."""
    regions = {rules.NATIONAL_CALENDAR, *db.session.scalars(select(Workyear.region).distinct())}
    found: list[CalendarWarning] = []
    for region in sorted(regions):
        entered = _entered(region)
        known = _years(region)
        for year in sorted({today.year, (today + _AHEAD).year}):
            if year not in entered:
                found.append(CalendarWarning(region, year, "missing"))
            elif known[year] == "provisional":
                found.append(CalendarWarning(region, year, "provisional"))
    return found


def _entered(region: str) -> dict[int, Status]:
    """Return the years that were entered for a calendar itself."""
    rows = db.session.execute(select(Workyear.year, Workyear.status).where(Workyear.region == region))
    return {row.year: row.status for row in rows}


def _years(region: str) -> dict[int, Status]:
    """Return what is known of each year in a region, the nation's years included."""
    return rules.calendar_years(_entered(rules.NATIONAL_CALENDAR), _entered(region))
