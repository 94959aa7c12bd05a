"""Undoing an import: its observations go, and what they added up to is made anew."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from app.core.db import touch_data
from app.core.faults import N_
from app.extensions import db
from app.facilities.index import from_database
from app.facilities.model import Facility, Fee, LedgerImport, LedgerRow, Observed
from app.facilities.service.depending import described, named_by_ledgers, pointing
from app.facilities.service.ledgers.applying import lock_imports
from app.facilities.service.ledgers.deciding import APPLIED
from app.facilities.service.recording import Statement, record

UNDONE = "undone"
UNDO_DAYS = 30
"""How long an import can be undone."""
_NAMED = 10


class CannotUndoError(RuntimeError):
    """An import that stays. `sentence` is a msgid with named placeholders."""

    def __init__(self, sentence: str, **values: object) -> None:
        self.sentence = sentence
        self.values = values
        super().__init__(sentence % values)


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: facilities that were made and are gone, and those that are as they were before."""

    id: int
    removed: int
    restored: int


def undo(identity: int, *, now: datetime, by: str) -> Undone:
    """Take an import back exactly: nothing stays of it but the note that it was there.

    Raises `CannotUndoError`: no such import, undone already, older than 30 days, a later import of the same
    ledger stands on it, or something else depends on a facility it made. Raises `BusyError` like `apply`.
    """
    db.session.rollback()
    lock_imports()
    ledger = db.session.get(LedgerImport, identity)
    made = _made(identity)
    refusal = _refusal(ledger, made, now) if ledger else CannotUndoError(_NO_IMPORT, id=identity)
    if ledger is None or refusal is not None:
        db.session.rollback()
        raise refusal or CannotUndoError(_NO_IMPORT, id=identity)
    spoken = db.session.scalars(select(Observed.facility).where(Observed.ledger == identity).distinct())
    touched = set(spoken) - set(made)
    db.session.execute(delete(Observed).where(Observed.ledger == identity))
    for start in range(0, len(made), 5000):
        part = made[start : start + 5000]
        db.session.execute(delete(Fee).where(Fee.facility.in_(part)))
        db.session.execute(delete(Facility).where(Facility.id.in_(part)))
        from_database().update((), removed=part)
    kept = select(Facility.id, Facility.area_code, Facility.pack, Facility.zoning)
    rows = db.session.execute(kept.where(Facility.id.in_(touched)).order_by(Facility.id)).all()
    record(
        [Statement(row.id, row.area_code, (), pack=row.pack, zoning=row.zoning) for row in rows],
        now=now,
        by=by,
    )
    ledger.state, ledger.undone_at, ledger.undone_by = UNDONE, now, by
    touch_data()
    db.session.commit()
    return Undone(identity, len(made), len(rows))


def _made(identity: int) -> list[str]:
    query = select(LedgerRow.facility).where(LedgerRow.ledger == identity, LedgerRow.made)
    return sorted(each for each in db.session.scalars(query) if each)


_NO_IMPORT = N_("There is no import %(id)s.")


def _refusal(ledger: LedgerImport, made: list[str], now: datetime) -> CannotUndoError | None:
    """Return why an import stays, or None."""
    if ledger.state != APPLIED:
        return CannotUndoError(N_("Import %(id)s is undone already."), id=ledger.id)
    if now - ledger.imported_at > timedelta(days=UNDO_DAYS):
        return CannotUndoError(
            N_("Import %(id)s is older than %(days)s days. Correct the fields instead."),
            id=ledger.id,
            days=UNDO_DAYS,
        )
    later = db.session.scalar(
        select(func.min(LedgerImport.id)).where(
            LedgerImport.source == ledger.source, LedgerImport.id > ledger.id, LedgerImport.state == APPLIED
        )
    )
    if later is not None:
        return CannotUndoError(
            N_("Import %(later)s of the same ledger stands on import %(id)s. Undo that one first."),
            id=ledger.id,
            later=later,
        )
    depending = _depending(ledger.id, set(made))
    if depending:
        named = ", ".join(f"{facility} ({what})" for facility, what in depending[:_NAMED])
        return CannotUndoError(
            N_("Something else now depends on facilities this import made: %(facilities)s."), facilities=named
        )
    return None


def _depending(identity: int, made: set[str]) -> list[tuple[str, str]]:
    """Return which facilities made by an import something else points to, and what."""
    found = {(facility, f"import {ledger}") for facility, ledger in named_by_ledgers(made, identity)}
    found |= described(made, (Observed.ledger != identity) | Observed.ledger.is_(None))
    return sorted(found | pointing(made))
