"""What of a place is edited behind the counter, and how edited rows stand against those of the files. Pure.

A row is the cells of one line of a table by column. What was edited here wins over the file; where the file
has come to say something else since, that is a conflict, which stands until somebody settles it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Row = Mapping[str, str]
Rows = Mapping[str, Row | None]
"""Rows by key; None where there is none."""

LANGUAGES = ("zh-Hans", "ug", "en")
NEW = "+"
"""How the key of a row begins that no file has."""
CALENDAR = "calendar"
YEAR = "year"
"""Key of the row of a calendar that says what is known of the year itself."""


class State(StrEnum):
    """Where a change stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPLIED = "applied"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a pack: its columns in the file's order, and the ones that tell its rows apart.

    `second`: a change needs another person's word. `own`: only who decides for the place may change it.
    """

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    second: bool = False
    own: bool = True
    fixed: bool = False
    """No row is taken out: others refer to it."""


def _said(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}_{code}" for name in names for code in LANGUAGES)


_BASIS = ("document", "clause", "confidence")
TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table(
            "routing",
            (
                "priority", "category", "kind", "form", "severity", "lead", "co", "inform",
                "territory_role", "basis", "valid_from", "valid_to", "approved_by_zh-Hans",
                *_said("paraphrase"),
            ),
            ("priority",),
            second=True,
        ),
        Table(
            "units",
            ("unit", "kind", "level", "parent", "inbox", *_said("name"), "aliases", "mail"),
            ("unit",),
            second=True,
            fixed=True,
        ),
        Table(
            "clocks",
            ("clock", "category", "purpose", "severity", "amount", "unit", *_BASIS, *_said("basis")),
            ("clock", "category", "purpose", "severity"),
            second=True,
        ),
        Table("duties", ("unit", "order", *_BASIS, "audience", *_said("text")), ("unit", "order")),
        Table(
            "documents",
            (
                "id", *_said("title"), "number", *_said("issuer"), "status", "issued_on", "valid_from",
                "valid_until", "period_end", "url", *_said("note"),
            ),
            ("id",),
            fixed=True,
        ),
        Table(
            "targets",
            (
                "indicator", "area", "year", "value", "value_max", "unit", "comparator", *_BASIS,
                *_said("reading"),
            ),
            ("indicator", "area", "year"),
        ),
        Table(
            "caps",
            (
                "scope", "care", "band", "unit", "amount", "percent", "of", "figure", "figure_year",
                "figure_source", *_BASIS, "valid_from", "valid_to", *_said("text"),
            ),
            ("scope", "care", "band", "unit", "document", "valid_from"),
        ),
        Table("population", ("area", "year", "figure", *_BASIS), ("area", "year")),
        Table(
            "leave",
            (
                "kind", *_said("says"), "days", "per", "from_month", "until_month", "source",
                "clause", "confidence", "checked_on",
            ),
            ("kind", "per", "says_zh-Hans"),
        ),
        Table(
            "hotlines",
            ("number", *_said("name", "purpose"), "verified", "source", "order"),
            ("number",),
            own=False,
        ),
    )
}  # fmt: skip
PACKED = tuple(name for name in TABLES if name != "leave")
"""Tables that are files of a pack."""
DAYS = Table(CALENDAR, ("date", "kind", *_said("name")), ("date",), second=True, own=False)
"""A year of a work calendar."""


def table_of(name: str) -> Table | None:
    """Return a table by its name; `calendar:<region>:<year>` is a year of a calendar."""
    return DAYS if name.startswith(f"{CALENDAR}:") else TABLES.get(name)


def key_of(table: Table, row: Row) -> str:
    """Return what tells a row of a file apart from the others."""
    return "|".join(row.get(column, "") for column in table.key)


def keyed(table: Table, rows: Iterable[Row]) -> dict[str, Row]:
    """Return the rows of a file by their keys, in the file's order."""
    return {key_of(table, row): trimmed(row) for row in rows}


def trimmed(row: Row) -> Row:
    """Return a row without its empty cells, so that a column nobody filled in makes no difference."""
    return {column: cell for column, cell in row.items() if cell}


@dataclass(frozen=True, slots=True)
class Edit:
    """How a row stands by the newest change of it, and what the file said then."""

    row: Row | None
    base: Row | None


def edits(changes: Iterable[tuple[Rows, Rows]]) -> dict[str, Edit]:
    """Return the edits that (rows, base) of applied changes leave, the oldest first."""
    found: dict[str, Edit] = {}
    for rows, base in changes:
        for key, row in rows.items():
            found[key] = Edit(row, base.get(key))
    return found


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row that was edited here while its file came to say something else."""

    key: str
    here: Row | None
    file: Row | None


def merged(table: Table, file: Mapping[str, Row], edited: Mapping[str, Edit]) -> dict[str, Row]:
    """Return the rows that hold: those of the file, each as it was edited here, then those added here.

    A row of the file with the key of one that was added here, or came to be called so here, gives way to it.
    Rules stand by priority.
    """
    added = {key_of(table, e.row): key for key, e in edited.items() if e.row and (key not in file)}
    found: dict[str, Row] = {}
    for key, row in file.items():
        if key in edited:
            here = edited[key].row
            if here is not None:
                found[key] = here
        else:
            here = edited[added[key]].row if key in added else None
            found[added.get(key, key)] = row if here is None else here
    for key, edit in edited.items():
        if key not in file and edit.row is not None:
            found.setdefault(key, edit.row)
    return ordered(table, found)


def ordered(table: Table, rows: Mapping[str, Row]) -> dict[str, Row]:
    """Return rows as they stand in their file: rules by priority, days by date, others as they came."""
    if table.name == "routing":
        return dict(sorted(rows.items(), key=lambda each: _priority(each[1])))
    if table.name == CALENDAR:
        return dict(sorted(rows.items(), key=lambda each: each[1].get("date", "")))
    return dict(rows)


def _priority(row: Row) -> tuple[int, str]:
    text = row.get("priority", "")
    return (int(text), "") if text.isascii() and text.isdigit() else (0, text)


def conflicts(table: Table, file: Mapping[str, Row], edited: Mapping[str, Edit]) -> list[Conflict]:
    """Return where the file says neither what it said when the row was edited nor what the row says now."""
    found = []
    for key, edit in edited.items():
        says = file.get(key)
        if says is None and edit.row is not None:
            says = file.get(key_of(table, edit.row))
        if says not in (edit.row, edit.base):
            found.append(Conflict(key, edit.row, says))
    return found


def undone(rows: Rows, before: Rows, now: Rows) -> Rows | None:
    """Return the rows that take a change back; None where one of them was changed again since."""
    if any(now.get(key) != row for key, row in rows.items()):
        return None
    return {key: before.get(key) for key in rows}


def differing(before: Row | None, after: Row | None, columns: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return (column, before, after) of the cells that two rows say differently."""
    old, new = before or {}, after or {}
    names = [*columns, *sorted((old.keys() | new.keys()) - set(columns))]
    found = ((name, old.get(name, ""), new.get(name, "")) for name in names)
    return [(name, was, becomes) for name, was, becomes in found if was != becomes]


def may_decide(author: str, decider: str, *, second: bool) -> bool:
    """Tell whether somebody may put a change into force: one that needs a second person never its author."""
    return not second or author != decider


def is_day(text: str) -> bool:
    """Tell whether a text is a day like 2026-01-30."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
