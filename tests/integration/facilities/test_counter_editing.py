"""A worker keeps the facilities of the area true: finds them, changes a fact with its day, takes it back."""

import json

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.audit import Audit, verify
from app.extensions import db
from app.facilities.model import Edit, Facility, Observed, TakenBack
from tests.factories.accounts import form_token, sign_in
from tests.factories.desk import DESK, ELSEWHERE, LEAD, NEIGHBOUR, SHOP, WORKER, change, filled, newest

ONE = f"{DESK}/{SHOP}"
PHONE = f"{ONE}/edit/phone"


@pytest.fixture
def desk(fresh_app):
    client = fresh_app.test_client()
    sign_in(client, WORKER)
    return client


def count(table) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("", True),
        ("q=云朵", True),
        ("q=yunduowu", True),
        ("q=91990101MAG8CGDH4U", True),
        ("q=v2bzzgn6", True),
        ("q=nothing-is-called-this", False),
        ("status=filed", True),
        ("status=closed", False),
        ("lacking=phone", False),
        ("area=990101001", True),
        ("area=990101002", False),
        ("area=%27&status=x&lacking=x&page=9999", True),
    ],
)
def test_the_list_finds_facilities_of_ones_area(desk, query, there):
    answer = desk.get(f"{DESK}?{query}")
    assert answer.status_code == 200
    assert (SHOP in answer.text) is there
    assert NEIGHBOUR not in answer.text


def test_the_list_of_the_county_has_all_townships_and_what_is_old(fresh_app):
    client = fresh_app.test_client()
    sign_in(client, LEAD)
    assert NEIGHBOUR in client.get(f"{DESK}?q={NEIGHBOUR}").text
    old = client.get(f"{DESK}?old=1")
    assert old.status_code == 200
    assert SHOP not in old.text


def test_the_page_has_every_fact_with_source_and_day_and_ways_to_change_it(desk):
    text = desk.get(ONE).text
    for field in ("fees", "phone", "opening", "kind", "township", "records", "credit_code"):
        assert f'id="f-{field}"' in text
    assert "Older than 180 days" in text
    assert f"{PHONE}" in text
    assert f"{DESK.replace('facilities', 'slots')}/{SHOP}" in text
    assert f"{ONE}/edit/credit_code" not in text


def test_a_change_is_an_observation_of_its_day_with_source_and_office(fresh_app, desk):
    answer = change(desk, PHONE, phone="0000-5550777", how="phone", day="2026-11-20")
    assert answer.status_code == 303
    assert answer.location.endswith("?done=phone#f-phone")
    assert "Saved and public" in desk.get(answer.location.partition("#")[0]).text
    with fresh_app.app_context():
        row = newest(SHOP, "phone")
        assert (row.value, row.observed_on.isoformat(), row.source) == (
            "0000-5550777",
            "2026-11-20",
            "990101:worker-phone",
        )
        assert row.recorded_by == "community-worker@990101001.office"
        told = db.session.scalars(select(Audit).where(Audit.action == "facility.edited")).one()
        assert (told.subject, told.data["field"]) == (SHOP, "phone")
        assert "5550777" not in json.dumps(told.data)
        assert verify().ok
    page = fresh_app.test_client().get(f"/en/facilities/{SHOP}").text
    assert "0000-5550777" in page
    assert "Told by the facility by telephone" in page


