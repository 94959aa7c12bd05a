"""Import screens: files that are no tables are named; what stands beside columns is kept; whole counties."""

import csv
import io

import pytest
from sqlalchemy import func, select

from app.core.audit import Audit
from app.extensions import db
from app.facilities.model import Facility, Filed, LedgerProfile, Upload
from app.facilities.service import ledgers
from app.facilities.service.ledgers import planning
from tests.factories.facilities import make_facility
from tests.factories.uploads import HOME, Desk, ledger
from tests.integration.facilities.test_import_snapshots import HERE, workbook

TABLE = (
    "序号,机构名称,是否在营,全日托保育费（元/月）\n"
    "1,新苗托育园,是,面谈\n2,大树托育园,否,900\n3,小河托育园,是,1100\n"
)
MATCHED = {
    "title": "花县托育机构台账", "field-1": "name", "field-3": "fee.amount", "component-3": "care",
    "care-3": "full-day", "band-3": "*", "unit-3": "month", "days": "", "money": "yuan", "ages": "months",
    "datum": "gcj02", "new": "add", "do": "save",
}  # fmt: skip
BESIDE = {"where-0": "2", "where-only-0": "1", "where-words-0": "是", "unknown": "面谈"}


@pytest.fixture
def lead(fresh_app) -> Desk:
    return Desk(fresh_app, "demo-lead")


@pytest.fixture
def office(fresh_app) -> Desk:
    return Desk(fresh_app, "demo-admin", f"{HOME}/register")


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("台账.xlsx", TABLE.encode(), "named .xlsx but is not a workbook"),
        ("台账.xls", b"<html><table><tr><td>1", "web page"),
        ("台账.xls", b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"), "old kind"),
        ("台账.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("台账.csv", b"%PDF-1.7", "PDF"),
    ],
)
@pytest.mark.parametrize("home", [HOME, f"{HOME}/register"])
def test_a_file_that_is_no_table_is_named_and_nothing_is_kept(fresh_app, home, name, data, word):
    desk = Desk(fresh_app, "demo-lead", home.replace("zh-Hans", "en"))
    answer = desk.bring(data, name, day="2026-11-01")
    assert answer.status_code == 422
    assert word in answer.get_data(as_text=True)
    assert 'value="2026-11-01"' in answer.get_data(as_text=True)
    with fresh_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Upload)) == 0


def test_an_empty_file_and_none_are_told_apart(fresh_app):
    desk = Desk(fresh_app, "demo-lead", HOME.replace("zh-Hans", "en"))
    assert "The file is empty." in desk.bring(b"").get_data(as_text=True)
    assert "Choose a file." in desk.bring(b"", "").get_data(as_text=True)


def test_which_rows_what_holds_for_all_and_what_says_nothing_are_kept_as_data(lead, fresh_app):
    at = lead.brought(TABLE.encode())
    fixed = {"fixed-0": "form", "fixed-value-0": "民营的"}
    asked = lead.send(f"{at}/columns", f"{at}/columns", **MATCHED, **BESIDE, **fixed)
    assert asked.status_code == 400
    page = asked.get_data(as_text=True)
    assert "民营的" in page
    assert '<option value="non-profit"' in page
    assert 'name="where-1"' in page
    fixed = {"fixed-0": "form", "fixed-value-0": "non-profit"}
    assert lead.send(f"{at}/columns", f"{at}/columns", **MATCHED, **BESIDE, **fixed).status_code == 303
    lead.work()
    assert lead.act(at, "apply").status_code == 303
    with fresh_app.app_context():
        rows = db.session.execute(select(Facility.name, Facility.form).where(Facility.name.like("%托育园")))
        made = {name: form for name, form in rows}  # noqa: C416 - rows are no pairs to `dict`
        assert made["新苗托育园"] == made["小河托育园"] == "non-profit"
        assert "大树托育园" not in made
        profile = db.session.scalars(select(LedgerProfile)).one()
        assert profile.data["constants"] == {"form": "non-profit"}
        assert profile.data["where"] == [{"heading": "是否在营", "values": ["是"]}]
        assert profile.data["unknown"] == ["面谈"]
        name = profile.name
    again = lead.brought(TABLE.replace("900", "950").encode(), "next.csv")
    shown = lead.look(f"{again}/columns?profile={name}")
    assert 'value="non-profit" selected' in shown
    assert 'id="where-words-0"' in shown
    assert 'value="面谈"' in shown


