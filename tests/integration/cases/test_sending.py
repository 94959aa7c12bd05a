"""Sending: a person presses, one draft is one case, the code is shown once, acknowledged means kept."""

import base64
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app.cases.model import Case, CaseDraft
from app.cases.queries import preview
from app.cases.service import drafts, human, intake
from app.core import blobs, clock, limits
from app.extensions import db
from tests.factories.resident import STORY, Resident, picture

pytestmark = pytest.mark.usefixtures("easy")


@pytest.fixture
def someone(fresh_app):
    found = Resident(fresh_app)
    found.fills()
    return found


def cases(app) -> list[Case]:
    with app.app_context():
        return list(db.session.scalars(select(Case)))


def later(monkeypatch, **delta):
    moment = clock.now() + timedelta(**delta)
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_the_check_page_says_who_gets_it_why_and_by_when(someone, monkeypatch):
    monkeypatch.setattr(preview.accounts, "staffed", frozenset)
    page = someone.get("/report/check").text
    assert STORY in page
    assert "Health" in page
    assert "Why these offices?" in page
    assert 'class="tag' in page
    assert re.search(r'<time datetime="20\d\d-', page)


# A person, or a machine?


def test_a_wrong_answer_brings_another_question_and_keeps_the_rest(someone, fresh_app):
    first = someone.field("proof")
    assert someone.sends(answer="99").status_code == 400
    assert someone.field("proof") != first
    assert "checked" in someone.text
    assert not cases(fresh_app)


@pytest.mark.parametrize("answer", ["7", "７", "٧", " 七 ", "seven", "يەتتە"])
def test_the_answer_may_be_written_as_people_write(someone, answer):
    assert someone.sends(answer=answer).status_code == 200
    assert someone.code


def test_a_right_answer_is_not_asked_for_again(someone):
    assert someone.sends(notice="").status_code == 400
    assert 'name="answer"' not in someone.text
    assert someone.sends(answer="").status_code == 200


def test_another_question_can_be_asked_for(someone):
    first = someone.field("proof")
    assert someone.sends(do="another").status_code == 200
    assert someone.field("proof") != first


def test_the_question_of_another_draft_or_another_day_does_not_count(someone, fresh_app, monkeypatch):
    other = Resident(fresh_app)
    other.fills()
    assert someone.sends(proof=other.field("proof")).status_code == 400
    assert someone.sends(proof=someone.field("proof")[:-2]).status_code == 400
    with fresh_app.app_context():
        old = human.ask(someone.session["draft"]).token
    someone.get("/report/check")
    later(monkeypatch, hours=23)
    someone.get("/report/story")
    someone.send("/report/story", story=STORY, child_safety="none")
    later(monkeypatch, hours=2)
    someone.get("/report/check")
    assert someone.sends(proof=old).status_code == 400
    assert not cases(fresh_app)


def test_what_a_machine_fills_in_and_what_comes_too_fast_is_asked_again(someone, fresh_app, monkeypatch):
    assert someone.sends(website="http://example.org").status_code == 400
    monkeypatch.setattr("app.core.human.SHORTEST", 3)
    someone.get("/report/check")
    assert someone.sends().status_code == 400
    later(monkeypatch, seconds=5)
    assert someone.sends(answer="").status_code == 200


def test_the_token_tells_nothing_of_the_answer(someone):
    body = someone.field("proof").split(".")[0]
    told = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)).decode("latin-1")
    assert "3" not in re.findall(r'"mark":"([^"]*)"', told)
    assert "sum" not in told


# The receipt.


def test_the_receipt_is_the_answer_itself_and_kept_by_nobody(someone):
    response = someone.sends()
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert len(someone.code.replace(" ", "")) == 20
    image = re.search(r'src="data:image/png;base64,([^"]+)"', response.text)
    assert base64.b64decode(image[1]).startswith(b"\x89PNG")
    assert "track" in response.text


def test_the_code_stands_in_no_cookie_address_or_table(someone, fresh_app):
    response = someone.sends()
    digits = someone.code.replace(" ", "")
    assert digits not in str(response.headers)
    assert digits not in str(someone.session)
    (case,) = cases(fresh_app)
    assert digits not in str(vars(case))
    with fresh_app.app_context():
        assert case.access_hash == intake.code_hash(digits)


