"""The tools answer in every language, explain what is wrong, lose nothing typed, and keep nothing."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from icalendar import Calendar

from app.core import clock
from app.extensions import db
from app.guide.loading.schedules import load_schedule
from tests.addresses import CONTENT
from tests.page_rules import words

SVG = "{http://www.w3.org/2000/svg}"
LANGUAGES = ("zh-Hans", "ug", "en")
TODAY = date(2026, 11, 22)
MEASURED = {
    "sex": "girl", "born": "2026-01-05", "day-1": "2026-03-10", "weight-1": "5.1", "length-1": "57.5",
    "day-2": "2026-06-10", "weight-2": "6.9", "length-2": "64.0", "head-2": "41.2",
    "day-3": "2026-11-20", "weight-3": "8.6", "length-3": "72.5", "method-3": "standing",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def ask(client):
    """Post to a tool as a browser does: with the token of its page."""

    def post(path: str, language: str = "en", *, door: str = "", **typed: str):
        client.get(f"/{language}/tools/{path}" + ("?age=19" if path == "warning-signs" else ""))
        token = next(e.get("value") for e in client.page.all("input") if e.get("name") == "csrf_token")
        fields = {name.replace("_", "-"): value for name, value in typed.items()} | {"csrf_token": token}
        return client.post(f"/{language}/tools/{path}{door}", data=fields)

    return post


def shown(client) -> str:
    return " ".join(words(each) for each in client.page.all("main"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_calendar_for_a_child_at_the_change_of_2025(client, ask, language):
    assert ask("vaccines", language, born="2024-09-20").status_code == 200
    page = client.page
    rows = [words(row) for row in page.all("tr")]
    assert len(rows) == 2 + 22
    assert any("2024" in row and "20" in row and "2021" in row for row in rows)
    assert client.page.headers["Cache-Control"] == "no-store"


def test_the_rule_that_decided_stands_beside_each_dose(client, ask):
    ask("vaccines", born="2024-09-20")
    rows = {words(row.find("th")): words(row) for row in client.page.all("tr")}
    first = next(text for name, text in rows.items() if "Whooping cough" in name and name.endswith("dose 1"))
    second = next(text for name, text in rows.items() if "Whooping cough" in name and name.endswith("dose 2"))
    assert "Dec 20, 2024" in first
    assert first.endswith("Youngest age2021 schedule") or "2021 schedule" in first
    assert "DTaP doses as changed from 2025" in second
    assert "Doses given before 1 January 2025" in shown(client)


def test_what_was_given_moves_what_follows(client, ask):
    ask("vaccines", born="2026-01-01", record="1", **{"given-polio-1": "2026-06-01"})
    text = shown(client)
    assert "Past the recommended age: catch up soon" in text
    assert "Dec 20, 2026" in text
    assert "overdue" not in text.lower()
    assert "violation" not in text.lower()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Give the date of birth."),
        ({"born": "2026-02-30"}, "There is no such day."),
        ({"born": "yesterday"}, "Write the date as year, month and day"),
        ({"born": "2027-01-01"}, "This day lies in the future."),
        ({"born": "2014-01-01"}, "under seven"),
        ({"born": "2026-01-01", "record": "1", "given-polio-1": "2025-12-31"}, "before the birth"),
        ({"born": "2026-01-01", "record": "1", "given-polio-1": "2026-12-31"}, "in the future"),
    ],
)
def test_impossible_days_are_explained_and_nothing_is_lost(client, ask, typed, sentence):
    assert ask("vaccines", **typed).status_code == 400
    assert sentence in shown(client)
    values = {each.get("name"): each.get("value") for each in client.page.all("input")}
    assert all(values[name] == value for name, value in typed.items())


def events(response) -> list:
    return [each for each in Calendar.from_ical(response.data).walk() if each.name == "VEVENT"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tool", ["vaccines", "checks"])
def test_a_calendar_file_is_valid_and_says_nothing_of_the_child(ask, language, tool):
    born = "2026-10-07"
    response = ask(tool, language, door="/calendar", born=born)
    assert response.mimetype == "text/calendar"
    assert response.headers["Cache-Control"] == "no-store"
    assert all(len(line) <= 75 for line in response.data.split(b"\r\n"))
    assert re.sub(rb"\D", b"", born.encode()) not in response.data.replace(b"-", b"")
    found = events(response)
    assert len(found) >= 8
    assert len({event["UID"] for event in found}) == len(found)
    for event in found:
        assert event["DTSTART"].params["VALUE"] == "DATE"
        assert event["DTSTART"].dt >= TODAY
        assert int(event["SEQUENCE"]) >= 1
        alarm = next(each for each in event.walk() if each.name == "VALARM")
        assert alarm["TRIGGER"].dt == timedelta(days=-7)
        assert event["DESCRIPTION"]
    calendar = Calendar.from_ical(response.data)
    assert calendar["X-WR-CALNAME"]
    assert calendar["METHOD"] == "PUBLISH"


def test_every_entry_says_that_the_clinic_decides_and_what_is_not_verified(ask):
    for event in events(ask("vaccines", door="/calendar", born="2026-10-07")):
        assert "What counts is the appointment of your clinic" in event["DESCRIPTION"]
        assert "not yet been compared" in event["DESCRIPTION"]


def test_ids_stay_and_differ_between_children(ask):
    once, again, other = (
        {str(each["UID"]) for each in events(ask("vaccines", language, door="/calendar", born=born))}
        for language, born in (("en", "2026-10-07"), ("ug", "2026-10-07"), ("en", "2026-10-08"))
    )
    assert once == again
    assert not once & other


def test_dates_and_codes_in_uyghur_entries_keep_their_order(ask):
    for tool in ("vaccines", "checks"):
        for event in events(ask(tool, "ug", door="/calendar", born="2026-10-07")):
            text = str(event["DESCRIPTION"])
            assert re.search("\u2066\\d{4}-\\d\\d-\\d\\d\u2069", text)
            assert not re.search(r"\d{4}-\d\d-\d\d", re.sub("\u2066[^\u2069]*\u2069", "", text))
            assert text.count("\u2066") == text.count("\u2069")


def test_a_file_cannot_be_asked_for_without_a_birth(client, ask):
    assert ask("vaccines", door="/calendar").status_code == 400
    assert "Give the date of birth." in shown(client)


@pytest.mark.parametrize("language", LANGUAGES)
def test_checks_of_a_child_have_days(client, ask, language):
    assert ask("checks", language, born="2026-05-31").status_code == 200
    assert len([each for each in client.page.all("li") if each.find("h3") is not None]) == 8


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("standard", ["china", "who"])
def test_growth_is_said_drawn_and_listed(client, ask, language, standard):
    assert ask("growth", language, standard=standard, **MEASURED).status_code == 200
    drawn = client.page.all(SVG + "svg")
    assert len(drawn) == 3
    assert all(each.find(SVG + "title") is not None and each.find(SVG + "desc") is not None for each in drawn)
    assert len(client.page.all("tr")) == 5 + 3 + 3 + 1 + 3 + 3
    marks = {words(each) for each in client.page.all(SVG + "text")}
    assert {"+3", "−3", "0", "36"} <= marks


def test_the_standard_changes_the_verdict_and_is_named(client, ask):
    typed = {"sex": "girl", "born": "2025-11-22", "day-1": "2026-11-22", "length-1": "70.1"}
    ask("growth", standard="china", **typed)
    china = shown(client)
    ask("growth", standard="who", **typed)
    who = shown(client)
    assert "China’s standard WS/T 423-2022" in china
    assert "−2.0" in china
    assert "WHO standard of 2006" in china
    assert "−1.5" in china or "−1.4" in china
    assert "China’s standard WS/T 423-2022" in china.partition("As a chart")[0]
    assert "−1.5" in who or "−1.4" in who


def test_a_child_born_early_is_compared_at_its_corrected_age(client, ask):
    typed = {"sex": "boy", "born": "2026-05-22", "weeks": "32", "day-1": "2026-11-22", "weight-1": "6.9"}
    ask("growth", **typed)
    assert "Compared at the corrected age: 32 weeks" in shown(client)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"sex": ""}, "Choose boy or girl"),
        ({"born": ""}, "Give the date of birth."),
        ({"weight-1": "510"}, "Write a number from 0.3 to 40."),
        ({"weight-1": "five"}, "Write a number from 0.3 to 40."),
        ({"day-1": ""}, "Give the day of these measures."),
        ({"day-1": "2025-12-31"}, "before the birth"),
        ({"day-3": "2026-12-31"}, "in the future"),
        ({"weeks": "60"}, "Write a whole number from 22 to 44."),
        ({"weeks": "26"}, "not yet due"),
    ],
)
def test_impossible_measures_are_explained(client, ask, change, sentence):
    typed = {**MEASURED, **change}
    assert ask("growth", **typed).status_code == 400
    assert sentence in shown(client)
    values = {
        each.get("name"): each.get("value")
        for each in client.page.all("input")
        if each.get("type") != "radio"
    }
    assert all(values[name] == value for name, value in typed.items() if name in values)


def test_a_figure_that_can_hardly_be_right_is_not_judged(client, ask):
    ask("growth", sex="boy", born="2026-05-22", **{"day-1": "2026-11-22", "weight-1": "39"})
    assert "can hardly be right" in shown(client)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("answer", ["yes", "no", "unsure"])
def test_signs_are_answered_in_words(client, ask, language, answer):
    names = ("s18-call", "s18-point", "s18-eyes", "s18-walk")
    said = dict.fromkeys(names, "no") | {"s18-eyes": answer}
    assert ask("warning-signs", language, age="19").status_code == 400
    assert ask("warning-signs", language, age="19", **said).status_code == 200
    assert any(each.get("id") == "answer" for each in client.page.all("h2"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_translated_signs_say_that_a_machine_made_them(client, language):
    client.get(f"/{language}/tools/warning-signs?age=19")
    labelled = [each for each in client.page.all("meta") if each.get("name") == "AIGC"]
    assert bool(labelled) == (language != "zh-Hans")
    originals = [
        each for each in client.page.all("bdi") if each.get("lang") == "zh-Hans" and "独走" in words(each)
    ]
    assert bool(originals) == (language != "zh-Hans")


def test_a_schedule_nobody_verified_says_so_until_somebody_did(client, monkeypatch):
    client.get("/en/tools/vaccines")
    assert "Nobody here has yet compared them" in shown(client)
    verified = replace(load_schedule(CONTENT), verified=True)
    monkeypatch.setattr("app.guide.queries.tools.schedule", lambda: verified)
    client.get("/en/tools/vaccines")
    assert "Nobody here has yet compared them" not in shown(client)


def test_portions_come_from_the_ledger(client):
    assert client.get("/en/tools/portions").status_code == 200
    text = shown(client)
    assert "600" in text or "have not been loaded" in text


def test_one_sign_leads_to_the_clinic(client, ask):
    ask(
        "warning-signs",
        age="19",
        **{"s18-call": "no", "s18-point": "no", "s18-eyes": "yes", "s18-walk": "unsure"},
    )
    assert "Have the child looked at soon" in shown(client)
    assert not re.search(r"\d+ (of|out of) 4|score: ", shown(client))


def test_a_sign_without_an_answer_is_asked_again(client, ask):
    assert ask("warning-signs", age="19", **{"s18-call": "yes"}).status_code == 400
    assert "Choose an answer" in shown(client)
    chosen = [each.get("id") for each in client.page.all("input") if each.get("checked") is not None]
    assert chosen == ["s18-call-yes"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("class=infant&children=12&carers=3", "Not kept."),
        ("class=infant&children=9&carers=3", "This class is within the standard"),
        ("class=mixed&children=18&carers=2", "names no ratio"),
    ],
)
def test_a_class_is_compared_and_leads_on(client, asked, said):
    assert client.get(f"/en/tools/ratio?{asked}").status_code == 200
    assert said in shown(client)
    links = {each.get("href") for each in client.page.all("a")}
    assert ("/en/report?category=build" in links) == ("children=12" in asked)
    assert "/en/find" in links


def test_nothing_about_a_child_is_kept(client, ask, caplog, capfd):
    born = "2026-03-17"
    with client.application.app_context():
        before = {table: db.session.query(table).count() for table in db.metadata.sorted_tables}
    ask("vaccines", born=born)
    ask("vaccines", door="/calendar", born=born)
    ask("checks", born=born)
    ask("growth", sex="boy", born=born, **{"day-1": "2026-11-01", "weight-1": "7.77"})
    with client.application.app_context():
        assert before == {table: db.session.query(table).count() for table in db.metadata.sorted_tables}
    with client.session_transaction() as session:
        assert born not in json.dumps(dict(session), default=str)
        assert "7.77" not in json.dumps(dict(session), default=str)
    assert born not in caplog.text + "".join(capfd.readouterr())
    links = [each.get("href") or "" for each in client.page.all("a", "link")]
    assert not [link for link in links if born in link or "7.77" in link]
