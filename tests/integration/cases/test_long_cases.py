"""A case with much said in it: its pages stay light, every word can be read, earlier replies too."""

import random
import re

import pytest

from app.cases.queries import leaves
from app.cases.queries.happenings import Happening
from app.cases.rules.acts import Event
from app.cases.service import record
from app.core import clock
from app.extensions import db
from tests.factories.cases import PARTS, REASON, a_case, doer, replied_to, step, worked_on
from tests.factories.resident import Resident

CODE = "12345678901234567890"
AGAIN = {name: f"再次答复：{text}" for name, text in PARTS.items()}
LETTERS = (
    "的一是在不了有人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "家电力里如水化高自二理起小物现实加量都两体制机当使点从业本"
)


def said(length, seed):
    """Return a text that repeats itself less than people do."""
    return "".join(random.Random(seed).choices(LETTERS, k=length))  # noqa: S311 - it keeps no secret


def answered_again(case):
    replied_to(worked_on(case))
    step(case, Event.RATE, doer("resident"), rating=1, solved="no", reason="没有解决")
    step(case, Event.REOPEN, doer("resident"), reason=REASON)
    step(case, Event.SUBMIT_REPLY, doer("lead", unit=case.lead), parts=AGAIN)
    step(case, Event.APPROVE, doer("head", account="dilnur", unit=case.lead))


@pytest.fixture
def someone(fresh_app):
    return Resident(fresh_app)


@pytest.fixture
def make(fresh_app):
    def made(*steps, **answers):
        with fresh_app.app_context():
            case = a_case(code=CODE, **answers)
            for each in steps:
                each(case)

    return made


@pytest.mark.parametrize("lang", ["zh-Hans", "ug", "en"])
def test_after_a_reopening_every_reply_can_be_read(someone, make, lang):
    make(answered_again)
    someone.lang = lang
    someone.opens(CODE)
    earlier = re.search(r"<details[^>]*>(?:(?!</details>).)*再次答复", someone.text, re.DOTALL)
    assert earlier is None, "the newest reply is not folded"
    assert all(text in someone.text for text in [*PARTS.values(), *AGAIN.values()])
    assert someone.text.count(AGAIN["facts"]) == 1
    assert 'href="#reply"' in someone.text
    assert 'href="#rate"' in someone.text


def test_an_opened_case_without_a_reply_has_no_way_to_one(someone, make):
    make(worked_on)
    someone.opens(CODE)
    assert 'href="#reply"' not in someone.text
    assert 'href="#rate"' not in someone.text


@pytest.mark.parametrize("lang", ["zh-Hans", "ug"])
def test_sixty_messages_stay_light_and_all_can_be_read(someone, make, lang):
    def talk(case):
        answered_again(case)
        for number in range(60):
            ours = number % 2 == 0
            text = f"第{number}句：" + said(150 if number % 7 else 1200, number)
            unit = case.lead if ours else ""
            record.message(
                case, text, author="unit" if ours else "resident", kind="message", public=True, unit=unit
            )
        db.session.commit()

    make(talk, story=said(2000, 99))
    someone.lang = lang
    someone.opens(CODE)
    assert "第59句：" in someone.text
    assert "第0句：" not in someone.text
    link = re.search(r'href="/[^/]+(/track/case/history\?page=\d+)"', someone.text)
    assert link
    pages = [someone.get("/track/case/history").text]
    assert said(2000, 99) in pages[0]
    while more := re.search(r'href="/[^/]+(/track/case/history\?page=\d+)" rel=next', someone.text):
        pages.append(someone.get(more[1]).text)
    whole = "".join(pages)
    assert [whole.count(f"第{number}句：") for number in range(60)] == [1] * 60
    assert all(text in whole for text in [*PARTS.values(), *AGAIN.values()])
    assert someone.get(f"/track/case/history?page={len(pages) + 1}").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "٣", "9" * 50, ""])
def test_a_leaf_that_is_not_there_is_said_so(someone, make, page):
    make()
    someone.opens(CODE)
    assert someone.get(f"/track/case/history?page={page}").status_code == 404


def test_the_history_is_for_who_has_the_code(someone, make):
    make()
    someone.get("/track/case/history")
    assert someone.client.page.path == "GET /en/track"


def test_leaves_hold_everything_once_and_what_is_full_stays():
    def happening(text):
        return Happening(clock.now(), "message", mine=True, unit={}, to={}, text=text, parts={}, data={})

    history = [happening(said(length, length)) for length in (5, 3000, 3000, 10, 900, 4000, 1, 700, 700, 700)]
    found = leaves.leaves(history, {"story": "字" * 3000})
    assert [each for leaf in found for each in leaf] == history
    assert all(found)
    longer = leaves.leaves([*history, happening("x")], {"story": "字" * 3000})
    assert longer[: len(found) - 1] == found[:-1]
    numbers = [leaves.leaf_of(found, position) for position in range(len(history))]
    assert numbers == [number for number, leaf in enumerate(found, 1) for _ in leaf]
    assert leaves.newest(history, {}, None)[-1] is history[-1]
    assert leaves.newest(history[:2], {}, None) == tuple(history[1:2])
    assert leaves.newest([], {}, None) == ()
    assert leaves.leaves([], {}) == ((),)
