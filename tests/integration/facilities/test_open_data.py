"""Open data says what the pages and the API say, in files that any program reads."""

import csv
import io
import json
from collections import Counter
from datetime import date

import pytest

from app.facilities.forms.datasets import COLUMNS
from app.facilities.public.data import ASKED
from tests.addresses import DEMO, rows
from tests.factories.facilities import make_facility, say


def table(client, name: str, area: str = DEMO) -> list[dict[str, str]]:
    answer = client.get(f"/data/{area}/{name}.csv", buffered=True)
    assert answer.content_type == "text/csv; charset=utf-8"
    assert not answer.data.startswith(b"\xef\xbb\xbf"), "no byte-order mark"
    assert b"\r\n" in answer.data
    found = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8"), newline="")))
    assert all(None not in row for row in found), "every row has as many cells as the header"
    return [{name: cell.removeprefix("'") for name, cell in row.items()} for row in found]


def lines(client, area: str = DEMO) -> list[dict]:
    return [
        json.loads(line)
        for line in client.get(f"/data/{area}/facilities.jsonl", buffered=True).text.splitlines()
    ]


def fields(client, identity: str) -> dict:
    return client.get(f"/api/v1/facilities/{identity}").json


@pytest.mark.parametrize("area", [DEMO, "530115", "110115"])
def test_a_line_is_what_the_api_answers(client, area):
    found = lines(client, area)
    assert len(found) == client.get(f"/api/v1/facilities?area={area}").json["count"]
    for line in found:
        answer = fields(client, line["id"])
        told = {name: value for name, value in answer.items() if name in line}
        assert {name: value for name, value in line.items() if name != "fictional"} == told
        asked = {*ASKED, "branches", "costs", "distances_km"}
        assert set(answer) - set(line) <= asked, "nothing else is left out"


def test_tables_hold_what_the_lines_hold(client):
    by_id = {line["id"]: line for line in lines(client)}
    listed = {row["id"]: row for row in table(client, "facilities")}
    assert set(listed) == set(by_id)
    for identity, row in listed.items():
        line = by_id[identity]
        assert row["name"] == line["name"]
        assert row["filed_on"] == (line["filed_on"] or "")
        assert row["phone"] == line["fields"].get("phone", {}).get("value", "")
        care = line["care_types"]
        assert row["care_types"] == ("" if care is None else "|".join(care) or "none")
        location = line["location"] or {"lat": None, "lon": None}
        assert (row["lat"], row["lon"]) == tuple(
            "" if location[name] is None else str(location[name]) for name in ("lat", "lon")
        )
        assert row["fictional"] == "true"
    for name in ("fees", "care", "bands"):
        wanted = Counter(
            {
                identity: len(line["fields"][name]["value"]) or (name == "care")
                for identity, line in by_id.items()
                if name in line["fields"]
            }
        )
        assert Counter(row["facility"] for row in table(client, name)) == +wanted


def test_a_fee_comes_through_unchanged(client):
    row = next(
        row for row in table(client, "fees") if row["facility"] == "W6G8XC99" and row["component"] == "care"
    )
    held = next(
        fee for fee in fields(client, "W6G8XC99")["fields"]["fees"]["value"] if fee["component"] == "care"
    )
    assert int(row["min_fen"]) == held["min_fen"] == 120000
    assert row["voluntary"] == "false"
    assert row["refund"] == held["refund"]
    assert row["valid_to"] == ""


def test_every_code_is_named_in_chinese_whatever_the_reader_s_language(client):
    answer = client.get(f"/data/{DEMO}/facilities.csv", buffered=True, headers={"Accept-Language": "ug"})
    plain = client.get(f"/data/{DEMO}/facilities.csv", buffered=True, headers={"Accept-Language": "en"})
    assert answer.data == plain.data
    names = {row["status"]: row["status_name"] for row in table(client, "facilities")}
    assert names["filed"] == "已备案"
    assert all(names.values())


def test_the_map_file_holds_exact_positions_and_counts_the_others(client):
    answer = client.get(f"/data/{DEMO}/facilities.geojson", buffered=True)
    assert answer.content_type == "application/geo+json; charset=utf-8"
    drawn = json.loads(answer.text)
    listed = table(client, "facilities")
    exact = {row["id"]: row for row in listed if row["precision"] == "exact"}
    assert {feature["id"] for feature in drawn["features"]} == set(exact)
    for feature in drawn["features"]:
        row = exact[feature["id"]]
        assert feature["geometry"]["coordinates"] == [float(row["lon"]), float(row["lat"])]
        assert feature["properties"]["fictional"] is True
    rest = Counter(row["precision"] for row in listed if row["precision"] != "exact")
    assert drawn["not_located"] == {"township": rest["township"], "none": rest["none"]}


def test_a_place_without_positions_has_an_empty_map_file(client):
    drawn = json.loads(client.get("/data/530115/facilities.geojson", buffered=True).text)
    assert drawn["features"] == []
    assert sum(drawn["not_located"].values()) == 2


