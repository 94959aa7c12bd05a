"""Anybody may say what is wrong on a page of a facility; nothing changes until somebody has checked it."""

from datetime import timedelta

import pytest

from app.core import clock, human, stamps
from app.core.riddles import Riddle
from app.facilities.queries.pages import facility_page
from app.facilities.service.proposals import NoChange, TooMany
from tests.factories.accounts import form_token, make_staff
from tests.factories.cases import at
from tests.factories.proposals import ELSEWHERE, SHOP, WORKER, ask, rows

SATURDAY = {"days2": ["6"], "opens2": "9：00", "closes2": "12:00"}
HOURLY = {"care": "hourly", "band": "*", "component": "care", "unit": "hour"}


def correct(client, field: str, *, wait: int = 10, **answers):
    """Fill in the public form and send it some seconds later."""
    address = f"/en/facilities/{SHOP}/correct?field={field}"
    begun = clock.now()  # held, so that a slow machine reads no longer than a fast one
    with at(begun):
        token = form_token(client, address)
    carried = {name: hidden(client, name) for name in ("shown", "proof")}
    typed = {"reason": "门口的牌子", "website": "", "answer": "七", **answers}
    with at(begun + timedelta(seconds=wait)):
        return client.post(address, data={"csrf_token": token, **carried, **typed})


def hidden(client, name: str) -> str:
    return next(each.get("value") for each in client.page.all("input") if each.get("name") == name)


@pytest.fixture(autouse=True)
def easy(monkeypatch):
    """The question is always what three and four are."""
    monkeypatch.setattr(human, "pose", lambda _pick: Riddle("sum", (3, 4)))


@pytest.fixture
def known(fresh_app):
    """Somebody who looks after the place: without them no correction is taken."""
    with fresh_app.app_context():
        make_staff(fresh_app, WORKER)


@pytest.fixture
def client(fresh_app):
    return fresh_app.test_client()


