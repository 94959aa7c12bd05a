"""Starting, stopping and moving what is owed. Nothing here commits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.areas import queries as areas
from app.cases.model import Case, CaseClock
from app.cases.rules import clocks as rules
from app.core import clock
from app.extensions import db

TOTAL = "reply"
"""The resident's clock: it starts with the report and is never started anew by passing the case on."""
FIRST_REPORT = "first-report"
"""Emergencies: a first word to the resident within hours; the whole reply has a date of its own."""


def start_total(case: Case) -> None:
    """Start the resident's clock, and for an emergency the one of the first word beside it."""
    if "full-reply" in case.rule["clocks"]:
        _start(case, FIRST_REPORT, case.rule["clocks"][TOTAL])
    _start(case, TOTAL, _whole(case))


def _whole(case: Case) -> Mapping[str, Any]:
    known: Mapping[str, Mapping[str, Any]] = case.rule["clocks"]
    return known.get("full-reply") or known[TOTAL]


def start(case: Case, name: str, *, unit: str = "", task: int | None = None) -> CaseClock | None:
    """Start a clock of a case by what its route says; a clock the route does not know is not started."""
    spec: Mapping[str, Any] | None = case.rule["clocks"].get(name)
    return None if spec is None else _start(case, name, spec, unit=unit, task=task)


def _start(
    case: Case, name: str, spec: Mapping[str, Any], *, unit: str = "", task: int | None = None
) -> CaseClock:
    owed = rules.due(clock.now(), spec["amount"], spec["unit"], areas.work_calendar(case.area))
    return _add(case, name, owed, amount=spec["amount"], measure=spec["unit"], unit=unit, task=task)


def start_task(case: Case, unit: str, task: int) -> CaseClock:
    """Start a co-handler's clock: some working days before the lead owes the reply, at least one from now."""
    now, calendar = clock.now(), areas.work_calendar(case.area)
    total = running(case, TOTAL)
    margin = case.rule["clocks"].get("co", {"amount": 3})["amount"]
    if total is None:
        owed = rules.due(now, 1, rules.Measure.WORKDAYS, calendar)
    else:
        owed = rules.before(total.due_at, margin, now, calendar)
    measure = rules.Measure.WORKDAYS.value
    return _add(case, "co", owed, amount=margin, measure=measure, unit=unit, task=task)


def timer(case: Case, name: str, days: int) -> CaseClock:
    """Start a timer in calendar days that the office chose itself."""
    owed = rules.due(clock.now(), days, rules.Measure.DAYS, areas.work_calendar(case.area))
    return _add(case, name, owed, amount=days, measure=rules.Measure.DAYS.value)


def _add(case: Case, name: str, owed: rules.Owed, **fields: Any) -> CaseClock:
    fields = {"unit": "", "task": None, **fields}
    row = CaseClock(
        case_id=case.id,
        name=name,
        started_at=clock.now(),
        first_due_at=owed.at,
        due_at=owed.at,
        status=owed.status,
        paused_days=0,
        extended_days=0,
        **fields,
    )
    db.session.add(row)
    return row


def running(case: Case, name: str, *, task: int | None = None) -> CaseClock | None:
    """Return the clock of that name that still runs, or rests in a pause."""
    query = select(CaseClock).where(
        CaseClock.case_id == case.id, CaseClock.name == name, CaseClock.stopped_at.is_(None)
    )
    if task is not None:
        query = query.where(CaseClock.task == task)
    return db.session.scalars(query.order_by(CaseClock.id.desc())).first()


def newest(case: Case, name: str) -> CaseClock | None:
    """Return the last clock of that name, whether it still runs or not."""
    query = select(CaseClock).where(CaseClock.case_id == case.id, CaseClock.name == name)
    return db.session.scalars(query.order_by(CaseClock.id.desc())).first()


def stop(case: Case, *names: str, task: int | None = None) -> None:
    """Stop clocks by name; all of them without a name."""
    query = select(CaseClock).where(CaseClock.case_id == case.id, CaseClock.stopped_at.is_(None))
    if names:
        query = query.where(CaseClock.name.in_(names))
    if task is not None:
        query = query.where(CaseClock.task == task)
    now = clock.now()
    for row in db.session.scalars(query):
        if row.paused_at is not None:
            _resume(case, row)
        row.stopped_at = now


def pause(case: Case) -> None:
    """Let the total clock rest. The days that pass are counted and shown, not hidden."""
    total = running(case, TOTAL)
    if total is not None:
        total.paused_at = clock.now()


def resume(case: Case) -> None:
    """Let the total clock go on, its due day moved by the working days it rested."""
    total = running(case, TOTAL)
    if total is not None and total.paused_at is not None:
        _resume(case, total)


def _resume(case: Case, row: CaseClock) -> None:
    calendar = areas.work_calendar(case.area)
    assert row.paused_at is not None  # noqa: S101 - for the type checker
    rested = calendar.between(
        row.paused_at.astimezone(clock.ZONE).date(), clock.now().astimezone(clock.ZONE).date()
    )
    row.paused_at = None
    row.paused_days += rested
    if rested > 0 and row.overdue_at is None:
        _move(row, calendar.add(rules.day_of(row.due_at), rested))


def extend(case: Case, days: int) -> CaseClock | None:
    """Move the total clock's due day by working days; its first due day stays where it was."""
    total = running(case, TOTAL)
    if total is not None:
        calendar = areas.work_calendar(case.area)
        total.extended_days += days
        _move(total, calendar.add(rules.day_of(total.due_at), days))
    return total


def _move(row: CaseClock, found: Any) -> None:
    row.due_at = rules.end_of(found.on)
    row.status = found.status


def halve(case: Case) -> CaseClock:
    """Start the clock of a case that was sent back: half the working days of the first, at least one."""
    spec = _whole(case)
    days = max(1, -(-spec["amount"] // 2))
    if spec["unit"] not in {rules.Measure.WORKDAYS, rules.Measure.DAYS}:
        days = 1
    owed = rules.due(clock.now(), days, rules.Measure.WORKDAYS, areas.work_calendar(case.area))
    return _add(case, TOTAL, owed, amount=days, measure=rules.Measure.WORKDAYS.value, unit=case.lead or "")


def recompute(row: CaseClock, case: Case) -> tuple[datetime, datetime] | None:
    """Reckon a running clock anew after its calendar changed; returns (before, after) if the due day moved.

    What was already seen late stays late.
    """
    extra, calendar = row.paused_days + row.extended_days, areas.work_calendar(case.area)
    owed = rules.again(row.name, row.started_at, row.amount, row.measure, extra, calendar)
    if owed is None:
        return None
    row.status = owed.status
    if owed.at == row.due_at or row.overdue_at is not None:
        return None
    before, row.due_at = row.due_at, owed.at
    return before, row.due_at
