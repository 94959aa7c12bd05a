"""What the pages of guidance show: by age, by text, by place; and what they say about themselves."""

import json
import re
from datetime import date

import pytest
from flask import g
from sqlalchemy import delete

from app.extensions import db
from app.guide.model import GuideRevision
from app.guide.queries.today import thing_to_do
from tests.addresses import CONTENT
from tests.page_rules import words


def text_of(client) -> str:
    return words(client.page.all("main")[0])


def hrefs(client) -> list[str]:
    return [each.get("href") or "" for each in client.page.all("a")]


@pytest.mark.parametrize(("months", "band"), [(0, "0—28"), (7, "6—8"), (8, "8—12"), (35, "30—36")])
def test_an_age_leads_to_its_band(client, months, band):
    client.get(f"/zh-Hans/guide?age={months}")
    chosen = [words(each) for each in client.page.all("a") if each.get("aria-current") == "true"]
    assert any(band in each for each in chosen)


@pytest.mark.parametrize("question", ["age=36", "age=-1", "age=seven", "age=0.5", "band=b99"])
def test_an_age_that_cannot_be_is_explained(client, question):
    answer = client.get(f"/zh-Hans/guide?{question}")
    assert answer.status_code == 400
    assert client.page.all("h1")
    assert 'role="alert"' in answer.text


def test_what_is_urgent_stands_before_everything_else(client):
    client.get("/zh-Hans/guide?age=7")
    links = [link for link in hrefs(client) if "/cards/" in link]
    assert len(links) >= 5
    assert links[0].endswith("/cards/danger-signs")


def test_the_thing_of_the_day_turns_with_the_day_and_is_the_same_in_every_language(app):
    found = {}
    for language in ("zh-Hans", "ug"):
        with app.test_request_context(f"/{language}/guide"):
            g.lang = language
            days = [date(2026, 11, day) for day in range(1, 22)]
            things = [thing_to_do("b4", language, day, links=lambda _s, _v: None) for day in days]
            found[language] = [thing.slug for thing in things if thing]
    assert len(set(found["zh-Hans"])) > 1
    assert set(found["ug"]) <= set(found["zh-Hans"])


def born(client, month):
    client.get("/en/guide/age")
    token = next(each.get("value") for each in client.page.all("input") if each.get("name") == "csrf_token")
    return client.post("/en/guide/age", data={"born": month, "csrf_token": token})


def test_a_month_of_birth_becomes_an_age_and_goes_nowhere_else(fresh_app, monkeypatch):
    monkeypatch.setattr("app.guide.public.home.clock.today", lambda: date(2026, 11, 22))
    client = fresh_app.test_client()
    answer = born(client, "2026-04")
    assert (answer.status_code, answer.location) == (303, "/en/guide?age=7")
    assert born(client, "2026-12").location == "/en/guide?band=b0"
    for wrong in ("", "2026-13", "2019-01", "2028-01", "yesterday"):
        assert born(client, wrong).status_code == 400
        assert client.page.all("h1")


def test_a_text_says_what_it_is_before_what_it_says(client):
    answer = client.get("/zh-Hans/guide/first-foods")
    body = answer.text
    assert body.index('class="note standing') < body.index("<h1")
    meta = {each.get("name"): each.get("content") for each in client.page.all("meta")}
    assert json.loads(meta["AIGC"])["Label"] == "1"
    assert meta.get("robots") is None
    linked = next(each for each in client.page.all("script") if each.get("type") == "application/ld+json")
    assert json.loads(linked.text)["@type"] == "MedicalWebPage"


def test_a_machines_translation_is_marked_and_kept_out_of_search_engines(client):
    client.get("/ug/guide/first-foods")
    meta = {each.get("name"): each.get("content") for each in client.page.all("meta")}
    assert meta["robots"] == "noindex"
    sections = [each for each in client.page.all("div") if each.get("class") == "text"]
    assert [each.get("lang") for each in sections] == ["ug"]


def test_of_life_and_death_the_chinese_stands_first(client):
    client.get("/ug/guide/choking-foods")
    sections = [each for each in client.page.all("div") if each.get("class") == "text"]
    assert [(each.get("lang"), each.get("dir")) for each in sections] == [("zh-Hans", "ltr"), ("ug", None)]


def test_what_is_not_translated_is_shown_in_chinese_with_its_language(fresh_app):
    gone = (GuideRevision.slug == "first-foods", GuideRevision.language == "ug")
    with fresh_app.app_context():
        db.session.execute(delete(GuideRevision).where(*gone))
        db.session.commit()
    client = fresh_app.test_client()
    client.get("/ug/guide/first-foods")
    (heading,) = client.page.all("h1")
    assert (heading.get("lang"), heading.get("dir")) == ("zh-Hans", "ltr")
    assert client.page.all("html")[0].get("lang") == "ug"
    assert {each.get("name"): each.get("content") for each in client.page.all("meta")}["robots"] == "noindex"


