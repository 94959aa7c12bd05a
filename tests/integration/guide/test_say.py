"""Readers say whether a text helped and what is wrong in a translation; nothing is kept of who they are."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.extensions import db
from app.guide.model import GuideFeedback
from app.guide.queries import feedback as reads
from app.guide.service import feedback
from tests.factories.accounts import form_token
from tests.factories.cases import at

WORDS = "第二步看不懂"


@pytest.fixture
def client(fresh_app):
    return fresh_app.test_client()


def say(client, about, *, language="ug", wait=10, **answers):
    address = f"/{language}/guide/first-foods/say?about={about}"
    token = form_token(client, address)
    shown = next(each.get("value") for each in client.page.all("input") if each.get("name") == "shown")
    with at(clock.now() + timedelta(seconds=wait)):
        return client.post(address, data={"csrf_token": token, "shown": shown, "website": "", **answers})


def rows(app):
    with app.app_context():
        return list(db.session.scalars(select(GuideFeedback).order_by(GuideFeedback.id)))


def test_a_yes_is_counted_and_is_no_task(fresh_app, client):
    answer = say(client, "helpful", helpful="yes")
    assert (answer.status_code, answer.location) == (303, "/ug/guide/first-foods/say?about=helpful&done=1")
    (row,) = rows(fresh_app)
    assert (row.helpful, row.state, row.words, row.language) == (True, "done", None, "ug")
    with fresh_app.app_context():
        assert reads.tasks() == ()
        assert reads.helped("first-foods")["first-foods"] == reads.Helped(1, 0, 0)


def test_words_are_sealed_and_wait_for_an_editor(fresh_app, client):
    say(client, "helpful", helpful="no", more=WORDS)
    (row,) = rows(fresh_app)
    assert row.state == "open"
    assert WORDS.encode() not in row.words
    with fresh_app.app_context():
        (task,) = reads.tasks(slug="first-foods")
        assert (task.kind, task.helpful, task.words) == ("helpful", False, {"more": WORDS})
        assert feedback.close(task.id, "reader-1")
        assert not feedback.close(task.id, "reader-2")
        db.session.commit()
        assert reads.tasks() == ()
    (row,) = rows(fresh_app)
    assert (row.words, row.decided_by) == (None, "reader-1")


def test_a_wrong_sentence_becomes_a_task_of_its_language(fresh_app, client):
    say(client, "translation", sentence="بۇ جۈملە خاتا", right="توغرىسى مانا")
    with fresh_app.app_context():
        (task,) = reads.tasks(language="ug")
        assert task.words == {"sentence": "بۇ جۈملە خاتا", "right": "توغرىسى مانا"}
        assert reads.tasks(language="en") == ()


@pytest.mark.parametrize(
    ("about", "answers"),
    [
        ("helpful", {}),
        ("helpful", {"helpful": "perhaps"}),
        ("helpful", {"helpful": "no", "more": "长" * 1001}),
        ("translation", {"right": "不知道"}),
    ],
)
def test_what_cannot_be_taken_is_explained_and_nothing_is_lost(fresh_app, client, about, answers):
    answer = say(client, about, **answers)
    assert answer.status_code == 400
    assert all(value in answer.text for name, value in answers.items() if name != "helpful")
    assert rows(fresh_app) == []


def test_a_program_is_not_counted(fresh_app, client):
    assert say(client, "helpful", helpful="yes", website="http://example.com").status_code == 303
    assert say(client, "helpful", helpful="yes", wait=0).status_code == 400
    assert rows(fresh_app) == []


def test_a_number_of_an_identity_card_is_not_kept(fresh_app, client):
    say(client, "helpful", helpful="no", more="我的号码110101199003070003在这里")
    with fresh_app.app_context():
        (task,) = reads.tasks()
        assert "110101199003070003" not in task.words["more"]


def test_a_form_whose_session_ended_keeps_what_was_typed(fresh_app, client):
    client.get("/en/guide/first-foods/say?about=helpful")
    fresh_app.config["WTF_CSRF_ENABLED"] = True
    answer = client.post(
        "/en/guide/first-foods/say?about=helpful", data={"csrf_token": "old", "helpful": "no", "more": WORDS}
    )
    assert answer.status_code == 400
    assert WORDS in answer.text
    assert rows(fresh_app) == []


def test_the_page_is_between_one_reader_and_us(client):
    answer = client.get("/zh-Hans/guide/first-foods/say")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert client.get("/zh-Hans/guide/nothing-here/say").status_code == 404
