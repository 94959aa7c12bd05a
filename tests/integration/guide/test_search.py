"""Words find texts in every language, in other letters too, and what was found is marked."""

import re
import shutil

import pytest
from flask import g
from sqlalchemy import select, update

from app.core import clock
from app.extensions import db
from app.guide import index
from app.guide.model import GuideRevision
from app.guide.queries.search import search
from app.guide.service.indexing import rebuild
from app.guide.tasks import keep_index_fresh

QUESTIONS = [
    "辅食",
    "托育",
    "发热",
    "بېقىش",
    "بيقش",
    "yémek",
    "yemek",
    "vitamin",
    "fushi",
    "fu shi",
    "x",
    "d",
]


@pytest.fixture(scope="module")
def indexed(app):
    with app.app_context():
        rebuild(if_stale=True)
    return app


def ask(app, question, language="zh-Hans"):
    with app.test_request_context(f"/{language}/guide/search"):
        g.lang = language
        return search(question, language, clock.today())


@pytest.mark.parametrize("question", [each for each in QUESTIONS if each not in {"بيقش", "x"}])
def test_a_question_finds_texts_and_marks_what_it_found(indexed, question):
    answer = ask(indexed, question, "ug")
    assert answer.count >= 1
    assert not answer.near
    assert any(bold for each in answer.found for _text, bold in (*each.title, *each.line))


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_database_answers_like_the_index(indexed, question):
    with indexed.test_request_context("/zh-Hans/guide/search"):
        assert index.is_fresh()
        ours, theirs = index.embedded(), index.FromDatabase()
        assert ours.search(question).ids == theirs.search(question).ids
        assert ours.similar(question).ids == theirs.similar(question).ids


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("fushi", "辅食"),
        ("fu shi", "辅食"),
        ("yi miao", "疫苗"),
        ("yimiao", "疫苗"),
        ("muru", "母乳"),
        ("fashao", "发热"),
    ],
)
def test_pinyin_finds_chinese_titles_and_other_words_of_parents(indexed, typed, title):
    answer = ask(indexed, typed)
    assert not answer.near
    assert any(title in "".join(text for text, _bold in each.title) for each in answer.found)


@pytest.mark.parametrize("language", ["zh-Hans", "ug", "en"])
def test_a_single_latin_letter_is_a_word_and_no_beginning(indexed, language):
    assert ask(indexed, "x", language).found == ask(indexed, "X", language).found == ()
    assert {each.slug for each in ask(indexed, "d", language).found} >= {"vitamin-d-iron"}
    for letter in "bdq":
        for each in ask(indexed, letter, language).found:
            with indexed.app_context():
                query = select(GuideRevision).where(GuideRevision.slug == each.slug)
                row = db.session.scalars(query.where(GuideRevision.language == each.language)).one()
                whole = f"{row.title}\n{row.summary}\n{row.body}"
                assert re.search(rf"(?i)(?<![a-z]){letter}(?![a-z])", whole), (letter, each.slug)


def test_what_was_typed_as_pinyin_is_marked_in_the_title(indexed):
    marks = [[text for text, bold in each.title if bold] for each in ask(indexed, "fu shi").found]
    assert ["辅食"] in marks


def test_an_index_that_is_gone_is_answered_for(fresh_app):
    wanted = ask(fresh_app, "辅食")
    with fresh_app.app_context():
        folder = fresh_app.extensions["settings"].index / index.KIND
        fresh_app.extensions.pop("guide_index", None)
        shutil.rmtree(folder, ignore_errors=True)
    assert ask(fresh_app, "辅食") == wanted
    assert wanted.count


def test_a_text_is_found_once_in_the_readers_language(indexed):
    found = ask(indexed, "D", "ug").found
    assert len({each.slug for each in found}) == len(found)
    iron = next(each for each in ask(indexed, "ۋىتامىن", "ug").found if each.slug == "vitamin-d-iron")
    assert (iron.language, iron.dir, iron.machine) == ("ug", "rtl", True)


def test_words_of_a_machine_about_life_and_death_do_not_stand_alone(indexed):
    choking = next(each for each in ask(indexed, "choking", "en").found if each.slug == "choking-foods")
    assert choking.machine
    assert choking.line == ()


def test_what_is_withdrawn_is_not_found_and_the_index_follows(fresh_app):
    with fresh_app.app_context():
        keep_index_fresh()
        assert keep_index_fresh() is None
        db.session.execute(
            update(GuideRevision).where(GuideRevision.slug == "first-foods").values(state="withdrawn")
        )
        db.session.commit()
        assert not index.is_fresh()
    assert "first-foods" not in {each.slug for each in ask(fresh_app, "辅食").found}
    with fresh_app.app_context():
        assert keep_index_fresh()
        assert index.is_fresh()


def test_what_comes_near_is_said_to_be_near(indexed):
    answer = ask(indexed, "vitamni", "en")
    assert answer.near
    assert "vitamin-d-iron" in {each.slug for each in answer.found}


def test_the_page_marks_the_words(client):
    client.get("/ug/guide/search?q=y%C3%A9mek")
    marks = ["".join(each.itertext()) for each in client.page.all("mark")]
    assert marks
    assert all("يېمەك" in each for each in marks)


def test_the_whole_site_is_searched_side_by_side(client):
    assert client.get("/zh-Hans/search?q=托育").status_code == 200
    links = [each.get("href") or "" for each in client.page.all("a")]
    assert any("/guide/" in link and "search" not in link for link in links)
    assert any(re.search(r"(^|/)facilities/\w", link) for link in links)
    assert any("/find?q=" in link for link in links)
