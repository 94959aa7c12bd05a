"""The one way a case changes: what is judged, what is written, what stays as it was."""

from datetime import date, datetime, timedelta
from unittest.mock import patch

import pytest
from sqlalchemy import func, select

from app.cases.model import Case, CaseClock, CaseEvent, CaseMessage, CaseProposal, CaseTask, CaseUnit
from app.cases.queries import routing
from app.cases.rules import contexts
from app.cases.rules.acts import Event, Refused
from app.cases.service import acting, clocks, intake
from app.cases.service.acting import Changed
from app.core import audit, sealing
from app.core.clock import ZONE
from app.core.workdays import Calendar
from app.extensions import db
from tests.factories import cases as make
from tests.factories.cases import REASON, a_case, doer, replied_to, step, worked_on

DESK = doer("desk", "head", account="desk", unit=make.HEALTH)
RESIDENT, SYSTEM = doer("resident"), doer("system")


@pytest.fixture(autouse=True)
def inside(request):
    """Each test runs inside the program, at nine on a Monday without holidays near."""
    if "fresh_app" not in request.fixturenames:
        yield
        return
    with request.getfixturevalue("fresh_app").app_context(), make.at(make.MONDAY):
        yield
        assert audit.verify().ok


def lead_of(case, account="ann"):
    return doer("lead", account=account, unit=case.lead)


def clock_of(case, name):
    query = (
        select(CaseClock)
        .where(CaseClock.case_id == case.id, CaseClock.name == name)
        .order_by(CaseClock.id.desc())
    )
    return db.session.scalars(query).first()


def last_day(case, name):
    """Return first and present last day of a clock, in Asia/Shanghai."""
    row = clock_of(case, name)
    days = [
        (at - timedelta(seconds=1)).astimezone(ZONE).date().isoformat()
        for at in (row.first_due_at, row.due_at)
    ]
    return tuple(day[5:] for day in days)


def refused(case, event, who, **given):
    with pytest.raises(Refused) as found:
        step(case, event, who, **given)
    return found.value.code


def later(days):
    return make.at(make.days_after(make.MONDAY, days))


def count(model, case):
    return db.session.scalar(select(func.count()).select_from(model).where(model.case_id == case.id))


def test_an_illegal_step_is_audited_and_changes_nothing_else(fresh_app):
    case = a_case()
    version, events = case.version, count(CaseEvent, case)
    with pytest.raises(Refused) as found:
        step(case, Event.APPROVE, lead_of(case))
    assert found.value.illegal
    row = db.session.scalars(select(audit.Audit).order_by(audit.Audit.id.desc())).first()
    assert (row.action, row.subject, row.actor) == ("case.illegal-step", case.number, "ann")
    assert row.data == {"event": "approve", "state": "dispatched", "why": "wrong-state"}
    assert (case.version, count(CaseEvent, case)) == (version, events)


def test_proposing_what_the_state_forbids_is_audited_too(fresh_app):
    case = replied_to(worked_on(a_case()))
    with pytest.raises(Refused):
        acting.propose(case.id, Event.PAUSE, lead_of(case), code="testing", days=10, reason=REASON)
    row = db.session.scalars(select(audit.Audit).order_by(audit.Audit.id.desc())).first()
    assert (row.action, row.subject) == ("case.illegal-step", case.number)


def test_who_saw_an_older_case_changes_nothing(fresh_app):
    case = a_case()
    seen = case.version
    step(case, Event.SIGN, lead_of(case))
    with pytest.raises(Changed):
        acting.act(case.id, Event.START, lead_of(case), seen=seen)
    assert case.state == "accepted"


def test_two_steps_within_one_tick_of_the_clock_are_two_versions(fresh_app):
    case = worked_on(a_case())
    for unit in (make.POLICE, make.EDUCATION):
        seen = case.version
        step(case, Event.ADD_CO, lead_of(case), target=unit, reason=REASON)
        assert case.version > seen


def test_passing_a_case_on_leaves_the_resident_the_first_date(fresh_app):
    case = a_case(category="fees")
    assert last_day(case, "reply") == ("11-30", "11-30")
    with later(1):
        step(case, Event.OBJECT, lead_of(case), target=make.POLICE, code="other-duty", reason=REASON)
    with later(2):
        step(case, Event.UPHOLD, DESK, target=make.POLICE, reason=REASON)
    with later(3):
        step(case, Event.TRANSFER, DESK, target=make.EDUCATION, reason=REASON)
        assert last_day(case, "sign") == ("11-20", "11-20")
        assert last_day(case, "objection") == ("11-23", "11-23")
    assert last_day(case, "reply") == ("11-30", "11-30")
    assert (
        db.session.scalars(select(CaseClock.name).where(CaseClock.case_id == case.id)).all().count("reply")
        == 1
    )


