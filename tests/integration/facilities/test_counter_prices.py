"""A long price list at the counter: folded, light, opened where somebody changes it; nothing else moves."""

import pytest

from app.core import clock
from tests.factories.accounts import sign_in
from tests.factories.desk import DESK, SHOP, WORKER, filled, newest, values
from tests.factories.facilities import say

FEES = f"{DESK}/{SHOP}/fees"
NAMES = ("component", "care", "band", "unit")
KEYS = [
    (component, care, band, unit)
    for component, units in (("care", ("month", "day")), ("meals", ("day",)))
    for care in ("full-day", "half-day")
    for band in ("infant", "junior", "senior", "mixed", "*")
    for unit in units
]
"""Thirty prices."""


def price(key: tuple[str, ...], fen: int) -> dict[str, object]:
    rest = {"voluntary": False, "refund": "", "valid_from": "2026-09-01", "valid_to": None}
    amount = {"min_fen": fen, "max_fen": fen, "source": "test-county", "checked_on": None}
    return {**dict(zip(NAMES, key, strict=True)), **amount, **rest}


PRICES = [price(key, 10_000 + 100 * at) for at, key in enumerate(KEYS)]


@pytest.fixture
def desk(fresh_app):
    with fresh_app.app_context():
        say(SHOP, "990101", day=clock.today(), fees=PRICES)
    client = fresh_app.test_client()
    sign_in(client, WORKER)
    return client


def prices(app) -> dict[tuple[str, ...], int]:
    with app.app_context():
        rows = newest(SHOP, "fees").value
    return {tuple(row[name] for name in NAMES): row["min_fen"] for row in rows}


@pytest.mark.parametrize("lang", ["zh-Hans", "ug", "en"])
def test_thirty_prices_make_a_light_page(desk, lang):
    page = desk.get(FEES.replace("/en/", f"/{lang}/"))
    assert page.status_code == 200
    assert "row0-amount" not in page.text
    assert page.text.count("-key") == len(PRICES) == 30


def test_one_group_is_opened_and_saved_and_the_others_stay_as_they_are(fresh_app, desk):
    before = prices(fresh_app)
    opened = desk.post(FEES, data={**filled(desk, FEES, 'name="once"'), "do": "open:meals.full-day"})
    assert opened.status_code == 200
    assert opened.text.count("-key") == 25
    form = next(each for each in opened.text.split("<form") if 'name="once"' in each)
    sent = {**values(form.partition("</form>")[0]), "how": "visit", "do": "save"}
    answer = desk.post(FEES, data={**sent, "row20-amount": "155"})
    assert answer.status_code == 303, answer.text
    assert prices(fresh_app) == {**before, ("meals", "full-day", "infant", "day"): 15_500}
    assert list(prices(fresh_app)) == list(before)


def test_a_price_that_stands_in_a_folded_group_is_not_listed_twice(desk):
    sent = {**filled(desk, FEES, 'name="once"'), "how": "visit", "do": "save"}
    twice = {**dict(zip(NAMES, KEYS[0], strict=True)), "amount": "99", "valid_from": "2026-09-01"}
    answer = desk.post(FEES, data={**sent, **{f"row30-{name}": value for name, value in twice.items()}})
    assert answer.status_code == 400
    assert "A new price · Type of care: This price is listed twice." in answer.text


def test_a_folded_price_that_changed_meanwhile_is_a_conflict_and_nothing_is_lost(fresh_app, desk):
    sent = {**filled(desk, FEES, 'name="once"'), "how": "visit", "do": "save"}
    with fresh_app.app_context():
        say(SHOP, "990101", day=clock.today(), fees=PRICES[1:])
    answer = desk.post(FEES, data={**sent, "row30-component": "other", "row30-amount": "12"})
    assert answer.status_code == 409
    assert 'value="12"' in answer.text
    assert len(prices(fresh_app)) == 29
