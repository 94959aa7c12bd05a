"""What a place has of its own beside the texts: days of leave by the rules that hold there."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

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
    """Return the days of leave that the nation's rules give, and those of an area's province."""
    rows = load_leave(Path(current_app.extensions["settings"].content) / "guide")
    nation = tuple(row for row in rows if row.place == _NATION)
    here = tuple(row for row in rows if area and area.startswith(row.place))
    return Leaves(nation, here, citing.titles({row.source for row in nation + here}, clock.today()))
