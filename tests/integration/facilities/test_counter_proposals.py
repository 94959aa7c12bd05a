"""A worker corrects what somebody reported, with a source and a day of their own; costs beside prices."""

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.audit import Audit, verify
from app.extensions import db
from app.facilities.model import Facility, Observed
from app.facilities.queries.pages import facility_page
from app.facilities.rules.proposals import By, Why
from app.facilities.service import proposals
from tests.factories.accounts import sign_in
from tests.factories.desk import DESK, ELSEWHERE, SHOP, WORKER, change, filled, newest
from tests.factories.proposals import ask, rows, staff_of

ONE = f"{DESK}/{SHOP}"
FEES, PHONE, POSITION = f"{ONE}/fees", f"{ONE}/edit/phone", f"{ONE}/edit/location"
PRICE = {"care": "full-day", "band": "infant", "component": "care", "unit": "month", "voluntary": False}
SAVED = {"do": "save", "how": "document"}


@pytest.fixture
def desk(fresh_app):
    client = fresh_app.test_client()
    sign_in(client, WORKER)
    return client


@pytest.fixture
def wrong_price(fresh_app) -> int:
    with fresh_app.app_context():
        return ask(field="fees", value={"row": {**PRICE, "min_fen": 338_000, "max_fen": 338_000}})


def state(app) -> str:
    with app.app_context():
        return rows()[0].state


def amount_of(form) -> str:
    """Return the name of the field with the price of the first row."""
    return next(name for name in form if name.endswith("-amount"))


def test_from_a_report_the_price_is_filled_in_with_what_it_would_cost(desk, wrong_price):
    seen = desk.get(f"{DESK.replace('facilities', 'proposals')}/{wrong_price}").text
    assert f"{FEES}?proposal={wrong_price}" in seen
    page = desk.get(f"{FEES}?proposal={wrong_price}").text
    assert "Somebody proposes a change" in page
    assert "门口的牌子" in page
    assert 'value="3380"' in page
    assert "What it would cost in a month" in page


def test_saved_as_reported_it_counts_as_taken_in_with_the_workers_source_and_day(
    fresh_app, desk, wrong_price
):
    answer = change(desk, f"{FEES}?proposal={wrong_price}", **SAVED, day="2026-11-20")
    assert answer.status_code == 303
    assert answer.location.endswith(f"/staff/proposals/{wrong_price}")
    assert "Taken in" in desk.get(answer.location).text
    assert state(fresh_app) == "approved"
    with fresh_app.app_context():
        row = newest(SHOP, "fees")
        assert (row.source, row.observed_on.isoformat()) == ("990101:worker-document", "2026-11-20")
        told = select(func.count()).select_from(Audit).where(Audit.action == "proposal.approved")
        assert db.session.scalar(told) == 1
        said = select(func.count()).select_from(Observed).where(Observed.source.contains("proposal"))
        assert not db.session.scalar(said)
        assert verify().ok
    public = fresh_app.test_client().get(f"/en/facilities/{SHOP}").text
    assert "3,380" in public
    assert "In writing from the facility, entered by staff" in public


def test_saved_otherwise_the_report_waits_for_a_decision(fresh_app, desk, wrong_price):
    path = f"{FEES}?proposal={wrong_price}"
    name = amount_of(filled(desk, path, 'name="once"'))
    assert change(desk, path, **SAVED, **{name: "3333"}).status_code == 303
    assert state(fresh_app) == "open"
    with fresh_app.app_context():
        assert newest(SHOP, "fees").value[0]["min_fen"] == 333_300


@pytest.mark.parametrize(
    ("field", "value", "answers"),
    [
        ("phone", "0000-5550999", {}),
        ("address", "杏桥县杏花街道花市路20号", {}),
        ("food", ["halal"], {}),
        ("status", "suspended", {"reason_zh": "装修"}),
        ("care", {"gone": {"care": "hourly"}}, {}),
    ],
)
def test_each_fact_can_be_entered_from_its_report(fresh_app, desk, field, value, answers):
    with fresh_app.app_context():
        number = ask(field=field, value=value)
    path = f"{ONE}/status" if field == "status" else f"{ONE}/edit/{field}"
    page = desk.get(f"{path}?proposal={number}")
    assert page.status_code == 200
    assert "Somebody proposes a change" in page.text
    if field == "care":
        return  # a table has a form of one row, which is not filled in
    assert change(desk, f"{path}?proposal={number}", **answers).status_code == 303
    assert state(fresh_app) == "approved"


@pytest.mark.parametrize("number", ["x", "0", "99999999999", "-1", "²"])
def test_a_report_that_is_not_there_changes_nothing(desk, number):
    page = desk.get(f"{PHONE}?proposal={number}")
    assert page.status_code == 200
    assert "Somebody proposes" not in page.text


