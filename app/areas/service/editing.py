"""Verbs of tables edited behind the counter: change a row, propose, approve, give back, take back.

A table without a second person is changed at once. Of the others one change at a time is made or waits.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.areas.model import PlaceChange
from app.areas.queries import overlays, proposed
from app.areas.rules import edits as rules
from app.areas.rules.edits import DAYS, TABLES, Row, Rows, State, table_of
from app.areas.service.writing import write
from app.core import audit, clock
from app.core.db import DATA_VERSION, Meta, touch_data
from app.core.faults import Fault
from app.extensions import db

_MOST_TOLD = 40
"""Rows that a line of the audit names."""


class Stale(Exception):  # noqa: N818 - nobody made an error
    """Somebody changed this since the page was shown; nothing was written."""


class Refused(Exception):  # noqa: N818
    """The step cannot be taken now; `code` says why, as a code of `place-refusal`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Faulty(Exception):  # noqa: N818
    """The table would not be right; `faults` says why."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__(len(faults))


@dataclass(frozen=True, slots=True)
class Sent:
    """A row as somebody sent it, and as it stood when the form was shown. None: there is no such row."""

    key: str
    row: Row | None
    seen: Row | None


def put(owner: str, name: str, sent: Sent, author: str) -> int:
    """Change, add or take out a row. Commits and returns the change. Raises `Stale`, `Refused`, `Faulty`.

    A form that is sent twice has one effect.
    """
    return put_all(owner, name, [sent], author)


def put_all(owner: str, name: str, sent: list[Sent], author: str) -> int:
    """Change several rows at once, or none of them. Commits; see `put`."""
    table = table_of(name)
    assert table is not None  # noqa: S101 - the door has looked
    _take_turn()
    held = _open(owner, name)
    if held is not None and held.state == State.PROPOSED:
        db.session.rollback()
        raise Refused("open")
    now = {**overlays.rows(owner, name), **(held.rows if held else {})}
    wanted = {each.key: rules.trimmed(each.row) if each.row else None for each in sent}
    if table.fixed and any(_leaves(table, now.get(key), row) for key, row in wanted.items()):
        db.session.rollback()
        raise Refused("fixed")
    news = {key: row for key, row in wanted.items() if now.get(key) != row}
    if any(each.key in news and now.get(each.key) != each.seen for each in sent):
        db.session.rollback()
        raise Stale
    rows = {**(held.rows if held else {}), **news}
    faults = proposed.check(owner, name, rows) if news else []
    if faults and not _waits(faults, table):
        db.session.rollback()
        raise Faulty(faults)
    if not news:
        done = held.id if held else 0
        db.session.rollback()
        return done
    if held is None:
        held = _begin(owner, name, author)
    before = overlays.rows(owner, name)
    held.rows = {key: row for key, row in rows.items() if row != before.get(key)}
    held.before = {key: before.get(key) for key in held.rows}
    held.author, held.at = author, clock.now()
    db.session.flush()
    if table.second:
        _record("place.drafted", held)
    else:
        _apply(held, author)
    db.session.commit()
    return held.id


def keep(owner: str, name: str, key: str, seen: Row | None, by: str) -> None:
    """Let a row stand as it stands here until its file, which now says `seen`, comes to say something else.

    Commits; of two tries the second does nothing. Raises `Refused` where the file does not say that any more.
    """
    table = TABLES[name]
    _take_turn()
    contrary = rules.conflicts(table, overlays.file_rows(owner, name), overlays.edits(owner, name))
    found = next((each for each in contrary if each.key == key), None)
    if found is None or found.file != seen:
        db.session.rollback()
        if found is None:
            return
        raise Refused("file-changed")
    held = _begin(owner, name, by)
    held.rows = held.before = {key: found.here}
    held.base = {key: found.file}
    held.state, held.decided_by, held.decided_at = State.APPLIED, by, clock.now()
    db.session.flush()
    _record("place.kept", held)
    db.session.commit()


def _leaves(table: rules.Table, now: Row | None, row: Row | None) -> bool:
    """Tell whether a row that others refer to would go, or be called something else."""
    return row is None or (now is not None and rules.key_of(table, now) != rules.key_of(table, row))


def _waits(faults: list[Fault], table: rules.Table) -> bool:
    """Tell whether a draft may be kept although its table is not right yet: it may take more than one row."""
    gathers = table.second and table is not DAYS
    return gathers and all(not fault.column or fault.column == "priority" for fault in faults)


def propose(identity: int, version: int, author: str, note: str) -> None:
    """Ask a second person for their word. Commits. Raises `Stale`, `Refused`, `Faulty`."""
    held = _held(identity, version, State.DRAFT)
    _must_be_right(held)
    held.state, held.author, held.at, held.note = State.PROPOSED, author, clock.now(), note
    db.session.flush()
    _record("place.proposed", held)
    db.session.commit()


def approve(identity: int, version: int, by: str) -> None:
    """Put a change into force that somebody else proposed. Commits. Raises `Stale`, `Refused`, `Faulty`."""
    held = _held(identity, version, State.PROPOSED)
    if not rules.may_decide(held.author, by, second=True):
        db.session.rollback()
        raise Refused("same-person")
    _must_be_right(held)
    now = overlays.rows(held.place, held.name)
    if any(now.get(key) != row for key, row in held.before.items()):
        db.session.rollback()
        raise Refused("changed-since")
    _apply(held, by)
    db.session.commit()


def give_back(identity: int, version: int, by: str) -> None:
    """Make a proposed change a draft again. Commits. Raises `Stale`."""
    held = _held(identity, version, State.PROPOSED)
    held.state = State.DRAFT
    db.session.flush()
    _record("place.given-back", held, by=by)
    db.session.commit()


def discard(identity: int, version: int, by: str) -> None:
    """Throw a draft away; it is kept out of sight. Commits. Raises `Stale`."""
    held = _held(identity, version, State.DRAFT)
    held.state, held.decided_by, held.decided_at = State.DISCARDED, by, clock.now()
    db.session.flush()
    _record("place.discarded", held)
    db.session.commit()


def take_back(identity: int, version: int, author: str) -> int:
    """Undo an applied change by another one, which takes the same way. Commits and returns it.

    Raises `Stale`, `Refused` (rows were changed again since, or another change is open), `Faulty`.
    """
    held = _held(identity, version, State.APPLIED)
    rows = rules.undone(held.rows, held.before, overlays.rows(held.place, held.name))
    if held.rows == held.before:
        db.session.rollback()
        raise Refused("nothing")
    waiting = _open(held.place, held.name)
    if rows is None or waiting is not None:
        query = select(PlaceChange.id).where(PlaceChange.undoes == identity, PlaceChange.author == author)
        again = db.session.scalar(
            query.where(PlaceChange.state != State.DISCARDED).order_by(PlaceChange.id.desc())
        )
        db.session.rollback()
        if again is not None and (waiting is None or waiting.id == again):
            return again
        raise Refused("changed-since" if rows is None else "open")
    made = _begin(held.place, held.name, author)
    made.rows, made.before, made.undoes = dict(rows), dict(held.rows), held.id
    _must_be_right(made)
    if made_second := bool((table := table_of(held.name)) and table.second):
        made.state = State.PROPOSED
    db.session.flush()
    _record("place.taken-back", made)
    if not made_second:
        _apply(made, author)
    db.session.commit()
    return made.id


def _begin(owner: str, name: str, author: str) -> PlaceChange:
    empty: dict[str, Any] = {}
    row = PlaceChange(
        place=owner, name=name, state=State.DRAFT, rows=empty, before=empty, base=empty, author=author,
        at=clock.now(), note="", decided_by=None, decided_at=None, undoes=None, edition="",
    )  # fmt: skip
    db.session.add(row)
    return row


def _apply(held: PlaceChange, by: str) -> None:
    """Write a change into the tables that pages read, in this transaction."""
    file = overlays.file_rows(held.place, held.name) if held.name in TABLES else {}
    write(held)
    held.base = {key: file.get(key) for key in held.rows}
    held.state, held.decided_by, held.decided_at = State.APPLIED, by, clock.now()
    db.session.flush()
    _record("place.changed", held)
    touch_data(texts=held.name in {"units", "documents"})


def _must_be_right(held: PlaceChange) -> None:
    rows: Rows = held.rows
    if not rows:
        db.session.rollback()
        raise Refused("nothing")
    faults = proposed.check(held.place, held.name, rows)
    if faults:
        db.session.rollback()
        raise Faulty(faults)


def _open(owner: str, name: str) -> PlaceChange | None:
    query = select(PlaceChange).where(
        PlaceChange.place == owner,
        PlaceChange.name == name,
        PlaceChange.state.in_([State.DRAFT, State.PROPOSED]),
    )
    return db.session.scalars(query.order_by(PlaceChange.id.desc()).with_for_update()).first()


def _held(identity: int, version: int, state: State) -> PlaceChange:
    _take_turn()
    held = db.session.get(PlaceChange, identity, populate_existing=True, with_for_update=True)
    if held is None or held.version != version or held.state != state:
        db.session.rollback()
        raise Stale
    return held


def _take_turn() -> None:
    """Let changes of places follow one another."""
    db.session.get(Meta, DATA_VERSION, with_for_update=True, populate_existing=True)


def _record(action: str, held: PlaceChange, **more: object) -> None:
    told = {
        "table": held.name,
        "change": held.id,
        "rows": sorted(held.rows)[:_MOST_TOLD],
        "state": held.state,
    }
    more |= {"edition": held.edition, "undoes": held.undoes}
    audit.record(action, subject=held.place, data={**told, **more})