def test_every_mark_of_a_source_leads_to_it(client):
    client.get("/zh-Hans/guide/choking-foods")
    ids = {each.get("id") for each in client.page.root.iter() if each.get("id")}
    marks = {link[1:] for link in hrefs(client) if link.startswith("#source-")}
    assert marks
    assert marks <= ids


def test_a_text_leads_on_to_its_tool_its_complaint_and_the_finder(client):
    client.get("/zh-Hans/guide/first-foods")
    links = hrefs(client)
    for wanted in (
        "/report?category=food",
        "/find",
        "/events?topic=nutrition",
        "/first-foods/leaflet",
        "/say?",
    ):
        assert any(wanted in link for link in links), wanted


def test_a_complaint_begun_from_a_text_keeps_its_subject(client):
    client.lint = False
    answer = client.get("/zh-Hans/report?category=food&area=990101")
    assert answer.status_code == 200
    assert "category=food" in answer.text or "tel:" in answer.text


def test_an_older_address_leads_to_the_one_that_stays(client):
    answer = client.get("/ug/guide/nutrition/first-foods")
    assert (answer.status_code, answer.location) == (301, "/ug/guide/first-foods")
    assert client.get("/zh-Hans/guide/choking").location == "/zh-Hans/cards/choking"


def test_a_text_of_one_place_stands_with_its_name_only(client):
    client.get("/zh-Hans/guide/topics/policy")
    assert "乌鲁木齐" in text_of(client)
    client.get("/zh-Hans/areas/6501")
    assert any(link.endswith("/guide/policy-650100") for link in hrefs(client))
    client.get("/zh-Hans/areas/330681")
    assert not any(link.endswith("/guide/policy-650100") for link in hrefs(client))
    client.get("/zh-Hans/guide?age=7")
    assert not any(link.endswith("/guide/policy-650100") for link in hrefs(client))


def test_where_no_days_of_leave_are_known_nothing_is_reckoned(client):
    client.get("/zh-Hans/guide/leave?area=110115")
    section = next(each for each in client.page.all("section") if each.get("id") == "leave")
    numbers = {each.get("href") for each in section.iter("a")}
    assert {"tel:12333", "tel:12345"} <= numbers
    client.get("/zh-Hans/guide/leave?area=330681")
    section = next(each for each in client.page.all("section") if each.get("id") == "leave")
    assert "158" in words(section)
    assert "tel:12333" not in {each.get("href") for each in section.iter("a")}


def test_an_area_that_does_not_exist_is_explained(client):
    for page in ("/guide/leave", "/guide/first-foods", "/policies"):
        for code in ("bogus", "999999", "33068%00"):
            answer = client.get(f"/zh-Hans{page}?area={code}")
            assert answer.status_code == 400, (page, code)
            assert f"/zh-Hans{page}" in hrefs(client)
    assert client.get("/zh-Hans/guide/leave?area=").status_code == 200


def test_the_county_of_the_demonstration_has_no_days_of_leave_and_says_so(client):
    assert client.get("/en/guide/leave?area=990101").status_code == 200
    section = next(each for each in client.page.all("section") if each.get("id") == "leave")
    chosen = [each for each in section.iter("option") if "selected" in each.attrib]
    assert [each.get("value") for each in chosen] == ["990101"]
    assert "158" not in words(section)
    assert "We have no figures for" in words(section)
    assert "This county is fictional" in words(section)


@pytest.mark.parametrize("lang", ["zh-Hans", "ug", "en"])
def test_every_sign_of_the_coverage_is_explained(client, lang):
    client.get(f"/{lang}/guide/coverage")
    (legend,) = [each for each in client.page.all("dl") if each.get("aria-labelledby") == "signs"]
    explained = {words(each).strip()[0] for each in legend.iter("dt")}
    used = {words(each).strip() for each in client.page.all("span") if each.get("role") == "img"}
    assert used <= explained
    assert all(words(each).strip() for each in legend.iter("dd"))


def test_every_language_is_counted_in_full(client):
    client.get("/zh-Hans/guide/coverage")
    table = client.page.all("table")[0]
    sums = {
        sum(int(words(cell)) for cell in row.iter("td")) for row in table.iter("tr") if list(row.iter("td"))
    }
    assert len(sums) == 1


def test_a_figure_stands_with_its_source_and_where_it_is_used(client):
    client.get("/zh-Hans/guide/numbers/nutrition")
    row = next(each for each in client.page.all("div") if each.get("id") == "food-start")
    assert any(link.get("href", "").endswith("/guide/first-foods") for link in row.iter("a"))
    assert re.search(r"20\d\d年", words(row))


def test_the_map_lists_no_translation_that_nobody_has_read(client):
    client.lint = False
    found = client.get("/sitemap/pages.xml").text
    assert "/zh-Hans/guide/first-foods<" in found
    assert "/ug/guide/first-foods<" not in found
    assert "/zh-Hans/guide/topics/nutrition<" in found
    listed = {path.stem for path in (CONTENT / "guide" / "zh-Hans").glob("*.md")}
    assert len(set(re.findall(r"/zh-Hans/(?:guide|cards)/([\w-]+)<", found)) & listed) > 30
