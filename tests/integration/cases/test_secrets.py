"""Words, names and codes of residents stand where they are needed, sealed, and nowhere else."""

import io
import logging
import re
from urllib.parse import urlsplit

import pytest
from sqlalchemy import inspect, text

from app.core.logs import JsonLine
from app.extensions import db
from tests.factories.resident import Resident, picture

pytestmark = pytest.mark.usefixtures("easy")
STORY = "金丝雀故事CANARYSTORY，小班门口。"
NAME, PHONE = "金丝雀名字", "13911112222"
ADDRESS = "198.51.100.77"
BROWSER = "CanaryBrowser/1.0"


@pytest.fixture
def written(caplog):
    """Everything the program logs, formatted as operators see it."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(JsonLine())
    log = logging.getLogger("tuoyu")
    log.addHandler(handler)
    yield lines
    log.removeHandler(handler)


class Watched(Resident):
    """A resident whose addresses and cookies are noted."""

    def __init__(self, app) -> None:
        super().__init__(app, address=ADDRESS)
        self.environ["HTTP_USER_AGENT"] = BROWSER
        self.seen: list[str] = []

    def follow(self, response):
        self.note(response)
        return super().follow(response)

    def post(self, path, headers=None, **fields):
        response = super().post(path, headers, **fields)
        self.note(response)
        return response

    def note(self, response) -> None:
        self.seen += [response.request.url, str(response.headers), str(self.session)]


def rows_of(app) -> str:
    """Return everything the database holds, as text; envelopes are unreadable bytes."""
    found = []
    with app.app_context():
        for table in inspect(db.engine).get_table_names():
            found += [str(row) for row in db.session.execute(text(f'SELECT * FROM "{table}"'))]
    return "\n".join(found)


def test_no_canary_is_found_in_logs_addresses_cookies_or_tables(fresh_app, written):
    someone = Watched(fresh_app)
    someone.fills(upto="story", purpose="complaint", category="refund")
    someone.send("/report/story", story=STORY, child_safety="none", grave="no")
    someone.send("/report/files", files=(io.BytesIO(picture()), "canaryfile.jpg"), do="add")
    someone.send("/report/files", children_shown="no")
    someone.send("/report/you", name=NAME, phone=PHONE)
    someone.sends()
    someone.send("/report/received", last_four=someone.code[-4:])
    someone.send("/track/leave")
    someone.opens()
    someone.send("/track/case/message", text="CANARYMESSAGE 再补充一句")
    someone.opens("1" * 20)
    digits = someone.code.replace(" ", "")
    words = [STORY, "CANARYSTORY", "CANARYMESSAGE", NAME, PHONE, digits, someone.code, "canaryfile"]
    logged, held = written.getvalue(), rows_of(fresh_app)
    for word in words:
        assert word not in logged
        assert not [each for each in someone.seen if word in each]
        assert word not in held
    for trace in (ADDRESS, BROWSER, "CanaryBrowser"):
        assert trace not in logged
        assert trace not in held


def test_addresses_carry_no_answers(fresh_app):
    someone = Watched(fresh_app)
    someone.reports(category="fees")
    someone.send("/report/received", last_four=someone.code[-4:])
    queries = {urlsplit(each).query for each in someone.seen if each.startswith("http")}
    assert queries <= {""}


@pytest.mark.parametrize("path", ["/report", "/report/purpose", "/track", "/report/story", "/track/case"])
def test_pages_of_residents_are_kept_by_nobody_and_told_to_nobody(fresh_app, path):
    someone = Resident(fresh_app)
    someone.reports()
    someone.send("/report/received", last_four=someone.code[-4:])
    response = someone.get(path)
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["X-Robots-Tag"] == "noindex"
    cookies = response.headers.getlist("Set-Cookie")
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)


def test_a_script_in_words_stays_words(fresh_app):
    someone = Resident(fresh_app)
    someone.client.lint = False
    payload = "<script>alert(1)</script>{{7*7}}\"'><img src=x onerror=alert(1)>"
    someone.fills(story=payload, happened=payload[:100], address=payload[:100])
    someone.sends()
    someone.send("/report/received", last_four=someone.code[-4:])
    someone.get("/track/case")
    someone.send("/track/case/message", text=payload)
    assert not re.search(r"<script>alert|<img src=x", someone.text)
    assert "{{7*7}}" in someone.text