def test_a_ledger_is_compared_once_to_be_applied_and_anew_where_others_wrote(lead, fresh_app, monkeypatch):
    at = lead.brought(ledger("新苗托育园,,,,1200"))
    lead.match(at)
    seen = []
    inner = planning.preview

    def counted(*args, **named):
        seen.append(1)
        return inner(*args, **named)

    monkeypatch.setattr(planning, "preview", counted)
    monkeypatch.setattr("app.facilities.service.ledgers.applying.preview", counted)
    lead.act(at, "apply")
    assert len(seen) == 1
    with fresh_app.app_context():
        assert db.session.scalars(select(Upload)).one().state == "applied"


def test_what_is_no_longer_the_plan_that_was_shown_is_not_written(lead, fresh_app, monkeypatch):
    at = lead.brought(ledger("新苗托育园,,,,1200"))
    lead.match(at)
    inner = ledgers.prepare

    def overtaken(*args, **named):
        ready = inner(*args, **named)
        make_facility("990101", "新苗托育园")
        return ready

    monkeypatch.setattr(ledgers, "prepare", overtaken)
    lead.act(at, "apply")
    with fresh_app.app_context():
        row = db.session.scalars(select(Upload)).one()
        assert row.state == "ready"
        assert "has changed" in row.trouble["sentence"]


def row(number: int) -> tuple[str, ...]:
    return (f"{number}号托育园", *HERE[1:4], f"一路{number}号", *HERE[5:])


@pytest.fixture
def mirrored(office) -> Desk:
    """Bring in a snapshot of ten entries."""
    office.act(office.brought(workbook(*map(row, range(10))), "all.xlsx", day="2026-11-01"), "apply")
    return office


def gone(app) -> int:
    with app.app_context():
        return (
            db.session.scalar(select(func.count()).select_from(Filed).where(Filed.gone_in.is_not(None))) or 0
        )


def test_a_part_of_a_county_calls_nothing_gone_until_somebody_says_why(mirrored, fresh_app):
    before = gone(fresh_app)
    at = mirrored.brought(workbook(*map(row, range(3))), "part.xlsx", day="2026-11-05")
    page = mirrored.look(at)
    assert f'action="{at}/whole"' in page
    county = {"county": "990101"}
    assert mirrored.send(f"{at}/whole", at, **county).status_code == 400
    assert mirrored.send(f"{at}/whole", at, **county, why="x").status_code == 400
    assert mirrored.send(f"{at}/whole", at, county="330681", why="closed").status_code == 409
    assert mirrored.send(f"{at}/whole", at, **county, why="closed").status_code == 303
    mirrored.work()
    assert "9号托育园" in mirrored.look(f"{at}?tab=missing")
    assert mirrored.send(f"{at}/whole", at, **county, do="back").status_code == 303
    mirrored.work()
    assert "9号托育园" not in mirrored.look(at)
    mirrored.send(f"{at}/whole", at, **county, why="closed")
    mirrored.work()
    assert mirrored.act(at, "apply").status_code == 303
    assert gone(fresh_app) >= before + 7
    mirrored.look(at)
    with fresh_app.app_context():
        acts = list(db.session.scalars(select(Audit).where(Audit.action == "upload.spoken-for")))
        assert [each.data["why"] for each in acts] == ["closed", None, "closed"]
    mirrored.act(at, "undo")
    assert gone(fresh_app) == before


def test_a_stale_word_about_a_county_changes_nothing(mirrored, fresh_app):
    at = mirrored.brought(workbook(*map(row, range(3))), "part.xlsx", day="2026-11-05")
    seen = mirrored.seen(at)
    mirrored.send(f"{at}/whole", at, county="990101", why="closed")
    mirrored.work()
    answer = mirrored.send(f"{at}/whole", at, county="990101", do="back", seen=seen)
    assert answer.status_code == 409
    with fresh_app.app_context():
        part = db.session.scalars(select(Upload).order_by(Upload.id.desc())).first()
        assert part.choices == {"990101": "closed"}


def test_all_faults_of_a_snapshot_are_a_table(office):
    wrong = [(*row(number)[:3], "私人", *row(number)[4:]) for number in range(150)]
    at = office.brought(workbook(*wrong), "snapshot.xlsx")
    assert f"{at}/errors.csv" in office.look(at)
    answer = office.client.get(f"{at}/errors.csv")
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))
    assert len(rows) == 151
    assert [each[1] for each in rows[1:3]] == ["3", "4"]


def test_warnings_of_a_snapshot_are_a_table_too(office):
    at = office.brought(workbook(row(1), row(1)), "snapshot.xlsx", day="2026-11-01")
    assert office.client.get(f"{at}/errors.csv").status_code == 200
