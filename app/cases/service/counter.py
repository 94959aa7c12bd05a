"""What officers do with a case, replies, notices and reveals apart: steps, words, alarms, reports, holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from app.accounts.queries import Staff
from app.accounts.rules import Action
from app.cases.model import Case, CaseAlarm, CaseGate, CaseMessage, CaseProposal
from app.cases.queries.inbox import SEEN
from app.cases.rules import contexts, machine
from app.cases.rules.access import Access, Level
from app.cases.rules.acts import NEEDS_TWO, Actor, Attempt, Event, Facts, Refused
from app.cases.rules.guards import CODES, SHORTEST_REASON
from app.cases.rules.states import CONVERSING, State
from app.cases.rules.words import GATE_TOLD, LONGEST_MESSAGE
from app.cases.service import acting, clocks, facts, record
from app.cases.service.acting import Doer
from app.cases.service.illegal import audited
from app.core import audit, clock, sealing
from app.extensions import db

PUBLIC_KINDS = ("message", "question", "update")
"""Words that the resident reads."""
_FIRST_WORDS = frozenset({"message", "update"})
"""What counts as the first word that is owed in an emergency; a question is none."""
NOTE = "note"
"""Words that only colleagues read."""
ALARM_WAYS = ("reached", "police-told")
_TWICE = timedelta(minutes=2)
"""The same words of the same officer within this time are one click too many."""
_SPEAKING = frozenset({Actor.LEAD, Actor.DESK, Actor.UPPER})


@dataclass(frozen=True, slots=True)
class Offer:
    """A step a page offers; with a `problem` it says why it is not possible now."""

    event: Event
    problem: str = ""
    proposal: bool = False
    """The step is only proposed; a second person takes it."""


def doer(staff: Staff, reach: Access, event: Event, unit: str = "") -> Doer:
    """Return somebody as the one who takes a step."""
    return Doer(reach.actors, staff.id, reach.unit_for(event, unit))


def offers(case: Case, reach: Access, staff: Staff) -> tuple[Offer, ...]:
    """Return the steps that state, parts and guards leave open to somebody, in the order of the machine."""
    now = facts.facts(case)
    open_ = set(db.session.scalars(_open_proposals(case)))
    found = []
    for event in machine.possible(now, reach.actors):
        if event in NEEDS_TWO:
            if Actor.LEAD not in reach.actors or event.value in open_:
                continue
            ideal = _ideal(now, event, frozenset([Actor.HEAD]), "other", reach.unit_for(event))
        else:
            ideal = _ideal(now, event, reach.actors, staff.id, reach.unit_for(event))
        found.append(Offer(event, _problem(now, ideal), event in NEEDS_TWO))
    order = {event: position for position, event in enumerate(Event)}
    return tuple(sorted(found, key=lambda offer: order[offer.event]))


def _open_proposals(case: Case) -> Any:
    return select(CaseProposal.event).where(CaseProposal.case_id == case.id, CaseProposal.state == "open")


def _ideal(now: Facts, event: Event, actors: frozenset[Actor], who: str, unit: str) -> Attempt:
    """Return an attempt that lacks nothing an officer could give: a refusal is then a matter of fact."""
    reason = "." * SHORTEST_REASON
    code = next((code for code in CODES.get(event, ()) if code not in now.closed), "")
    return Attempt(
        event, actors, who, unit=unit, target="?", reason=reason, code=code, days=1, proposer="one"
    )


def _problem(now: Facts, ideal: Attempt) -> str:
    try:
        machine.decide(now, ideal)
    except Refused as refusal:
        return refusal.code
    return ""


def step(
    case: Case, reach: Access, staff: Staff, event: Event, seen: int, *, unit: str = "", **given: object
) -> None:
    """Take a step, or propose it where it needs two people. Raises `Refused`, `Changed`."""
    if any(len(text) > LONGEST_MESSAGE for text in given.values() if isinstance(text, str)):
        raise Refused("words-too-long")
    if event is Event.TASK_REPLY and not str(given.get("answer", "")).strip():
        raise Refused("words-missing")
    who = doer(staff, reach, event, unit)
    if event in NEEDS_TWO:
        if event.value in set(db.session.scalars(_open_proposals(case))):
            raise Refused("proposed-already")
        acting.propose(case.id, event, who, seen=seen, **given)
    else:
        acting.act(case.id, event, who, seen=seen, **given)


def decide(case: Case, reach: Access, staff: Staff, proposal: int, seen: int, *, agree: bool) -> None:
    """Take or decline what somebody else proposed. Raises `Refused`, `Changed`, `LookupError`."""
    row = db.session.get(CaseProposal, proposal)
    if row is None or row.event not in {event.value for event in NEEDS_TWO}:
        raise LookupError(proposal)
    acting.decide(case.id, proposal, doer(staff, reach, Event(row.event)), agree=agree, seen=seen)


def say(case: Case, reach: Access, staff: Staff, kind: str, text: str) -> None:
    """Write to the resident, or a note for colleagues. Raises `Refused`."""
    public = kind in PUBLIC_KINDS
    with audited(case, staff.id, kind):
        if not reach.full or not reach.actors & _SPEAKING:
            raise Refused("wrong-actor", illegal=True)
        if public and State(case.state) not in CONVERSING:
            raise Refused("conversation-over", illegal=True)
        if not text.strip():
            raise Refused("words-missing")
        if len(text) > LONGEST_MESSAGE:
            raise Refused("words-too-long")
    if _said_just_now(case, staff, kind, text.strip()):
        return
    unit = reach.unit_for(Event.START)
    record.message(case, text.strip(), author="unit", kind=kind, public=public, account=staff.id, unit=unit)
    if kind in _FIRST_WORDS:
        clocks.stop(case, clocks.FIRST_REPORT)
    audit.record(f"case.{kind}", actor=staff.id, subject=case.number, data={"unit": unit})
    db.session.commit()


def _said_just_now(case: Case, staff: Staff, kind: str, text: str) -> bool:
    query = select(CaseMessage).where(
        CaseMessage.case_id == case.id,
        CaseMessage.account == staff.id,
        CaseMessage.kind == kind,
        CaseMessage.at > clock.now() - _TWICE,
    )
    return any(
        row.words and sealing.open_text(row.words, contexts.words(case.number, row.id)) == text
        for row in db.session.scalars(query)
    )


def acknowledge(case: Case, reach: Access, staff: Staff, how: str) -> None:
    """Take note, by name, of a case that cannot wait: the place was reached, or the police told."""
    with audited(case, staff.id, SEEN):
        if how not in ALARM_WAYS:
            raise Refused("code-missing")
        if reach.level is Level.SUMMARY:
            raise Refused("wrong-actor", illegal=True)
    now = clock.now()
    db.session.execute(
        update(CaseAlarm)
        .where(CaseAlarm.case_id == case.id, CaseAlarm.seen_at.is_(None))
        .values(seen_at=now, seen_by=staff.id)
    )
    _note(case, reach, staff, SEEN, {"how": how})
    db.session.commit()


def _note(case: Case, reach: Access, staff: Staff, name: str, data: dict[str, Any]) -> None:
    unit = reach.unit_for(Event.START)
    record.event(case, name, actor="unit", account=staff.id, unit=unit, public=False, data=data)


def report_to(
    case: Case, reach: Access, staff: Staff, told: str, told_at: datetime | None, receipt: str, words: str
) -> None:
    """Record that police or others were told, or a signed reason why not. Raises `Refused`."""
    with audited(case, staff.id, "mandatory-report"):
        if not reach.actors & {Actor.LEAD, Actor.DESK}:
            raise Refused("wrong-actor", illegal=True)
        if told not in GATE_TOLD:
            raise Refused("code-missing")
        if told == "none" and len(words.strip()) < SHORTEST_REASON:
            raise Refused("reason-too-short")
        if told != "none" and (told_at is None or told_at > clock.now()):
            raise Refused("moment-wrong")
    row = CaseGate(
        case_id=case.id,
        told=told,
        told_at=told_at or clock.now(),
        receipt=receipt.strip(),
        by=staff.id,
        at=clock.now(),
        words=None,
    )
    db.session.add(row)
    db.session.flush()
    if words.strip():
        row.words = sealing.seal_text(words.strip(), contexts.gate(case.number, row.id))
    clocks.stop(case, "mandatory-report")
    _note(case, reach, staff, "mandatory-report", {"told": told})
    db.session.commit()


def hold(case: Case, reach: Access, staff: Staff, reason: str, *, on: bool) -> None:
    """Keep a case from being disposed of, or let it go again. Raises `Refused`."""
    with audited(case, staff.id, "hold"):
        if Action.CASE_HOLD not in reach.rights:
            raise Refused("wrong-actor", illegal=True)
        if len(reason.strip()) < SHORTEST_REASON:
            raise Refused("reason-too-short")
    case.hold_reason = reason.strip() if on else ""
    row = record.message(
        case,
        reason.strip(),
        author="unit",
        kind="reason",
        public=False,
        account=staff.id,
        unit=reach.desk,
    )
    _note(case, reach, staff, "hold" if on else "hold-off", {"message": row.id})
    db.session.commit()


def note_read(case: Case, staff: Staff, *, sealed: bool) -> None:
    """Record that somebody read the words of a case; never what they say."""
    audit.record(
        "sealed.read" if sealed else "case.read",
        actor=staff.id,
        subject=case.number,
        data={"what": "told"} if sealed else {},
    )
    db.session.commit()