def test_a_pause_moves_the_date_by_the_working_days_it_took_and_keeps_the_first(fresh_app):
    case = worked_on(a_case())
    with later(1):
        step(case, Event.PAUSE, DESK, code="testing", days=10, reason=REASON, proposer="ann")
    with later(8):
        step(case, Event.RESUME, SYSTEM)
    assert last_day(case, "reply") == ("11-30", "12-07")
    assert (clock_of(case, "reply").paused_days, clock_of(case, "reply").paused_at) == (5, None)
    assert clock_of(case, "pause").stopped_at is not None


def test_an_extension_is_told_and_never_longer_than_its_limit(fresh_app):
    case = worked_on(a_case())
    step(case, Event.EXTEND, DESK, days=99, reason=REASON, proposer="ann")
    assert last_day(case, "reply") == ("11-30", "12-14")
    assert refused(case, Event.EXTEND, DESK, days=1, reason=REASON, proposer="ann") == "extended-before"
    message = db.session.scalars(select(CaseMessage).where(CaseMessage.case_id == case.id)).one()
    assert message.visibility == "public"
    assert sealing.open_text(message.words, contexts.words(case.number, message.id)) == REASON


def test_an_extension_at_midnight_of_the_last_day_is_too_late(fresh_app):
    case = worked_on(a_case())
    due = clock_of(case, "reply").due_at
    with make.at(due):
        assert refused(case, Event.EXTEND, DESK, days=1, reason=REASON, proposer="ann") == "extension-late"
    with make.at(due - timedelta(microseconds=1)):
        step(case, Event.EXTEND, DESK, days=1, reason=REASON, proposer="ann")


def test_an_objection_is_in_time_until_the_last_moment_and_no_longer(fresh_app):
    one, other = a_case(), a_case()
    due = clock_of(one, "objection").due_at
    given = {"target": make.POLICE, "code": "other-duty", "reason": REASON}
    with make.at(due + timedelta(microseconds=1)):
        assert refused(one, Event.OBJECT, lead_of(one), **given) == "objection-late"
    with make.at(due):
        step(other, Event.OBJECT, lead_of(other), **given)
    assert other.state == "return-requested"


def test_a_term_of_the_law_begins_once_however_often_the_case_is_signed(fresh_app):
    contact = {"name": "张三", "phone": "13800138000", "other": ""}
    case = worked_on(a_case(category="refund", purpose="complaint", contact=contact))
    first = clock_of(case, "mediation")
    started = first.started_at
    with later(2):
        step(case, Event.TRANSFER, DESK, target=make.POLICE, reason=REASON)
        step(case, Event.SIGN, lead_of(case))
    rows = db.session.scalars(
        select(CaseClock).where(CaseClock.case_id == case.id, CaseClock.name == "mediation")
    ).all()
    running = [row for row in rows if row.stopped_at is None]
    assert [row.started_at for row in running] == [started]
    assert running[0].unit == make.POLICE


def test_the_relay_has_one_lead_at_a_time_without_a_gap(fresh_app):
    case = a_case(category="fees")
    with later(1):
        step(case, Event.TRANSFER, DESK, target=make.POLICE, reason=REASON)
    with later(3):
        step(case, Event.TRANSFER, DESK, target=make.MARKET, reason=REASON)
    query = select(CaseUnit).where(CaseUnit.case_id == case.id, CaseUnit.role == "lead").order_by(CaseUnit.id)
    held = [(row.unit, row.since, row.until) for row in db.session.scalars(query)]
    one, three = (make.days_after(make.MONDAY, days) for days in (1, 3))
    assert held == [(make.MARKET, make.MONDAY, one), (make.POLICE, one, three), (make.MARKET, three, None)]


def test_the_reasons_of_offices_among_themselves_are_not_for_the_resident(fresh_app):
    case = a_case()
    step(case, Event.OBJECT, lead_of(case), target=make.POLICE, code="other-duty", reason=REASON)
    step(case, Event.INSIST, DESK, reason=REASON)
    worked_on(case)
    step(case, Event.SUBMIT_REPLY, lead_of(case), parts=make.PARTS)
    step(case, Event.RETURN_REPLY, doer("head", account="bai", unit=case.lead), reason=REASON)
    seen = db.session.scalars(select(CaseMessage.visibility).where(CaseMessage.case_id == case.id)).all()
    assert seen == ["internal"] * 3


