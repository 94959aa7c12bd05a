"""The price list with a preview, one value for several facilities, and taking the whole of it back."""

import re

import pytest
from sqlalchemy import func, select

from app.extensions import db
from app.facilities.model import Edit, Facility, Fee, Observed, TakenBack
from tests.factories.accounts import form_token, sign_in
from tests.factories.desk import (
    DESK,
    ELSEWHERE,
    LEAD,
    NEIGHBOUR,
    SHOP,
    WORKER,
    change,
    filled,
    newest,
    values,
)

FEES = f"{DESK}/{SHOP}/fees"
SEVERAL = f"{DESK}/several"


@pytest.fixture
def desk(fresh_app):
    client = fresh_app.test_client()
    sign_in(client, WORKER)
    return client


@pytest.fixture
def county(fresh_app):
    client = fresh_app.test_client()
    sign_in(client, LEAD)
    return client


def row_of(sent: dict[str, str], **wanted: str) -> str:
    """Return the prefix of the price that has these answers."""
    prefixes = {name.partition("-")[0] for name in sent if name.startswith("row")}
    return next(
        each
        for each in sorted(prefixes)
        if all(sent.get(f"{each}-{name}") == text for name, text in wanted.items())
    )


def senior(sent: dict[str, str]) -> str:
    return row_of(sent, component="care", care="full-day", band="senior")


def test_the_list_shows_prices_in_force_and_room_for_new_ones(desk):
    sent = filled(desk, FEES, 'name="rows"')
    assert sent["rows"] == "10"
    assert sent[f"{senior(sent)}-amount"] == "2480"
    assert "row11-amount" in sent
    assert "2280" not in sent.values()


def test_a_preview_works_out_the_month_and_saves_nothing(fresh_app, desk):
    sent = filled(desk, FEES, 'name="rows"')
    typed = {**sent, f"{senior(sent)}-amount": "2600", "days": "5", "hours": "8", "age": "30", "do": "look"}
    typed.pop("meals", None)
    answer = desk.post(FEES, data=typed)
    assert answer.status_code == 200
    costs = answer.text.split('id="costs"')[1].split("<form")[0]
    assert "¥2,600" in costs
    assert "¥2,480" in costs
    assert 'value="2600"' in answer.text
    with fresh_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Edit)) == 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"hours": "99"}, "is not a number of hours"), ({"days": ""}, "say how many days a week")],
)
def test_a_pattern_that_cannot_be_read_is_explained(desk, changes, words):
    answer = desk.post(FEES, data={**filled(desk, FEES, 'name="rows"'), **changes, "do": "look"})
    assert answer.status_code == 400
    assert words in answer.text


def test_a_price_list_is_saved_as_a_whole(fresh_app, desk):
    sent = filled(desk, FEES, 'name="rows"')
    bedding = row_of(sent, component="bedding")
    new = {"row10-component": "materials", "row10-unit": "term", "row10-amount": "120.50"}
    typed = {**sent, f"{senior(sent)}-amount": "2600", f"{bedding}-gone": "y", **new}
    answer = desk.post(FEES, data={**typed, "how": "document", "do": "save"})
    assert answer.status_code == 303
    with fresh_app.app_context():
        held = newest(SHOP, "fees").value
        prices = {(row["component"], row["care"], row["band"], row["valid_from"]): row for row in held}
        today = newest(SHOP, "fees").observed_on.isoformat()
        dear = prices["care", "full-day", "senior", "2026-09-01"]
        assert (dear["min_fen"], dear["checked_on"]) == (260000, today)
        assert dear["refund"].startswith("当月出勤")
        assert prices["care", "full-day", "junior", "2026-09-01"]["checked_on"] == "2026-10-28"
        assert prices["materials", "*", "*", None]["min_fen"] == 12050
        assert not [row for row in held if row["component"] == "bedding"]
        assert prices["care", "full-day", "senior", "2024-09-01"]["valid_to"] == "2026-08-31"
        query = select(func.count()).where(Fee.facility == SHOP)
        assert db.session.scalar(query) == len(held)
    assert "¥2,600" in fresh_app.test_client().get(f"/en/facilities/{SHOP}").text


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"amount": "cheap"}, "Write an amount in yuan"),
        ({"amount": ""}, "This answer is needed."),
        ({"amount": "20", "amount_max": "10"}, "The end must be later"),
        ({"band": "infant"}, "This price is listed twice."),
        ({"unit": "century"}, "This answer is needed."),
    ],
)
def test_a_wrong_price_is_told_at_its_field_and_nothing_is_lost(fresh_app, desk, answers, words):
    sent = filled(desk, FEES, 'name="rows"')
    at = senior(sent)
    typed = {**sent, "how": "visit", "do": "save", **{f"{at}-{name}": text for name, text in answers.items()}}
    answer = desk.post(FEES, data=typed)
    assert answer.status_code == 400
    assert words in answer.text
    with fresh_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Edit)) == 0