@pytest.mark.parametrize(
    ("field", "answers", "value"),
    [
        ("kind", {"kind": "community"}, "community"),
        ("aliases", {"aliases": "云朵屋、小云朵, 云朵屋"}, ["云朵屋", "小云朵"]),
        ("names", {"ug": "بۇلۇت", "en": "Cloud"}, {"ug": "بۇلۇت", "en": "Cloud"}),
        ("demonstration", {"demonstration": "no"}, False),
        ("opens_on", {"opens_on": "2026-12-01"}, "2026-12-01"),
        ("indoor_m2", {"square": "470"}, 470),
        ("township", {"township": "990101001"}, {"code": "990101001", "by": "stated"}),
        ("food", {"many": ["halal", "vegetarian"]}, ["halal", "vegetarian"]),
        ("inclusive", {"inclusive": "yes"}, True),
    ],
)
def test_each_kind_of_fact_can_be_changed(fresh_app, desk, field, answers, value):
    assert change(desk, f"{ONE}/edit/{field}", **answers).status_code == 303
    with fresh_app.app_context():
        assert newest(SHOP, field).value == value
    assert desk.get(ONE).status_code == 200
    assert fresh_app.test_client().get(f"/en/facilities/{SHOP}").status_code == 200


def test_a_township_of_others_is_not_offered(fresh_app, desk):
    answer = change(desk, f"{ONE}/edit/township", township="990101002")
    assert answer.status_code == 400
    with fresh_app.app_context():
        assert db.session.get_one(Facility, SHOP).township_code == "990101001"


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"phone": "abc"}, "Write a telephone number in digits"),
        ({"phone": "0000-5550777", "how": "guess"}, "This answer is needed."),
        ({"phone": "0000-5550777", "day": "2026-02-30"}, "Choose a day within the last year"),
        ({"phone": "0000-5550777", "day": "2999-01-01"}, "Choose a day within the last year"),
        ({"phone": "0000-5550777", "day": "2026-11-01"}, "What stands is of a later day"),
        ({"phone": "0000-5550201", "day": "2026-11-16"}, "The record says so already"),
    ],
)
def test_what_cannot_be_recorded_is_explained_and_what_was_typed_stays(fresh_app, desk, answers, words):
    answer = change(desk, PHONE, **answers)
    assert answer.status_code == 400
    assert words in answer.text
    assert f'value="{answers["phone"]}"' in answer.text
    with fresh_app.app_context():
        assert count(Edit) == 0


def test_a_form_that_somebody_overtook_shows_both_and_loses_nothing(fresh_app, desk):
    sent = {**filled(desk, PHONE, 'name="once"'), "how": "visit", "phone": "0000-5550111"}
    other = fresh_app.test_client()
    sign_in(other, LEAD)
    assert change(other, PHONE, phone="0000-5550222").status_code == 303
    answer = desk.post(PHONE, data=sent)
    assert answer.status_code == 409
    assert "0000-5550222" in answer.text
    assert 'value="0000-5550111"' in answer.text
    with fresh_app.app_context():
        assert newest(SHOP, "phone").value == "0000-5550222"
    again = {**sent, "seen": answer.text.split('name="seen"')[1].split('value="')[1].split('"')[0]}
    assert desk.post(PHONE, data=again).status_code == 303
    with fresh_app.app_context():
        assert newest(SHOP, "phone").value == "0000-5550111"


def test_a_double_click_is_one_change(fresh_app, desk):
    sent = {**filled(desk, PHONE, 'name="once"'), "how": "visit", "phone": "0000-5550111"}
    assert [desk.post(PHONE, data=sent).status_code for _ in range(3)] == [303, 303, 303]
    with fresh_app.app_context():
        assert count(Edit) == 1


def test_the_same_form_with_other_words_is_not_taken_for_a_double_click(fresh_app, desk):
    sent = {**filled(desk, PHONE, 'name="once"'), "how": "visit", "phone": "0000-5550111"}
    desk.post(PHONE, data=sent)
    assert desk.post(PHONE, data={**sent, "phone": "0000-5550222"}).status_code == 409


def test_what_was_typed_survives_the_end_of_the_session(fresh_app, desk):
    sent = {**filled(desk, f"{ONE}/edit/address", 'name="once"'), "how": "visit", "address": "花市路20号"}
    with desk.session_transaction() as session:
        session["_user_id"] = "ended"
    answer = desk.post(f"{ONE}/edit/address", data=sent)
    assert answer.status_code == 400
    assert "Nothing you typed is lost" in answer.text
    assert "花市路20号" in answer.text
    sign_in(desk, WORKER)
    held = {**sent, "csrf_token": form_token(desk, "/en/staff/me")}
    assert desk.post(f"{ONE}/edit/address", data=held).status_code == 303


