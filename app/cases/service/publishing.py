"""Outcomes for the public: written by one, cleared by another, shown only well after the case was closed."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from app.accounts.queries import Staff
from app.areas import queries as areas
from app.cases.model import Case, CaseProposal
from app.cases.queries.outcomes import OUTCOME, pending
from app.cases.rules import contexts
from app.cases.rules.access import Access
from app.cases.rules.acts import Actor, Refused
from app.cases.rules.states import State
from app.cases.rules.words import LONGEST_MESSAGE
from app.cases.service import record
from app.cases.service.checking import gives_away
from app.cases.service.illegal import audited
from app.cases.service.notices import Leaks
from app.core import clock, sealing
from app.extensions import db

DELAY = 10
"""Working days after the end of a case before its outcome appears (product, section 5)."""
SHORTEST = 20
_DONE = (State.CLOSED, State.FINAL)


def write(case: Case, reach: Access, staff: Staff, texts: Mapping[str, str]) -> None:
    """Put forward what the public may read; a second person clears it. Raises `Refused`, `Leaks`."""
    held = {lang: text.strip() for lang, text in texts.items() if text.strip()}
    with audited(case, staff.id, OUTCOME):
        if not reach.actors & {Actor.LEAD, Actor.DESK}:
            raise Refused("wrong-actor", illegal=True)
        if State(case.state) not in _DONE:
            raise Refused("not-closed", illegal=True)
        if len(held.get("zh-Hans", "")) < SHORTEST:
            raise Refused("outcome-too-short")
        if any(len(text) > LONGEST_MESSAGE for text in held.values()):
            raise Refused("words-too-long")
        given_away = gives_away(case, "\n".join(held.values()))
        if given_away:
            raise Leaks(given_away)
    for former in db.session.scalars(
        select(CaseProposal).where(
            CaseProposal.case_id == case.id, CaseProposal.event == OUTCOME, CaseProposal.state == "open"
        )
    ):
        former.state = "declined"
    row = CaseProposal(
        case_id=case.id,
        event=OUTCOME,
        by=staff.id,
        unit=reach.leading or reach.desk,
        at=clock.now(),
        state="open",
        decided_by=None,
        code="",
        days=0,
        words=None,
    )
    db.session.add(row)
    db.session.flush()
    row.words = sealing.seal_json(held, contexts.proposal(case.number, row.id))
    record.event(case, "outcome-written", actor="unit", account=staff.id, unit=row.unit, public=False)
    db.session.commit()


def clear(case: Case, reach: Access, staff: Staff, proposal: int, *, agree: bool) -> None:
    """Clear an outcome for the public, or send it back; never one's own. Raises `Refused`, `LookupError`."""
    found = pending(case)
    if found is None or found.id != proposal:
        raise LookupError(proposal)
    with audited(case, staff.id, "clear-outcome"):
        if Actor.HEAD not in reach.actors:
            raise Refused("wrong-actor", illegal=True)
        if found.by == staff.id:
            raise Refused("same-person")
        if State(case.state) not in _DONE:
            raise Refused("not-closed", illegal=True)
    row = db.session.get_one(CaseProposal, proposal)
    row.state, row.decided_by = ("taken" if agree else "declined"), staff.id
    if agree:
        case.outcome = dict(found.texts)
        case.outcome_on = appears_on(case)
    name = "outcome-cleared" if agree else "outcome-declined"
    unit = reach.leading or reach.desk
    record.event(case, name, actor="unit", account=staff.id, unit=unit, public=False)
    db.session.commit()


def appears_on(case: Case) -> date:
    """Return the first day an outcome may be read: ten working days after the end, never today."""
    calendar = areas.work_calendar(case.area)
    ended = (case.ended_at or clock.now()).astimezone(clock.ZONE).date()
    return max(calendar.add(ended, DELAY).on, calendar.add(clock.today(), 1).on)
