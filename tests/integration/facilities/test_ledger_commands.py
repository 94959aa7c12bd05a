"""The commands of ledgers: what they print, their exit codes, and the ledgers that ship with a profile."""

import csv
import gzip
import json
import os
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from app.core import clock
from app.extensions import db
from app.facilities.loading.register import load_register
from app.facilities.model import Facility
from app.facilities.rules.matching import NEAR
from app.facilities.service import ledgers
from app.facilities.service.register import SourceOfRegister, import_register
from tests.addresses import CONTENT
from tests.factories.facilities import make_facility
from tests.factories.ledgers import write_ledger

SHARED = Path(os.environ.get("TUOYU_SHARED", "/nowhere")) / "data"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="Needs the shared data: TUOYU_SHARED.")
KEYS = [
    "file", "profile", "area", "day", "rows", "new", "changed", "unchanged", "confirmed", "missing",
    "needs_worker",    "skipped", "errors", "warnings", "applied", "import",
]  # fmt: skip


def run(app, *words, code=0) -> str:
    result = app.test_cli_runner().invoke(args=["facilities", *(str(word) for word in words)])
    assert result.exit_code == code, result.output
    return result.output


def told(app, *words, code=0) -> dict:
    return json.loads(run(app, "import", *words, "--json", code=code))


def trial(folder, rows) -> tuple:
    return (write_ledger(folder, rows), "--profile", folder / "trial.toml", "--area", "990101")


def test_the_answer_in_json_has_its_keys_and_says_before_and_after(fresh_app, tmp_path, monkeypatch):
    monkeypatch.setenv("TUOYU_LANG", "en")
    with fresh_app.app_context():
        identity = make_facility("990101", "老树婴幼儿照护服务有限公司", phone="1")
    rows = [
        {"name": "老树婴幼儿照护服务有限公司", "phone": "2"},
        {"name": "新苗托育园"},
        {"name": "老树托育"},
    ]
    answer = told(fresh_app, *trial(tmp_path, rows), "--dry-run")
    assert list(answer) == KEYS
    assert (answer["file"], answer["profile"], answer["area"], answer["rows"]) == (
        "ledger.csv",
        "trial",
        "990101",
        3,
    )
    assert [(each["row"], each["name"], each["id"]) for each in answer["new"]] == [(3, "新苗托育园", None)]
    (changed,) = answer["changed"]
    assert (changed["id"], changed["name"]) == (identity, "老树婴幼儿照护服务有限公司")
    assert (
        changed["fields"]["phone"].items() >= {"before": "1", "after": "2", "before_on": "2026-06-01"}.items()
    )
    (asked,) = answer["needs_worker"]
    assert (asked["row"], asked["candidates"][0]["id"]) == (4, identity)
    assert asked["candidates"][0]["why"] == ["same name but for places and company words"]
    assert (answer["applied"], answer["import"], answer["errors"]) == (False, None, [])


def test_import_again_undo_and_the_list_of_imports(fresh_app, tmp_path, monkeypatch):
    monkeypatch.setenv("TUOYU_LANG", "en")
    ledger = trial(tmp_path, [{"name": "新苗托育园", "phone": "1"}])
    answer = told(fresh_app, *ledger)
    assert (answer["applied"], answer["import"]) == (True, 1)
    (new,) = answer["new"]
    with fresh_app.app_context():
        assert db.session.get(Facility, new["id"]).phone == "1"
    again = told(fresh_app, *ledger)
    assert (again["applied"], again["import"], again["unchanged"], again["new"]) == (False, 1, 1, [])
    assert "has done all this" in run(fresh_app, "import", *ledger)
    assert json.loads(run(fresh_app, "imports", "--json"))[0]["counts"]["new"] == 1
    assert "1 applied" in run(fresh_app, "imports", "--area", "990101")
    assert "Facilities removed: 1;" in run(fresh_app, "undo-import", 1)
    assert "undone" in run(fresh_app, "imports")
    assert run(fresh_app, "undo-import", 1, code=1).startswith("Error: ")


