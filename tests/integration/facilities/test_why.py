"""Why a place is not in the list, what to ask instead, how old the child will be, and price caps."""

import re
from datetime import date

import pytest

from app.core import clock
from tests.factories.facilities import make_facility
from tests.page_rules import words

QUESTION = "/en/find?area=990101&care=half-day&days=3&hours=4&age=20&max_cost=1000"


@pytest.fixture(autouse=True)
def november(monkeypatch):
    """Hold the day: care cannot start in the past."""
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 22))


def box(client) -> str:
    return words(next(each for each in client.page.all("div") if each.get("id") == "why"))


def links(client) -> list[str]:
    return [each.get("href") or "" for each in client.page.all("a")]


def test_the_filter_that_leaves_a_place_out_is_named_with_what_the_place_says(client):
    client.get(f"{QUESTION}&why=V2BZZGN6")
    text = box(client)
    assert "Left out by “Highest monthly cost”; it says: about ¥1,380 a month" in text
    assert "Care type" not in text


def test_following_the_advice_shows_the_place(client):
    client.get(f"{QUESTION}&why=R9HC5SM9")
    assert "Left out by “Care type”; it says: Temporary care" in box(client)
    node = next(each for each in client.page.all("a") if words(each).startswith("Change the question"))
    ids = client.get("/api/v1/facilities" + node.get("href")).json["results"]
    assert "R9HC5SM9" in {each["id"] for each in ids}


def test_a_place_may_be_named_in_words_and_one_in_the_list_has_its_number(client):
    client.get(f"{QUESTION}&sort=cost&why=%E7%9F%B3%E6%A1%A5%E6%9D%91")
    assert "It is in the list: number 1." in box(client)


def test_what_is_not_reported_is_not_called_a_no(client):
    client.get("/en/find?area=330681&max_price=2000&why=%E8%AF%B8%E6%9A%A8")
    text = box(client)
    assert "It has not reported what “Highest price” asks for." in text
    assert "Left out by" not in text


def test_an_unknown_name_leads_to_the_register(client):
    client.get(f"{QUESTION}&why=%C3%97%C3%97%C3%97")
    assert "No facility is known by this name or number." in box(client)
    assert any(each.startswith("/en/verify") for each in links(client))


def test_the_reader_s_question_is_not_carried_into_links(client):
    client.get(f"{QUESTION}&why=V2BZZGN6")
    kept = [each for each in links(client) if "why=" in each and "/find" in each]
    assert all(each.startswith(("/zh-Hans/", "/ug/", "/en/")) for each in kept)
    assert len(kept) <= 3


def test_no_answer_counts_what_asking_for_less_would_find(client):
    client.get("/en/find?area=990101&care=hourly&days=5&hours=12&max_cost=100&kind=medical&food=vegetarian")
    main = words(client.page.all("main")[0])
    assert "Asking for less would find:" in main
    assert "Without “Kind of facility, Highest monthly cost”: 1 facility" in main
    node = next(each for each in client.page.all("a") if words(each).startswith("Without “Kind"))
    found = client.get("/api/v1/facilities" + node.get("href")).json
    assert found["count"] == 1


@pytest.mark.parametrize(
    "query", ["near=29.71,120.25&care=hourly", "q=xyzzy&area=330681", "near=29.71,120.25&food=halal&age=3"]
)
def test_what_asking_for_less_is_said_to_find_is_what_the_link_finds(client, query):
    client.get(f"/en/find?{query}")
    offered = {}
    for node in client.page.all("a"):
        said = re.fullmatch(r"(?:Without|Within) .*: (\d+) facilit(?:y|ies)", words(node))
        if said:
            offered[node.get("href")] = int(said[1])
    assert offered
    for address, count in offered.items():
        body = client.get("/api/v1/facilities?" + address.partition("?")[2]).json
        assert body["count"] == count, address


def test_only_fictional_places_are_no_reason_to_ask_for_less(client):
    client.get("/en/find?area=330681&food=halal")
    assert client.get("/api/v1/facilities?food=halal").json["count"] > 0
    client.get("/en/find?area=330681&food=halal")
    assert not [each for each in client.page.all("a") if words(each).startswith("Without “Area")]


def test_the_month_of_birth_is_posted_and_only_months_go_on(app):
    client = app.test_client()
    client.get("/en/tools/age?back=find&area=990101&days=3&hours=4&care=hourly")
    form = {each.get("name"): each.get("value") for each in client.page.all("input") if each.get("name")}
    answer = client.post("/en/tools/age", data={**form, "born": "2025-03", "start": "2026-12"})
    assert answer.status_code == 303
    assert answer.location == "/en/find?area=990101&days=3&hours=4&care=hourly&age=21&start=2026-12"
    page = client.get(answer.location)
    assert "In <time" in page.text
    assert "2025-03" not in page.text
    assert "Junior toddler class: at most 15 children, at most 5 for each carer." in words(
        client.page.all("main")[0]
    )


@pytest.mark.parametrize(
    ("born", "start", "field"),
    [
        ("", "2026-12", "born"),
        ("2027-01", "2026-12", "start"),
        ("2020-01", "2026-12", "born"),
        ("x", "", "born"),
    ],
)
def test_impossible_months_are_explained_at_their_field_and_kept(app, born, start, field):
    client = app.test_client()
    client.get("/en/tools/age?back=cost")
    token = next(each.get("value") for each in client.page.all("input") if each.get("name") == "csrf_token")
    answer = client.post(
        "/en/tools/age", data={"csrf_token": token, "back": "cost", "born": born, "start": start}
    )
    assert answer.status_code == 400
    held = {each.get("name"): each for each in client.page.all("input")}
    assert held[field].get("aria-invalid") == "true"
    assert (held["born"].get("value"), held["start"].get("value")) == (born, start)


def test_the_age_page_sends_nobody_off_the_site(app):
    client = app.test_client()
    client.get("/en/tools/age?back=//evil.example&next=https://evil.example")
    token = next(each.get("value") for each in client.page.all("input") if each.get("name") == "csrf_token")
    data = {"csrf_token": token, "back": "//evil.example", "born": "2025-03", "start": "2026-12"}
    assert client.post("/en/tools/age", data=data).location == "/en/find?age=21&start=2026-12"


def test_a_public_place_is_held_against_the_cap_of_its_county(client):
    client.get("/en/facilities/W6G8XC99?days=5&hours=8&age=26&start=2026-12")
    assert "keeps to the price cap here: at most ¥1,200 a month." in words(client.page.all("main")[0])


PRICE = {
    "care": "full-day", "band": "*", "component": "care", "unit": "month", "min_fen": 900000,
    "max_fen": 900000,
    "voluntary": False, "refund": "", "valid_from": None, "valid_to": None, "checked_on": None,
}  # fmt: skip
CARE = {
    "care": "full-day", "days": "1-5", "opens": "08:00", "closes": "18:00", "min_age": 12, "max_age": 36,
    "notice_hours": None, "notes": {},
}  # fmt: skip


def test_a_cap_without_its_figure_is_no_data(fresh_app):
    with fresh_app.app_context():
        made = make_facility("110115", "试价公办园", form="public", care=[CARE], fees=[PRICE])
    client = fresh_app.test_client()
    client.get(f"/en/facilities/{made}?days=5&hours=8&age=26")
    text = words(client.page.all("main")[0])
    assert "whether the care fee keeps to it cannot be said: no data." in text
    assert "That income: no data." in text