def test_a_list_that_somebody_overtook_is_shown_beside_ones_own(fresh_app, desk, county):
    sent = {**filled(desk, FEES, 'name="rows"'), "how": "visit", "do": "save"}
    typed = {**sent, f"{senior(sent)}-amount": "2600"}
    other = filled(county, FEES, 'name="rows"')
    other |= {"how": "visit", "do": "save", f"{senior(other)}-amount": "2999"}
    assert county.post(FEES, data=other).status_code == 303
    answer = desk.post(FEES, data=typed)
    assert answer.status_code == 409
    assert "¥2,999" in answer.text
    assert 'value="2600"' in answer.text


def chosen(client, field: str = "holidays", ids: tuple[str, ...] = (SHOP, NEIGHBOUR)) -> str:
    """Return the address of the form for these facilities."""
    return f"{SEVERAL}?field={field}&" + "&".join(f"id={each}" for each in ids)


def look(client, address: str, **answers: object):
    """Fill in the form and look at what it would do; returns the answer and what would be sent next."""
    sent = {**filled(client, address, 'name="pins"'), "how": "notice", "do": "look", **answers}
    answer = client.post(f"{SEVERAL}?field={address.partition('field=')[2].partition('&')[0]}", data=sent)
    form = next(
        (each for each in re.findall(r"<form.*?</form>", answer.text, re.DOTALL) if "pins" in each), ""
    )
    return answer, {**values(form), **answers}


def test_several_are_weighed_with_counts_then_changed_in_one_go_and_taken_back(fresh_app, county):
    with fresh_app.app_context():
        before = {each: db.session.get_one(Facility, each).holidays for each in (SHOP, NEIGHBOUR)}
    answer, sent = look(county, chosen(county), holidays="on-request")
    assert answer.status_code == 200
    assert "What it would change" in answer.text
    assert "Apply it to 2 facilities" in answer.text
    with fresh_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Edit)) == 0
    done = county.post(f"{SEVERAL}?field=holidays", data={**sent, "do": "apply"})
    assert done.status_code == 303
    again = county.post(f"{SEVERAL}?field=holidays", data={**sent, "do": "apply"})
    assert again.location == done.location
    with fresh_app.app_context():
        assert {db.session.get_one(Facility, each).holidays for each in before} == {"on-request"}
        assert db.session.scalar(select(func.count()).select_from(Edit)) == 1
    page = county.get(done.location)
    assert "Take it back at 2 facilities" in page.text
    undo = f"{done.location}/undo"
    token = form_token(county, done.location)
    assert county.post(undo, data={"csrf_token": token}).status_code == 303
    assert county.post(undo, data={"csrf_token": token}).status_code == 303
    with fresh_app.app_context():
        assert {each: db.session.get_one(Facility, each).holidays for each in before} == before
        assert db.session.scalar(select(func.count()).select_from(TakenBack)) == 2
    assert "Taken back on" in county.get(done.location).text
    assert done.location.rpartition("/")[2] in county.get(f"{DESK}/edits").text


