"""What officers do with a case: tasks, proposals, replies, reports to others, notices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.accounts.queries import Staff, person
from app.areas import queries as areas
from app.cases.model import Case, CaseClock, CaseGate, CaseNotice, CaseProposal, CaseReply, CaseTask
from app.cases.queries.caseparts import Names
from app.cases.queries.inbox import Due, due
from app.cases.rules import contexts
from app.cases.rules.access import Access
from app.cases.rules.words import REPLY_PARTS
from app.core import sealing
from app.core.workdays import Calendar
from app.extensions import db


@dataclass(frozen=True, slots=True)
class Task:
    """What another unit was asked."""

    id: int
    unit: str
    unit_names: Names
    state: str
    asked_at: datetime
    answered_at: datetime | None
    asked: str
    answer: str
    due: Due | None
    own: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A step that waits for a second person."""

    id: int
    event: str
    names: Names
    mine: bool
    at: datetime
    code: str
    days: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply and where it stands."""

    id: int
    state: str
    at: datetime
    names: Names
    parts: Mapping[str, str]
    approvers: tuple[Names, ...]


def tasks(
    case: Case, reach: Access, named: Mapping[str, Names], calendar: Calendar | None = None
) -> tuple[Task, ...]:
    """Return what other units were asked, as far as one may see it."""
    days = calendar or areas.work_calendar(case.area)
    running = {
        row.task: due(row, days)
        for row in db.session.scalars(
            select(CaseClock).where(CaseClock.case_id == case.id, CaseClock.task.is_not(None))
        )
    }
    query = select(CaseTask).where(CaseTask.case_id == case.id).order_by(CaseTask.id)
    return tuple(
        Task(
            id=row.id,
            unit=row.unit,
            unit_names=named.get(row.unit, {}),
            state=row.state,
            asked_at=row.asked_at,
            answered_at=row.answered_at,
            asked=_words(row.asked, contexts.task(case.number, row.id)),
            answer=_words(row.answer, contexts.task(case.number, row.id)),
            due=running.get(row.id),
            own=row.unit in reach.helping,
        )
        for row in db.session.scalars(query)
        if reach.full or row.unit in reach.units
    )


def _words(sealed: bytes | None, context: str) -> str:
    return sealing.open_text(sealed, context) if sealed else ""


def _name(account: str) -> Names:
    found = person(account)
    return found.names if found else {}


def proposals(case: Case, staff: Staff) -> tuple[Proposal, ...]:
    """Return the steps that wait for a second person."""
    query = select(CaseProposal).where(CaseProposal.case_id == case.id, CaseProposal.state == "open")
    return tuple(
        Proposal(
            id=row.id,
            event=row.event,
            names=_name(row.by),
            mine=row.by == staff.id,
            at=row.at,
            code=row.code,
            days=row.days,
            reason=_words(row.words, contexts.proposal(case.number, row.id)),
        )
        for row in db.session.scalars(query.order_by(CaseProposal.id))
    )


def replies(case: Case) -> tuple[Reply, ...]:
    """Return all replies that were drafted, oldest first."""
    query = select(CaseReply).where(CaseReply.case_id == case.id).order_by(CaseReply.id)
    return tuple(
        Reply(
            row.id, row.state, row.at, _name(row.drafter), parts(case, row), tuple(map(_name, row.approvers))
        )
        for row in db.session.scalars(query)
    )


def parts(case: Case, row: CaseReply) -> dict[str, str]:
    """Return the elements of a reply."""
    found: dict[str, Any] = (
        sealing.open_json(row.words, contexts.reply(case.number, row.id)) if row.words else {}
    )
    return {name: str(found.get(name, "")) for name in REPLY_PARTS}


def gates(case: Case) -> tuple[tuple[str, datetime, str], ...]:
    """Return whom the mandatory report went to, when, and its receipt."""
    rows = db.session.scalars(select(CaseGate).where(CaseGate.case_id == case.id).order_by(CaseGate.id))
    return tuple((row.told, row.told_at, row.receipt) for row in rows)


def notices(case: Case) -> tuple[tuple[int, datetime, date], ...]:
    """Return the notices to the facility: id, when it was made, by when it is to act."""
    rows = db.session.scalars(select(CaseNotice).where(CaseNotice.case_id == case.id).order_by(CaseNotice.id))
    return tuple((row.id, row.at, row.due_on) for row in rows)
