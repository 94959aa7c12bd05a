"""What the lines of the audit are about, and the yearly table of who read data of children. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.cases.rules.hiding import Link, hide

GROUPS: Mapping[str, tuple[str, ...]] = {
    "sign-in": ("sign-in", "sign-out"),
    "sealed": ("sealed.", "case.read", "event.bookings-read", "guide.report-read", "watch."),
    "export": ("export.",),
    "publication": (
        "guide.published", "guide.brought-back", "guide.scheduled", "guide.schedule-missed", "guide.expired",
        "guide.vouched", "event.announced", "event.changed", "event.cancelled", "case.outcome", "case.notice",
        "facility.record-published", "facility.record-withdrawn",
    ),
    "role": ("account.", "cover.", "guide.signer"),
    "rule": ("calendar.", "routing.", "inbox.", "place.", "policy.", "target.", "hotline.", "unit.", "cap."),
    "case": ("case.",),
    "facility": ("proposal.", "slot.", "vacancies.", "facility.", "ledger", "register.", "upload."),
    "event": ("event.", "expert."),
    "text": ("guide.",),
}  # fmt: skip
"""Beginnings of actions by what one looks for. A line belongs to the longest beginning that fits."""


def group_of(action: str) -> str:
    """Return the group of an action; "other" if none fits."""
    fitting = (
        (len(start), name) for name, starts in GROUPS.items() for start in starts if action.startswith(start)
    )
    return max(fitting, default=(0, "other"))[1]


READS: Mapping[str, str] = {
    "case.read": "story",
    "sealed.read": "",
    "event.bookings-read": "bookings",
    "guide.report-read": "reports",
    "export.read": "",
}
"""Actions that read what residents said, which is about children under fourteen, and what was read; "": the
line says what."""
WHAT = ("story", "told", "contact", "originals", "bookings", "reports", "export-contacts", "export-bookings")
"""What is read, which is also what it is read for: the columns of the yearly table."""


@dataclass(frozen=True, slots=True)
class Read:
    """Somebody read something: what, when, and in which role and office they stood then."""

    what: str
    at: datetime
    role: str
    unit: str


def what_was_read(action: str, data: Mapping[str, object]) -> str:
    """Return what a line of the audit says was read; "" if it is no read of residents' words."""
    if action not in READS:
        return ""
    if action == "export.read":
        found = f"export-{data.get('kind', '')}"
        return found if found in WHAT else ""
    return READS[action] or str(data.get("what", ""))


@dataclass(frozen=True, slots=True)
class Yearly:
    """A table of reads. A number of None is hidden: it is small, or would give a small one away."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    """Role and office."""
    cells: Mapping[tuple[tuple[str, str], str], int | None]
    sums: Mapping[tuple[str, str], int | None]
    totals: Mapping[str, int | None]
    whole: int | None


_ALL, _ROWS, _COLUMNS = "*", "rows", "columns"


def yearly(reads: Iterable[Read]) -> Yearly:
    """Count reads by role and office and by what was read; hide small numbers (`app.cases.rules.hiding`).

    None can be reckoned back. A hidden number may be zero.
    """
    counts: dict[tuple[tuple[str, str], str], int] = {}
    for read in reads:
        key = ((read.role, read.unit), read.what)
        counts[key] = counts.get(key, 0) + 1
    rows = tuple(sorted({row for row, _what in counts}))
    columns = tuple(what for what in WHAT if any(column == what for _row, column in counts))
    cells = {(row, column): counts.get((row, column), 0) for row in rows for column in columns}
    sums = {row: sum(cells[row, column] for column in columns) for row in rows}
    totals = {column: sum(cells[row, column] for row in rows) for column in columns}
    whole = sum(sums.values())
    links = [
        *(Link((row, column), _node(row), f"c:{column}", number) for (row, column), number in cells.items()),
        *(Link((row, _ALL), _ROWS, _node(row), number) for row, number in sums.items()),
        *(Link((_ALL, column), f"c:{column}", _COLUMNS, number) for column, number in totals.items()),
        Link((_ALL, _ALL), _COLUMNS, _ROWS, whole),
    ]
    hidden = hide(links) if counts else frozenset()
    return Yearly(
        columns,
        rows,
        {key: None if key in hidden else number for key, number in cells.items()},
        {row: None if (row, _ALL) in hidden else number for row, number in sums.items()},
        {name: None if (_ALL, name) in hidden else number for name, number in totals.items()},
        None if (_ALL, _ALL) in hidden else whole,
    )


def _node(row: tuple[str, str]) -> str:
    return f"r:{row[0]}:{row[1]}"
