"""What of ledgers and register snapshots is on somebody's desk today. No file is opened."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.accounts.queries import Staff
from app.accounts.rules import rights
from app.core import clock
from app.extensions import db
from app.facilities.model import LedgerImport, Upload
from app.facilities.queries.uploads import ACTIONS, may_bring, newest_snapshot
from app.facilities.rules.projection import STALE_DAYS
from app.facilities.rules.uploads import Kind, State

_APPLIED: Final = "applied"
LOOK: Final = (State.MATCHING, State.READY, State.FAILED)
"""States in which a file waits for a person, not for the job worker."""
_SOON: Final = timedelta(days=2)
"""A file that is erased within so long is told of before."""


@dataclass(frozen=True, slots=True)
class Brought:
    """How many files: waiting for somebody, those of them that are erased soon; and what became old."""

    waiting: int
    ending: int
    old: int


def ledgers(staff: Staff, now: datetime) -> Brought:
    """Return what of ledgers is on somebody's desk; areas count as old by the newest ledger they have."""
    waiting, ending = _files(staff, Kind.LEDGER, now)
    newest = func.max(LedgerImport.observed_on)
    applied = (
        select(LedgerImport.area)
        .where(LedgerImport.state == _APPLIED, _within(staff, Kind.LEDGER, LedgerImport.area))
        .group_by(LedgerImport.area)
        .having(newest < _half_a_year_ago(now))
    )
    old = db.session.scalar(select(func.count()).select_from(applied.subquery())) or 0
    return Brought(waiting, ending, old)


def snapshots(staff: Staff, now: datetime) -> Brought:
    """Return what of register snapshots is on somebody's desk; `old` is 1 where the newest one is."""
    waiting, ending = _files(staff, Kind.REGISTER, now)
    newest = newest_snapshot()
    return Brought(waiting, ending, int(newest is not None and newest < _half_a_year_ago(now)))


def _files(staff: Staff, kind: Kind, now: datetime) -> tuple[int, int]:
    mine = and_(Upload.kind == kind, Upload.state.in_(LOOK), _within(staff, kind, Upload.area))
    ends = db.session.scalars(select(Upload.ends_at).where(mine, Upload.ends_at > now)).all()
    return len(ends), sum(each <= now + _SOON for each in ends)


def _within(staff: Staff, kind: Kind, area: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    codes = [
        grant.area
        for grant in staff.grants
        if ACTIONS[kind] in rights(grant) and may_bring(staff, kind, grant.area)
    ]
    return or_(*(area.startswith(code, autoescape=True) for code in codes)) if codes else false()


def _half_a_year_ago(now: datetime) -> date:
    return now.astimezone(clock.ZONE).date() - timedelta(days=STALE_DAYS)