def test_a_reply_is_sealed_and_reaches_everybody_whose_case_was_merged_also_at_second_hand(fresh_app):
    first, second, third = (a_case() for _ in range(3))
    step(first, Event.MERGE, lead_of(first), target=second.number)
    step(second, Event.MERGE, lead_of(second), target=third.number)
    replied_to(worked_on(third))
    for case in (first, second, third):
        query = select(CaseMessage).where(CaseMessage.case_id == case.id, CaseMessage.kind == "reply")
        reply = db.session.scalars(query).one()
        assert sealing.open_json(reply.words, contexts.words(case.number, reply.id)) == make.PARTS
        assert REASON.encode() not in reply.words


def test_cases_of_different_subjects_or_places_are_not_merged(fresh_app):
    case, other = a_case(), a_case(category="fees")
    for target in (other.number, case.number, "0000-0000-0", ""):
        assert refused(case, Event.MERGE, lead_of(case), target=target) == "not-the-same"


def test_a_task_is_finished_by_its_own_unit_in_its_own_case_once(fresh_app):
    case, other = worked_on(a_case()), worked_on(a_case())
    for each in (case, other):
        step(each, Event.ADD_CO, lead_of(each), target=make.POLICE, reason=REASON)
    mine, theirs = (
        db.session.scalars(select(CaseTask).where(CaseTask.case_id == each.id)).one()
        for each in (case, other)
    )
    police = doer("co", account="po", unit=make.POLICE)
    assert refused(case, Event.TASK_REPLY, police, task=theirs.id, answer="x") == "not-your-task"
    assert (
        refused(case, Event.TASK_REPLY, doer("co", unit=make.FIRE), task=mine.id, answer="x")
        == "not-your-task"
    )
    assert refused(case, Event.TASK_OVERRIDE, lead_of(case), task=theirs.id, reason=REASON) == "not-your-task"
    assert refused(case, Event.TASK_OVERRIDE, lead_of(case), reason=REASON) == "not-your-task"
    step(case, Event.TASK_REPLY, police, task=mine.id, answer="已查。")
    assert refused(case, Event.TASK_REPLY, police, task=mine.id, answer="x") == "not-your-task"
    assert refused(case, Event.TASK_OVERRIDE, lead_of(case), task=mine.id, reason=REASON) == "not-your-task"
    assert (mine.state, theirs.state) == ("done", "open")


def test_a_helper_still_hands_in_after_the_case_went_to_another_lead(fresh_app):
    case = worked_on(a_case())
    step(case, Event.ADD_CO, lead_of(case), target=make.POLICE, reason=REASON)
    step(case, Event.TRANSFER, DESK, target=make.EDUCATION, reason=REASON)
    worked_on(case)
    task = db.session.scalars(select(CaseTask.id).where(CaseTask.case_id == case.id)).one()
    assert refused(case, Event.SUBMIT_REPLY, lead_of(case), parts=make.PARTS) == "tasks-open"
    step(case, Event.TASK_REPLY, doer("co", account="po", unit=make.POLICE), task=task, answer="已查。")
    assert replied_to(case).state == "replied"


def test_nobody_is_asked_twice_at_once(fresh_app):
    case = worked_on(a_case())
    step(case, Event.ADD_CO, lead_of(case), target=make.POLICE, reason=REASON)
    assert refused(case, Event.ADD_CO, lead_of(case), target=make.POLICE, reason=REASON)
    assert refused(case, Event.ADD_CO, lead_of(case), target=case.lead, reason=REASON) == "target-is-lead"


@pytest.mark.parametrize("about", [make.HEALTH, make.POLICE, "990101001.office"])
def test_a_unit_that_a_case_is_about_never_has_it(fresh_app, about):
    case = a_case(category="conduct", about=about)
    held = db.session.scalars(select(CaseUnit.unit).where(CaseUnit.case_id == case.id)).all()
    assert about not in held
    assert case.lead != about
    route = routing.route(make.TOWN, "conduct", about=about)
    assert about not in {
        unit.unit for unit in (route.lead, *route.co, *route.inform, *route.territory_units) if unit
    }
    if case.state == "dispatched":
        transfer = {"target": about, "reason": REASON}
        assert (
            refused(case, Event.TRANSFER, doer("desk", unit=make.MARKET), **transfer) == "target-is-concerned"
        )


def test_a_breach_is_not_turned_away_for_a_name_or_an_unclear_wish(fresh_app):
    for category, code in (
        ("care", "unclear"),
        ("care", "name-refused"),
        ("abuse", "unclear"),
        ("care", "weather"),
    ):
        case = a_case(category=category)
        assert refused(case, Event.NOT_ACCEPT, DESK, code=code, reason=REASON, proposer="ann"), code
    step(case, Event.NOT_ACCEPT, DESK, code="not-our-duty", reason=REASON, proposer="ann")
    assert (case.state, case.ended_at) == ("not-accepted", make.MONDAY)


