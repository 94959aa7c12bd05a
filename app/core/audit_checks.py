"""When the audit was last read through from its first row, and what was found; once a day by a job.

A reader of the audit asks whether it can be believed, and reading all of it takes too long for a page.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Text, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import audit, clock
from app.core.db import Instant
from app.extensions import Base, db

EVERY = timedelta(days=1)
ANCHOR = "anchor"
"""What is wrong where the file beside the keys cannot be read; all other words are those of `audit.Why`."""


class AuditCheck(Base):
    """One reading of the whole chain."""

    __tablename__ = "audit_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    ok: Mapped[bool]
    count: Mapped[int]
    """Rows that are as they were written, from the first."""
    bad: Mapped[int | None]
    """Number of the first row that is wrong."""
    why: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a reading of the chain found, and when."""

    at: datetime
    ok: bool
    count: int
    bad: int | None
    why: str


def check(by: str = "") -> Checked:
    """Read the whole chain and keep what was found; that somebody asked for it is recorded. Commits."""
    if by:
        audit.record("audit.checked", actor=by)
    try:
        found = audit.verify()
        ok, count, bad, why = found.ok, found.count, found.first_bad_id, found.why or ""
    except audit.AuditError:
        ok, count, bad, why = False, 0, None, ANCHOR
    row = AuditCheck(at=clock.now(), ok=ok, count=count, bad=bad, why=str(why))
    db.session.add(row)
    db.session.commit()
    return _checked(row)


def newest() -> Checked | None:
    """Return what the last reading found; nothing if there was none."""
    row = db.session.scalars(select(AuditCheck).order_by(AuditCheck.id.desc()).limit(1)).first()
    return _checked(row) if row else None


def check_daily() -> int | None:
    """Read the chain unless that was done within a day; a job. Returns how many rows hold, if it was read.

    Raises `AuditError` where a row was touched, so that the worker's log says so too.
    """
    last = newest()
    if last is not None and clock.now() - last.at < EVERY:
        return None
    found = check()
    if not found.ok:
        raise audit.AuditError(f"The audit was touched ({found.why}). Run: flask audit verify")
    return found.count


def _checked(row: AuditCheck) -> Checked:
    return Checked(row.at, row.ok, row.count, row.bad, row.why)
