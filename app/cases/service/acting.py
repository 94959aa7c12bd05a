"""The one way a case changes: a step is judged by the state machine, taken, written down and committed."""

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import attributes
from sqlalchemy.orm.exc import StaleDataError

from app.cases.model import Case, CaseProposal
from app.cases.rules import contexts, machine
from app.cases.rules.acts import INSIDE, NEEDS_TWO, Actor, Attempt, Event, Refused
from app.cases.service import effects, facts, record
from app.cases.service.illegal import audited
from app.core import clock, sealing
from app.extensions import db


class Changed(Exception):  # noqa: N818 - by somebody else, in the meantime
    """Somebody else changed the case since it was shown; nothing was done."""


@dataclass(frozen=True, slots=True)
class Doer:
    """Who acts: the parts they play in this case, their account and their unit."""

    actors: frozenset[Actor]
    account: str | None = None
    unit: str = ""

    @property
    def name(self) -> str:
        """Return `resident`, `system` or `unit`."""
        if Actor.RESIDENT in self.actors:
            return "resident"
        return "system" if Actor.SYSTEM in self.actors else "unit"


RESIDENT = Doer(facts.RESIDENT)
SYSTEM = Doer(facts.SYSTEM)


def act(case_id: int, event: Event, doer: Doer, *, seen: int | None = None, **given: object) -> Case:
    """Take a step and commit it.

    `seen` is the version of the case that the page showed. `given` are fields of `Attempt` and, for some
    steps, the words and rows they need. Raises `Refused` (an illegal step is audited first), `Changed`.
    """
    record.lock(case_id)
    case = db.session.get_one(Case, case_id, populate_existing=True)
    if seen is not None and case.version != seen:
        db.session.rollback()
        raise Changed
    try:
        with audited(case, doer.account or doer.name, event.value):
            take(case, event, doer, **given)
            db.session.commit()
    except StaleDataError as error:
        db.session.rollback()
        raise Changed from error
    return case


def take(case: Case, event: Event, doer: Doer, **given: object) -> None:
    """Take a step without committing it. Raises `Refused`."""
    fields = {name: value for name, value in given.items() if name in Attempt.__dataclass_fields__}
    words = {name: value for name, value in given.items() if name not in fields}
    attempt = Attempt(
        event=event,
        actors=doer.actors,
        who=doer.account or "",
        unit=doer.unit,
        anonymous=case.anonymous,
        **fields,  # type: ignore[arg-type]
    )
    now = facts.facts(case)
    attempt = effects.prepare(case, attempt, words)
    to = machine.decide(now, attempt)
    before = record.move(case, to)
    data = effects.OF[event](case, attempt, words) if event in effects.OF else {}
    case.changed_at = clock.now()
    attributes.flag_modified(case, "changed_at")
    db.session.flush()
    public = event not in INSIDE
    record.event(
        case,
        event.value,
        actor=doer.name,
        source=before,
        account=doer.account,
        unit=doer.unit,
        public=public,
        data=data,
    )


def propose(
    case_id: int, event: Event, doer: Doer, *, seen: int | None = None, **given: object
) -> CaseProposal:
    """Propose a step that another person must take. Raises `Refused` for what could never be taken."""
    if event not in NEEDS_TWO:
        raise Refused("wrong-actor", illegal=True)
    record.lock(case_id)
    case = db.session.get_one(Case, case_id, populate_existing=True)
    if seen is not None and case.version != seen:
        db.session.rollback()
        raise Changed
    fields = {name: value for name, value in given.items() if name in Attempt.__dataclass_fields__}
    attempt = Attempt(event=event, actors=frozenset([Actor.HEAD]), who="other", proposer="one", **fields)  # type: ignore[arg-type]
    with audited(case, doer.account or doer.name, f"propose-{event.value}"):
        if Actor.LEAD not in doer.actors:
            raise Refused("wrong-actor", illegal=True)
        machine.decide(facts.facts(case), attempt)
    row = CaseProposal(
        case_id=case.id,
        event=event.value,
        by=doer.account or "",
        unit=doer.unit,
        at=clock.now(),
        state="open",
        decided_by=None,
        code=attempt.code,
        days=attempt.days,
        words=None,
    )
    db.session.add(row)
    db.session.flush()
    row.words = sealing.seal_text(attempt.reason, proposal_context(case.number, row.id))
    record.event(
        case, f"propose-{event.value}", actor="unit", account=doer.account, unit=doer.unit, public=False
    )
    db.session.commit()
    return row


def proposal_context(number: str, proposal_id: int) -> str:
    """Return what the words of a proposal are bound to."""
    return contexts.proposal(number, proposal_id)


def decide(case_id: int, proposal_id: int, doer: Doer, *, agree: bool, seen: int | None = None) -> Case:
    """Take or decline a proposed step. Raises `Refused`, `Changed`, `LookupError`."""
    record.lock(case_id)
    row = db.session.scalar(
        select(CaseProposal).where(CaseProposal.id == proposal_id, CaseProposal.case_id == case_id)
    )
    if row is None or row.state != "open":
        db.session.rollback()
        raise LookupError(proposal_id)
    case = db.session.get_one(Case, case_id, populate_existing=True)
    if seen is not None and case.version != seen:
        db.session.rollback()
        raise Changed
    row.decided_by = doer.account
    row.state = "taken" if agree else "declined"
    if not agree:
        if doer.account == row.by or not doer.actors & {Actor.HEAD, Actor.DESK}:
            db.session.rollback()
            raise Refused("same-person")
        record.event(
            case, f"decline-{row.event}", actor="unit", account=doer.account, unit=doer.unit, public=False
        )
        db.session.commit()
        return case
    reason = sealing.open_text(row.words, proposal_context(case.number, row.id)) if row.words else ""
    return act(
        case_id,
        Event(row.event),
        replace(doer),
        proposer=row.by,
        code=row.code,
        days=row.days,
        reason=reason,
    )