def test_what_one_office_proposed_is_not_decided_after_the_case_went_to_another(fresh_app):
    case = worked_on(a_case())
    row = acting.propose(case.id, Event.PAUSE, lead_of(case), code="testing", days=9, reason=REASON)
    step(case, Event.TRANSFER, DESK, target=make.EDUCATION, reason=REASON)
    worked_on(case)
    with pytest.raises((LookupError, Refused)):
        acting.decide(case.id, row.id, doer("head", account="edu", unit=make.EDUCATION), agree=True)
    assert db.session.get_one(Case, case.id).state == "in-progress"


def test_what_was_proposed_is_taken_by_another_person_with_the_same_words(fresh_app):
    case = worked_on(a_case())
    row = acting.propose(case.id, Event.EXTEND, lead_of(case), days=5, reason=REASON)
    with pytest.raises(Refused, match="same-person"):
        acting.decide(case.id, row.id, doer("head", unit=case.lead), agree=True)
    assert db.session.get_one(CaseProposal, row.id).state == "open"
    acting.decide(case.id, row.id, doer("head", account="bai", unit=case.lead), agree=True)
    assert (case.extended, db.session.get_one(CaseProposal, row.id).state) == (True, "taken")
    with pytest.raises(LookupError):
        acting.decide(case.id, row.id, doer("head", account="chen", unit=case.lead), agree=True)


def test_the_resident_reopens_once_and_then_asks_for_a_review(fresh_app):
    case = replied_to(worked_on(a_case()))
    step(case, Event.RATE, RESIDENT, rating=1, solved="no")
    step(case, Event.REOPEN, RESIDENT, reason=REASON)
    assert last_day(case, "reply") == ("11-23", "11-23"), "half of ten working days is five"
    step(case, Event.SUBMIT_REPLY, lead_of(case), parts=make.PARTS)
    assert refused(case, Event.APPROVE, doer("head", account="bai", unit=case.lead)) == "approved-before"
    step(case, Event.APPROVE, doer("head", account="chen", unit=case.lead))
    assert refused(case, Event.REOPEN, RESIDENT, reason=REASON) == "reopened-before"
    step(case, Event.RATE, RESIDENT, rating=1, solved="no")
    evening = datetime(2026, 12, 16, 20, tzinfo=ZONE)  # the thirtieth day; it is over at midnight
    with make.at(evening):
        step(case, Event.REQUEST_REVIEW, RESIDENT, reason=REASON)
    held = db.session.scalars(
        select(CaseUnit.unit).where(CaseUnit.case_id == case.id, CaseUnit.role == "review")
    ).all()
    assert held == [make.CITY]
    step(case, Event.FINALISE, doer("upper", account="up", unit=make.CITY), reason=REASON)
    assert case.state == "final"


def test_reopening_is_over_when_its_time_is_also_where_its_clock_was_stopped(fresh_app):
    case = replied_to(worked_on(a_case()))
    step(case, Event.RATE, RESIDENT, rating=2, solved="no")
    clocks.stop(case)  # as a sweep may
    db.session.commit()
    with later(400):
        assert refused(case, Event.REOPEN, RESIDENT, reason=REASON) == "too-late"


def test_a_report_is_not_registered_before_the_notice_was_accepted(fresh_app):
    from app.cases.service import drafts

    answers = {
        name: getattr(make.a_report(), name)
        for name in ("purpose", "area", "category", "child_safety", "story")
    }
    token = drafts.begin(**answers)
    with pytest.raises(intake.Incomplete) as found:
        intake.submit(token)
    assert [each.field for each in found.value.problems] == ["notice"]


def test_when_a_years_notice_arrives_dates_move_once_and_the_first_stays(fresh_app):
    """T47: what was reckoned with a provisional year is reckoned anew; what was late stays late."""
    with make.at(datetime(2026, 12, 28, 10, tzinfo=ZONE)):
        case, late = a_case(), a_case()
    row = clock_of(case, "reply")
    assert row.status == "provisional"
    assert last_day(case, "reply") == ("01-12", "01-12")
    days = {date(2027, 1, 1): "rest", date(2027, 1, 2): "rest", date(2027, 1, 9): "work"}
    announced = Calendar(days, {2026: "official", 2027: "official"})
    overdue = clock_of(late, "reply")
    overdue.overdue_at = make.days_after(overdue.due_at, 1)
    with patch.object(clocks.areas, "work_calendar", lambda _area: announced):
        moved = clocks.recompute(row, case)
        assert moved == (row.first_due_at, row.due_at)
        assert (last_day(case, "reply"), row.status) == (("01-12", "01-11"), "official")
        assert clocks.recompute(row, case) is None
        assert clocks.recompute(overdue, late) is None
        assert last_day(late, "reply") == ("01-12", "01-12")
    db.session.commit()
