"""What an import says: in the operator's language alone, or in codes; and that it says when it is busy."""

import json
import re
import sqlite3
from contextlib import closing
from datetime import date

import flask_babel
import pytest
from sqlalchemy import select, text

from app.core import clock
from app.extensions import db
from app.facilities.model import Facility, Fee
from app.facilities.queries.pages import facility_page
from app.facilities.service import ledgers
from tests.factories.facilities import make_facility
from tests.factories.ledgers import applied, opened, record_of_everything, write_ledger

NAME = "老树婴幼儿照护服务有限公司"
LETTERS = re.compile(r"[^\W\d_]{2,}")
BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")
PLACE = re.compile(r"(%\(\w+\)s)")
DATA = {"ledger", "csv", "trial", "out", "xlsx", "county"}


class Pseudo:
    """Catalogues in which the words of every message stand in brackets, and its values outside."""

    @staticmethod
    def ugettext(message):
        parts = PLACE.split(message)
        return "".join(each if PLACE.fullmatch(each) else f"⟦{each}⟧" for each in parts if each)

    @classmethod
    def ungettext(cls, one, many, number):
        return cls.ugettext(one if number == 1 else many)


def run(app, *words, code=0) -> str:
    result = app.test_cli_runner().invoke(args=["facilities", *(str(word) for word in words)])
    assert result.exit_code == code, result.output
    return result.output


def everything(app, folder, edition):
    """Return a ledger with something in each part of a report, and its options."""
    price = {
        "care": "full-day",
        "band": "*",
        "component": "care",
        "unit": "month",
        "min_fen": 1,
        "max_fen": 1,
    }
    fees = [{**price, "voluntary": False, "refund": "", "valid_from": None, "valid_to": None}]
    if edition == 1:
        with app.app_context():
            make_facility("990101", NAME, phone="1", inclusive=False, fees=fees)
        rows = [{"name": "旧园"}]
    else:
        rows = [
            {"key": 1, "name": NAME, "phone": "2", "inclusive": "是", "fee": "900", "address": "一路1号"},
            {"key": 2, "name": "新苗托育园", "township": "某某镇"},
            {"key": 3, "name": "老树托育"},
            {"key": 4, "name": "跳过园"},
            {"key": 5, "name": "青禾园", "township": "青禾镇", "fee": "99999"},
        ]
    return (write_ledger(folder, rows), "--profile", folder / "trial.toml", "--area", "990101")


def test_every_word_of_a_report_is_in_the_operator_s_language(fresh_app, tmp_path, monkeypatch):
    monkeypatch.setattr(flask_babel.Domain, "get_translations", lambda _self: Pseudo)
    decide = tmp_path / "decide.csv"
    decide.write_text("5,skip\n", "utf-8")
    said = [run(fresh_app, "import", *everything(fresh_app, tmp_path, 1))]
    ledger = everything(fresh_app, tmp_path, 2)
    said += [
        run(fresh_app, "import", *ledger, "--decide", decide, "--dry-run"),
        run(fresh_app, "import", *ledger, "--decide", decide),
        run(fresh_app, "import", *ledger, "--decide", decide),
        run(fresh_app, "undo-import", 2),
        run(fresh_app, "template", tmp_path / "out.xlsx", "--area", "990101"),
        run(fresh_app, "import", *ledger[:-1], "330681", "--dry-run", code=1),
    ]
    parts = ["new facilities:", "facility changes:", "needs a worker:", "row was skipped:", "warnings:"]
    for words in (*parts, "of the last edition is missing", "Telephone", "Yes", "Care fee", "a month",
                  "Not reported", "same name but for places and company words"):  # fmt: skip
        assert re.search(f"⟦[^⟦⟧]*{words}[^⟦⟧]*⟧", said[1]), said[1]
    for output in said:
        outside = BRACKETED.sub(" ", output.replace(str(tmp_path), ""))
        found = {word for word in LETTERS.findall(outside) if not re.fullmatch("[\u4e00-\u9fff]+", word)}
        ids = set(re.findall(r"[A-Z]{2,}", " ".join(re.findall(r"\b[0-9A-Z]{8}\b", outside))))
        assert found - ids <= DATA, output


def test_the_answer_in_json_keeps_its_codes_in_any_language(fresh_app, tmp_path, monkeypatch):
    monkeypatch.setattr(flask_babel.Domain, "get_translations", lambda _self: Pseudo)
    run(fresh_app, "import", *everything(fresh_app, tmp_path, 1))
    answer = json.loads(run(fresh_app, "import", *everything(fresh_app, tmp_path, 2), "--dry-run", "--json"))
    (changed,) = answer["changed"]
    assert set(changed["fields"]) == {"phone", "inclusive", "fees", "address"}
    assert changed["fields"]["inclusive"]["after"] is True
    assert changed["fields"]["fees"]["after"][0]["unit"] == "month"
    assert all("⟦" in fault["message"] for fault in answer["warnings"])


