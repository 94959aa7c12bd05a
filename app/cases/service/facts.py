"""Gathers what the guards of a case look at."""

from datetime import timedelta

from sqlalchemy import func, select

from app.areas import queries as areas
from app.cases.model import Case, CaseEvent, CaseGate, CaseReply, CaseTask
from app.cases.rules import categories, words
from app.cases.rules import clocks as rules
from app.cases.rules.acts import Actor, Event, Facts
from app.cases.rules.states import State
from app.cases.service import clocks, retention
from app.core import clock
from app.extensions import db

RATING_DAYS, REOPEN_DAYS, REVIEW_DAYS = "rating", "reopen", "review"
_REVIEW_ASKED_WITHIN = timedelta(days=30)


def facts(case: Case) -> Facts:
    """Return the facts of a case as they stand now."""
    total = clocks.running(case, clocks.TOTAL)
    objection = clocks.running(case, "objection")
    rating = clocks.running(case, RATING_DAYS)
    reopening = clocks.newest(case, REOPEN_DAYS)  # one that has ended stays the answer: too late
    replies = list(
        db.session.scalars(select(CaseReply).where(CaseReply.case_id == case.id).order_by(CaseReply.id))
    )
    waiting = next((reply for reply in reversed(replies) if reply.state == "proposed"), None)
    earlier = {who for reply in replies if reply.state == "approved" for who in reply.approvers}
    counts = dict(
        db.session.execute(
            select(CaseTask.state, func.count()).where(CaseTask.case_id == case.id).group_by(CaseTask.state)
        ).all()
    )
    return Facts(
        state=State(case.state),
        now=clock.now(),
        public_interest=case.category in categories.PUBLIC_INTEREST,
        two_approvals=case.severity == "e1" or case.category in categories.TWO_APPROVALS,
        lead=case.lead,
        objected=objected(case),
        barred=barred(case),
        no_return=case.no_return,
        objection_due=objection.due_at if objection else None,
        reply_due=total.due_at if total else None,
        rating_due=rating.due_at if rating else None,
        reopen_due=reopening.due_at if reopening else None,
        review_due=rules.due(case.ended_at, 30, "days", areas.work_calendar(case.area)).at
        if case.ended_at
        else None,
        retention_due=retention.words_due(case),
        hold=bool(case.hold_reason),
        extended=case.extended,
        open_tasks=counts.get("open", 0),
        tasks=sum(counts.values()),
        helping=frozenset(
            db.session.scalars(
                select(CaseTask.unit).where(CaseTask.case_id == case.id, CaseTask.state == "open")
            )
        ),
        joined=db.session.scalar(select(func.count()).where(Case.merged_into == case.id)) or 0,
        gate_open=gate_open(case),
        closed=frozenset(words.REFUSALS)
        - frozenset(words.refusals(case.purpose, case.severity, anonymous=case.anonymous)),
        drafter=waiting.drafter if waiting else "",
        approvers=tuple(waiting.approvers) if waiting else (),
        reopened=case.reopened,
        earlier_approvers=frozenset(earlier),
    )


def barred(case: Case) -> frozenset[str]:
    """Return the units a case is about: they neither handle nor see it."""
    return frozenset([case.about]) if case.about else frozenset()


def objected(case: Case) -> frozenset[str]:
    """Return the units that have objected to a case."""
    query = select(CaseEvent.unit).where(CaseEvent.case_id == case.id, CaseEvent.event == Event.OBJECT.value)
    return frozenset(db.session.scalars(query))


def gate_open(case: Case) -> bool:
    """Tell whether the mandatory report (Minors' Protection Law, 11) is recorded, or none is needed."""
    if not categories.must_report(case.category, case.severity):
        return True
    found = db.session.scalar(select(CaseGate.id).where(CaseGate.case_id == case.id).limit(1))
    return found is not None


RESIDENT = frozenset([Actor.RESIDENT])
SYSTEM = frozenset([Actor.SYSTEM])
