"""Reads what of a place was edited behind the counter: rows as they hold, where files contradict, changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy import select

from app.areas.loading.leave import leave_rows
from app.areas.loading.packs import load_rows
from app.areas.model import PackFile, PlaceChange, Workday, Workyear
from app.areas.rules import edits as rules
from app.areas.rules.edits import PACKED, TABLES, Row, Rows, State, Table
from app.extensions import db

MOST = 50
"""Changes of a place that a page lists."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """The tables of a place that were edited, as they hold over its files, and where these contradict."""

    rows: Mapping[str, Sequence[Row]]
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table as it holds; `file` is what its file says where that is something else."""

    key: str
    row: Row | None
    file: Row | None
    edited: bool
    conflict: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a table: rows by key, as they become and as they were."""

    id: int
    place: str
    name: str
    state: State
    version: int
    rows: Rows
    before: Rows
    author: str
    at: datetime
    note: str
    decided_by: str | None
    decided_at: datetime | None
    undoes: int | None
    edition: str

    @property
    def table(self) -> Table:
        """The table that it changes."""
        found = rules.table_of(self.name)
        assert found is not None  # noqa: S101 - nothing else is stored
        return found


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A change that is not in force yet: whose table it is, where it stands and who made it."""

    id: int
    place: str
    name: str
    state: State
    author: str


def of_place(place: str, files: Mapping[str, Sequence[Row]]) -> Overlay:
    """Return what was edited over the files of a place, which may be newer than those that were loaded."""
    found: dict[str, Sequence[Row]] = {}
    told: list[str] = []
    for name in PACKED:
        table, edited = TABLES[name], edits(place, name)
        if edited:
            file = rules.keyed(table, files.get(name, ()))
            found[name] = tuple(rules.merged(table, file, edited).values())
            told += (
                f"places/{place}/{name}.csv {conflict.key}"
                for conflict in rules.conflicts(table, file, edited)
            )
    return Overlay(found, tuple(told))


def edits(place: str, name: str) -> dict[str, rules.Edit]:
    """Return how the rows of a table were edited."""
    query = (
        select(PlaceChange.rows, PlaceChange.base)
        .where(PlaceChange.place == place, PlaceChange.name == name, PlaceChange.state == State.APPLIED)
        .order_by(PlaceChange.decided_at, PlaceChange.id)
    )
    return rules.edits((row.rows, row.base) for row in db.session.execute(query))


def file_rows(place: str, name: str) -> dict[str, Row]:
    """Return what the file of a table said when it was last loaded, by key; rows of leave as it says now."""
    if name == "leave":
        return rules.keyed(TABLES[name], leave_rows(current_app.extensions["settings"].content, place))
    held = db.session.get(PackFile, (place, name))
    if held is None:  # the place was loaded before this table could be edited
        return rules.keyed(TABLES[name], load_rows(current_app.extensions["settings"].content, place, name))
    return rules.keyed(TABLES[name], held.rows)


def rows(place: str, name: str) -> dict[str, Row]:
    """Return the rows of a table as they hold, by key."""
    table = rules.table_of(name)
    if table is None:
        return {}
    if table is rules.DAYS:
        return _days(name)
    return rules.merged(table, file_rows(place, name), edits(place, name))


def entered_rows(place: str, name: str) -> list[Row]:
    """Return the rows of a table as they hold."""
    return [*rows(place, name).values()]


def lines(place: str, name: str) -> list[Line]:
    """Return the rows of a table as a page lists them, those that the file alone still has at the end."""
    table = TABLES[name]
    file, edited, held = file_rows(place, name), edits(place, name), rows(place, name)
    contrary = {each.key: each for each in rules.conflicts(table, file, edited)}
    found = [
        Line(
            key,
            row,
            contrary[key].file if key in contrary else None,
            key in edited and row not in (file.get(key), file.get(rules.key_of(table, row))),
            key in contrary,
        )
        for key, row in held.items()
    ]
    found += (Line(key, None, each.file, True, True) for key, each in contrary.items() if key not in held)
    return found


def _days(name: str) -> dict[str, Row]:
    """Return a year of a calendar: what is known of it, and its days by date."""
    _calendar, region, number = name.split(":")
    year = db.session.get(Workyear, (region, int(number)))
    if year is None:
        return {}
    query = select(Workday).where(Workday.region == region, Workday.year == int(number)).order_by(Workday.on)
    known: dict[str, Row] = {rules.YEAR: rules.trimmed({"status": year.status, "source": year.source})}
    for day in db.session.scalars(query):
        names = {f"name_{code}": day.names.get(code, "") for code in rules.LANGUAGES}
        known[day.on.isoformat()] = rules.trimmed({"date": day.on.isoformat(), "kind": day.kind, **names})
    return known


def years(regions: Sequence[str]) -> list[tuple[str, int, str]]:
    """Return (region, year, status) of the years that are entered for some calendars, the newest first."""
    query = select(Workyear.region, Workyear.year, Workyear.status).where(Workyear.region.in_(regions))
    found = db.session.execute(query.order_by(Workyear.year.desc(), Workyear.region))
    return [(row.region, row.year, row.status) for row in found]


def change(identity: int) -> Change | None:
    """Return a change."""
    row = db.session.get(PlaceChange, identity)
    return _change(row) if row else None


def changes(place: str, *names: str) -> list[Change]:
    """Return the newest changes of a place, or of some of its tables; what was thrown away is left out."""
    query = select(PlaceChange).where(PlaceChange.place == place, PlaceChange.state != State.DISCARDED)
    if names:
        query = query.where(PlaceChange.name.in_(names))
    return [_change(row) for row in db.session.scalars(query.order_by(PlaceChange.id.desc()).limit(MOST))]


def unfinished() -> list[Unfinished]:
    """Return the changes of all places that are being made or wait for a second person, the oldest first."""
    columns = PlaceChange.id, PlaceChange.place, PlaceChange.name, PlaceChange.state, PlaceChange.author
    query = select(*columns).where(PlaceChange.state.in_([State.DRAFT, State.PROPOSED]))
    rows = db.session.execute(query.order_by(PlaceChange.id))
    return [Unfinished(row.id, row.place, row.name, State(row.state), row.author) for row in rows]


def open_change(place: str, name: str) -> Change | None:
    """Return the change of a table that is being made or waits for a second person; there is at most one."""
    query = select(PlaceChange).where(
        PlaceChange.place == place,
        PlaceChange.name == name,
        PlaceChange.state.in_([State.DRAFT, State.PROPOSED]),
    )
    row = db.session.scalars(query.order_by(PlaceChange.id.desc()).limit(1)).first()
    return _change(row) if row else None


def _change(row: PlaceChange) -> Change:
    return Change(
        row.id,
        row.place,
        row.name,
        State(row.state),
        row.version,
        row.rows,
        row.before,
        row.author,
        row.at,
        row.note,
        row.decided_by,
        row.decided_at,
        row.undoes,
        row.edition,
    )