def test_sending_again_shows_the_same_case_until_it_is_confirmed(someone, fresh_app):
    someone.sends()
    number, code = someone.number(), someone.code
    for _ in range(3):
        someone.post("/report/send", do="send")
        assert (someone.number(), code in re.sub(r"<[^>]+>", "", someone.text)) == (number, True)
    assert "Show the code again" in someone.get("/report").text
    someone.send("/report/send")
    assert someone.number() == number
    assert len(cases(fresh_app)) == 1
    wrong = "0000" if code[-4:] != "0000" else "1111"
    assert someone.send("/report/received", last_four=wrong).status_code == 400
    assert code[:4] in someone.text
    someone.send("/report/received", last_four=code[-4:].translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")))
    assert someone.client.page.path == "GET /en/report/received"
    assert code[:9] not in someone.text
    assert number in someone.text
    someone.get("/report/send")
    assert someone.client.page.path == "GET /en/report"
    assert "Show the code again" not in someone.text


def test_an_hour_later_the_code_is_gone(someone, monkeypatch):
    someone.sends()
    later(monkeypatch, minutes=61)
    someone.send("/report/send")
    assert someone.client.page.path == "GET /en/report"
    someone.get("/track")
    someone.send("/report/received", last_four=someone.code[-4:])
    assert someone.client.page.path == "GET /en/report"


def test_many_presses_at_once_make_one_case(someone, fresh_app):
    data = {
        "csrf_token": someone.token,
        "proof": someone.field("proof"),
        "answer": "7",
        "notice": "y",
        "do": "send",
    }
    cookie = someone.client.get_cookie("tuoyu").value

    def press(_number):
        client = fresh_app.test_client()
        client.lint = False
        client.set_cookie("tuoyu", cookie)
        response = client.post("/en/report/send", data=data)
        return response.status_code, tuple(re.findall(r"<span>(\d{4})</span>", response.text))

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(press, range(8)))
    assert len({code for status, code in answers if status == 200 and code}) == 1, answers
    assert len(cases(fresh_app)) == 1
    assert {status for status, _code in answers} <= {200, 503}


# What is not kept is not acknowledged.


def raising(error):
    def fail(*_args, **_kwargs):
        raise error

    return fail


def test_a_full_disk_while_sending_says_so_and_keeps_the_answers(someone, fresh_app, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(intake, "submit", raising(OperationalError("", {}, Exception("disk full"))))
        response = someone.sends()
    assert response.status_code == 503
    assert "tel:110" in response.text
    assert response.headers["Retry-After"]
    assert not someone.code
    assert not cases(fresh_app)
    someone.get("/report/check")
    assert someone.sends().status_code == 200


def test_a_locked_database_shows_what_was_typed(someone, monkeypatch):
    someone.get("/report/story")
    with monkeypatch.context() as patched:
        patched.setattr(drafts, "save", raising(OperationalError("", {}, Exception("locked"))))
        response = someone.post("/report/story", story="一段新的文字，不能丢。", child_safety="past")
    assert response.status_code == 503
    assert "一段新的文字，不能丢。" in response.text
    assert "tel:120" in response.text
    someone.send("/report/story", story="一段新的文字，不能丢。", child_safety="past")
    assert "一段新的文字，不能丢。" in someone.get("/report/check").text


def test_a_full_disk_while_a_photo_comes_is_a_page(someone, monkeypatch):
    someone.get("/report/files")
    monkeypatch.setattr(blobs, "put", raising(blobs.StorageFull()))
    response = someone.post("/report/files", files=(_file(picture()), "a.jpg"), do="add")
    assert response.status_code == 503
    assert "chosen once more" in response.text


def _file(data):
    import io

    return io.BytesIO(data)


# Limits.


@pytest.mark.parametrize("name", ["report.draft", "report.send"])
def test_machines_are_slowed_and_a_spoofed_header_moves_nothing(fresh_app, monkeypatch, name):
    monkeypatch.setitem(limits.RATES, name, "2/hour")
    for number in range(4):
        someone = Resident(fresh_app, address="192.0.2.50")
        someone.get("/report/purpose")
        headers = {"X-Forwarded-For": f"198.51.100.{number}"}
        response = someone.post("/report/purpose", headers=headers, purpose="report")
        if name == "report.send":
            someone.client.get(response.headers["Location"])
            someone.fills()
            response = someone.sends(answer="99")
        assert response.status_code == (429 if number >= 2 else 400 if name == "report.send" else 303)
    assert int(response.headers["Retry-After"]) > 0
    assert "tel:110" in response.text
    neighbour = Resident(fresh_app, address="192.0.2.51")
    neighbour.fills()
    assert neighbour.sends().status_code == 200


def test_a_limit_keeps_what_was_typed(someone, fresh_app, monkeypatch):
    monkeypatch.setitem(limits.RATES, "report.draft", "1/hour")
    Resident(fresh_app).fills(upto="where")
    someone.get("/report/story")
    with fresh_app.app_context():
        db.session.query(CaseDraft).delete()
        db.session.commit()
    response = someone.post("/report/story", story="一段新的文字，不能丢。", child_safety="past")
    assert response.status_code == 429
    assert "一段新的文字，不能丢。" in response.text


def test_a_thrown_away_draft_leaves_nothing(someone, fresh_app):
    someone.get("/report")
    someone.send("/report/discard")
    with fresh_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(CaseDraft)) == 0