def test_a_report_of_another_fact_or_that_is_decided_is_not_shown(fresh_app, desk, wrong_price):
    assert "Somebody proposes" not in desk.get(f"{PHONE}?proposal={wrong_price}").text
    with fresh_app.app_context():
        proposals.decline(wrong_price, staff_of(WORKER, fresh_app.test_client()), Why.NOT_TRUE)
    assert "Somebody proposes" not in desk.get(f"{FEES}?proposal={wrong_price}").text
    answer = change(desk, f"{FEES}?proposal={wrong_price}", **SAVED)
    assert answer.status_code in {303, 400}
    assert state(fresh_app) == "declined"


def test_a_report_that_was_settled_meanwhile_stays_as_it_was_decided(fresh_app):
    with fresh_app.app_context():
        worker = staff_of(WORKER, fresh_app.test_client())
        number = ask(by=By.PROVIDER)
        proposals.approve(number, worker)
        assert proposals.settle(number, worker) == "approved"
        other = ask(value="0000-5550998")
        assert proposals.settle(other, worker) == "open"


def test_while_typing_only_the_part_with_the_costs_is_sent_and_nothing_is_kept(fresh_app, desk):
    form = filled(desk, FEES, 'name="once"')
    with fresh_app.app_context():
        before = db.session.scalar(select(func.count()).select_from(Observed))
    desk.lint = False
    answer = desk.post(FEES, data={**form, "do": "live", amount_of(form): "9000"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "9,000" in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    assert len(answer.data) < 8 * 1024
    wrong = desk.post(FEES, data={**form, "do": "live", amount_of(form): "9x", "days": "8"}).text
    assert "Write an amount in yuan" in wrong
    assert "What it would cost" not in wrong
    with fresh_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Observed)) == before


def test_the_costs_of_others_facilities_are_not_there(fresh_app):
    client = fresh_app.test_client()
    sign_in(client, ELSEWHERE)
    token = filled(client, "/en/staff/me", "csrf_token")["csrf_token"]
    assert client.post(FEES, data={"csrf_token": token, "do": "live"}).status_code == 404


def test_a_position_is_kept_in_wgs84_shown_with_its_source_and_taken_back(fresh_app, desk):
    with fresh_app.app_context():
        before = db.session.get_one(Facility, SHOP).lat
    answers = {"known": "exact", "lat": "36.5102", "lon": "88.5034", "datum": "wgs84"}
    assert change(desk, POSITION, **answers).status_code == 303
    with fresh_app.app_context():
        assert newest(SHOP, "location").value == {"lat": 36.5102, "lon": 88.5034, "precision": "exact"}
        page = facility_page(SHOP, clock.today())
        assert page.card.point == (36.5102, 88.5034)
        number = newest(SHOP, "location").id
    token = filled(desk, f"{ONE}/history", "undo")
    assert desk.post(f"{ONE}/history/{number}/undo", data=token).status_code == 303
    with fresh_app.app_context():
        assert db.session.get_one(Facility, SHOP).lat == before


def test_a_position_from_a_map_site_is_shifted_back(fresh_app, desk):
    answers = {"known": "exact", "lat": "36.5102", "lon": "88.5034", "datum": "gcj02"}
    assert change(desk, POSITION, **answers).status_code == 303
    with fresh_app.app_context():
        found = newest(SHOP, "location").value
        assert found["lat"] != pytest.approx(36.5102, abs=1e-4)
        assert found["lat"] == pytest.approx(36.5102, abs=0.01)


def test_only_the_township_can_be_said_and_the_map_forgets_the_point(fresh_app, desk):
    assert change(desk, POSITION, known="township", lat="", lon="").status_code == 303
    with fresh_app.app_context():
        assert facility_page(SHOP, clock.today()).card.point is None
    assert fresh_app.test_client().get(f"/en/facilities/{SHOP}").status_code == 200


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"lat": "88.5034", "lon": "36.5102"}, "look exchanged"),
        ({"lat": "30.2593", "lon": "120.2"}, "outside the county"),
        ({"lat": "36.5102"}, "Write degrees with a decimal point"),
        ({"lat": "36°30′", "lon": "88.5034"}, "Write degrees with a decimal point"),
        ({"lat": "36.5102", "lon": "88.5034", "datum": "x"}, "This answer is needed."),
        ({"lat": "36.5102", "lon": "88.5034", "known": "x"}, "This answer is needed."),
    ],
)
def test_a_position_that_cannot_be_is_explained_and_stays_typed(fresh_app, desk, answers, words):
    given = {"known": "exact", "datum": "wgs84", "lon": "", **answers}
    answer = change(desk, POSITION, **given)
    assert answer.status_code == 400
    assert words in answer.text
    assert f'value="{given["lat"]}"' in answer.text
