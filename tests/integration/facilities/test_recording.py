"""What sources say becomes the record, the page and the answer of the finder."""

import html
from datetime import date

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.extensions import db
from app.facilities.model import Fee, Observed
from app.facilities.queries.pages import facility_page
from tests.factories.facilities import PROVIDER, make_facility, say

CARE = {
    "days": "1-5",
    "opens": "08:00",
    "closes": "12:00",
    "min_age": 18,
    "max_age": 36,
    "notice_hours": None,
}
FEE = {
    "band": "*",
    "component": "care",
    "unit": "month",
    "voluntary": False,
    "valid_from": None,
    "valid_to": None,
}


def page_of(identity):
    return facility_page(identity, clock.today())


def test_of_a_new_facility_everything_unsaid_is_not_reported(fresh_app):
    with fresh_app.app_context():
        page = page_of(make_facility())
    assert page.card.gaps == ("care", "ages", "prices", "vacancies")
    assert not page.fields["phone"]


def test_a_later_word_stands_and_the_earlier_one_is_kept(fresh_app):
    with fresh_app.app_context():
        identity = make_facility(phone="1")
        say(identity, phone="2", day=date(2026, 7, 1), source=PROVIDER)
        say(identity, phone="3", day=date(2026, 5, 1))
        known = page_of(identity).fields["phone"]
        assert (known.value, known.observed_on, known.source) == ("2", date(2026, 7, 1), {"en": PROVIDER})
        kept = select(func.count()).select_from(Observed)
        assert db.session.scalar(kept.where(Observed.facility == identity, Observed.field == "phone")) == 3


def test_said_to_be_unknown_is_not_reported_again(fresh_app):
    with fresh_app.app_context():
        identity = make_facility(inclusive=True)
        say(identity, inclusive=None, day=date(2026, 7, 1))
        assert not page_of(identity).fields["inclusive"]
    body = fresh_app.test_client().get("/api/v1/facilities?area=330681&inclusive=1").json
    assert body["count"] == 0


def test_an_old_value_says_so(fresh_app):
    with fresh_app.app_context():
        identity = make_facility(phone="1", day=date(2025, 1, 1))
        assert page_of(identity).fields["phone"].stale


def test_new_prices_replace_the_old_ones_in_the_finder_at_once(fresh_app):
    fees = [{**FEE, "care": "half-day", "min_fen": 90000, "max_fen": 90000}]
    with fresh_app.app_context():
        identity = make_facility(name="新价托育园", care=[{"care": "half-day", **CARE}], fees=fees)
        dearer = [{**FEE, "care": "half-day", "min_fen": 200000, "max_fen": 200000}]
        say(identity, fees=dearer, day=date(2026, 7, 1))
        assert db.session.scalar(select(func.count()).select_from(Fee).where(Fee.facility == identity)) == 1
    client = fresh_app.test_client()
    asked = "/api/v1/facilities?q=新价托育园&care=half-day&max_price="
    assert client.get(f"{asked}1000").json["count"] == 0
    assert client.get(f"{asked}2000").json["count"] == 1


def test_a_new_name_is_found_before_the_index_is_rebuilt(fresh_app):
    client = fresh_app.test_client()
    with fresh_app.app_context():
        identity = make_facility(name="蒲公英小院")
    for words in ("蒲公英", "pugongying", "pgy"):
        found = client.get("/api/v1/facilities", query_string={"q": words}).json["results"]
        assert identity in [each["id"] for each in found], words


@pytest.mark.parametrize(
    ("township", "words"),
    [
        ({"code": "330681001", "by": "zoning"}, "Township from the register’s zoning code"),
        ({"code": "330681001", "by": "address"}, "Township read from the address"),
        (None, "Township not known"),
    ],
)
def test_a_page_says_how_its_township_is_known(fresh_app, township, words):
    with fresh_app.app_context():
        identity = make_facility(form="non-profit", **({"township": township} if township else {}))
    page = html.unescape(fresh_app.test_client().get(f"/en/facilities/{identity}").text).replace("'", "’")
    assert words in page
    assert "Registered with: Civil affairs office" in page
