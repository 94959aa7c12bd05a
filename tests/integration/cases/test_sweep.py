"""What becomes due while nobody looks: rungs once and in order, steps of the system, changed calendars."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from app.areas.model import Workday, Workyear
from app.cases.forms.letters import letter
from app.cases.model import Case, CaseAlarm, CaseClock, CaseEvent, CaseGate
from app.cases.queries.owing import owings
from app.cases.rules.acts import Event, Refused
from app.cases.rules.clocks import LADDER, end_of
from app.cases.service import clocks, ladder, sweep
from app.core import audit, outbox
from app.core.outbox import Outbox
from app.extensions import db
from tests.factories import cases as make

LONG_AFTER = make.days_after(make.MONDAY, 60)


@pytest.fixture
def site(fresh_app):
    with fresh_app.app_context(), make.at(make.MONDAY):
        sweep.recompute()
        yield fresh_app


def alarms(case: Case, name: str = "reply") -> list[CaseAlarm]:
    query = select(CaseAlarm).join(CaseClock, CaseClock.id == CaseAlarm.clock)
    query = query.where(CaseAlarm.case_id == case.id, CaseClock.name == name)
    return list(db.session.scalars(query.order_by(CaseAlarm.meant_for)))


def events(case: Case, name: str) -> list[CaseEvent]:
    query = select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.event == name)
    return list(db.session.scalars(query.order_by(CaseEvent.seq)))


def notices(case: Case, kind: str | None = None) -> list[Outbox]:
    query = select(Outbox).where(Outbox.subject == case.number).order_by(Outbox.id)
    return list(db.session.scalars(query.where(Outbox.kind == kind) if kind else query))


def total(case: Case) -> CaseClock:
    return clocks.newest(case, "reply")


def at_work() -> Case:
    with make.at(make.MONDAY):
        return make.worked_on(make.a_case(category="care"))


def test_every_rung_is_climbed_on_its_day_and_once(site):
    case = at_work()
    first_seen, moment = {}, make.MONDAY
    while moment < make.days_after(make.MONDAY, 30):
        with make.at(moment):
            sweep.climb()
            sweep.climb()
        for alarm in alarms(case):
            first_seen.setdefault(alarm.rung, moment)
        moment += timedelta(hours=6)
    assert list(first_seen) == [rung.value for rung in LADDER]
    assert len(alarms(case)) == len(LADDER)
    # Ten working days from Monday 16 November are over with Monday 30 November.
    assert total(case).due_at == end_of(date(2026, 11, 30))
    for alarm in alarms(case):
        assert alarm.meant_for <= first_seen[alarm.rung] < alarm.meant_for + timedelta(hours=6)


def test_after_three_days_off_each_rung_comes_once_and_in_order(site):
    case = at_work()
    with make.at(end_of(date(2026, 12, 7))):
        assert sweep.climb() == 1
        assert sweep.climb() is None
    rungs = alarms(case)
    assert [alarm.rung for alarm in rungs] == [rung.value for rung in LADDER]
    assert all(alarm.at == end_of(date(2026, 12, 7)) for alarm in rungs)
    assert [alarm.meant_for for alarm in rungs] == sorted(alarm.meant_for for alarm in rungs)
    kinds = [notice.kind for notice in notices(case) if notice.data["clock"] == "reply"]
    assert kinds == sorted(kinds, key=["soon", "due", "office", "supervised", "deputy"].index)
    assert "soon" not in kinds, "what is late is not announced as due soon"


def test_who_is_told_follows_the_rung(site):
    case = at_work()
    with make.at(LONG_AFTER):
        sweep.climb()
    told = {}
    for notice in notices(case):
        if notice.data["clock"] == "reply":
            told.setdefault(notice.kind, []).append(notice.to_unit)
    assert told["due"] == [case.lead]
    assert told["office"] == list(dict.fromkeys([make.HEALTH, case.lead]))
    assert make.CITY in told["deputy"]


def test_what_a_case_is_about_is_told_nothing(site):
    with make.at(make.MONDAY):
        case = make.a_case(category="conduct", about=make.HEALTH)
    with make.at(LONG_AFTER):
        sweep.climb()
    assert alarms(case)
    assert make.HEALTH not in {notice.to_unit for notice in notices(case)}


def test_the_supervision_order_is_on_the_residents_page_and_the_day_of_lateness_stays(site):
    case = at_work()
    with make.at(LONG_AFTER):
        sweep.climb()
        (event,) = events(case, "supervised")
        assert event.public
        assert event.data["clock"] == "reply"
        assert total(case).overdue_at == LONG_AFTER
        (owed,) = [each for each in owings(case) if each.name == "reply"]
        assert owed.late
        assert owed.marked
        assert audit.verify().ok


def test_the_ladder_stops_with_the_clock_and_rests_with_it(site):
    answered, resting, running = at_work(), at_work(), at_work()
    with make.at(make.days_after(make.MONDAY, 1)):
        make.replied_to(answered)
        given = {"code": "testing", "reason": make.REASON, "days": 30, "proposer": "zoe"}
        make.step(resting, Event.PAUSE, make.doer("head", unit=resting.lead), **given)
    with make.at(make.days_after(make.MONDAY, 25)):
        sweep.climb()
    assert alarms(running)
    assert not alarms(answered)
    assert not alarms(resting)


def test_what_only_may_be_done_makes_nobody_late(site):
    with make.at(make.MONDAY):
        case = make.a_case(category="care")
        make.replied_to(make.worked_on(case))
    with make.at(LONG_AFTER):
        sweep.climb()
    names = set(db.session.scalars(select(CaseClock.name).join(CaseAlarm, CaseAlarm.clock == CaseClock.id)))
    assert not names & {"objection", "rating", "reopen"}


def test_an_emergency_alarms_lead_health_and_the_ground_at_once(site):
    with make.at(make.MONDAY):
        case = make.a_case(category="abuse", child_safety="danger")
        assert case.severity == "e1"
        sweep.climb()
        sweep.climb()
        told = {notice.to_unit for notice in notices(case, "at-once")}
        assert told >= {case.lead, make.HEALTH, f"{make.TOWN}.office"}
        assert {alarm.rung for alarm in alarms(case)} == {"at-once", "at-once-office", "at-once-territory"}
        assert len(notices(case, "at-once")) == len(told)


def test_an_office_that_gets_an_emergency_later_is_told_too(site):
    with make.at(make.MONDAY):
        case = make.a_case(category="missing", child_safety="danger", at_work=False)
        sweep.climb()
        before = {notice.to_unit for notice in notices(case, "at-once")}
        make.step(case, Event.ASSIGN, make.doer("desk"), target=make.EDUCATION, reason=make.REASON)
        sweep.climb()
        after = {notice.to_unit for notice in notices(case, "at-once")}
    assert after - before == {make.EDUCATION}


def test_a_mandatory_report_that_is_missing_is_told_after_an_hour(site):
    with make.at(make.MONDAY):
        case, told = make.a_case(category="injury"), make.a_case(category="injury")
        row = {"told": "police", "told_at": make.MONDAY, "receipt": "", "by": "ann", "at": make.MONDAY}
        db.session.add(CaseGate(case_id=told.id, words=None, **row))
        db.session.commit()
    with make.at(make.MONDAY + timedelta(minutes=59)):
        sweep.climb()
        assert not alarms(case, "mandatory-report")
    with make.at(make.MONDAY + timedelta(minutes=61)):
        sweep.climb()
    assert [alarm.rung for alarm in alarms(case, "mandatory-report")] == ["due"]
    late = [notice.to_unit for notice in notices(case, "due") if notice.data["clock"] == "mandatory-report"]
    assert set(late) == {case.lead, make.HEALTH}
    assert not alarms(told, "mandatory-report")


def test_a_case_that_fails_stops_no_other_and_is_named_by_number_only(site, monkeypatch):
    told = []
    broken, whole = at_work(), at_work()
    climb = ladder.climb

    def failing(case_id):
        if case_id == broken.id:
            raise ValueError("张三 13912345678")
        return climb(case_id)

    monkeypatch.setattr(ladder, "climb", failing)
    monkeypatch.setattr(sweep.log, "error", lambda event, **more: told.append((event, more)))
    with make.at(LONG_AFTER):
        assert sweep.climb() == 1
    assert alarms(whole)
    said = {"endpoint": "cases.climb", "error": f"ValueError {broken.number}"}
    assert told == [("case not swept", {"extra": said})]


def test_an_answer_waits_for_a_rating_from_the_next_working_day_and_then_lapses(site):
    with make.at(make.MONDAY):
        case = make.replied_to(make.worked_on(make.a_case(category="care")))
        assert sweep.advance() is None
    with make.at(make.days_after(make.MONDAY, 1)):
        assert sweep.advance() == 1
        assert db.session.get_one(Case, case.id).state == "followup"
    rating = clocks.newest(case, "rating").due_at
    with make.at(rating - timedelta(seconds=1)):
        assert sweep.advance() is None
    with make.at(rating):
        assert sweep.advance() == 1
        assert sweep.advance() is None
        case = db.session.get_one(Case, case.id)
        assert (case.state, case.rating) == ("closed", None)


def test_an_answer_of_a_friday_waits_over_the_weekend(site):
    friday = make.days_after(make.MONDAY, 4)
    with make.at(friday):
        case = make.replied_to(make.worked_on(make.a_case(category="care")))
    with make.at(make.days_after(friday, 2)):
        sweep.advance()
        assert case.state == "replied"
    with make.at(make.days_after(friday, 3)):
        sweep.advance()
        assert case.state == "followup"


def test_a_pause_ends_by_itself_and_the_date_moves_by_the_days_it_rested(site):
    case = at_work()
    due = total(case).due_at
    with make.at(make.days_after(make.MONDAY, 1)):
        given = {"code": "testing", "reason": make.REASON, "days": 7, "proposer": "zoe"}
        make.step(case, Event.PAUSE, make.doer("head", unit=case.lead), **given)
    ends = clocks.running(case, "pause").due_at
    with make.at(ends - timedelta(seconds=1)):
        assert sweep.advance() is None
    with make.at(ends):
        assert sweep.advance() == 1
        assert case.state == "in-progress"
        assert total(case).due_at > due
        assert total(case).first_due_at == due


def test_the_time_to_reopen_ends_and_stays_ended(site):
    with make.at(make.MONDAY):
        case = make.replied_to(make.worked_on(make.a_case(category="care")))
        make.step(case, Event.RATE, make.doer("resident"), rating=2, solved="no")
    over = clocks.running(case, "reopen").due_at
    with make.at(over + timedelta(seconds=1)):
        assert sweep.advance() == 1
        assert clocks.running(case, "reopen") is None
        with pytest.raises(Refused, match="too-late"):
            make.step(case, Event.REOPEN, make.doer("resident"), reason=make.REASON)


def rest(*days: date) -> None:
    """Let the nation rest on more days, as a notice that came late would."""
    for day in days:
        db.session.merge(Workday(region="CN", year=day.year, on=day, kind="rest", names={"zh-Hans": "假日"}))
    years = {day.year for day in days}
    changed = {"changed_at": datetime.now(UTC)}
    db.session.execute(
        update(Workyear).where(Workyear.region == "CN", Workyear.year.in_(years)).values(changed)
    )
    db.session.commit()


def test_a_calendar_that_changes_moves_each_date_with_one_event(site):
    case, late = at_work(), at_work()
    first, tuesday = total(case).due_at, date(2026, 11, 24)
    with make.at(make.days_after(make.MONDAY, 2)):
        assert sweep.recompute() is None
        rest(tuesday)
        assert sweep.recompute() == 2
        assert sweep.recompute() is None
        (event,) = [each for each in events(case, "recomputed") if each.data["clock"] == "reply"]
        assert event.public
        assert event.data["before"] == first.isoformat()
        assert event.data["after"] == end_of(date(2026, 12, 1)).isoformat() == total(case).due_at.isoformat()
        assert total(case).first_due_at == first
    with make.at(end_of(date(2026, 12, 2))):
        due = total(late).due_at
        sweep.climb()
        rest(date(2026, 11, 25))
        sweep.recompute()
        assert total(late).due_at == due
        assert total(late).overdue_at is not None
        assert len([each for each in events(late, "recomputed") if each.data["clock"] == "reply"]) == 1


def test_a_date_that_could_not_be_reckoned_is_tried_again(site, monkeypatch):
    at_work()
    with make.at(make.days_after(make.MONDAY, 2)):
        rest(date(2026, 11, 24))
        with monkeypatch.context() as patch:
            patch.setattr(sweep, "_recompute", lambda _case: 1 / 0)
            assert sweep.recompute() is None
        assert sweep.recompute() == 1


def test_a_letter_names_the_case_why_and_by_when_and_nothing_else(site):
    case = at_work()
    with make.at(LONG_AFTER):
        sweep.climb()
        sent = outbox.notices([case.lead], since=make.MONDAY)
        written = [letter(notice) for notice in sent]
    assert written
    for each in written:
        assert case.number in each.title
        assert "example.invalid" in each.to
        assert "迟到" not in each.text
        assert "某某" not in each.text


def test_what_is_acknowledged_is_told_in_the_same_breath(site):
    with make.at(make.MONDAY):
        case = make.a_case(category="abuse", child_safety="danger")
        assert {notice.to_unit for notice in notices(case, "at-once")} >= {case.lead, make.HEALTH}
        ordinary = make.a_case(category="fees")
        assert not notices(ordinary)


def test_a_sweep_that_dies_midway_leaves_nothing_half_and_the_next_does_it_all(site, monkeypatch):
    case, post, calls = at_work(), outbox.post, []

    def dying(*args, **more):
        calls.append(args)
        if len(calls) == 3:
            raise SystemExit
        return post(*args, **more)

    with make.at(LONG_AFTER):
        with monkeypatch.context() as patch:
            patch.setattr(ladder.outbox, "post", dying)
            with pytest.raises(SystemExit):
                sweep.climb()
        db.session.rollback()
        assert not alarms(case)
        assert not notices(case)
        sweep.climb()
    assert len(alarms(case)) == len(LADDER)
    assert len(events(case, "supervised")) == 1
