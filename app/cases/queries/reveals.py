"""Who may read something sealed now, and which requests wait for somebody's word."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select

from app.accounts.queries import Staff, person
from app.cases.model import Case, CaseReveal
from app.cases.queries import access
from app.cases.rules import contexts
from app.core import clock, sealing
from app.extensions import db

WHAT = ("told", "contact", "originals")
"""What can be asked for: the sensitive story, the contact, the originals of photos."""
_READABLE = ("allowed", "urgent", "confirmed")
ASKED, URGENT = "asked", "urgent"


@dataclass(frozen=True, slots=True)
class Request:
    """A request to read something sealed."""

    id: int
    number: str
    category: str
    severity: str
    what: str
    state: str
    at: datetime
    expires_at: datetime | None
    by: str
    names: Mapping[str, str]
    """Name of whoever asks."""
    reason: str
    mine: bool
    over: bool

    @property
    def waits(self) -> bool:
        """Tell whether somebody else's word is needed."""
        return self.state in {ASKED, URGENT}


def active(case: Case, account: str, what: str) -> bool:
    """Tell whether somebody may read something sealed at this moment."""
    return active_until(case, account, what) is not None


def active_until(case: Case, account: str, what: str) -> datetime | None:
    """Return until when somebody may read something sealed; None if they may not."""
    return db.session.scalar(
        select(CaseReveal.expires_at)
        .where(
            CaseReveal.case_id == case.id,
            CaseReveal.by == account,
            CaseReveal.what == what,
            CaseReveal.state.in_(_READABLE),
            CaseReveal.expires_at > clock.now(),
        )
        .order_by(CaseReveal.expires_at.desc())
        .limit(1)
    )


def of_case(case: Case, account: str) -> tuple[Request, ...]:
    """Return the requests about one case, newest first."""
    query = select(CaseReveal).where(CaseReveal.case_id == case.id).order_by(CaseReveal.id.desc())
    return tuple(_request(row, case, account) for row in db.session.scalars(query))


def requests(staff: Staff) -> tuple[Request, ...]:
    """Return somebody's own requests that are open or still hold, and those that wait for their word."""
    mine = CaseReveal.by == staff.id
    waiting = and_(CaseReveal.state.in_([ASKED, URGENT]), access.at_desk(staff.grants))
    holds = or_(CaseReveal.state == ASKED, CaseReveal.expires_at > clock.now())
    query = (
        select(CaseReveal, Case)
        .join(Case)
        .where(access.visible(staff.grants), or_(and_(mine, holds), waiting))
        .order_by(CaseReveal.id.desc())
    )
    return tuple(_request(row, case, staff.id) for row, case in db.session.execute(query))


def _request(row: CaseReveal, case: Case, account: str) -> Request:
    asker = person(row.by)
    return Request(
        id=row.id,
        number=case.number,
        category=case.category,
        severity=case.severity,
        what=row.what,
        state=row.state,
        at=row.at,
        expires_at=row.expires_at,
        by=row.by,
        names=asker.names if asker else {},
        reason=sealing.open_text(row.reason, contexts.reveal(case.number, row.id)),
        mine=row.by == account,
        over=row.expires_at is not None and row.expires_at <= clock.now(),
    )
