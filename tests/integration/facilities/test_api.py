"""The JSON door keeps its contract, and errors are JSON that says what to correct."""

from datetime import UTC, datetime

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from tests.factories.accounts import form_token, sign_in
from tests.factories.cases import at

CODES = {"200", "400", "404"}


@pytest.fixture
def contract(client):
    return client.get("/api/v1/openapi.json").json


def validator(contract, path):
    answer = contract["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    return Draft202012Validator({**answer, "components": contract["components"]})


def test_the_contract_is_a_valid_document(contract):
    validate(contract)


@pytest.mark.parametrize(
    "query",
    [
        "area=330681",
        "area=990101&care=half-day&max_price=1500&sort=price",
        "near=36.5,88.48",
        "q=zhuji",
        "area=990101&days=3&hours=4&meals=1&max_cost=3000&sort=cost",
    ],
)
def test_answers_follow_the_contract(client, contract, query):
    validator(contract, "/facilities").validate(client.get(f"/api/v1/facilities?{query}").json)


@pytest.mark.parametrize(
    "identity", ["V2BZZGN6", "MYW58RJX", "V2BZZGN6?days=3&hours=4&extra=bedding&spread=1"]
)
def test_one_facility_follows_the_contract(client, contract, identity):
    body = client.get(f"/api/v1/facilities/{identity}").json
    validator(contract, "/facilities/{id}").validate(body)
    assert all(each["observed_on"] and each["source"] for each in body["fields"].values())


def test_every_parameter_of_the_contract_is_understood(contract):
    from app.facilities.forms.question import PARAMETERS

    named = {each["name"] for each in contract["paths"]["/facilities"]["get"]["parameters"]}
    assert named == PARAMETERS - {"view", "why"}


def test_money_is_fen_and_a_price_is_as_published(client):
    body = client.get("/api/v1/facilities/W6G8XC99").json
    care = next(fee for fee in body["fees"] if fee["component"] == "care" and fee["unit"] == "month")
    assert (care["care"], care["min_fen"], care["max_fen"]) == ("full-day", 120000, 120000)


def test_a_price_limit_holds_for_the_chosen_care_type_and_month(client):
    body = client.get("/api/v1/facilities?area=990101&care=half-day&max_price=1500&sort=price").json
    cheapest = [
        min(
            fee["min_fen"]
            for fee in result["fees"]
            if fee["component"] == "care" and fee["care"] in {"half-day", "*"} and fee["unit"] == "month"
        )
        for result in body["results"]
    ]
    assert body["count"] >= 8
    assert cheapest == sorted(cheapest)
    assert cheapest[-1] <= 150000


@pytest.mark.parametrize(
    ("address", "status", "field"),
    [
        ("/api/v1/facilities?care=foo", 400, "care"),
        ("/api/v1/facilities?area=999999", 400, "area"),
        ("/api/v1/facilities?area=990101&page=99", 404, "page"),
        ("/api/v1/facilities/ZZZZZZZZ", 404, "id"),
        ("/api/v1/areas/123456", 404, "code"),
    ],
)
def test_errors_name_the_field(client, address, status, field):
    answer = client.get(address)
    assert answer.status_code == status
    assert field in answer.json["error"]["fields"]


def test_an_unknown_api_address_is_json_too(client):
    assert client.get("/api/v1/nothing").json["error"]["code"] == 404


def test_longer_codes_redirect_and_keep_the_question(client):
    answer = client.get("/api/v1/facilities?area=330681000000&form=public")
    assert answer.status_code == 301
    assert answer.location.endswith("/api/v1/facilities?area=330681&form=public")


def test_a_later_opening_and_a_place_free_today_are_told(fresh_app, contract):
    client = fresh_app.test_client()
    later = client.get("/api/v1/facilities/RVCCRFEC").json
    assert later["opens_on"] > later["updated_on"]
    assert later["slots"] == []
    with at(datetime(2026, 11, 24, 0, 12, tzinfo=UTC)):
        sign_in(client, "demo-provider-1")
        token = form_token(client, "/en/staff/me")
        client.post("/en/staff/slots/V2BZZGN6/tap", data={"csrf_token": token, "do": "today:2"})
        body = client.get("/api/v1/facilities/V2BZZGN6").json
        (slot,) = body["slots"]
        assert (slot["on"], slot["places"], slot["said_by"]) == ("2026-11-24", 2, "provider")
        assert slot["expires_at"] > slot["confirmed_at"]
        validator(contract, "/facilities/{id}").validate(body)
        assert '"slots"' not in client.get("/data/990101/facilities.jsonl").text


def test_an_exact_position_is_rounded_before_anything_is_measured(client, contract):
    """A family's door stays at home: what is answered is the answer to the rounded position."""
    exact = client.get("/api/v1/facilities?area=990101&near=36.5042499,88.4934999&sort=distance")
    rounded = client.get("/api/v1/facilities?area=990101&near=36.504,88.493&sort=distance")
    assert exact.status_code == 200
    assert exact.json == rounded.json
    told = next(
        each for each in contract["paths"]["/facilities"]["get"]["parameters"] if each["name"] == "near"
    )
    assert "rounded to 3 decimals" in told["description"]
    moved = client.get("/api/v1/facilities?area=990101000000&near=36.5042499,88.4934999")
    assert moved.status_code == 301
    assert "36.5042" not in moved.location


def test_each_line_of_a_cost_has_the_published_prices_it_is_reckoned_from(client):
    body = client.get("/api/v1/facilities/H1BTPTJS?days=3&hours=4&age=20&meals=1").json
    best = body["monthly_cost"]["best"]
    assert best["lines"]
    for quote in body["monthly_cost"]["care_types"]:
        for line in [*quote["lines"], *quote["once"], *quote["apart"], *quote["instead"]]:
            assert line["fees"]
            assert all(fee in body["fees"] for fee in line["fees"])
            prices = {(fee["min_fen"], fee["max_fen"]) for fee in line["fees"]}
            assert prices == {tuple(price) for price in line["prices_fen"]}
            assert {(fee["component"], fee["unit"]) for fee in line["fees"]} == {
                (line["component"], line["unit"])
            }
    term = [gap for gap in best["missing"] if gap["reason"] == "term-length"]
    assert [gap["min_fen"] for gap in term] == [18000]
