"""The pages of a report: whom to call first, what is asked of whom, and that nothing typed is ever lost."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.cases.model import Case, CaseDraft
from app.cases.service import drafts, inboxes
from app.core import clock
from app.extensions import db
from tests.addresses import demo_facilities, rows
from tests.factories.resident import STORY, TOWN, Resident

pytestmark = pytest.mark.usefixtures("easy")
CLOSED = "330681"


@pytest.fixture
def someone(fresh_app):
    return Resident(fresh_app)


def count(app, model) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def held(app, someone):
    with app.app_context():
        return drafts.load(someone.session["draft"]).report


def test_the_first_page_is_whom_to_call(someone):
    page = someone.get("/report").text
    assert (
        page.index("tel:110") < page.index("tel:119") < page.index("tel:120") < page.index("/report/purpose")
    )
    assert "not an alarm" in page


def test_looking_at_it_begins_nothing(someone, fresh_app):
    someone.get("/report")
    someone.get("/report/purpose")
    assert count(fresh_app, CaseDraft) == 0
    assert "draft" not in someone.session


@pytest.mark.parametrize("address", [f"/report?area={CLOSED}", f"/report/purpose?area={CLOSED}"])
def test_where_nobody_answers_numbers_stand_and_nothing_is_taken(someone, fresh_app, address):
    page = someone.get(address).text
    assert "tel:12345" in page
    assert "<form" not in page
    someone.get("/report/purpose")
    assert "tel:12345" in someone.send("/report/purpose", purpose="report", area=CLOSED).text
    assert count(fresh_app, CaseDraft) == 0


def test_a_site_without_any_open_inbox_takes_nothing(someone, fresh_app):
    with fresh_app.app_context():
        inboxes.set_inbox("990101", is_open=False)
    assert "Please call" in someone.get("/report").text
    assert someone.get("/report/purpose").text.count("<form") == 0


def test_an_inbox_that_closes_meanwhile_takes_nothing(someone, fresh_app):
    someone.fills()
    with fresh_app.app_context():
        inboxes.set_inbox("990101", is_open=False)
    assert "tel:12345" in someone.sends().text
    assert count(fresh_app, Case) == 0


def test_the_choice_is_explained_before_anything_is_typed(someone):
    page = someone.get("/report/purpose").text
    assert "needs your name" in page
    assert "You may stay anonymous" in page
    assert "textarea" not in page


def test_from_a_facility_its_page_is_not_asked_for_again(someone, fresh_app):
    identity = demo_facilities()[0]["id"]
    someone.get(f"/report/purpose?facility={identity}")
    someone.send("/report/purpose", purpose="report", facility=identity)
    assert someone.client.page.path == "GET /en/report/subject"
    assert held(fresh_app, someone).facility == identity


def test_the_search_stays_in_the_open_place_and_shows_at_most_eight(someone):
    someone.fills(upto="where")
    page = someone.send("/report/where", do="search", q="托育").text
    assert 0 < page.count('type="radio"') <= 8
    assert "杏桥" in page
    assert someone.send("/report/where", do="search", q="zzzz").status_code == 400
    assert someone.send("/report/where", do="search", q="").status_code == 400
    assert someone.send("/report/where", do="choose", q="托育").status_code == 400


@pytest.mark.parametrize(
    ("address", "township"),
    [("%s幸福路2号", TOWN), ("县城以东，%s政府对面", "990101100")],
)
def test_an_address_names_its_township(someone, fresh_app, address, township):
    names = {row["code"]: row["name"] for row in rows("areas/townships/990101.csv")}
    address %= names[township]
    someone.fills(upto="where")
    someone.get("/report/place")
    someone.send("/report/place", area="990101", address=address)
    assert held(fresh_app, someone).area == township


def test_an_address_without_a_township_asks_for_it(someone, fresh_app):
    someone.fills(upto="where")
    someone.get("/report/place")
    assert someone.send("/report/place", area="990101", address="某某路1号").status_code == 400
    assert "某某路1号" in someone.text
    someone.send("/report/place", area="990101", address="某某路1号", township="unknown")
    assert held(fresh_app, someone).area == "990101"
    assert someone.send("/report/place", area="elsewhere").text.count("tel:12345")


def test_a_place_in_no_list_suggests_care_without_a_filing(someone):
    someone.fills(upto="subject")
    chosen = someone.text.partition('value="unlic"')[0].rpartition("<input")[2]
    assert "checked" in chosen
    assert "not in the list" in someone.text


def test_each_subject_asks_what_it_needs(someone):
    someone.fills(upto="story", category="conduct")
    assert 'name="about"' in someone.text
    assert "given away" in someone.text
    someone.send("/report/subject", category="fire")
    someone.get("/report/story")
    assert 'name="about"' not in someone.text
    assert "burning" in someone.text


def test_a_child_in_danger_brings_the_numbers_back_and_stops_nobody(someone, fresh_app):
    someone.fills(upto="story", category="care")
    someone.send("/report/story", story=STORY, child_safety="danger")
    assert someone.client.page.path == "GET /en/report/urgent"
    assert "tel:110" in someone.text
    someone.send("/report/urgent")
    assert someone.client.page.path == "GET /en/report/files"
    assert held(fresh_app, someone).emergency_call == ""


def test_alarming_words_are_asked_about_and_only_raise(someone, fresh_app):
    someone.fills(category="care", story="孩子昏迷了，老师不让说，请快来看看。")
    assert "昏迷" in someone.text
    someone.send("/report/danger")
    assert held(fresh_app, someone).child_safety == "danger"
    someone.send("/report/urgent", emergency_call="called", back="check")
    assert "昏迷</bdi>" not in someone.text


def test_a_complaint_needs_a_name_and_a_way(someone):
    someone.fills(purpose="complaint", category="refund", grave="no")
    assert someone.client.page.status == 400
    someone.send("/report/you", name="王小明")
    assert someone.client.page.status == 400
    assert "王小明" in someone.text
    someone.send("/report/you", name="王小明", phone="13800000000")
    assert someone.client.page.path == "GET /en/report/check"


def test_anonymous_with_a_name_is_asked_again(someone):
    someone.fills(upto="you")
    assert someone.send("/report/you", named="no", name="王小明").status_code == 400
    assert "王小明" in someone.text


def test_an_opinion_needs_neither_name_nor_danger(someone):
    someone.fills(purpose="suggestion", category="prov")
    assert someone.client.page.path == "GET /en/report/check"


# Nothing that was typed is lost.


@pytest.mark.parametrize("story", ["", "短", "字" * 4001])
def test_a_text_that_does_not_fit_stands_in_the_form_again(someone, story):
    someone.fills(upto="story")
    response = someone.send("/report/story", story=story, child_safety="none")
    assert response.status_code == 400
    assert story in someone.text
    assert someone.client.page.all("title")[0].text.startswith("Error:")
    assert 'role="alert"' in someone.text


def test_an_overlong_line_stands_in_the_form_again(someone):
    someone.fills(upto="story")
    assert (
        someone.send("/report/story", story=STORY, child_safety="none", happened="x" * 201).status_code == 400
    )
    assert "x" * 201 in someone.text


def test_an_expired_draft_becomes_a_new_one_with_what_was_typed(someone, fresh_app, monkeypatch):
    someone.fills(upto="story")
    first = someone.session["draft"]
    later = clock.now() + timedelta(hours=25)
    monkeypatch.setattr(clock, "now", lambda: later)
    someone.send("/report/story", story=STORY, child_safety="none")
    assert STORY in someone.text
    assert "24 hours" in someone.text
    assert someone.session["draft"] != first
    someone.send("/report/story", story=STORY, child_safety="none")
    assert someone.client.page.path == "GET /en/report/purpose"
    assert held(fresh_app, someone).story == STORY


def test_an_expired_draft_is_explained_on_the_first_page(someone, monkeypatch):
    someone.fills(upto="story")
    later = clock.now() + timedelta(hours=25)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "was deleted" in someone.get("/report/files").text
    assert "was deleted" not in someone.get("/report").text


def test_a_dead_session_shows_the_text_and_takes_it_the_second_time(someone, fresh_app):
    someone.fills(upto="story")
    someone.client.delete_cookie("tuoyu")
    response = someone.post("/report/story", story=STORY, child_safety="none")
    assert response.status_code == 400
    assert STORY in response.text
    someone.send("/report/story", story=STORY, child_safety="none")
    assert held(fresh_app, someone).story == STORY


def test_a_form_of_another_site_gets_no_session_and_takes_none_away(someone):
    someone.fills(upto="story")
    stranger = Resident(someone.app)
    stranger.get("/track")
    stranger.client.delete_cookie("tuoyu")
    response = stranger.post("/report/story", {"Origin": "https://example.org"}, story=STORY)
    assert response.status_code == 400
    assert "Set-Cookie" not in response.headers
    assert "<form" not in response.text


def test_an_unfinished_report_can_be_continued_or_thrown_away(someone, fresh_app):
    someone.fills(upto="files")
    assert "Continue where you left off" in someone.get("/report").text
    assert 'href="/en/report/check"' in someone.text
    someone.send("/report/discard")
    assert count(fresh_app, CaseDraft) == 0
    assert "Continue where" not in someone.get("/report").text


def test_a_new_report_replaces_the_unfinished_one_once(someone, fresh_app):
    someone.fills(upto="files")
    someone.get("/report/purpose?fresh=1")
    token, mark = someone.token, someone.field("fresh")
    someone.send("/report/purpose", purpose="question", fresh=mark)
    assert held(fresh_app, someone).story == ""
    someone.get("/report/place")
    someone.send("/report/place", area="990101", township="unknown")
    someone.post("/report/purpose", csrf_token=token, purpose="suggestion", fresh=mark)
    assert (held(fresh_app, someone).area, held(fresh_app, someone).purpose) == ("990101", "suggestion")
    assert count(fresh_app, CaseDraft) == 1


def test_another_window_cannot_change_what_was_sent(someone, fresh_app):
    someone.fills()
    someone.sends()
    draft = someone.session["draft"]
    someone.send("/report/story", story=STORY, child_safety="none")
    assert someone.client.page.path == "GET /en/report"
    assert "Show the code again" in someone.text
    assert someone.session["draft"] == draft


def test_changing_an_answer_comes_back_to_the_check(someone):
    someone.fills()
    someone.get("/report/story?back=check")
    assert STORY in someone.text
    someone.send("/report/story", story=STORY + "又及。", child_safety="none", back="check")
    assert someone.client.page.path == "GET /en/report/check"


@pytest.mark.parametrize(
    "body",
    [b"story=%FF%FE%00%ED%A0%80&child_safety=none", b"story=" + b"%00" * 50, b"\xff\xfe\x00", b"&&&=;"],
)
def test_bytes_that_are_no_text_are_no_fault_of_ours(someone, body):
    someone.fills(upto="story")
    token = someone.token.encode()
    response = someone.client.post(
        "/en/report/story",
        data=b"csrf_token=" + token + b"&" + body,
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code in {303, 400}


def test_invisible_characters_are_not_kept(someone, fresh_app):
    someone.fills(upto="story")
    someone.send(
        "/report/story", story="\u202e老师经常迟到\x00，孩子没人管\u2066。\r\n第二行", child_safety="none"
    )
    assert held(fresh_app, someone).story == "老师经常迟到，孩子没人管。\n第二行"


def test_a_text_of_megabytes_is_answered_with_a_page(someone):
    someone.fills(upto="story")
    response = someone.post("/report/story", story="x" * 1_500_000)
    assert response.status_code == 413
    assert "tel:110" in response.text


@pytest.mark.parametrize(
    "path", ["where", "place", "subject", "story", "files", "you", "check", "send", "urgent"]
)
def test_a_step_without_a_draft_leads_to_the_first_page(someone, path):
    someone.get(f"/report/{path}")
    assert someone.client.page.path == "GET /en/report"


@pytest.mark.parametrize("lang", ["zh-Hans", "ug", "en"])
def test_every_page_of_the_way_stands_in_every_language(fresh_app, lang):
    someone = Resident(fresh_app, lang)
    someone.reports(category="fire", grave="yes", happened="昨天")
    assert someone.code
    someone.send("/report/received", last_four=someone.code[-4:])
    assert someone.get("/track/case").status_code == 200
