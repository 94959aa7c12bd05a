"""A machine whose clock is set back repeats no step of the ladder and loses no date (T47)."""

from sqlalchemy import select

from app.cases.model import CaseAlarm, CaseClock, CaseEvent
from app.cases.rules.clocks import LADDER
from app.cases.service import sweep
from app.core import audit
from app.extensions import db
from tests.factories import cases as make


def held(case: int) -> tuple[list[tuple[str, object]], list[tuple[str, object]], int]:
    """Return the rungs of the total clock, the dates owed, and how many events there are."""
    alarms = select(CaseAlarm.rung, CaseAlarm.meant_for).join(CaseClock, CaseClock.id == CaseAlarm.clock)
    rungs = db.session.execute(alarms.where(CaseClock.case_id == case, CaseClock.name == "reply"))
    dates = db.session.execute(select(CaseClock.name, CaseClock.due_at).where(CaseClock.case_id == case))
    events = db.session.scalars(select(CaseEvent.id).where(CaseEvent.case_id == case)).all()
    return sorted(map(tuple, rungs)), sorted(map(tuple, dates)), len(events)


def all_parts() -> None:
    for part in (sweep.climb, sweep.recompute, sweep.advance):
        part()


def test_a_clock_set_back_repeats_and_loses_nothing(fresh_app):
    with fresh_app.app_context():
        with make.at(make.MONDAY):
            sweep.recompute()
            case = make.worked_on(make.a_case(category="care")).id
        with make.at(make.days_after(make.MONDAY, 12)):
            all_parts()
            then = held(case)
        assert then[0], "rungs were climbed"
        for days in (3, -400, 12):
            with make.at(make.days_after(make.MONDAY, days)):
                all_parts()
            assert held(case) == then, days
        with make.at(make.days_after(make.MONDAY, 40)):
            all_parts()
        rungs = [rung for rung, _day in held(case)[0]]
        assert sorted(rungs) == sorted(rung.value for rung in LADDER)
        assert audit.verify().ok