def test_errors_are_told_by_row_and_column_and_end_with_1(fresh_app, tmp_path, monkeypatch):
    monkeypatch.setenv("TUOYU_LANG", "en")
    ledger = trial(tmp_path, [{"name": "新苗托育园", "inclusive": "也许", "fee": "约1200"}, {"phone": "1"}])
    answer = told(fresh_app, *ledger, code=1)
    assert [(each["row"], each["column"]) for each in answer["errors"]] == [
        (2, "普惠"), (2, "全日托（元/月）"), (3, "机构名称")
    ]  # fmt: skip
    assert answer["errors"][1]["message"] == "“约1200” is not an amount."
    assert not answer["applied"]
    assert "Nothing was written" in run(fresh_app, "import", *ledger, code=1)


def test_decisions_come_from_a_small_file(fresh_app, tmp_path):
    decide = tmp_path / "decide.csv"
    decide.write_text("row,decision\n2,SKIP\n3,new\n", "utf-8")
    answer = told(fresh_app, *trial(tmp_path, [{"name": "甲园"}, {"name": "乙园"}]), "--decide", decide)
    assert [each["name"] for each in answer["skipped"]] == ["甲园"]
    assert [each["name"] for each in answer["new"]] == ["乙园"]
    decide.write_text("2;skip\n", "utf-8")
    output = run(fresh_app, "import", *trial(tmp_path, [{"name": "甲园"}]), "--decide", decide, code=1)
    assert "decide.csv:1" in output


@pytest.mark.parametrize(
    ("profile", "area", "word"),
    [("nowhere", "990101", "nowhere.toml"), ("county", "123456", "123456")],
)
def test_an_unknown_profile_or_area_is_said(fresh_app, tmp_path, profile, area, word):
    ledger = write_ledger(tmp_path, [{"name": "甲园"}])
    assert word in run(fresh_app, "import", ledger, "--profile", profile, "--area", area, code=1)
    answer = told(fresh_app, ledger, "--profile", profile, "--area", area, code=1)
    assert set(answer) == set(KEYS)
    assert word in answer["errors"][0]["message"]


def test_a_template_is_filled_in_and_comes_back(fresh_app, tmp_path):
    out = tmp_path / "template.xlsx"
    run(fresh_app, "template", out, "--area", "990101")
    book = load_workbook(out)
    sheet = book["机构"]
    headings = {cell.value: cell.column for cell in sheet[3]}
    assert [cell.value for cell in book["words"][1]].count("杏花街道") == 1
    filled = {
        "机构名称": "新苗托育园",
        "乡镇（街道）": "青禾镇",
        "经度": 88.4611,
        "纬度": 36.5383,
        "计时托保育费（元/小时）": "20-25",
        "托小班托位数": 20,
    }
    for heading, value in filled.items():
        sheet.cell(5, headings[heading]).value = value
    book.save(out)
    answer = told(fresh_app, out, "--profile", "county", "--area", "990101")
    (new,) = answer["new"]
    with fresh_app.app_context():
        facility = db.session.get(Facility, new["id"])
        assert (facility.township_code, facility.township_by, facility.precision) == (
            "990101100",
            "stated",
            "exact",
        )
        assert 36.53 < facility.lat < 36.539, "brought from GCJ-02 to WGS-84"
    assert (
        new["fields"]["fees"][0].items()
        >= {"care": "hourly", "unit": "hour", "min_fen": 2000, "max_fen": 2500}.items()
    )
    run(fresh_app, "template", out, "--area", "123456", code=1)


