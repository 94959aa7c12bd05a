"""The counter says what is owed first, how each date ended, and what an approver has to know."""

import re

import pytest

from app.areas import queries as areas
from app.cases.model import CaseTask
from app.cases.queries import caseparts
from app.cases.rules.acts import Event
from app.cases.service import record
from app.extensions import db
from tests.factories.cases import PARTS, a_case, doer, step, worked_on
from tests.factories.counter import ABUSE, FEES, a_joint_case, fresh, officer, url


def ends(number):
    """Return how each clock of a case ended, by name."""
    case = fresh(number)
    lines = caseparts.clocks(case, {}, areas.work_calendar(case.area))
    return {line.name: line.end for line in lines}


def test_an_objection_nobody_made_is_not_done_in_time(fresh_app):
    with fresh_app.app_context():
        signed = ends(worked_on(a_case(**FEES)).number)
        assert (signed["sign"], signed["objection"], signed["reply"]) == ("done", "unneeded", "")


def test_an_objection_that_was_made_was_in_time_and_the_case_not_signed(fresh_app):
    with fresh_app.app_context():
        case = a_case(**FEES)
        step(
            case,
            Event.OBJECT,
            doer("lead", unit=case.lead),
            code="other-duty",
            target="990101.education",
            reason="收费事项按职责分工由教育部门负责，请重新派单。",
        )
        found = ends(case.number)
        assert (found["sign"], found["objection"], found["triage"]) == ("unneeded", "done", "")


def test_what_ends_with_the_case_was_not_needed(fresh_app):
    with fresh_app.app_context():
        case = worked_on(a_case(**FEES))
        step(case, Event.WITHDRAW, doer("resident"), reason="问题已经解决，不需要再办理了，谢谢你们。")
        assert ends(case.number)["reply"] == "unneeded"


@pytest.fixture
def rows(fresh_app):
    """Return the rows of somebody's list, as its page shows them: number and due."""

    def found(handle):
        text = officer(fresh_app, handle).get("/en/staff/cases").get_data(as_text=True)
        body = text[text.index("<tbody>") :]
        return {
            re.search(r"/cases/([0-9A-Z-]+)\"", row)[1]: row
            for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)
        }

    return found


def test_the_list_shows_what_is_owed_first(fresh_app, rows):
    with fresh_app.app_context():
        grave, signed = a_case(**ABUSE).number, worked_on(a_case(**FEES)).number
    mine = rows("demo-lead")
    assert "Signing" in mine[grave]
    assert "Whole reply to the resident" in mine[signed]
    assert list(mine) == [grave, signed]


def test_a_contributing_office_sees_its_own_date_and_the_residents(fresh_app, rows):
    with fresh_app.app_context():
        number = a_joint_case("990101.education", **FEES).number
    assert "Contribution of another office" in rows("demo-education")[number]


def test_an_informed_office_sees_the_residents_date_only(fresh_app, rows):
    with fresh_app.app_context():
        informed, reviewed = a_case(**FEES), worked_on(a_case(**FEES))
        for case, part in ((informed, "inform"), (reviewed, "review")):
            record.give(case, "990101.education", part)
        db.session.commit()
        number = informed.number
    assert "Signing" in rows("demo-market")[number]
    assert "Whole reply to the resident" in rows("demo-education")[number]


def test_an_approver_reads_story_and_answers_beside_the_reply(fresh_app):
    answer = "我局核查了收费公示，餐费确有两个价格。"
    with fresh_app.app_context():
        case = a_joint_case("990101.education", **FEES)
        task = db.session.query(CaseTask).filter_by(case_id=case.id).one().id
        step(case, Event.TASK_REPLY, doer("co", unit="990101.education"), task=task, answer=answer)
        step(case, Event.SUBMIT_REPLY, doer("lead", account="ann", unit=case.lead), parts=PARTS)
        number = case.number
    page = officer(fresh_app, "demo-lead").get(url(number, "approve", lang="en")).get_data(as_text=True)
    assert FEES["story"] in page
    assert answer in page
    assert "This county is fictional" in page


def test_a_sealed_story_stays_sealed_beside_the_reply(fresh_app):
    with fresh_app.app_context():
        number = worked_on(a_case(**ABUSE)).number
    page = officer(fresh_app, "demo-police").get(url(number, "reply", lang="en")).get_data(as_text=True)
    assert ABUSE["story"] not in page
    assert "The story is sealed" in page


def test_limits_are_said_before_they_are_hit(fresh_app):
    with fresh_app.app_context():
        case = worked_on(a_case(**FEES))
        number, most = case.number, case.rule["clocks"]["extension"]["amount"]
    client = officer(fresh_app, "demo-market")
    said = {
        name: client.get(url(number, *name.split("/"), lang="en")).get_data(as_text=True)
        for name in ("step/pause", "step/extend", "reply", "say", "note")
    }
    assert "From 1 to 30 days" in said["step/pause"]
    assert "From 20 to 2000 characters" in said["step/pause"]
    assert f"From 1 to {most} working days" in said["step/extend"]
    assert "each with at least 10 characters" in said["reply"]
    assert "At most 2000 characters" in said["say"]
    assert "At most 2000 characters" in said["note"]