def test_a_real_place_holds_the_register_and_invents_nothing(client):
    listed = table(client, "facilities", "330681")
    assert len(listed) == 108
    assert {row["fictional"] for row in listed} == {"false"}
    assert not any(
        row[name] for row in listed for name in ("phone", "opening", "care_types", "vacancy", "lat")
    )
    assert table(client, "fees", "330681") == []


@pytest.mark.parametrize("name", ["=1+1", "@cmd", "+86", "-2", "'quoted'", "\tx", 'a "b", c\nd'])
def test_no_cell_is_a_formula_and_every_cell_reads_back(fresh_app, name):
    client = fresh_app.test_client()
    with fresh_app.app_context():
        identity = make_facility("530115", name=f"试{name}", address=name)
    raw = list(
        csv.DictReader(io.StringIO(client.get("/data/530115/facilities.csv", buffered=True).text, newline=""))
    )
    cell = next(row["address"] for row in raw if row["id"] == identity)
    assert cell[0] not in "=+-@\t"
    assert cell.removeprefix("'") == name


def test_reported_as_none_is_not_the_same_as_not_reported(fresh_app):
    client = fresh_app.test_client()
    with fresh_app.app_context():
        silent = make_facility("530115")
        none = make_facility("530115", food=[], care=[], inclusive=False)
    listed = {row["id"]: row for row in table(client, "facilities", "530115")}
    assert [listed[silent][name] for name in ("food", "care_types", "inclusive")] == ["", "", ""]
    assert [listed[none][name] for name in ("food", "care_types", "inclusive")] == ["none", "none", "false"]
    assert [row["care"] for row in table(client, "care", "530115") if row["facility"] == none] == ["none"]


def test_history_tells_what_gave_way_to_what(fresh_app):
    client = fresh_app.test_client()
    with fresh_app.app_context():
        identity = make_facility("530115", phone="1")
        say(identity, "530115", day=date(2026, 7, 1), phone="2")
        say(identity, "530115", day=date(2026, 8, 1), phone="2")
    mine = [row for row in table(client, "history", "530115") if row["facility"] == identity]
    phones = [(row["on"], row["before"], row["after"]) for row in mine if row["code"] == "phone"]
    assert phones == [("2026-07-01", '"1"', '"2"'), ("2026-06-01", "", '"1"')]


def test_the_schema_names_every_column(client):
    told = client.get("/data/schema.json").json["tables"]
    for name, columns in COLUMNS.items():
        header = client.get(f"/data/{DEMO}/{name}.csv", buffered=True).text.splitlines()[0].split(",")
        assert [field["name"] for field in told[name]["fields"]] == header == [each[0] for each in columns]
        assert all(field["description"] for field in told[name]["fields"])


def test_the_package_lists_files_that_exist(client):
    package = client.get("/data/datapackage.json").json
    assert package["licences"][0]["title"]["zh-Hans"]
    assert package["register_as_of"] == "2026-01-30"
    for resource in package["resources"]:
        assert resource["fictional"] is (resource["area"] == DEMO)
        assert client.get(resource["path"], buffered=True).status_code == 200, resource["path"]


def test_the_page_leads_to_every_file(client):
    client.get("/en/data")
    found = {link.get("href") for link in client.page.all("a")}
    for place in ("330681", DEMO):
        for name in ("facilities.csv", "facilities.jsonl", "facilities.geojson", "fees.csv", "history.csv"):
            assert f"/data/{place}/{name}" in found


def test_files_of_the_fictional_county_say_so_by_their_name(client):
    answer = client.get(f"/data/{DEMO}/fees.csv", buffered=True)
    assert "fictional-990101-fees.csv" in answer.headers["Content-Disposition"]
    assert (
        "fictional" not in client.get("/data/330681/fees.csv", buffered=True).headers["Content-Disposition"]
    )


@pytest.mark.parametrize("area", ["77", "33", "999999", "abc", "330681;", "33068100000000"])
def test_what_is_no_area_is_no_file(client, area):
    assert client.get(f"/data/{area}/facilities.csv", buffered=True).status_code == 404


def test_longer_codes_lead_to_the_file_and_the_bare_address_to_the_page(client):
    moved = client.get("/data/330681000000/fees.csv", buffered=True)
    assert (moved.status_code, moved.location) == (301, "/data/330681/fees.csv")
    bare = client.get("/data/", headers={"Accept-Language": "ug"})
    assert (bare.status_code, bare.location) == (302, "/ug/data")


def test_a_file_is_sent_packed_and_reads_the_same(app):
    client = app.test_client()
    import brotli

    plain = client.get(f"/data/{DEMO}/facilities.jsonl", buffered=True)
    packed = client.get(f"/data/{DEMO}/facilities.jsonl", buffered=True, headers={"Accept-Encoding": "br"})
    assert packed.content_encoding == "br"
    assert brotli.decompress(packed.data) == plain.data
    assert len(packed.data) * 4 < len(plain.data)


def test_the_county_s_facilities_are_all_there(client):
    assert {row["id"] for row in table(client, "facilities")} == {
        row["id"] for row in rows(f"places/{DEMO}/facilities/facilities.csv")
    }
