"""Reads `leave.csv`: days of leave by the nation's rules and by those of provinces."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

KINDS: Final = frozenset({"maternity", "partner", "parental", "nursing-break"})
PER: Final = frozenset({"birth", "year", "day"})
"""What days of leave are for."""


@dataclass(frozen=True, slots=True)
class LeaveRow:
    """A right to leave. `place`: `CN` or an area. `days` None: counted otherwise. `per`: birth, year, day."""

    place: str
    kind: str
    says: Mapping[str, str]
    days: int | None
    per: str
    source: str
    clause: str
    confidence: str
    checked_on: date


def load_leave(folder: Path) -> tuple[LeaveRow, ...]:
    """Return the rows of the file, which its schema has checked; none if it is not there."""
    path = folder / "leave.csv"
    return _read(path, path.stat().st_mtime_ns) if path.exists() else ()


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int) -> tuple[LeaveRow, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            LeaveRow(
                row["place"],
                row["kind"],
                {
                    name.partition("_")[2]: cell
                    for name, cell in row.items()
                    if name.startswith("says_") and cell
                },
                int(row["days"]) if row["days"] else None,
                row["per"],
                row["source"],
                row["clause"],
                row["confidence"],
                date.fromisoformat(row["checked_on"]),
            )
            for row in csv.DictReader(file)
        )
