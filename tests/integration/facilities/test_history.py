"""What changed at a facility is public: before, after, day and source, and no name of anybody."""

from datetime import date

from app.core import clock
from tests.addresses import DEMO, demo_facilities, rows
from tests.factories.facilities import PROVIDER, make_facility, say


def shown(client, tag: str) -> list[str]:
    return ["".join(each.itertext()).strip() for each in client.page.all(tag)]


def test_a_changed_value_is_shown_with_both_values_day_and_source(fresh_app):
    client = fresh_app.test_client()
    with fresh_app.app_context():
        identity = make_facility(phone="0571-11111111")
        say(identity, day=date(2026, 7, 1), source=PROVIDER, phone="0571-22222222")
    client.get(f"/en/facilities/{identity}/history")
    assert shown(client, "del") == ["0571-11111111"]
    assert shown(client, "ins") == ["0571-22222222"]
    assert [each.get("datetime") for each in client.page.all("time")][:2] == ["2026-07-01", "2026-06-01"]
    assert PROVIDER in "".join(client.page.root.itertext())


def test_what_was_first_reported_is_folded_and_complete(fresh_app):
    client = fresh_app.test_client()
    with fresh_app.app_context():
        identity = make_facility(phone="1", address="试验路", inclusive=False, food=[])
    text = client.get(f"/en/facilities/{identity}/history").text
    assert "5 facts reported for the first time" in text
    assert "试验路" in text
    assert "None of these" in text


def test_statuses_and_their_reasons_are_told(client):
    listed = rows(f"places/{DEMO}/facilities/history.csv")
    identity = next(row["facility"] for row in listed if row["status"] == "closed")
    text = client.get(f"/en/facilities/{identity}/history").text
    mine = [row for row in listed if row["facility"] == identity]
    for row in mine:
        assert row["on"] in text
        assert row["reason_en"] in text


def test_a_change_of_the_register_is_told(fresh_app, tmp_path):
    from app.facilities.loading.register import load_register
    from app.facilities.service import register

    client = fresh_app.test_client()
    path = fresh_app.extensions["settings"].content / "register" / "filings.csv"
    text = path.read_text("utf-8")
    first = rows("register/filings.csv")[0]
    changed = tmp_path / "filings.csv"
    changed.write_text(text.replace(first["name"], first["name"] + "新园", 1), "utf-8")
    with fresh_app.app_context():
        source = register.SourceOfRegister("register-test", {"en": "New snapshot"}, date(2026, 11, 1))
        register.import_register(load_register(changed), source, now=clock.now(), by="test")
    client.get(f"/en/facilities/{first['id']}/history")
    assert first["name"] in shown(client, "del")
    assert first["name"] + "新园" in shown(client, "ins")
    assert "New snapshot" in "".join(client.page.root.itertext())


def test_every_facility_of_the_county_has_a_history_in_every_language(client):
    for facility in demo_facilities()[::7]:
        for lang in ("zh-Hans", "ug", "en"):
            assert client.get(f"/{lang}/facilities/{facility['id']}/history").status_code == 200


def test_there_is_no_history_of_what_does_not_exist(client):
    assert client.get("/en/facilities/ZZZZZZZZ/history").status_code == 404
    assert client.get("/en/facilities/ZZZZZZZZ/correct").status_code == 404
