"""The ladder of what is late: each rung once, in order, whatever stopped in between."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import exists, select

from app.areas import queries as areas
from app.cases.model import Case, CaseAlarm, CaseClock, CaseUnit
from app.cases.queries.owing import TOLD
from app.cases.rules import alarms
from app.cases.rules import clocks as rules
from app.cases.rules.clocks import Rung
from app.cases.service import clocks, endings, facts, record
from app.core import clock, outbox
from app.extensions import db

if TYPE_CHECKING:
    from collections.abc import Sequence


_AHEAD = timedelta(days=16)
"""No two working days before a due day lie further from it than this, whatever the holidays."""


def waiting() -> list[int]:
    """Return the cases of which something is late or soon will be, or that cannot wait; the oldest first."""
    runs = (CaseClock.stopped_at.is_(None), CaseClock.paused_at.is_(None))
    top = exists().where(CaseAlarm.clock == CaseClock.id, CaseAlarm.rung == Rung.DEPUTY.value)
    late = select(CaseClock.case_id).where(*runs, CaseClock.due_at <= clock.now() + _AHEAD, ~top)
    grave = select(CaseClock.case_id).join(Case).where(*runs, Case.severity == "e1")
    return sorted({*db.session.scalars(late), *db.session.scalars(grave)})


def climb(case_id: int) -> int:
    """Climb every rung of a case that is due by now; returns how many were new. Commits."""
    case = db.session.get_one(Case, case_id, populate_existing=True)
    if facts.gate_open(case):
        clocks.stop(case, alarms.REPORT)
    running = db.session.scalars(
        select(CaseClock)
        .where(CaseClock.case_id == case.id, CaseClock.stopped_at.is_(None), CaseClock.paused_at.is_(None))
        .order_by(CaseClock.id)
    ).all()
    calendar = areas.work_calendar(case.area)
    due: list[tuple[datetime, int, Rung, CaseClock]] = []
    for row in running:
        if not alarms.is_owed(row.name):
            continue
        known = _climbed(row.id)
        rungs = rules.climbed(clock.now(), row.started_at, row.due_at, row.measure, calendar)
        due += [(at, number, rung, row) for number, (rung, at) in enumerate(rungs) if rung not in known]
    for at, _number, rung, row in sorted(due, key=lambda each: (each[0], each[3].id, each[1])):
        _rung(case, row, rung, at, last=not any(row is other and at < later for later, _n, _r, other in due))
    new = len(due) + alarm_at_once(case)
    db.session.commit()
    return new


def _climbed(row: int) -> frozenset[str]:
    return frozenset(db.session.scalars(select(CaseAlarm.rung).where(CaseAlarm.clock == row)))


def _rung(case: Case, row: CaseClock, rung: Rung, meant_for: datetime, *, last: bool) -> None:
    units = alarms.told(rung, row.name, _around(case, row))
    _alarm(case, row, rung.value, meant_for, units)
    if rung is Rung.DUE and row.overdue_at is None:
        row.overdue_at = clock.now()
    if rung is Rung.SUPERVISED:
        data = {"clock": row.name, "due": row.due_at.isoformat()}
        record.event(case, "supervised", actor="system", public=row.name in TOLD, data=data)
    if rung is not Rung.SOON or last:  # what is late already is not announced as due soon
        _post(case, row, rung.value, units)


def alarm_at_once(case: Case) -> int:
    """Alarm everybody around a case that cannot wait, a unit that joins it later too; does not commit.

    Called as the case is registered, so that what is acknowledged is also told; the sweep repeats it.
    """
    total = clocks.running(case, clocks.TOTAL)
    if case.severity != "e1" or total is None:
        return 0
    known, new = _climbed(total.id), 0
    for kind, units in alarms.at_once(_around(case, total)):
        if kind not in known:
            _alarm(case, total, kind.value, case.registered_at, units)
            new += 1
        for unit in units:
            new += outbox.post(
                "at-once",
                unit,
                dedupe=f"case:{case.id}:at-once:{unit}",
                subject=case.number,
                data={"clock": total.name, "due": total.due_at.isoformat()},
            )
    return new


def _alarm(case: Case, row: CaseClock, rung: str, meant_for: datetime, units: "Sequence[str]") -> None:
    db.session.add(
        CaseAlarm(
            clock=row.id,
            rung=rung,
            case_id=case.id,
            unit=units[0] if units else "",
            at=clock.now(),
            meant_for=meant_for,
            seen_at=None,
            seen_by=None,
        )
    )
    db.session.flush()


def _post(case: Case, row: CaseClock, rung: str, units: "Sequence[str]") -> None:
    for unit in units:
        outbox.post(
            rung,
            unit,
            dedupe=f"clock:{row.id}:{rung}:{unit}",
            subject=case.number,
            data={"clock": row.name, "due": row.due_at.isoformat()},
        )


def _around(case: Case, row: CaseClock) -> alarms.Around:
    office = endings.coordinators(case.place)
    above = [card.parent for unit in office if (card := areas.office(unit)) and card.parent]
    if row.name in alarms.DESK:
        handlers = office
    elif row.name == "review":
        handlers = _units(case, "review")
    else:
        handlers = [unit for unit in (row.unit or case.lead,) if unit]
    return alarms.Around(handlers, office, above, _units(case, "territory"), facts.barred(case))


def _units(case: Case, role: str) -> list[str]:
    query = select(CaseUnit.unit).where(
        CaseUnit.case_id == case.id, CaseUnit.role == role, CaseUnit.until.is_(None)
    )
    return list(db.session.scalars(query.order_by(CaseUnit.id)))
