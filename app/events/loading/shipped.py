"""Reads `places/<code>/events/`: what a fictional county holds, and who advises there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from app.core import clock
from app.core.codes import is_id
from app.core.faults import N_
from app.core.files import Faults, Row, table
from app.events.rules.vocabulary import FIELDS, SPOKEN, TOPICS, Kind, Status

LANGUAGES = ("zh-Hans", "ug", "en")
_EVENT = ("id", "kind", "topic", "title_zh-Hans", "venue_zh-Hans", "starts", "ends", "status")
_EXPERT = ("id", "name_zh-Hans", "title_zh-Hans", "organisation_zh-Hans", "field", "topics", "agreed_on")


@dataclass(frozen=True, slots=True)
class Shipped:
    """Rows for the tables, by their columns."""

    events: list[dict[str, Any]]
    experts: list[dict[str, Any]]


def load_events(content: Path, area: str, *, townships: Collection[str], units: Collection[str]) -> Shipped:
    """Read the events and experts of a place. Raises `FaultyFiles` with everything wrong with them."""
    folder = content / "places" / area / "events"
    faults = Faults(content)
    experts = [
        _expert(row, area, at) for at, row in enumerate(table(folder / "experts.csv", _EXPERT, faults))
    ]
    known = {each["id"] for each in experts}
    events = []
    for row in table(folder / "events.csv", _EVENT, faults):
        if row["township"] and row["township"] not in townships:
            row.bad("township", N_("Area %(code)s is not listed."), code=row["township"])
        if row["organiser"] and row["organiser"] not in units:
            row.bad("organiser", N_("Unit “%(unit)s” is not in units.csv."), unit=row["organiser"])
        if row["expert"] and row["expert"] not in known:
            row.bad("expert", N_("Expert “%(id)s” is not in experts.csv."), id=row["expert"])
        events.append(_event(row, area))
    faults.check()
    return Shipped(events, experts)


def _event(row: Row, area: str) -> dict[str, Any]:
    starts, ends = _moment(row, "starts"), _moment(row, "ends")
    if starts and ends and ends <= starts:
        row.bad("ends", N_("It must end later than it begins."))
    return {
        "id": _id(row),
        "place": area,
        "township": row["township"] or None,
        "kind": row.one_of("kind", frozenset(Kind)),
        "topic": row.one_of("topic", frozenset(TOPICS)),
        "titles": _texts(row, "title"),
        "about": row.names("about", LANGUAGES),
        "venues": _texts(row, "venue"),
        "organiser": row["organiser"] or None,
        "phone": row["phone"],
        "expert": row["expert"] or None,
        "languages": _several(row, "languages", SPOKEN),
        "from_months": row.whole("from_months"),
        "to_months": row.whole("to_months"),
        "starts_at": starts,
        "ends_at": ends,
        "places": row.whole("places"),
        "booking_from": None,
        "booking_until": _moment(row, "booking_until", needed=False),
        "status": row.one_of("status", frozenset(Status)),
        "reasons": row.names("reason", LANGUAGES),
        "families": row.whole("families"),
        "children": row.whole("children"),
        "sequence": 0,
        "pack": area,
    }


def _expert(row: Row, area: str, position: int) -> dict[str, Any]:
    agreed: date | None = row.day("agreed_on")
    if agreed is None:
        row.need("agreed_on")
    return {
        "id": _id(row),
        "place": area,
        "position": position,
        "names": _texts(row, "name"),
        "titles": _texts(row, "title"),
        "organisations": _texts(row, "organisation"),
        "about": row.names("about", LANGUAGES),
        "field": row.one_of("field", frozenset(FIELDS)),
        "topics": _several(row, "topics", TOPICS),
        "languages": _several(row, "languages", SPOKEN),
        "agreed_on": agreed,
        "pack": area,
    }


def _id(row: Row) -> str:
    found = row.need("id")
    if found and not is_id(found):
        row.bad("id", N_("“%(id)s” is not an id of eight letters and digits."), id=found)
    return found


def _several(row: Row, column: str, allowed: tuple[str, ...]) -> list[str]:
    found = row.many(column)
    for value in found:
        if value not in allowed:
            words = ", ".join(allowed)
            row.bad(column, N_("“%(value)s” is not one of: %(allowed)s."), value=value, allowed=words)
    return list(found)


def _texts(row: Row, column: str) -> dict[str, str]:
    row.need(f"{column}_zh-Hans")
    return row.names(column, LANGUAGES)


def _moment(row: Row, column: str, *, needed: bool = True) -> datetime | None:
    """Read a moment like `2026-12-05 14:00`, in the country's zone."""
    text = row.need(column) if needed else row[column]
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=clock.ZONE)
    except ValueError:
        row.bad(column, N_("“%(value)s” is not a moment like 2026-12-05 14:00."), value=text)
        return None
