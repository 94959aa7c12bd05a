"""What of cases is on somebody's desk today, counted in one question. No word of anybody is read."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Text, and_, cast, exists, func, or_, select
from sqlalchemy import case as when

from app.accounts.queries import Staff
from app.cases.model import Case, CaseReply, CaseReveal
from app.cases.queries import access
from app.cases.queries.inbox import by_state, overdue, unacknowledged
from app.cases.queries.reveals import ASKED, URGENT
from app.cases.rules.states import State
from app.extensions import db

_TABS = ("sign", "approve", "tasks", "desk")


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many cases: cannot wait and nobody noted, late, and what lies behind some tabs of the list."""

    alarms: int
    overdue: int
    sign: int
    approve: int
    tasks: int
    desk: int
    reveals: int
    """Requests of others to open something sealed."""


def waiting(staff: Staff) -> Waiting:
    """Return what of cases is on somebody's desk."""
    tabs = by_state(staff)
    tabs["approve"] = and_(tabs["approve"], ~_has_had_a_say(staff))
    counted = [unacknowledged(), overdue(staff), *(tabs[name] for name in _TABS)]
    columns = [func.coalesce(func.sum(when((condition, 1), else_=0)), 0) for condition in counted]
    reveals = (
        select(func.count())
        .select_from(CaseReveal)
        .join(Case, Case.id == CaseReveal.case_id)
        .where(
            access.visible(staff.grants),
            and_(CaseReveal.state.in_([ASKED, URGENT]), access.at_desk(staff.grants)),
            CaseReveal.by != staff.id,
        )
        .scalar_subquery()
    )
    found = db.session.execute(
        select(*columns, reveals).select_from(Case).where(access.visible(staff.grants))
    ).one()
    return Waiting(*(int(each) for each in found))


def _has_had_a_say(staff: Staff) -> ColumnElement[bool]:
    """Return the condition of a reply that waits, but not for its writer or who approved it already."""
    said = or_(CaseReply.drafter == staff.id, cast(CaseReply.approvers, Text).contains(staff.id))
    held = exists().where(CaseReply.case_id == Case.id, CaseReply.state == "proposed", said)
    return and_(Case.state == State.REPLY_REVIEW.value, held)
