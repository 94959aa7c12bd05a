"""Writing down what happened: events, words, the relay of units. Nothing here commits."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, select, update

from app.cases.model import Case, CaseEvent, CaseMessage, CaseUnit
from app.cases.rules import contexts
from app.cases.rules.states import State
from app.cases.service import clocks
from app.core import audit, clock, sealing
from app.extensions import db

FIRST_WORDS = frozenset({"message", "question", "update"})
"""Kinds of words by which an office tells the resident of an emergency that it is at work."""


def lock(case_id: int) -> None:
    """Let nobody else change a case until this transaction ends; an update does it on every database."""
    same = update(Case).where(Case.id == case_id).values(version=Case.version)
    db.session.execute(same.execution_options(synchronize_session=False))


def event(
    case: Case,
    name: str,
    *,
    actor: str,
    source: str = "",
    account: str | None = None,
    unit: str = "",
    public: bool = True,
    data: Mapping[str, Any] | None = None,
) -> CaseEvent:
    """Add one step to the case's history and to the audit."""
    lock(case.id)
    state = db.session.scalar(select(Case.state).where(Case.id == case.id)) or case.state
    last = db.session.scalar(select(func.max(CaseEvent.seq)).where(CaseEvent.case_id == case.id)) or 0
    row = CaseEvent(
        case_id=case.id,
        seq=last + 1,
        at=clock.now(),
        event=name,
        actor=actor,
        account=account,
        unit=unit,
        source=source or state,
        target=state,
        public=public,
        data=dict(data or {}),
    )
    db.session.add(row)
    db.session.flush()
    audit.record(f"case.{name}", actor=account or actor, subject=case.number, data={"unit": unit})
    return row


def message(
    case: Case,
    text: str,
    *,
    author: str,
    kind: str,
    public: bool,
    account: str | None = None,
    unit: str = "",
) -> CaseMessage:
    """Add words to a case, sealed. `public` words are for the resident; all others stay inside."""
    row = CaseMessage(
        case_id=case.id,
        at=clock.now(),
        author=author,
        account=account,
        unit=unit,
        visibility="public" if public else "internal",
        kind=kind,
        words=None,
    )
    db.session.add(row)
    db.session.flush()
    row.words = sealing.seal_text(text, words_context(case.number, row.id))
    if author == "unit" and public and kind in FIRST_WORDS:
        clocks.stop(case, clocks.FIRST_REPORT)
    return row


def words_context(number: str, message_id: int) -> str:
    """Return what the words of a message are bound to."""
    return contexts.words(number, message_id)


def give(case: Case, unit: str, role: str) -> None:
    """Note that a unit has the case in a part from now on; a unit that has it already keeps its time."""
    held = db.session.scalar(
        select(CaseUnit.id).where(
            CaseUnit.case_id == case.id,
            CaseUnit.unit == unit,
            CaseUnit.role == role,
            CaseUnit.until.is_(None),
        )
    )
    if held is None:
        db.session.add(CaseUnit(case_id=case.id, unit=unit, role=role, since=clock.now(), until=None))


def take_back(case: Case, *, role: str | None = None, unit: str | None = None) -> None:
    """End the present time of units with the case."""
    query = select(CaseUnit).where(CaseUnit.case_id == case.id, CaseUnit.until.is_(None))
    if role is not None:
        query = query.where(CaseUnit.role == role)
    if unit is not None:
        query = query.where(CaseUnit.unit == unit)
    for row in db.session.scalars(query):
        row.until = clock.now()


def lead(case: Case, unit: str) -> None:
    """Hand the case to a unit that leads from now on."""
    if case.lead != unit:
        take_back(case, role="lead")
    case.lead = unit
    give(case, unit, "lead")


def inform(case: Case, units: Iterable[str], role: str = "inform") -> None:
    """Let units know of the case."""
    for unit in units:
        if unit != case.lead:
            give(case, unit, role)


def move(case: Case, to: State) -> str:
    """Set the state and return the former one."""
    before, case.state = case.state, to.value
    return before