def test_where_something_newer_stands_an_undo_leaves_it(fresh_app, county):
    _answer, sent = look(county, chosen(county), holidays="on-request")
    done = county.post(f"{SEVERAL}?field=holidays", data={**sent, "do": "apply"})
    assert change(county, f"{DESK}/{SHOP}/edit/holidays", holidays="open").status_code == 303
    token = form_token(county, done.location)
    assert "Take it back at 1 facility" in county.get(done.location).text
    county.post(f"{done.location}/undo", data={"csrf_token": token})
    with fresh_app.app_context():
        assert db.session.get_one(Facility, SHOP).holidays == "open"
        assert db.session.get_one(Facility, NEIGHBOUR).holidays != "on-request"


def test_what_changed_since_the_counts_is_counted_anew_and_nothing_is_saved(fresh_app, county):
    _answer, sent = look(county, chosen(county), holidays="on-request")
    change(county, f"{DESK}/{SHOP}/edit/holidays", holidays="on-request")
    answer = county.post(f"{SEVERAL}?field=holidays", data={**sent, "do": "apply"})
    assert answer.status_code == 409
    assert "Apply it to 1 facility" in answer.text
    with fresh_app.app_context():
        assert db.session.get_one(Facility, NEIGHBOUR).holidays != "on-request"


def test_all_that_a_question_finds_can_be_chosen_within_ones_area(fresh_app, desk):
    text = desk.get(f"{SEVERAL}?field=inclusive&all=1&status=filed").text
    assert SHOP in text
    assert NEIGHBOUR not in text
    with fresh_app.app_context():
        mine = Facility.township_code == "990101001", Facility.status == "filed"
        expected = set(db.session.scalars(select(Facility.id).where(*mine)))
    assert set(re.findall(r"facilities/([0-9A-Z]{8})\"", text)) == expected


def test_others_facilities_are_left_out_whatever_is_sent(fresh_app, desk):
    answer, sent = look(desk, chosen(desk), holidays="on-request")
    assert "Apply it to 1 facility" in answer.text
    forged = {**sent, "pins": f"{sent['pins']} {NEIGHBOUR}:0", "do": "apply"}
    assert desk.post(f"{SEVERAL}?field=holidays", data=forged).status_code == 409
    with fresh_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Edit)) == 0
        query = select(Observed.value).where(Observed.facility == NEIGHBOUR, Observed.field == "holidays")
        assert "on-request" not in list(db.session.scalars(query))


def test_an_edit_that_reaches_others_is_not_there_for_a_worker(fresh_app, county):
    _answer, sent = look(county, chosen(county), holidays="on-request")
    done = county.post(f"{SEVERAL}?field=holidays", data={**sent, "do": "apply"})
    worker = fresh_app.test_client()
    for handle in (WORKER, ELSEWHERE):
        sign_in(worker, handle)
        assert worker.get(done.location).status_code == 404
        token = form_token(worker, "/en/staff/me")
        assert worker.post(f"{done.location}/undo", data={"csrf_token": token}).status_code == 404


def test_one_price_can_be_put_into_several_lists(fresh_app, county):
    answers = {"component": "meals", "care": "*", "band": "*", "unit": "day", "amount": "16"}
    _answer, sent = look(county, chosen(county, "fees"), **answers)
    done = county.post(f"{SEVERAL}?field=fees", data={**sent, "do": "apply"})
    assert done.status_code == 303
    with fresh_app.app_context():
        for each in (SHOP, NEIGHBOUR):
            meals = [row for row in newest(each, "fees").value if row["component"] == "meals"]
            assert [row["min_fen"] for row in meals] == [1600]


@pytest.mark.parametrize(
    ("query", "status"),
    [("field=phone", 404), ("field=holidays", 400), ("", 404), ("field=holidays&id=x", 400)],
)
def test_a_question_without_a_fact_or_facilities_is_explained(desk, query, status):
    assert desk.get(f"{SEVERAL}?{query}").status_code == status
