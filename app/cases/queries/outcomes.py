"""Outcomes: the one that waits to be cleared, and those the public may read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.areas import queries as areas
from app.cases.model import Case, CaseProposal
from app.cases.rules import contexts
from app.cases.rules.hiding import K
from app.cases.rules.states import State
from app.core import clock, sealing
from app.extensions import db

OUTCOME = "outcome"
"""Kind of proposal that holds an outcome."""
_MOST = 20
_DONE = (State.CLOSED.value, State.FINAL.value)


@dataclass(frozen=True, slots=True)
class Pending:
    """An outcome that waits for a second person."""

    id: int
    by: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the public reads of a case: no number, no day, and the township only where many cases are from."""

    texts: Mapping[str, str]
    category: str
    area_names: Mapping[str, str]
    year: int
    quarter: int


def pending(case: Case) -> Pending | None:
    """Return the outcome of a case that waits to be cleared."""
    row = db.session.scalar(
        select(CaseProposal)
        .where(CaseProposal.case_id == case.id, CaseProposal.event == OUTCOME, CaseProposal.state == "open")
        .order_by(CaseProposal.id.desc())
        .limit(1)
    )
    if row is None or row.words is None:
        return None
    return Pending(row.id, row.by, sealing.open_json(row.words, contexts.proposal(case.number, row.id)))


def of_place(place: str) -> tuple[Outcome, ...]:
    """Return the newest outcomes of a place whose day has come.

    A township is named only where at least five cases of the subject came from it, else the place.
    """
    return _read(Case.place == place)


def of_facility(facility: str) -> tuple[Outcome, ...]:
    """Return the newest outcomes of a facility about which at least five cases of the subject came in."""
    counts = _counts(Case.facility, Case.facility == facility)
    return tuple(
        outcome
        for outcome in _read(Case.facility == facility)
        if counts.get((facility, outcome.category), 0) >= K
    )


def _read(where: ColumnElement[bool]) -> tuple[Outcome, ...]:
    query = (
        select(Case)
        .where(where, Case.outcome_on <= clock.today(), Case.state.in_(_DONE))
        .order_by(Case.outcome_on.desc(), Case.id.desc())
        .limit(_MOST)
    )
    rows = [row for row in db.session.scalars(query) if row.outcome]
    counts = _counts(Case.area, Case.place.in_({row.place for row in rows})) if rows else {}
    named = areas.areas(code for row in rows for code in (row.area, row.place))
    found = []
    for row in rows:
        area = row.area if counts.get((row.area, row.category), 0) >= K else row.place
        day = row.ended_at.astimezone(clock.ZONE).date() if row.ended_at else clock.today()
        names = named[area].names if area in named else {}
        found.append(Outcome(row.outcome, row.category, names, day.year, (day.month + 2) // 3))
    return tuple(found)


def _counts(column: Any, where: ColumnElement[bool]) -> dict[tuple[str | None, str], int]:
    rows = db.session.execute(
        select(column, Case.category, func.count()).where(where).group_by(column, Case.category)
    )
    return {(key, category): number for key, category, number in rows}
