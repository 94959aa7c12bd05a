"""Reports joined to another one are answered with it, and a case keeps who helps and who may object."""

import pytest
from sqlalchemy import select

from app.cases.model import CaseMessage, CaseTask, CaseUnit
from app.cases.rules import contexts
from app.cases.rules.acts import Event, Refused
from app.core import sealing
from app.extensions import db
from tests.factories import cases as make
from tests.factories.cases import REASON, a_case, doer, replied_to, step, worked_on

DESK = doer("desk", "head", account="desk", unit=make.HEALTH)
RESIDENT = doer("resident")


@pytest.fixture(autouse=True)
def inside(fresh_app):
    """Each test runs inside the program, at nine on a Monday without holidays near."""
    with fresh_app.app_context(), make.at(make.MONDAY):
        yield fresh_app


def lead_of(case, account="ann"):
    return doer("lead", account=account, unit=case.lead)


def holders(case, role):
    query = select(CaseUnit.unit).where(
        CaseUnit.case_id == case.id, CaseUnit.role == role, CaseUnit.until.is_(None)
    )
    return set(db.session.scalars(query))


def refused(case, event, who, **given):
    with pytest.raises(Refused) as found:
        step(case, event, who, **given)
    return found.value.code


def joined_to_another():
    first, second = a_case(), a_case()
    step(first, Event.MERGE, lead_of(first), target=second.number)
    return first, second


def test_a_report_to_which_others_were_joined_is_not_withdrawn():
    first, second = joined_to_another()
    assert refused(second, Event.WITHDRAW, RESIDENT) == "others-wait"
    alone = a_case()
    step(alone, Event.WITHDRAW, RESIDENT)
    assert (second.state, alone.state, first.state) == ("dispatched", "withdrawn", "merged")


@pytest.mark.parametrize(
    ("event", "given"),
    [
        (Event.NOT_ACCEPT, {"code": "not-our-duty", "proposer": "ann"}),
        (Event.REFER, {"code": "court"}),
    ],
)
def test_an_ending_is_told_to_those_who_were_joined(event, given):
    first, second = joined_to_another()
    step(second, event, DESK, reason=REASON, **given)
    for case in (first, second):
        query = select(CaseMessage).where(CaseMessage.case_id == case.id, CaseMessage.kind == "reason")
        row = db.session.scalars(query).one()
        assert row.visibility == "public"
        assert sealing.open_text(row.words, contexts.words(case.number, row.id)) == REASON


def test_who_helped_still_sees_what_was_asked_and_answered():
    case = worked_on(a_case())
    step(case, Event.ADD_CO, lead_of(case), target=make.EDUCATION, reason=REASON)
    task = db.session.scalars(select(CaseTask).where(CaseTask.case_id == case.id)).one()
    helper = doer("co", account="edu", unit=make.EDUCATION)
    step(case, Event.TASK_REPLY, helper, task=task.id, answer=REASON)
    assert make.EDUCATION in holders(case, "co")
    assert refused(case, Event.TASK_REPLY, helper, task=task.id, answer=REASON) == "not-your-task"
    step(case, Event.ADD_CO, lead_of(case), target=make.EDUCATION, reason=REASON)
    assert case.state == "joint", "who has answered can be asked again"


def test_an_office_that_gets_a_case_later_may_object_although_another_had_to_keep_it():
    case = a_case()
    step(case, Event.OBJECT, lead_of(case), code="other-duty", reason=REASON, target=make.EDUCATION)
    step(case, Event.INSIST, DESK, reason=REASON)
    assert refused(
        case, Event.OBJECT, lead_of(case), code="other-duty", reason=REASON, target=make.EDUCATION
    ) == ("no-return")
    step(case, Event.TRANSFER, DESK, target=make.EDUCATION, reason=REASON)
    step(case, Event.OBJECT, lead_of(case), code="other-area", reason=REASON, target=make.CITY)
    assert case.state == "return-requested"


def test_a_case_sent_back_is_no_longer_with_its_reviewers():
    case = replied_to(worked_on(a_case()))
    step(case, Event.RATE, RESIDENT, rating=1, solved="no")
    step(case, Event.REOPEN, RESIDENT, reason=REASON)
    step(case, Event.SUBMIT_REPLY, lead_of(case), parts=make.PARTS)
    step(case, Event.APPROVE, doer("head", account="chen", unit=case.lead))
    step(case, Event.RATE, RESIDENT, rating=1, solved="no")
    step(case, Event.REQUEST_REVIEW, RESIDENT, reason=REASON)
    assert holders(case, "review") == {make.CITY}
    step(case, Event.SEND_BACK, doer("upper", account="up", unit=make.CITY), reason=REASON)
    assert (case.state, holders(case, "review")) == ("reopened", set())