def test_the_shipped_register_is_a_ledger_that_changes_nothing_but_its_day(fresh_app, tmp_path):
    path = tmp_path / "county.csv"
    with (CONTENT / "register" / "filings.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row[0] == "id" or row[-1].startswith("330681")]
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    answer = told(fresh_app, path, "--profile", "register", "--area", "330681")
    assert (answer["rows"], answer["unchanged"]) == (108, 108)
    assert not any(answer[key] for key in ("new", "changed", "needs_worker", "errors"))


def test_5000_new_rows_are_previewed(fresh_app, tmp_path):
    rows = [
        {"key": number, "name": f"第{number}号托育园有限公司", "address": f"{number % 90}路{number}号"}
        for number in range(1, 5001)
    ]
    answer = told(fresh_app, *trial(tmp_path, rows), "--dry-run")
    assert len(answer["new"]) + len(answer["needs_worker"]) == 5000


@needs_shared
def test_the_singapore_sample_loads_whole(fresh_app):
    path = SHARED / "sg" / "sg_under3_joined.csv"
    answer = told(fresh_app, path, "--profile", "sg", "--area", "990101")
    assert (answer["rows"], len(answer["new"]), answer["errors"], answer["applied"]) == (1867, 1794, [], True)
    with path.open(encoding="utf-8", newline="") as file:
        priced = {
            row["centre_code"] for row in csv.DictReader(file) if row["fee_PG_min"] or row["fee_IC_min"]
        } - {"na"}
    assert sum(1 for each in answer["new"] if "fees" in each["fields"]) == len(priced)
    first = next(each for each in answer["new"] if each["name"].endswith("Sengkang North Blk 231 (DS)"))
    assert first["fields"]["location"] == {"lat": 1.389144, "lon": 103.901353, "precision": "exact"}
    (fee,) = first["fields"]["fees"]
    assert (fee["care"], fee["band"], fee["unit"], fee["min_fen"], fee["max_fen"]) == (
        "full-day",
        "junior",
        "month",
        61000,
        117200,
    )
    assert told(fresh_app, path, "--profile", "sg", "--area", "990101")["applied"] is False


@needs_shared
def test_with_the_shipped_register_the_rating_list_shows_no_noise(fresh_app):
    path = SHARED / "cn" / "shaoxing_rating_2023.csv"
    answer = told(fresh_app, path, "--profile", "shaoxing-rating", "--area", "3306", "--dry-run")
    with path.open(encoding="utf-8", newline="") as file:
        rated = dict(enumerate(csv.DictReader(file), start=2))
    with fresh_app.app_context():
        codes = dict(db.session.execute(select(Facility.id, Facility.credit_code)).all())
    assert len(answer["changed"]) == 4
    for each in answer["changed"]:
        assert codes[each["id"]] == rated[each["row"]]["uscc_matched_in_filing_register"]
    assert len(answer["needs_worker"]) == 25
    assert not any(each["candidates"] for each in answer["needs_worker"])


@needs_shared
def test_the_rating_list_joins_20_and_asks_about_9(fresh_app, tmp_path):
    register = tmp_path / "prefecture.csv"
    with gzip.open(
        SHARED / "cn" / "tuoyu_filings_national_202601.csv.gz", "rt", encoding="utf-8", newline=""
    ) as file:
        rows = [row for row in csv.reader(file) if row[-1] == "zoning_code" or row[-1].startswith("3306")]
    with register.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    with fresh_app.app_context():
        source = SourceOfRegister("register-2026-01-31", {"en": "register"}, date(2026, 1, 31))
        import_register(load_register(register), source, now=clock.now(), by="test")
    answer = told(
        fresh_app,
        SHARED / "cn" / "shaoxing_rating_2023.csv",
        "--profile",
        "shaoxing-rating",
        "--area",
        "3306",
    )
    assert (len(answer["changed"]), len(answer["needs_worker"]), answer["new"], answer["errors"]) == (
        20,
        9,
        [],
        [],
    )
    with (SHARED / "cn" / "shaoxing_rating_2023.csv").open(encoding="utf-8", newline="") as file:
        rated = dict(enumerate(csv.DictReader(file), start=2))
    with fresh_app.app_context():
        codes = dict(db.session.execute(select(Facility.id, Facility.credit_code)).all())
    for each in answer["changed"]:
        assert codes[each["id"]] == rated[each["row"]]["uscc_matched_in_filing_register"]
        (record,) = each["fields"]["records"]["after"]
        assert record["results"] == {"zh-Hans": rated[each["row"]]["rating"]}
    for each in answer["needs_worker"]:
        assert not rated[each["row"]]["uscc_matched_in_filing_register"]
        assert all(NEAR <= candidate["score"] < 1 and candidate["why"] for candidate in each["candidates"])
    like = [each for each in answer["needs_worker"] if each["candidates"]]
    assert len(like) == 4, "nothing known is like the other five"
    with fresh_app.app_context():
        assert ledgers.imports("33")[0].counts["needs-worker"] == 9
