"""Writing the register's mirror: its rows, which are gone, the list of differences, and what was before."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select, update

from app.core.db import insert_rows
from app.extensions import db
from app.facilities.model import Facility, Filed, FilingBefore, RegisterChange
from app.facilities.rules.register import Change, ChangeKind, Filing

Held = tuple[str, Filing, bool]
"""A mirrored entry: its facility, the filing, whether it is gone."""


def write_mirror(
    snapshot: int,
    changes: Sequence[Change],
    same: Sequence[tuple[int, int]],
    held: Sequence[Held],
    new: Sequence[Filing],
    ids: Mapping[int, str],
) -> None:
    """Write the mirror itself: new rows, changed rows, rows that are gone, and the list of differences."""
    fresh = [change for change in changes if change.old is None and change.new is not None]
    changed = [change for change in changes if change.old is not None and change.new is not None]
    gone = [change for change in changes if change.new is None]
    seen = {"first_snapshot": snapshot, "last_snapshot": snapshot, "gone_in": None}
    if fresh:
        rows = [{**_filed(new[c.new or 0]), "facility": ids[c.new or 0], **seen} for c in fresh]
        insert_rows(Filed, rows)
    for change in changed:
        values = {**_filed(new[change.new or 0]), "last_snapshot": snapshot, "gone_in": None}
        facility = held[change.old or 0][0]
        db.session.execute(update(Filed).where(Filed.facility == facility).values(**values))
    for chunk in _chunks([held[old_at][0] for old_at, _ in same]):
        query = update(Filed).where(Filed.facility.in_(chunk))
        db.session.execute(query.values(last_snapshot=snapshot, gone_in=None))
    left = [held[change.old or 0] for change in gone]
    for chunk in _chunks([facility for facility, _, was_gone in left if not was_gone]):
        db.session.execute(update(Filed).where(Filed.facility.in_(chunk)).values(gone_in=snapshot))
    rows = [
        {
            "snapshot": snapshot,
            "facility": ids[change.new] if change.new is not None else held[change.old or 0][0],
            "kind": change.kind.value,
            "before": _plain(held[change.old][1]) if change.old is not None else None,
            "after": _plain(new[change.new]) if change.new is not None else None,
        }
        for change in changes
        if change.kind is not ChangeKind.NEW and not (change.new is None and held[change.old or 0][2])
    ]
    insert_rows(RegisterChange, rows)


def keep_before(
    snapshot: int,
    changes: Sequence[Change],
    same: Sequence[tuple[int, int]],
    held: Sequence[Held],
    ids: Mapping[int, str],
    put: Mapping[str, Sequence[str | None]],
) -> None:
    """Keep what the mirror has now of every row a snapshot will touch, so that it can be taken back.

    `put`: where it puts facilities, [area, pack, zoning]; it counts for those that change.
    """
    olds = [(change.old, change.new is not None) for change in changes if change.old is not None]
    olds += [(old_at, False) for old_at, _ in same]
    moved = {held[old_at][0]: is_put for old_at, is_put in olds}
    fresh = [ids[change.new] for change in changes if change.old is None and change.new is not None]
    nothing = {"snapshot": snapshot, "filing": None, "place": None}
    rows: list[dict[str, Any]] = [{**nothing, "facility": facility} for facility in fresh]
    where = (Facility.area_code, Facility.pack, Facility.zoning)
    for chunk in _chunks(sorted(moved)):
        query = select(Filed, *where).join(Facility, Facility.id == Filed.facility)
        for filed, *place in db.session.execute(query.where(Filed.facility.in_(chunk))):
            columns = {column.name: getattr(filed, column.name) for column in Filed.__table__.columns}
            filed_at = filed.filed_at.isoformat() if filed.filed_at else None
            before = {"before": place, "after": list(put[filed.facility])} if moved[filed.facility] else None
            kept = {**columns, "filed_at": filed_at}
            rows.append({**nothing, "facility": filed.facility, "filing": kept, "place": before})
    insert_rows(FilingBefore, rows)


def _filed(filing: Filing) -> dict[str, Any]:
    return {
        "name": filing.name,
        "alias": filing.alias,
        "credit_code": filing.credit_code,
        "code_state": filing.code_state,
        "nature": filing.nature,
        "address": filing.address,
        "filed_at": filing.filed_at,
        "zoning": filing.zoning,
    }


def _plain(filing: Filing) -> dict[str, Any]:
    filed_at = filing.filed_at.isoformat() if filing.filed_at else None
    return {**_filed(filing), "filed_at": filed_at}


def _chunks(items: Sequence[str], size: int = 5000) -> Iterable[Sequence[str]]:
    return (items[start : start + size] for start in range(0, len(items), size))
