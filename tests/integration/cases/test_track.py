"""Following a case: one answer to every wrong code, half an hour for a right one, what the case allows."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.cases.model import Case
from app.cases.rules.acts import Event
from app.cases.service import record
from app.core import clock, limits
from app.extensions import db
from tests.factories.cases import PARTS, POLICE, REASON, a_case, doer, replied_to, step, worked_on
from tests.factories.resident import Resident

pytestmark = pytest.mark.usefixtures("easy")
CODE = "12345678901234567890"


@pytest.fixture
def someone(fresh_app):
    return Resident(fresh_app)


@pytest.fixture
def make(fresh_app):
    """Give a function that registers a case with the code and does something to it."""

    def made(*steps, **answers) -> int:
        with fresh_app.app_context():
            case = a_case(code=CODE, **answers)
            for each in steps:
                each(case)
            return case.id

    return made


def later(monkeypatch, **delta):
    moment = clock.now() + timedelta(**delta)
    monkeypatch.setattr(clock, "now", lambda: moment)


def stored(app, case_id) -> Case:
    with app.app_context():
        return db.session.get_one(Case, case_id)


# The code.


def test_every_code_that_opens_nothing_gets_the_same_answer(someone, make):
    make()
    answers = []
    for code in ("", "1", "abc", CODE[:-1], CODE[:-1] + "1", "9" * 20, CODE + "0", "٣" * 20, "x" * 5000):
        someone.get("/track")
        response = someone.post("/track", code=code)
        answers.append((response.status_code, response.text.replace(someone.token, "")))
    assert len(set(answers)) == 1
    assert answers[0][0] == 404


@pytest.mark.parametrize(
    "code",
    [CODE, "1234 5678 9012 3456 7890", "1234-5678-9012-3456-7890", "１２３４５６７８９０１２３４５６７８９０",
     "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨٩٠", f"\u2066{CODE}\u2069\n"],
)  # fmt: skip
def test_a_code_may_be_typed_as_people_type(someone, make, code):
    make()
    someone.opens(code)
    assert someone.client.page.path == "GET /en/track/case"


def test_tries_are_limited_and_a_spoofed_header_moves_nothing(someone, make, monkeypatch, fresh_app):
    make()
    monkeypatch.setitem(limits.RATES, "case.code", "3/15 minutes")
    for number in range(6):
        someone.get("/track")
        headers = {"X-Forwarded-For": f"198.51.100.{number}"}
        response = someone.post("/track", headers=headers, code="9" * 20)
        assert response.status_code == (404 if number < 3 else 429)
    assert "9" * 20 not in response.text
    assert "15 minutes" in response.text
    neighbour = Resident(fresh_app, address="192.0.2.51")
    for _ in range(5):
        neighbour.opens(CODE)
        assert neighbour.client.page.path == "GET /en/track/case"


def test_an_old_form_never_shows_the_code_again(someone, make):
    make()
    someone.get("/track")
    someone.client.delete_cookie("tuoyu")
    response = someone.post("/track", code=CODE)
    assert response.status_code == 400
    assert CODE not in response.text


def test_a_case_stays_open_for_half_an_hour_after_each_look(someone, make, monkeypatch):
    make()
    someone.opens(CODE)
    later(monkeypatch, minutes=29)
    someone.get("/track/case")
    later(monkeypatch, minutes=29)
    assert someone.get("/track/case").status_code == 200
    assert someone.client.page.path == "GET /en/track/case"
    later(monkeypatch, minutes=31)
    someone.get("/track/case")
    assert someone.client.page.path.startswith("GET /en/track?over")


def test_words_typed_too_long_wait_behind_the_code(someone, make, monkeypatch, fresh_app):
    case = make()
    someone.opens(CODE)
    later(monkeypatch, minutes=31)
    response = someone.post("/track/case/message", text="我还有一句话要说。")
    assert response.status_code == 403
    someone.send("/track", code=CODE, text=someone.field("text"))
    assert "我还有一句话要说。</textarea>" in someone.text
    someone.send("/track/case/message", text="我还有一句话要说。")
    assert stored(fresh_app, case).version > 1


def test_leaving_forgets_the_case(someone, make):
    make()
    someone.opens(CODE)
    someone.send("/track/leave")
    assert "case" not in someone.session
    someone.get("/track/case")
    assert someone.client.page.path == "GET /en/track"


def test_the_cookie_says_nothing_of_code_or_words(someone, make):
    make(contact={"name": "阿依古丽"}, purpose="complaint", category="refund", grave="no")
    someone.opens(CODE)
    assert set(someone.session) <= {"case", "csrf_token"}
    assert CODE not in str(someone.session)


# What is shown.


def test_the_page_says_who_has_it_why_and_by_when(someone, make):
    make(category="fees")
    someone.opens(CODE)
    assert "Market Regulation" in someone.text
    assert "working days left" in someone.text
    assert "The report went to" in someone.text


def test_what_the_offices_say_to_each_other_is_not_shown(someone, make):
    def inside(case):
        unit = case.lead
        record.message(case, "只给同事看的话", author="unit", kind="note", public=False, unit=unit)
        record.message(case, "给您的回话", author="unit", kind="message", public=True, unit=unit)
        step(case, Event.OBJECT, doer("lead", unit=unit), code="other-duty", reason=REASON, target=POLICE)

    make(inside)
    someone.opens(CODE)
    assert "只给同事看的话" not in someone.text
    assert REASON not in someone.text
    assert "给您的回话" in someone.text
    assert "another office is responsible" in someone.text


def test_a_question_asks_for_an_answer(someone, make, fresh_app):
    def ask(case):
        record.message(case, "是哪一个班级？", author="unit", kind="question", public=True, unit=case.lead)
        db.session.commit()

    make(worked_on, ask)
    someone.opens(CODE)
    assert "Answer the office" in someone.text
    someone.send("/track/case/message", text="小班，三楼。", answer="1")
    assert "小班，三楼。" in someone.text
    assert "Answer the office" not in someone.text


def test_the_first_date_stays_beside_the_extended_one(someone, make):
    def extend(case):
        give = {"reason": REASON, "days": 5, "code": "x", "proposer": "ann"}
        step(case, Event.EXTEND, doer("head", account="bai", unit=case.lead), **give)

    make(worked_on, extend, category="fees")
    someone.opens(CODE)
    assert "First promised for" in someone.text
    assert "Extended once by 5 working days" in someone.text


def test_the_reply_stands_in_its_five_parts(someone, make):
    make(worked_on, replied_to)
    someone.opens(CODE)
    assert all(text in someone.text for text in PARTS.values())


@pytest.mark.parametrize(
    "state", ["merged", "withdrawn", "not-accepted", "referred", "disposed", "dispute", "review"]
)
def test_every_state_has_its_page(someone, make, fresh_app, state):
    case = make()
    with fresh_app.app_context():
        db.session.get_one(Case, case).state = state
        db.session.commit()
    for lang in ("zh-Hans", "ug", "en"):
        someone.lang = lang
        assert someone.opens(CODE).status_code == 200


# What can be done.


def send(someone, act, **fields):
    return someone.send(f"/track/case/{act}", seen=someone.field("seen"), **fields)


def test_rating_closes_and_opens_the_way_to_reopen_and_review(someone, make, fresh_app):
    case = make(worked_on, replied_to)
    someone.opens(CODE)
    assert send(someone, "rate", rating="2").status_code == 400
    send(someone, "rate", rating="2", solved="partly", words="还没有解决")
    assert (stored(fresh_app, case).rating, stored(fresh_app, case).solved) == (2, "partly")
    assert "You rated the reply with 2 of 5" in someone.text
    assert send(someone, "reopen", reason="短").status_code == 400
    send(someone, "reopen", reason=REASON)
    assert stored(fresh_app, case).state == "reopened"
    with fresh_app.app_context():
        again = db.session.get_one(Case, case)
        step(again, Event.SUBMIT_REPLY, doer("lead", unit=again.lead), parts=PARTS)
        step(again, Event.APPROVE, doer("head", account="dilnur", unit=again.lead))
    someone.get("/track/case")
    send(someone, "rate", rating="1", solved="no")
    assert 'action="/en/track/case/reopen"' not in someone.text
    send(someone, "review", reason=REASON)
    assert stored(fresh_app, case).state == "review"


def test_only_what_is_possible_is_offered(someone, make):
    make()
    someone.opens(CODE)
    page = someone.text
    assert 'action="/en/track/case/rate"' not in page
    assert 'action="/en/track/case/reopen"' not in page
    assert 'action="/en/track/case/withdraw"' in page
    assert send(someone, "rate", rating="5", solved="yes").status_code == 409


def test_withdrawing_asks_twice_and_where_children_may_be_in_danger_it_explains(someone, make, fresh_app):
    case = make()
    someone.opens(CODE)
    assert send(someone, "withdraw").status_code == 400
    send(someone, "withdraw", sure="y")
    assert stored(fresh_app, case).state == "withdrawn"
    assert someone.send("/track/case/message", text="再说一句").status_code == 409


def test_abuse_cannot_be_withdrawn(someone, make):
    make(category="abuse", emergency_call="called")
    someone.opens(CODE)
    assert "cannot be withdrawn" in someone.text
    assert 'action="/en/track/case/withdraw"' not in someone.text


def test_what_changed_meanwhile_is_shown_before_anything_is_done(someone, make, fresh_app):
    case = make(worked_on, replied_to)
    someone.opens(CODE)
    seen = someone.field("seen")
    someone.send("/track/case/message", text="顺便问一句")
    response = someone.send("/track/case/rate", rating="5", solved="yes", seen=seen, words="写好的话")
    assert response.status_code == 409
    assert "写好的话" in someone.text
    assert stored(fresh_app, case).rating is None


def test_a_message_sent_twice_is_said_once(someone, make):
    make()
    someone.opens(CODE)
    for _ in range(2):
        someone.send("/track/case/message", text="同一句话")
    assert someone.text.count("同一句话") == 1
    assert someone.send("/track/case/message", text="").status_code == 400
    assert someone.send("/track/case/message", text="字" * 2001).status_code == 400
    assert "字" * 2001 in someone.text


def test_contact_can_be_corrected_and_erased(someone, make, fresh_app):
    case = make(purpose="complaint", category="refund", grave="no", contact={"name": "旧名字", "phone": "1"})
    someone.opens(CODE)
    assert "旧名字" not in someone.text
    assert send(someone, "contact", do="replace").status_code == 400
    send(someone, "contact", do="replace", name="新名字", phone="139")
    assert "新名字" not in someone.text
    found = json.loads(someone.post("/track/case/export").text)
    assert found["contact"] == {"name": "新名字", "phone": "139"}
    someone.get("/track/case")
    send(someone, "contact", do="erase")
    assert stored(fresh_app, case).contact is None
    assert stored(fresh_app, case).anonymous
    assert "were erased on" in someone.text


def test_everything_can_be_taken_along_and_no_colleague_is_in_it(someone, make):
    make(worked_on, replied_to)
    someone.opens(CODE)
    response = someone.post("/track/case/export")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Disposition"].startswith("attachment")
    found = json.loads(response.text)
    assert found["told"]["story"]
    assert found["history"][-1]["parts"] == PARTS
    assert "ann" not in response.text.split('"')


def test_without_a_code_nothing_can_be_done(fresh_app, make):
    case = make()
    stranger = Resident(fresh_app)
    for act in ("message", "rate", "reopen", "review", "withdraw", "contact", "export"):
        stranger.get("/track")
        stranger.post(
            f"/track/case/{act}", text="x" * 30, reason=REASON, rating="1", solved="no", sure="y", seen="1"
        )
    with fresh_app.app_context():
        assert db.session.scalars(select(Case.state).where(Case.id == case)).one() == "dispatched"


def test_looking_at_the_address_of_a_step_shows_the_case(someone, make):
    make()
    someone.opens(CODE)
    someone.get("/track/case/message")
    assert someone.client.page.path == "GET /en/track/case"
