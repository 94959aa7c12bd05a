"""Monthly costs in the finder, on pages and in the API: filter, order, arithmetic, gaps that are named."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core import clock
from tests.factories.facilities import make_facility
from tests.integration.facilities import test_finder as finder
from tests.page_rules import words


def month_ahead(months: int) -> str:
    """Return a month in which care may start, however late these tests run."""
    year, month = divmod(clock.today().year * 12 + clock.today().month - 1 + months, 12)
    return f"{year}-{month + 1:02d}"


EXAMPLE = "area=990101&care=half-day&care=hourly&days=3&hours=4&age=20&sort=cost"
PATTERN = {
    "days": st.integers(1, 7).map(str),
    "hours": st.integers(1, 26).map(lambda half: f"{half / 2:g}"),
    "meals": st.sampled_from(["0", "1"]),
    "start": st.sampled_from([0, 1, 3, 4, 9, 25]).map(month_ahead),
    "max_cost": st.sampled_from(["0", "300", "650", "900", "1200", "1500.5", "2000", "3000", "9999"]),
    "sort": st.sampled_from(["cost", "cost", "name", "price"]),
}
NEEDED = ["days", "hours"]
CHOSEN = st.lists(st.sampled_from(["meals", "start", "max_cost", "sort"]), max_size=4, unique=True)
PARTS = {name: part for name, part in finder.PARTS.items() if name not in {"near", "radius", "sort"}}
OTHERS = st.lists(st.sampled_from(sorted(PARTS)), max_size=3, unique=True)
QUESTIONS = st.tuples(CHOSEN, OTHERS).flatmap(
    lambda names: st.fixed_dictionaries(
        {name: PATTERN[name] for name in [*NEEDED, *names[0]]} | {name: PARTS[name] for name in names[1]}
    )
)
truth = finder.truth


@settings(finder.LENIENT, max_examples=80)
@given(asked=QUESTIONS)
def test_costs_agree_with_the_oracle_whatever_else_is_asked(app, truth, asked):
    if asked.get("meals") == "0":
        asked = {name: value for name, value in asked.items() if name != "meals"}
    finder.check(app.test_client(), truth, asked)


@pytest.mark.parametrize(
    "asked",
    [
        "max_cost=1500&days=5&hours=8",
        "max_price=1500&care=full-day",
        "max_price=1500&care=hourly&max_cost=1400&days=3&hours=4",
        "max_price=9",
    ],
)
def test_choosing_a_care_type_alone_finds_as_many_as_its_facet_says(app, asked):
    client = app.test_client()
    wide = f"/api/v1/facilities?area=990101&{asked}"
    said = client.get(wide).json["facets"]["care"]
    bare = wide.replace("&care=full-day", "").replace("&care=hourly", "")
    found = {
        care: client.get(f"{bare}&care={care}").json["count"]
        for care in ("full-day", "half-day", "hourly", "temporary")
    }
    assert {care: number for care, number in said.items() if care != "not_reported"} == found
    assert len(set(found.values())) > 1 or asked == "max_price=9"


def test_the_list_is_in_the_order_of_cost_and_says_so(app):
    client = app.test_client()
    body = client.get(f"/api/v1/facilities?{EXAMPLE}").json
    whole = [each["monthly_cost_fen"] for each in body["results"] if each["monthly_cost_fen"] is not None]
    assert len(whole) > 10
    assert whole == sorted(whole)
    assert {each["monthly_cost"]["best"]["care"] for each in body["results"]} == {"half-day", "hourly"}
    page = client.get(f"/en/find?{EXAMPLE}").text
    assert "In order of the lowest monthly cost" in page
    assert "3 days a week" in page


def test_a_card_leads_to_its_arithmetic_and_the_page_repeats_the_amount(app):
    client = app.test_client()
    client.get(f"/en/find?{EXAMPLE}&q=%E4%BA%91%E6%9C%B5%E5%B1%8B")
    card = next(each for each in client.page.all("li") if each.get("id") == "1")
    assert "about ¥1,380 a month" in words(card)
    assert "×" not in words(card)
    link = next(card.iter("a"))
    assert "days=3&hours=4&age=20" in link.get("href")
    client.get(link.get("href"))
    section = next(each for each in client.page.all("section") if each.get("id") == "cost")
    text = words(section)
    assert "Half-day care: about ¥1,380 a month" in text
    assert "Care fee: ¥28 an hour × " in text
    assert "Hourly care is the cheapest up to 3 hours a day, 9 hours a week." in text


def test_a_card_shows_the_product_that_its_amount_is(app):
    page = app.test_client().get("/en/find?area=990101&care=hourly&days=3&hours=4&sort=cost").text
    line = r">¥([\d,.]+)</b> a month · Hourly care · <i>¥([\d.]+) an hour × (\d+)</i>"
    found = re.findall(line, page)
    assert len(found) > 1
    for total, price, times in found:
        assert float(total.replace(",", "")) == float(price) * int(times)


def test_what_is_missing_is_named_and_the_total_is_at_least(client):
    client.get("/en/facilities/R9HC5SM9?days=2&hours=3&age=20&meals=1")
    text = words(next(each for each in client.page.all("section") if each.get("id") == "cost"))
    assert "Meals: not reported." in text
    assert "at least ¥" in text


def test_the_price_of_a_term_is_shown_and_leaves_the_care_fees_to_be_compared(client):
    client.get("/en/facilities/H1BTPTJS?days=3&hours=4&age=20")
    text = words(next(each for each in client.page.all("section") if each.get("id") == "cost"))
    assert "Materials: ¥180 for a term, not counted: the length of the term is not reported." in text
    assert "Which is cheaper here, at 3 days a week" in text
    assert "Only the care fees are compared here, because another part of the cost is not known." in text
    assert "is the cheapest" in text


def test_a_type_that_is_always_the_cheapest_is_named(client):
    client.get("/en/tools/cost?days=1&hours=4&hour=1&full=9000")
    text = words(client.page.all("main")[0])
    assert "Hourly care is always the cheapest here, up to 24 hours a day." in text
    client.get("/en/tools/cost?days=1&hours=4&hour=1")
    assert "cheapest" not in words(client.page.all("main")[0])


@pytest.mark.parametrize("page", ["find", "facilities/V2BZZGN6", "tools/cost"])
def test_a_start_in_the_past_or_far_ahead_is_explained_at_its_field(app, page):
    client = app.test_client()
    for start in ("1900-01", month_ahead(-1), month_ahead(61)):
        assert client.get(f"/en/{page}?days=3&hours=4&start={start}").status_code == 400, start
        held = next(each for each in client.page.all("input") if each.get("name") == "start")
        assert held.get("aria-invalid") == "true" or page == "find"
        assert f"from {month_ahead(0)} to {month_ahead(60)}." in words(client.page.all("main")[0])
    for start in (month_ahead(0), month_ahead(60)):
        assert client.get(f"/en/{page}?days=3&hours=4&start={start}").status_code == 200, start


def test_a_pattern_that_nothing_covers_is_a_no_with_its_reason(client):
    body = client.get("/api/v1/facilities?area=990101&days=5&hours=14&max_cost=9999").json
    assert body["count"] == 0
    assert body["not_reported"]["max_cost"] > 0
    client.get("/en/facilities/W6G8XC99?days=5&hours=14&age=26")
    text = words(next(each for each in client.page.all("section") if each.get("id") == "cost"))
    assert "Full-day care: does not cover 14 hours a day" in text


@pytest.mark.parametrize("lang", ["en", "zh-Hans", "ug"])
@pytest.mark.parametrize("page", ["find", "facilities/V2BZZGN6", "tools/cost"])
def test_an_impossible_pattern_is_refused_at_its_fields_and_nothing_is_lost(app, lang, page):
    client = app.test_client()
    answer = client.get(f"/{lang}/{page}?days=0&hours=25&age=200&meals=1&area=990101")
    assert answer.status_code == 400
    fields = {each.get("name"): each.get("value") for each in client.page.all("input")}
    assert (fields["days"], fields["hours"], fields["age"]) == ("0", "25", "200")
    assert "meals" in fields


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("max_cost=900", "days"),
        ("sort=cost&days=3", "hours"),
        ("hours=3", "days"),
        ("days=3.5&hours=3", "days"),
    ],
)
def test_half_a_pattern_asks_for_the_other_half(client, query, field):
    assert field in client.get(f"/api/v1/facilities?{query}").json["error"]["fields"]


def test_a_new_price_counts_at_once(fresh_app):
    from tests.factories.facilities import say

    with fresh_app.app_context():
        care = [{"care": "hourly", "days": "1-5", "opens": "08:00", "closes": "18:00",
                 "min_age": 12, "max_age": 36}]  # fmt: skip
        price = {"care": "hourly", "band": "*", "component": "care", "unit": "hour", "min_fen": 1000,
                 "max_fen": 1000, "voluntary": False, "valid_from": None, "valid_to": None}  # fmt: skip
        made = make_facility("330681", "试价托育园", care=care, fees=[price])
    client = fresh_app.test_client()
    address = f"/api/v1/facilities/{made}?days=5&hours=2&start={month_ahead(2)}"
    before = client.get(address).json["monthly_cost_fen"]
    with fresh_app.app_context():
        say(made, "330681", fees=[{**price, "min_fen": 2000, "max_fen": 2000}])
    assert client.get(address).json["monthly_cost_fen"] == 2 * before


def test_the_calculator_shows_the_answer_and_leads_to_the_finder(client, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 22))
    client.get("/en/tools/cost?days=3&hours=4&hour=28&half=1380&full=2780&meal=18&meals=1&start=2026-11")
    text = words(client.page.all("main")[0])
    assert "Half-day care: about ¥1,614 a month" in text
    assert "November 2026 has 21 working days" in text
    links = [each.get("href") for each in client.page.all("a")]
    assert "/en/find?sort=cost&days=3&hours=4&meals=1&start=2026-11" in links


def test_a_card_takes_the_list_in_hand_and_the_pattern_along(client):
    client.get(f"/en/find?{EXAMPLE}&list=V2BZZGN6.0ECSHKN2")
    link = next(each for each in client.page.all("a") if "facilities/" in (each.get("href") or ""))
    assert "days=3&hours=4&age=20" in link.get("href")
    assert "list=V2BZZGN6.0ECSHKN2" in link.get("href")
    client.get(link.get("href"))
    carried = {each.get("value") for each in client.page.all("input") if each.get("name") in {"list", "id"}}
    assert {"V2BZZGN6.0ECSHKN2", "V2BZZGN6", "0ECSHKN2"} <= carried
    asked = [each for each in client.page.all("a") if "/tools/age" in (each.get("href") or "")]
    assert all("list=V2BZZGN6.0ECSHKN2" in each.get("href") for each in asked)
    assert asked


def test_a_pattern_that_cannot_be_read_is_summed_up_at_the_top(client):
    answer = client.get("/en/facilities/V2BZZGN6?days=9&hours=25&age=20")
    assert answer.status_code == 400
    box = next(each for each in client.page.all("div") if each.get("class") == "errsum")
    leads = [each.get("href") for each in box.iter("a")]
    assert leads == ["#days", "#hours"]
    ids = {each.get("id") for each in client.page.root.iter()}
    assert {lead[1:] for lead in leads} <= ids
    assert answer.text.index("errsum") < answer.text.index("<h1>")


def test_a_care_type_without_hours_fits_no_longer_than_the_place_opens(fresh_app):
    with fresh_app.app_context():
        found = make_facility(
            area="990101",
            opening="1-5 08:00-16:00",
            care=[
                {
                    "care": "full-day", "days": "1-5", "opens": None, "closes": None, "min_age": None,
                    "max_age": None, "notice_hours": None, "notes": {},
                }
            ],
            fees=[
                {
                    "care": "full-day", "band": "*", "component": "care", "unit": "month",
                    "min_fen": 100000, "max_fen": 100000, "voluntary": False,
                    "valid_from": None, "valid_to": None, "checked_on": None, "refund": "",
                }
            ],
        )  # fmt: skip
    client = fresh_app.test_client()
    page = client.get(f"/en/facilities/{found}?days=5&hours=9").text
    assert "Full-day care: does not cover 9 hours a day" in page
    page = client.get(f"/en/facilities/{found}?days=5&hours=8").text
    assert "Full-day care: about <b" in page
