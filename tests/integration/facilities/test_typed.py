"""What people type off a sheet of paper: ids with the wrong letters, telephone numbers, positions, slips."""

import pytest

from app.extensions import db
from app.facilities.model import Facility
from tests.page_rules import words

CLOUD, SEVEN = "V2BZZGN6", "0ECSHKN2"
MISREAD = "oecshkn2"
"""The id with a letter for its first digit, in small letters."""


@pytest.mark.parametrize("rest", ["", "/visit", "/poster", "/history", "/correct", "/qr.png"])
def test_an_id_with_letters_for_digits_leads_to_the_address_that_is_meant(client, rest):
    for typed in (MISREAD, "OECS-HKN2", SEVEN.lower()):
        answer = client.get(f"/en/facilities/{typed}{rest}?days=3&hours=4")
        assert (answer.status_code, answer.location) == (301, f"/en/facilities/{SEVEN}{rest}?days=3&hours=4")


def test_an_id_that_nothing_has_is_not_found_and_one_that_is_right_is_not_moved(client):
    assert client.get(f"/en/facilities/{SEVEN}").status_code == 200
    assert client.get("/en/facilities/ZZZZZZZZ").status_code == 404
    assert client.get("/en/facilities/nonsense-and-more").status_code == 404


@pytest.mark.parametrize("typed", [SEVEN, MISREAD, "0ecs hkn2", "OECS-HKN2", "０ＥＣＳＨＫＮ２"])
def test_an_id_typed_into_a_search_box_opens_its_page(client, typed):
    answer = client.get("/en/verify", query_string={"q": typed})
    assert (answer.status_code, answer.location) == (303, f"/en/facilities/{SEVEN}")
    asked = {"q": typed, "area": "990101", "days": 3, "hours": 4, "list": CLOUD}
    answer = client.get("/en/find", query_string=asked)
    assert (answer.status_code, answer.location) == (
        303,
        f"/en/facilities/{SEVEN}?days=3&hours=4&list={CLOUD}",
    )
    assert client.get(f"/api/v1/facilities/{typed.replace(' ', '')}").json["id"] == SEVEN
    assert client.get("/api/v1/facilities", query_string={"near": f"facility:{typed}"}).status_code == 200


def test_eight_letters_that_are_no_id_are_words(client):
    assert client.get("/en/find?q=kindergarten").status_code == 200
    assert client.get("/en/find?q=zzzzzzzz").status_code == 200
    assert client.get("/en/verify?q=zzzzzzzz").status_code == 200


def test_a_published_telephone_number_opens_the_page_it_stands_on(app, client):
    with app.app_context():
        phone = db.session.get(Facility, SEVEN).phone
    assert phone in client.get(f"/en/facilities/{SEVEN}").text
    area, _dash, number = phone.partition("-")
    for typed in (phone, area + number, f"{area} {number[:3]} {number[3:]}", number, f"+86 {phone}"):
        answer = client.get("/en/find", query_string={"q": typed})
        assert (answer.status_code, answer.location) == (303, f"/en/facilities/{SEVEN}"), typed
    assert client.get("/en/find?q=0000-5559999").status_code == 200


def test_several_facilities_with_one_telephone_number_are_listed(fresh_app):
    with fresh_app.app_context():
        phone = db.session.get(Facility, SEVEN).phone
        db.session.get(Facility, CLOUD).phone = phone
        db.session.commit()
    client = fresh_app.test_client()
    client.get("/en/find", query_string={"q": phone})
    part = next(each for each in client.page.all("section") if each.get("aria-labelledby") == "called")
    assert "2 facilities have this telephone number" in words(part)
    assert len([each for each in part.iter("a") if "facilities/" in each.get("href")]) == 2


ASKED = "area=990101&care=hourly&food=halal&age=20&vacancy=1&unknown=show"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ("days=3&hours=25&max_cost=2000&sort=cost", "hours"),
        ("max_price=cheap", "max_price"),
        ("open_from=18:00&open_until=08:00", "open_until"),
        ("near4=29.7,120.2", None),
        ("near=area:nowhere", None),
        ("kind=castle", None),
    ],
)
def test_a_question_with_something_wrong_keeps_all_the_rest(client, wrong, field):
    answer = client.get(f"/en/find?{ASKED}&{wrong}")
    assert answer.status_code == 400
    assert answer.cache_control.no_store
    page = client.page
    form = next(each for each in page.all("form") if each.get("id") == "f")
    ticked = {
        (each.get("name"), each.get("value"))
        for each in form.iter("input")
        if each.get("checked") is not None
    }
    assert {("care", "hourly"), ("food", "halal"), ("vacancy", "1"), ("unknown", "show")} <= ticked
    held = {each.get("id"): each for each in form.iter("input") if each.get("id")}
    assert held["age"].get("value") == "20"
    place = next(each for each in form.iter("option") if each.get("selected") is not None)
    assert place.get("value") == "990101"
    removable = {words(each) for each in page.all("a") if words(each).startswith("Remove:")}
    assert {"Remove: Hourly care", "Remove: Halal meals", "Remove: 20 months old"} <= removable
    if field:
        given = dict(part.split("=") for part in wrong.split("&"))
        assert held[field].get("value") == given[field]
        assert held[field].get("aria-invalid") == "true"
        assert f'href="#{field}"' in answer.text
    onward = next(each for each in page.all("a") if words(each).startswith("Ask without it: "))
    count = int(words(onward).removeprefix("Ask without it: ").split()[0])
    found = client.get("/api/v1/facilities?" + onward.get("href").partition("?")[2]).json
    assert found["count"] == count


def test_a_sum_that_hangs_on_wrong_hours_stays_in_the_form(client):
    client.get("/en/find?area=990101&days=3&hours=25&max_cost=2000&sort=cost")
    held = {each.get("name"): each.get("value") for each in client.page.all("input")}
    assert (held["days"], held["max_cost"], held["sort"]) == ("3", "2000", "cost")


@pytest.mark.parametrize(
    "query", ["near=1,1&near=2,2", "near4=29.7,120.2", "near=area:???", "near3=facility:!"]
)
def test_what_is_wrong_with_a_place_is_said_in_words(client, query):
    assert client.get(f"/en/find?{query}").status_code == 400
    box = next(each for each in client.page.all("div") if each.get("class") == "errsum")
    said = words(box)
    assert not any(code in said for code in ("near2", "near3", "near4", "near:", "shape"))
    assert any(each.get("href").startswith("/en/near") for each in box.iter("a"))
