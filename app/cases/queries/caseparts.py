"""Parts of a case that hold no words of anybody: dates, relay, route, facility, cases like it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.accounts.queries import Staff
from app.areas import queries as areas
from app.cases.model import Case, CaseClock, CaseEvent, CaseUnit
from app.cases.queries import access
from app.cases.queries.inbox import Due, due
from app.cases.rules.alarms import WINDOWS
from app.cases.rules.states import OPEN
from app.core import clock
from app.core.workdays import Calendar
from app.extensions import db
from app.facilities.queries.cards import FacilityCard
from app.facilities.queries.listing import cards

TWIN_DAYS = 30
"""Days within which a case about the same facility and subject is offered as the same matter."""
_MOST_LINKS = 5
_AT_ONCE = timedelta(seconds=10)
"""A clock is stopped and the step that stops it written in one transaction, at most so far apart."""
_KEPT_BY: Mapping[str, frozenset[str]] = {
    "sign": frozenset({"sign"}),
    "objection": frozenset({"object"}),
    "triage": frozenset({"assign", "uphold", "insist", "dispute", "transfer"}),
    "dispute": frozenset({"designate"}),
    "decide": frozenset({"sign", "not-accept", "refer"}),
    "decision": frozenset({"sign", "not-accept", "refer"}),
    "reply": frozenset({"approve", "not-accept", "refer"}),
    "co": frozenset({"task-reply"}),
    "rating": frozenset({"rate"}),
    "reopen": frozenset({"reopen"}),
    "review": frozenset({"finalise", "send-back"}),
}
"""The steps that are what a clock waits for; one that is not listed is kept unless the case ends first."""
_ENDINGS = frozenset({"not-accept", "refer", "withdraw", "merge", "dispose"})

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A date that is or was owed."""

    name: str
    unit: str
    unit_names: Names
    due: Due
    stopped_at: datetime | None
    end: str
    """How it ended, a code of the labels `clock-end`: `done`, `late`, `unneeded`; empty while it runs."""
    paused_days: int
    extended_days: int


@dataclass(frozen=True, slots=True)
class Leg:
    """A unit's time with the case."""

    unit: str
    unit_names: Names
    part: str
    since: datetime
    until: datetime | None
    days: int
    """Working days it has or had the case, the first not counted."""


@dataclass(frozen=True, slots=True)
class RouteCard:
    """Why this unit: what the rule said on the day the case came in."""

    lead_names: Names
    co: tuple[tuple[str, Names], ...]
    basis: tuple[Mapping[str, Any], ...]
    version: str
    national_default: bool
    territory_role: str


@dataclass(frozen=True, slots=True)
class Link:
    """Another case about the same facility."""

    number: str
    category: str
    state: str
    received: date


@dataclass(frozen=True, slots=True)
class Facility:
    """The facility a case is about, and how many cases there are about it within one's reach."""

    card: FacilityCard
    earlier: tuple[Link, ...]
    count: int


def unit_names(place: str) -> dict[str, Names]:
    """Return the names of all offices of a place."""
    return {office.code: office.names for office in areas.offices(place)}


def clocks(case: Case, named: Mapping[str, Names], calendar: Calendar) -> tuple[ClockLine, ...]:
    """Return all dates of a case, in the order they began."""
    steps = tuple(
        db.session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.seq))
    )
    query = select(CaseClock).where(CaseClock.case_id == case.id).order_by(CaseClock.id)
    return tuple(
        ClockLine(
            name=row.name,
            unit=row.unit,
            unit_names=named.get(row.unit, {}),
            due=due(row, calendar),
            stopped_at=row.stopped_at,
            end=_end(row, steps),
            paused_days=row.paused_days,
            extended_days=row.extended_days,
        )
        for row in db.session.scalars(query)
    )


def _end(row: CaseClock, steps: tuple[CaseEvent, ...]) -> str:
    """Return how a clock ended: by what it waited for, in time or late, or because that was not needed."""
    if row.stopped_at is None:
        return "unneeded" if row.name in WINDOWS and row.due_at <= clock.now() else ""
    stopped = row.stopped_at
    by = {step.event for step in steps if stopped <= step.at < stopped + _AT_ONCE}
    wanted = _KEPT_BY.get(row.name)
    if by & wanted if wanted is not None else not by & _ENDINGS:
        return "late" if row.overdue_at is not None or row.stopped_at > row.due_at else "done"
    return "late" if row.overdue_at is not None else "unneeded"


def relay(case: Case, named: Mapping[str, Names], calendar: Calendar) -> tuple[Leg, ...]:
    """Return who had the case in which part, and for how many working days."""
    query = (
        select(CaseUnit)
        .where(CaseUnit.case_id == case.id, CaseUnit.role.in_(["lead", "co", "review"]))
        .order_by(CaseUnit.since, CaseUnit.id)
    )
    ended = case.ended_at or clock.now()
    return tuple(
        Leg(
            unit=row.unit,
            unit_names=named.get(row.unit, {}),
            part=row.role,
            since=row.since,
            until=row.until,
            days=max(0, calendar.between(_day(row.since), _day(row.until or max(ended, row.since)))),
        )
        for row in db.session.scalars(query)
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.ZONE).date()


def route(case: Case, named: Mapping[str, Names]) -> RouteCard:
    """Return the rule that chose the units, as it was kept with the case."""
    rule = case.rule
    return RouteCard(
        lead_names=named.get(rule.get("lead") or "", {}),
        co=tuple((unit, named.get(unit, {"": unit})) for unit in rule.get("co", ())),
        basis=tuple(rule.get("basis", ())),
        version=case.rule_version,
        national_default=bool(rule.get("national_default")),
        territory_role=rule.get("territory", {}).get("role") or "",
    )


def facility(case: Case, staff: Staff) -> Facility | None:
    """Return the listed facility of a case, with the other cases about it that one may see."""
    if not case.facility:
        return None
    found = cards([case.facility], clock.today(), None, {}, ())
    if not found:
        return None
    where = (Case.facility == case.facility, Case.id != case.id, access.visible(staff.grants))
    count = db.session.scalar(select(func.count()).select_from(Case).where(*where)) or 0
    return Facility(found[0], links(*where), count)


def twins(case: Case, staff: Staff) -> tuple[Link, ...]:
    """Return open cases that may be the same matter: facility and subject the same, within thirty days."""
    if not case.facility:
        return ()
    near = timedelta(days=TWIN_DAYS)
    return links(
        Case.facility == case.facility,
        Case.category == case.category,
        Case.place == case.place,
        Case.id != case.id,
        Case.merged_into.is_(None),
        Case.state.in_([*OPEN]),
        Case.registered_at.between(case.registered_at - near, case.registered_at + near),
        access.visible(staff.grants),
    )


def links(*where: ColumnElement[bool]) -> tuple[Link, ...]:
    """Return the newest cases of a condition."""
    query = select(Case).where(*where).order_by(Case.registered_at.desc(), Case.id.desc()).limit(_MOST_LINKS)
    return tuple(
        Link(row.number, row.category, row.state, _day(row.registered_at))
        for row in db.session.scalars(query)
    )
