"""Words of residents and officers are text on every page of the counter and of the resident (T17, T20)."""

import io
import re

import pytest

from app.cases.model import Case
from app.extensions import db
from tests.factories.counter import officer, post, take, url
from tests.factories.resident import Resident, picture

pytestmark = pytest.mark.usefixtures("easy")

WORDS = (
    "<script>alert(1)</script> \"><img src=x onerror=alert(1)> '-alert(1)-' <svg/onload=alert(1)> "
    "</textarea></title><iframe src=javascript:alert(1)> {{7*7}} {%if 1%} ${7*7} [a](javascript:alert(1)) "
    "https://example.org/<b>"
)
ALIVE = re.compile(
    r"<script>alert|<img src=x|<svg/onload|<iframe|</textarea></title>|href=\"?javascript", re.IGNORECASE
)
NAME = 'a"><img src=x onerror=alert(1)>.jpg'


def is_text(page: str) -> bool:
    return not ALIVE.search(page)


def test_no_word_is_more_than_a_word(fresh_app):
    market, someone = officer(fresh_app, "demo-market"), Resident(fresh_app)
    someone.client.lint = False  # a reviewer would take braces for a message that was not filled in
    someone.fills(upto="files", category="fees", story=WORDS, happened=WORDS[:100], address=WORDS[:100])
    someone.send("/report/files", files=(io.BytesIO(picture()), NAME), do="add")
    assert is_text(someone.text)
    someone.send("/report/files", children_shown="no")
    someone.send("/report/you", named="no")
    someone.sends()
    someone.send("/report/received", last_four=someone.code[-4:])
    with fresh_app.app_context():
        number = db.session.scalars(db.select(Case.number)).one()
        market.lint = False
        text = market.get(url(number)).get_data(as_text=True)
        assert "{{7*7}}" in text, "the story is on the page"
        assert is_text(text)
        take(market, number, "sign", declared_free="y")
        take(market, number, "start")
        assert post(market, url(number, "say"), kind="message", text=WORDS).status_code == 303
        assert post(market, url(number, "note"), text=WORDS).status_code == 303
        for rest in ((), ("print",), ("reply",), ("notice",), ("step", "refer"), ("step", "pause")):
            assert is_text(market.get(url(number, *rest)).get_data(as_text=True)), rest
        again = post(market, url(number, "reply"), do="save", facts=WORDS, decision=WORDS)
        assert "{{7*7}}" in again.get_data(as_text=True)
        assert is_text(again.get_data(as_text=True))
        assert is_text(market.get("/zh-Hans/staff/cases?tab=all").get_data(as_text=True))
    someone.get("/track/case")
    assert someone.text.count("{{7*7}}") > 1, "the officer's words are on the resident's page"
    assert is_text(someone.text)