@pytest.mark.parametrize("path", ["", "/edit/phone", "/fees", "/status", "/records", "/photos", "/history"])
def test_others_facilities_are_not_there(fresh_app, path):
    client = fresh_app.test_client()
    sign_in(client, ELSEWHERE)
    assert client.get(f"{ONE}{path}").status_code == 404
    token = form_token(client, "/en/staff/me")
    if path not in ("", "/history"):
        assert client.post(f"{ONE}{path}", data={"csrf_token": token}).status_code == 404
    assert client.post(f"{ONE}/history/1/undo", data={"csrf_token": token}).status_code == 404


def test_a_change_is_taken_back_and_stays_to_be_seen(fresh_app, desk):
    with fresh_app.app_context():
        before = newest(SHOP, "phone").value
    change(desk, PHONE, phone="0000-5550777")
    with fresh_app.app_context():
        number = newest(SHOP, "phone").id
    undo = f"{ONE}/history/{number}/undo"
    token = form_token(desk, f"{ONE}/history")
    assert desk.post(undo, data={"csrf_token": token}).status_code == 303
    with fresh_app.app_context():
        assert newest(SHOP, "phone").value == before
        assert db.session.get_one(Facility, SHOP).phone == before
        gone = db.session.scalars(select(TakenBack)).one()
        assert (gone.value, gone.number) == ("0000-5550777", number)
        assert count(select(Audit).where(Audit.action == "facility.taken-back").subquery()) == 1
        assert verify().ok
    text = desk.get(f"{ONE}/history").text
    assert "0000-5550777" in text
    assert "Taken back" in text
    assert "0000-5550777" not in fresh_app.test_client().get(f"/en/facilities/{SHOP}").text
    assert desk.post(undo, data={"csrf_token": token}).status_code == 409


def test_what_something_newer_stands_on_and_what_a_list_said_are_not_taken_back(fresh_app, desk):
    change(desk, PHONE, phone="0000-5550777")
    with fresh_app.app_context():
        first = newest(SHOP, "phone").id
        shipped = db.session.scalars(
            select(Observed.id).where(Observed.facility == SHOP, Observed.field == "address")
        ).first()
    change(desk, PHONE, phone="0000-5550888")
    token = form_token(desk, f"{ONE}/history")
    for number in (first, shipped, 1 << 40):
        assert desk.post(f"{ONE}/history/{number}/undo", data={"csrf_token": token}).status_code == 409
    with fresh_app.app_context():
        assert count(TakenBack) == 0


def test_a_status_changes_with_a_reason_that_families_read(fresh_app, desk):
    day = clock.today().isoformat()
    wrong = change(desk, f"{ONE}/status", status="suspended")
    assert wrong.status_code == 400
    answers = {"status": "suspended", "reason_zh": "消防整改", "reason_en": "Fire safety", "day": day}
    assert change(desk, f"{ONE}/status", how="notice", **answers).status_code == 303
    with fresh_app.app_context():
        assert db.session.get_one(Facility, SHOP).status == "suspended"
        row = newest(SHOP, "history").value[-1]
        assert row == {
            "on": day,
            "status": "suspended",
            "reasons": {"zh-Hans": "消防整改", "en": "Fire safety"},
        }
        number = newest(SHOP, "status").id
    page = fresh_app.test_client().get(f"/en/facilities/{SHOP}").text
    assert "Fire safety" in page
    desk.post(f"{ONE}/history/{number}/undo", data={"csrf_token": form_token(desk, f"{ONE}/history")})
    with fresh_app.app_context():
        assert db.session.get_one(Facility, SHOP).status == "filed"
        assert all(row["status"] != "suspended" for row in newest(SHOP, "history").value)
