"""Whatever is sent to the pages of residents: an answer comes, never an exception."""

import io
import re
from urllib.parse import urlencode

import pytest

from app.core import limits
from tests.factories.cases import a_case, replied_to, worked_on
from tests.factories.resident import Resident, picture

pytestmark = pytest.mark.usefixtures("easy")
CODE = "12345678901234567890"
REPORT = {
    "/report/purpose": ("purpose", "facility", "area", "fresh", "back"),
    "/report/where": ("place", "q", "facility", "do", "back"),
    "/report/place": ("named", "address", "area", "township", "back"),
    "/report/subject": ("category", "back"),
    "/report/story": ("about", "child_safety", "grave", "story", "happened", "kindergarten", "back"),
    "/report/urgent": ("emergency_call", "back"),
    "/report/danger": (),
    "/report/files": ("children_shown", "children_consent", "do", "files", "back"),
    "/report/files/x/remove": ("back",),
    "/report/you": ("named", "name", "phone", "other", "back"),
    "/report/send": ("notice", "answer", "proof", "website", "do"),
    "/report/received": ("last_four",),
    "/report/discard": (),
}
CASE = {
    "/track": ("code", "text"),
    "/track/case/message": ("text", "answer", "files", "seen"),
    "/track/case/rate": ("rating", "solved", "words", "seen"),
    "/track/case/reopen": ("reason", "seen"),
    "/track/case/review": ("reason", "seen"),
    "/track/case/withdraw": ("sure", "seen"),
    "/track/case/contact": ("name", "phone", "other", "do", "seen"),
    "/track/case/export": (),
    "/track/leave": (),
}
HUGE = 200_000
BROKEN = b"\xff\xfe\xc3(\xed\xa0\x80\x00\r\n%00"
KINDS = {
    "missing": lambda _name: [],
    "empty": lambda _name: [""],
    "garbage": lambda _name: ["\u202e\x00{{7*7}}<b>%(x)s'\"\ud7ff\U0001f600"],
    "number": lambda _name: ["-99999999999999999999999999"],
    "repeated": lambda name: ["1", "yes", "care", "complaint", name, ""],
    "file": lambda _name: [(io.BytesIO(b"\x00" * 10), "../../\u202ea.jpg")],
    "text as file": lambda _name: [(io.BytesIO(b""), "")],
}


def test_every_post_of_a_resident_is_tried(fresh_app):
    rules = [rule for rule in fresh_app.url_map.iter_rules() if rule.endpoint.startswith("cases.")]
    paths = {
        re.sub(r"<[^>]*>", "x", rule.rule).removeprefix("/x") for rule in rules if "POST" in rule.methods
    }
    assert paths == {*REPORT, *CASE}


def tries(someone, path, names, prepare):
    """Send each kind of nonsense; returns the kinds whose answer is a 5xx."""
    found = {}
    for kind, values in KINDS.items():
        prepare()
        data = {"csrf_token": someone.token, **{name: values(name) for name in names}}
        answer = someone.client.post(
            f"/en{path}", data=data, content_type="multipart/form-data", environ_base=someone.environ
        )
        found[kind] = answer.status_code
    for letter in ("x", "字"):  # the first is taken and judged, the second is more than a form may hold
        prepare()
        form = {"csrf_token": someone.token, **dict.fromkeys(names, letter * HUGE)}
        answer = someone.client.post(
            f"/en{path}",
            data=urlencode(form),
            content_type="application/x-www-form-urlencoded",
            environ_base=someone.environ,
        )
        found[f"huge {letter}"] = answer.status_code
    prepare()
    body = b"csrf_token=" + someone.token.encode() + b"".join(b"&%s=" % n.encode() + BROKEN for n in names)
    for form in ("application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-7"):
        answer = someone.client.post(f"/en{path}", data=body, content_type=form, environ_base=someone.environ)
        found[form] = answer.status_code
    bad = "multipart/form-data; boundary=x"
    answer = someone.client.post(
        f"/en{path}", data=b"--x\r\n" + BROKEN, content_type=bad, environ_base=someone.environ
    )
    found["broken form"] = answer.status_code
    return {kind: status for kind, status in found.items() if status >= 500}


@pytest.fixture
def someone(fresh_app, monkeypatch):
    monkeypatch.setattr("app.core.limits.RATES", dict.fromkeys(limits.RATES, "100000/hour"))
    found = Resident(fresh_app)
    found.client.lint = False
    return found


@pytest.mark.parametrize("path", REPORT)
def test_the_pages_of_a_report_take_anything(someone, path):
    def prepare():
        someone.client.delete_cookie("tuoyu")
        someone.fills(upto="files")
        someone.get("/report/check")

    assert not tries(someone, path, REPORT[path], prepare)


@pytest.mark.parametrize("path", REPORT)
def test_they_take_anything_from_who_has_no_draft(someone, path):
    def prepare():
        someone.client.delete_cookie("tuoyu")
        someone.get("/report/purpose")

    assert not tries(someone, path, REPORT[path], prepare)


@pytest.mark.parametrize("path", CASE)
def test_the_pages_of_a_case_take_anything(someone, fresh_app, path):
    with fresh_app.app_context():
        replied_to(worked_on(a_case(code=CODE)))

    def prepare():
        someone.client.delete_cookie("tuoyu")
        someone.opens(CODE)

    assert not tries(someone, path, CASE[path], prepare)


@pytest.mark.parametrize("rating", [None, "", "0", "6", "-1", "3.5", "５", "five", "1 ", "5" * 5000])
def test_a_rating_is_one_to_five_and_the_page_says_so(someone, fresh_app, rating):
    with fresh_app.app_context():
        replied_to(worked_on(a_case(code=CODE)))
    someone.client.lint = True
    someone.opens(CODE)
    fields = {} if rating is None else {"rating": rating}
    answer = someone.send(
        "/track/case/rate", solved="no", words="写好的话", seen=someone.field("seen"), **fields
    )
    assert answer.status_code == 400
    assert 'href="#rating-0">How satisfied are you: Choose a number from 1 to 5.' in someone.text
    assert "写好的话</textarea>" in someone.text


def test_a_file_too_many_says_every_limit(someone, fresh_app):
    with fresh_app.app_context():
        worked_on(a_case(code=CODE))
    someone.client.lint = True
    someone.opens(CODE)
    assert "3 photos" in someone.text
    assert "at most 20 files" in someone.text
    sent = [(io.BytesIO(picture()), f"{number}.jpg") for number in range(4)]
    page = someone.send("/track/case/message", text="四张照片", files=sent).text
    assert "3.jpg" in page
    assert "was not added: one message takes 3 photos" in page


def test_an_answer_about_one_subject_is_not_taken_for_another(someone, fresh_app):
    someone.client.lint = True
    someone.fills(category="fire", grave="yes")
    someone.send("/report/subject", category="food", back="check")
    assert someone.client.page.path.startswith("GET /en/report/story")
    checked = re.findall(r'<input[^>]*name="grave"[^>]*checked[^>]*>', someone.text)
    assert not checked