FRESH = """
[source]
name = { "zh-Hans" = "试验", en = "A ledger nobody has seen" }
[rows]
group_by = ["name"]
skip = ["Total"]
[units]
decimal = ","
currency = ["yuans"]
days = ["%d/%m/%Y"]
[location]
datum = "bd09"
[values."fee.unit"]
"par mois" = "month"
"par jour" = "day"
"la séance" = "session"
"par an" = "year"
"de l'heure" = "hour"
[[column]]
heading = "Établissement"
field = "name"
[[column]]
heading = "Latitude"
field = "lat"
[[column]]
heading = "Longitude"
field = "lon"
[[column]]
heading = "Visité le"
field = "observed_on"
[[column]]
heading = "Prestation"
field = "fee.care"
values = { "Journée" = "full-day", "À l'heure" = "hourly", "Dépannage" = "temporary" }
[[column]]
heading = "Prix"
field = "fee.amount"
"""


def test_a_fresh_ledger_in_another_language_is_on_the_site_by_a_profile_alone(fresh_app, tmp_path):
    (tmp_path / "fresh.toml").write_text(FRESH, "utf-8")
    rows = [
        "Liste des crèches|||||||", "État au 5 novembre||||||||",
        "Établissement|Latitude|Longitude|Visité le|Prestation|Prix|||",
        "Crèche des Pruniers|36,5462|88,4716|05/11/2026|Journée|1.250,50 yuans par mois|||",
        "Crèche des Pruniers||||Journée|65 yuans par jour||",
        "Crèche des Pruniers||||À l'heure|12,5 yuans de l'heure|",
        "Crèche des Pruniers||||Dépannage|40 yuans la séance||||",
        "Crèche des Pruniers||||Journée|13.000 yuans par an",
        "Total|||||5",
    ]  # fmt: skip
    file = tmp_path / "liste.txt"
    file.write_bytes("\r\n".join(rows).encode("cp1252"))
    options = ("--profile", tmp_path / "fresh.toml", "--area", "990101", "--json")
    answer = json.loads(run(fresh_app, "import", file, *options))
    assert (answer["applied"], answer["errors"], answer["warnings"]) == (True, [], [])
    (new,) = answer["new"]
    with fresh_app.app_context():
        fees = db.session.execute(
            select(Fee.care, Fee.unit, Fee.min_fen).where(Fee.facility == new["id"])
        ).all()
        assert sorted(map(tuple, fees)) == [
            ("full-day", "day", 6500), ("full-day", "month", 125050), ("full-day", "year", 1300000),
            ("hourly", "hour", 1250), ("temporary", "session", 4000),
        ]  # fmt: skip
        found = db.session.get(Facility, new["id"])
        assert (found.name, found.precision) == ("Crèche des Pruniers", "exact")
        assert (found.lat, found.lon) == pytest.approx((36.5384, 88.4620), abs=0.005)
        assert facility_page(new["id"], clock.today()).fields["fees"].observed_on == date(2026, 11, 5)
    assert fresh_app.test_client().get(f"/en/facilities/{new['id']}").status_code == 200
    assert json.loads(run(fresh_app, "import", file, *options))["applied"] is False


def test_an_import_that_cannot_write_says_so_and_writes_nothing(fresh_app, tmp_path, database, monkeypatch):
    monkeypatch.setenv("TUOYU_LANG", "en")
    with fresh_app.app_context():
        first = applied(tmp_path, [{"name": "旧园"}])
        before = record_of_everything()
        if database != "sqlite":
            pytest.skip("PostgreSQL lets the second import wait, see test_ledgers.")
        file = db.engine.url.database
        ledger = opened(tmp_path, [{"name": "新苗托育园"}])
        db.session.rollback()
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            db.session.execute(text("PRAGMA busy_timeout=50"))
            db.session.rollback()
            with pytest.raises(ledgers.BusyError):
                ledgers.apply(ledger, now=clock.now(), by="test")
            with pytest.raises(ledgers.BusyError):
                ledgers.undo(first.id, now=clock.now(), by="test")
            other.execute("ROLLBACK")
        assert record_of_everything() == before
        assert len(ledgers.imports()) == 1
        assert ledgers.apply(ledger, now=clock.now(), by="test").applied


def test_the_command_says_that_it_is_busy(fresh_app, tmp_path, monkeypatch):
    monkeypatch.setenv("TUOYU_LANG", "en")

    def busy(*_words, **_more):
        raise ledgers.BusyError

    ledger = everything(fresh_app, tmp_path, 2)
    for verb, words in (("apply", ("import", *ledger)), ("undo", ("undo-import", 1))):
        monkeypatch.setattr(ledgers, verb, busy)
        assert "Nothing was written; try again later." in run(fresh_app, *words, code=1)