@pytest.mark.usefixtures("known")
def test_a_correction_waits_and_changes_nothing_yet(fresh_app, client):
    answer = correct(client, "phone", phone="0000-5550999")
    assert (answer.status_code, answer.location) == (303, f"/en/facilities/{SHOP}/correct?done=1")
    with fresh_app.app_context():
        (row,) = rows()
        assert (row.field, row.value, row.by, row.state) == ("phone", "0000-5550999", "public", "open")
        assert row.account is None
        assert "牌子".encode() not in row.reason, "words of people are sealed"
        assert facility_page(SHOP, clock.today()).fields["phone"].value != "0000-5550999"


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("field", "answers", "value"),
    [
        ("address", {"address": " 花市路  9号 "}, "花市路 9号"),
        (
            "opening",
            {"days": ["1", "2", "3", "5"], "opens": "8:00", "closes": "17:30"},
            "1-3 08:00-17:30; 5 08:00-17:30",
        ),
        (
            "opening",
            {"days": ["1"], "opens": "08:00", "closes": "17:30"} | SATURDAY,
            "1 08:00-17:30; 6 09:00-12:00",
        ),
        ("holidays", {"holidays": "open"}, "open"),
        ("inclusive", {"inclusive": "yes"}, True),
        ("status", {"status": "closed"}, "closed"),
        ("food", {"many": ["vegetarian", "halal"]}, ["halal", "vegetarian"]),
        ("needs", {}, []),
        (
            "fees",
            HOURLY | {"amount": "15.50"},
            {
                "row": {
                    "care": "hourly", "band": "*", "component": "care", "unit": "hour",
                    "min_fen": 1550, "max_fen": 1550, "voluntary": False,
                }
            },
        ),
        (
            "fees",
            {"care": "full-day", "band": "junior", "component": "care", "unit": "month", "gone": "y"},
            {"gone": {"care": "full-day", "band": "junior", "component": "care", "unit": "month"}},
        ),
        (
            "care",
            {"care": "hourly", "days": ["1", "2", "7"], "opens": "08:00", "closes": "11:00", "min_age": "12"},
            {"row": {"care": "hourly", "days": "1-2; 7", "opens": "08:00", "closes": "11:00", "min_age": 12}},
        ),
    ],
)  # fmt: skip
def test_every_fact_has_its_form(fresh_app, client, field, answers, value):
    assert correct(client, field, **answers).status_code == 303
    with fresh_app.app_context():
        (row,) = rows()
        assert (row.field, row.value) == (field, value)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("field", "answers"),
    [
        ("phone", {"phone": "call me"}),
        ("phone", {"phone": ""}),
        ("phone", {"phone": "0000-5550999", "reason": " "}),
        ("phone", {"phone": "0000-5550999", "reason": "x" * 501}),
        ("opening", {"opens": "08:00", "closes": "17:00"}),
        ("opening", {"days": ["1"], "opens": "17:00", "closes": "08:00"}),
        ("opening", {"days": ["1"], "opens": "25:00", "closes": "26:00"}),
        ("opening", {"days": ["6"], "opens": "08:00", "closes": "17:00"} | SATURDAY),
        ("holidays", {"holidays": "sometimes"}),
        ("status", {}),
        ("fees", HOURLY | {"amount": "1e9"}),
        ("fees", HOURLY | {"care": "x", "amount": "1"}),
        ("fees", HOURLY | {"amount": "9", "amount_max": "8"}),
        ("fees", HOURLY | {"amount": "NaN"}),
        ("fees", HOURLY | {"amount": "1e999999"}),
        ("care", {"care": "hourly", "min_age": "999"}),
        ("care", {"care": "hourly", "opens": "12:00", "closes": "11:00"}),
        ("address", {"address": "x" * 300}),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_beside_its_field_and_what_was_typed_stays(
    fresh_app, client, field, answers
):
    assert correct(client, field, **answers).status_code == 400
    assert any("err" in (each.get("class") or "") for each in client.page.all("span"))
    typed = answers.get("phone") or answers.get("opens") or answers.get("amount")
    if typed:
        assert typed in {each.get("value") for each in client.page.all("input")}
    with fresh_app.app_context():
        assert rows() == []


@pytest.mark.usefixtures("known")
def test_a_program_is_thanked_and_nothing_is_kept(fresh_app, client):
    assert correct(client, "phone", phone="0000-5550999", website="http://spam.example").status_code == 303
    with fresh_app.app_context():
        assert rows() == []


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("wait", [0, stamps.SHORTEST - 1, stamps.LONGEST + 1])
def test_a_form_that_was_not_read_or_lay_for_a_day_is_asked_for_again(fresh_app, client, wait):
    assert correct(client, "phone", phone="0000-5550999", wait=wait).status_code == 400
    assert "0000-5550999" in {each.get("value") for each in client.page.all("input")}
    with fresh_app.app_context():
        assert rows() == []


@pytest.mark.usefixtures("known")
def test_the_stamp_of_another_facility_counts_for_nothing(fresh_app, client):
    with fresh_app.test_request_context():
        other = stamps.stamp("correct:W6G8XC99")
    assert correct(client, "phone", phone="0000-5550999", shown=other).status_code == 400


@pytest.mark.usefixtures("known")
def test_what_the_page_says_already_is_no_correction(client, fresh_app):
    with fresh_app.app_context():
        held = facility_page(SHOP, clock.today()).fields["phone"].value
    assert correct(client, "phone", phone=held).status_code == 400


@pytest.mark.usefixtures("known")
def test_the_same_correction_twice_is_one(fresh_app, client):
    for _each in range(2):
        assert correct(client, "phone", phone="0000-5550999").status_code == 303
    with fresh_app.app_context():
        assert len(rows()) == 1


@pytest.mark.usefixtures("known")
def test_one_source_cannot_flood(client, monkeypatch):
    from app.core import limits

    monkeypatch.setitem(limits.RATES, "facility.correct", "1/hour")
    assert correct(client, "phone", phone="0000-5550991").status_code == 303
    assert correct(client, "phone", phone="0000-5550992").status_code == 429


def test_one_facility_cannot_be_flooded(fresh_app):
    with fresh_app.app_context():
        for number in range(50):
            ask(value=f"0000-55510{number:02}")
        with pytest.raises(TooMany):
            ask(value="0000-5559999")


def test_where_nobody_decides_nothing_is_asked_for(fresh_app, client):
    answer = client.get(f"/en/facilities/{SHOP}/correct?field=phone")
    assert not client.page.all("form")
    assert "Nobody looks after" in answer.text
    client.lint = False
    make_staff(fresh_app, ELSEWHERE)
    assert "Nobody looks after" in client.get(f"/en/facilities/{SHOP}/correct").text
    make_staff(fresh_app, WORKER)
    assert "Nobody looks after" not in client.get(f"/en/facilities/{SHOP}/correct").text


def test_name_and_code_cannot_be_asked_for(client, fresh_app):
    make_staff(fresh_app, WORKER)
    for field in ("name", "credit_code", "filed_on", "bands", "history", "x"):
        client.get(f"/en/facilities/{SHOP}/correct?field={field}")
        assert not client.page.all("textarea")


def test_what_is_said_already_is_no_proposal(fresh_app):
    with fresh_app.app_context(), pytest.raises(NoChange):
        ask(value=facility_page(SHOP, clock.today()).fields["phone"].value)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("token", ["", "old"])
def test_a_session_that_ended_loses_nothing_that_was_typed(fresh_app, client, token):
    address = f"/en/facilities/{SHOP}/correct?field=fees"
    typed = HOURLY | {"amount": "15.50", "reason": "门口的价目表", "csrf_token": token}
    answer = client.post(address, data=typed)
    assert answer.status_code == 400
    assert "The form was open for too long. Send it once more." in answer.text
    fields = {each.get("name"): each for each in client.page.all("input", "textarea")}
    assert fields["amount"].get("value") == "15.50"
    assert fields["reason"].text.strip() == "门口的价目表"
    chosen = {each.get("value") for each in client.page.all("option") if "selected" in each.keys()}  # noqa: SIM118
    assert {"hourly", "hour"} <= chosen
    again = {name: fields[name].get("value") for name in ("csrf_token", "shown", "proof")} | {"answer": "7"}
    with at(clock.now() + timedelta(seconds=10)):
        assert client.post(address, data=typed | again).status_code == 303
    with fresh_app.app_context():
        assert len(rows()) == 1


@pytest.mark.usefixtures("known")
def test_a_form_from_another_site_gets_no_token(client):
    address = f"/en/facilities/{SHOP}/correct?field=phone"
    answer = client.post(
        address, data={"phone": "0000-5550999"}, headers={"Origin": "https://elsewhere.example"}
    )
    assert (answer.status_code, answer.text.count("0000-5550999")) == (303, 0)


def test_months_typed_into_an_old_form_stand_in_the_new_one(client):
    today = clock.today()
    born, start = f"{today.year - 1}-03", f"{today.year + 1}-03"
    answer = client.post("/en/tools/age", data={"born": born, "start": start, "back": "find"})
    assert answer.status_code == 400
    values = {each.get("name"): each.get("value") for each in client.page.all("input")}
    assert (values["born"], values["start"]) == (born, start)
    assert "Send it once more." in answer.text
    assert answer.cache_control.no_store


@pytest.mark.usefixtures("known")
def test_days_are_written_as_people_write_them(client):
    page = client.get(f"/en/facilities/{SHOP}/correct?field=fees").text
    shown = page.partition("The page says now")[2].partition("<form")[0]
    assert "September 1, 2026" in shown
    assert ">2026-09-01<" not in shown


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("answer", ["", "8", "x"])
def test_a_wrong_answer_to_the_question_loses_nothing_and_gets_another(fresh_app, client, answer):
    told = correct(client, "phone", phone="0000-5550999", answer=answer)
    assert told.status_code == 400
    assert "That was not the answer. Here is another question." in told.text
    assert "What is three plus four?" in told.text
    assert 'href="#answer"' in told.text
    assert 'value="0000-5550999"' in told.text
    with fresh_app.app_context():
        assert rows() == []


@pytest.mark.usefixtures("known")
def test_the_question_is_not_asked_again_after_another_mistake(client):
    told = correct(client, "phone", phone="none")
    assert told.status_code == 400
    assert "What is three plus four?" not in told.text
    carried = {name: hidden(client, name) for name in ("csrf_token", "shown", "proof")}
    typed = {"phone": "0000-5550999", "reason": "门口的牌子", "website": "", "answer": ""}
    with at(clock.now() + timedelta(seconds=20)):
        again = client.post(f"/en/facilities/{SHOP}/correct?field=phone", data=carried | typed)
    assert again.status_code == 303
