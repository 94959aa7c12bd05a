"""What a place has of its own beside the texts: days of leave by the rules that hold there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import current_app

from app.areas import queries as areas
from app.core import clock
from app.guide.loading.leave import LeaveRow, load_leave
from app.guide.queries import citing

_NATION = "CN"


@dataclass(frozen=True, slots=True)
class Leaves:
    """The rows of the nation, and of an area: none where nothing is known of it, which is no nought.

    `titles` has the names of the sources by id.
    """

    nation: tuple[LeaveRow, ...]
    here: tuple[LeaveRow, ...]
    titles: Mapping[str, Mapping[str, str]]


def leave(area: str | None) -> Leaves:
    """Return the days of leave that the nation's rules give, and those of an area's province and place."""
    rows = load_leave(Path(current_app.extensions["settings"].content) / "guide")
    nation = tuple(row for row in rows if row.place == _NATION)
    place = areas.place_of(area) if area else None
    own = place.area if place else ""
    wider = tuple(row for row in rows if area and area.startswith(row.place) and row.place != own)
    here = wider + (tuple(_row(own, row) for row in areas.entered_rows(own, "leave")) if own else ())
    return Leaves(nation, here, citing.titles({row.source for row in nation + here}, clock.today()))


def leave_sources() -> Mapping[str, Mapping[str, str]]:
    """Return the names of the sources of guidance that rows of leave rest on, by id."""
    rows = load_leave(Path(current_app.extensions["settings"].content) / "guide")
    return citing.titles({row.source for row in rows if ":" not in row.source}, clock.today())


def _row(place: str, row: Mapping[str, str]) -> LeaveRow:
    says = {name.partition("_")[2]: cell for name, cell in row.items() if name.startswith("says_")}
    days = int(row["days"]) if row.get("days") else None
    checked = date.fromisoformat(row["checked_on"])
    clause, sure = row.get("clause", ""), row.get("confidence", "")
    return LeaveRow(place, row["kind"], says, days, row["per"], row["source"], clause, sure, checked)
