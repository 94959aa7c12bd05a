"""Applying a ledger: planned anew under a lock, recorded in one transaction."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from app.core import codes
from app.core.db import DATA_VERSION, Meta, insert_rows, touch_data
from app.extensions import db
from app.facilities.model import Facility, LedgerImport, LedgerRow
from app.facilities.service.ledgers.deciding import APPLIED, PlannedRow
from app.facilities.service.ledgers.opening import Opened
from app.facilities.service.ledgers.planning import Plan, Prepared, prepare, preview
from app.facilities.service.recording import Statement, put_source, record
from app.facilities.service.register import INFERENCE, INFERENCE_NAMES


class BusyError(RuntimeError):
    """The database is being written by somebody else for too long. Nothing was written; try again."""


@dataclass(frozen=True, slots=True)
class Done:
    """What an import did: the plan as it was carried out, and the ids of what it made, by key."""

    plan: Plan
    id: int | None
    applied: bool
    made: Mapping[str, str]


def apply(
    opened: Opened,
    *,
    now: datetime,
    by: str,
    decisions: Mapping[int, str] | None = None,
    day: date | None = None,
    prepared: Prepared | None = None,
    accept: Callable[[Plan], bool] | None = None,
) -> Done:
    """Apply a ledger in one transaction; with errors, or nothing to do, nothing is written.

    Matching is done before anybody has to wait, here or where the plan was `prepared`. Imports wait for one
    another, and one that had to plans anew on what the one before has written, and is applied if `accept`
    says that it still may be: the same ledger applied twice at once is applied once. Raises `BusyError` if
    the wait is too long.
    """
    ready = prepared or prepare(opened, decisions=decisions, by=by, day=day)
    plan = ready.plan
    fits = True
    if not plan.notes.errors:
        db.session.rollback()
        if lock_imports() != ready.version + 1:  # somebody has written since: the plan may no longer hold
            plan = preview(opened, decisions=decisions, by=by, day=day)
            fits = accept is None or accept(plan)
    if plan.notes.errors or plan.is_empty or not plan.rows or not fits:
        db.session.rollback()
        return Done(plan, plan.already, applied=False, made={})
    put_source(opened.source, opened.profile.source_kind, opened.profile.source_names, None)
    put_source(INFERENCE, "inferred", INFERENCE_NAMES, None)
    made = _minted(plan)
    ledger = LedgerImport(
        digest=opened.digest,
        file=opened.path.name,
        profile=opened.profile.name,
        profile_digest=opened.profile.digest,
        source=opened.source,
        area=opened.area,
        observed_on=plan.day,
        imported_at=now,
        imported_by=by,
        counts=counts(plan),
        state=APPLIED,
    )
    db.session.add(ledger)
    db.session.flush()
    identity = ledger.id
    statements = [_statement(plan, row, made) for row in plan.rows if row.said]
    record(statements, now=now, by=by, ledger=identity)
    insert_rows(LedgerRow, [_row(identity, row, made) for row in plan.rows])
    touch_data()
    db.session.commit()
    return Done(plan, identity, applied=True, made=made)


def lock_imports() -> int:
    """Make other imports wait until this transaction ends: the first statement of it writes.

    Returns the version of the data, grown by one.
    """
    lock = update(Meta).where(Meta.key == DATA_VERSION).values(value=Meta.value + 1).returning(Meta.value)
    try:
        found = db.session.execute(lock).scalar()
    except OperationalError as error:
        db.session.rollback()
        raise BusyError from error
    return touch_data() if found is None else found


def counts(plan: Plan) -> dict[str, int]:
    """Return how many rows of the ledger came to what."""
    tally = Counter(row.verdict for row in plan.rows)
    return {
        "rows": plan.opened.ledger.rows,
        "entries": len(plan.rows),
        "new": sum(1 for row in plan.rows if row.is_new),
        "changed": sum(1 for row in plan.rows if row.changes),
        "needs-worker": tally["needs-worker"],
        "skipped": tally["skipped"],
        "missing": len(plan.missing),
    }


def _minted(plan: Plan) -> dict[str, str]:
    """Return new ids by the keys of the rows that need one."""
    taken = set(db.session.scalars(select(Facility.id)))
    made: dict[str, str] = {}
    for row in plan.rows:
        if row.is_new:
            identity = codes.mint()
            while identity in taken:
                identity = codes.mint()
            taken.add(identity)
            made[row.entry.key] = identity
    return made


def _statement(plan: Plan, row: PlannedRow, made: Mapping[str, str]) -> Statement:
    said = tuple((each.field, each.value, each.day, each.source) for each in row.said)
    held = plan.held.get(row.facility)
    if held:
        return Statement(row.facility, held.area, said, pack=held.pack, zoning=held.zoning)
    county = row.spot.county if row.spot else plan.opened.area
    return Statement(made[row.entry.key], county, said, zoning=row.entry.zoning or None)


def _row(ledger: int, row: PlannedRow, made: Mapping[str, str]) -> dict[str, object]:
    identity = row.facility or made.get(row.entry.key)
    return {
        "ledger": ledger,
        "row": row.entry.row,
        "key": row.entry.key,
        "name": row.entry.name,
        "verdict": row.verdict,
        "facility": identity,
        "made": row.entry.key in made,
        "decided_by": row.decided_by,
    }
