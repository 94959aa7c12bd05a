"""What the offices owe a resident: the first date, the present one, and what happened in between."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.areas import queries as areas
from app.cases.model import Case, CaseAlarm, CaseClock
from app.cases.rules import clocks as rules
from app.cases.rules.clocks import Measure, Rung
from app.core import clock
from app.core.workdays import Calendar
from app.extensions import db

TOLD = ("first-report", "reply", "sign", "triage", "decision", "mediation", "rating", "reopen", "review")
"""Clocks that a resident is shown; the others are between the offices."""
_MARKED = (Rung.SUPERVISED, Rung.DEPUTY)


@dataclass(frozen=True, slots=True)
class Owing:
    """One thing owed. A date is the day whose end counts; `at` is the moment, for periods in hours."""

    name: str
    on: date
    at: datetime
    first_on: date
    in_hours: bool
    left: int
    """Working days after today, up to the due day; negative when it is over."""
    provisional: bool
    running: bool
    resting: bool
    rested_days: int
    added_days: int
    late: bool
    """It is over, and was not kept in time."""
    marked: bool
    """The ladder has come to the supervision order, which the page of the case says."""

    @property
    def moved(self) -> bool:
        """Tell whether the present date is another than the first."""
        return self.on != self.first_on


def owings(case: Case) -> tuple[Owing, ...]:
    """Return what is or was owed to the resident of a case, the newest of each kind, in a fixed order."""
    calendar = areas.work_calendar(case.area)
    rungs = select(CaseAlarm.clock).where(CaseAlarm.case_id == case.id, CaseAlarm.rung.in_(_MARKED))
    marked = frozenset(db.session.scalars(rungs))
    query = select(CaseClock).where(CaseClock.case_id == case.id, CaseClock.name.in_(TOLD))
    newest = {row.name: row for row in db.session.scalars(query.order_by(CaseClock.id))}
    return tuple(_owing(newest[name], calendar, marked) for name in TOLD if name in newest)


def by_name(found: tuple[Owing, ...]) -> Mapping[str, Owing]:
    """Return what is owed by the name of its clock."""
    return {each.name: each for each in found}


def _owing(row: CaseClock, calendar: Calendar, marked: frozenset[int]) -> Owing:
    now = clock.now()
    end = row.stopped_at or now
    return Owing(
        name=row.name,
        on=rules.day_of(row.due_at),
        at=row.due_at,
        first_on=rules.day_of(row.first_due_at),
        in_hours=row.measure not in {Measure.WORKDAYS, Measure.DAYS},
        left=rules.remaining(now, row.due_at, calendar),
        provisional=row.status == "provisional",
        running=row.stopped_at is None,
        resting=row.paused_at is not None,
        rested_days=row.paused_days,
        added_days=row.extended_days,
        late=row.overdue_at is not None or (row.paused_at is None and end > row.due_at),
        marked=row.id in marked,
    )
