"""A ledger at the counter: brought, matched, looked at, decided, applied, taken back; and what goes wrong."""

import csv
import io
import re
from datetime import timedelta

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from app.core import clock
from app.core.audit import Audit
from app.extensions import db
from app.facilities.forms.imports.shown import PAGE
from app.facilities.loading import how_far, kept
from app.facilities.model import Facility, LedgerImport, LedgerProfile, Observed, Upload
from app.facilities.rules.uploads import KEPT, MOST_TRIES
from app.facilities.service import ledgers
from app.facilities.service.uploads import ledger_steps
from tests.factories.facilities import make_facility
from tests.factories.ledgers import record_of_everything
from tests.factories.uploads import Desk, ledger

TWO = ledger("新苗托育园,,0000-5550001,民办非企业,1200", "大树托育园,,0000-5550002,营利性,面议")


@pytest.fixture
def lead(fresh_app) -> Desk:
    return Desk(fresh_app, "demo-lead")


def count(app, model) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def upload(app) -> Upload:
    return db.session.scalars(select(Upload).order_by(Upload.id.desc())).first()


def files(app) -> list[str]:
    with app.app_context():
        return [path.name for path in kept.shelves().folder.rglob("*") if path.is_file()]


def test_a_layout_nobody_knows_is_matched_looked_at_applied_and_taken_back(lead, fresh_app):
    with fresh_app.app_context():
        before = record_of_everything()
    at = lead.brought(TWO)
    assert 'value="name" selected' in lead.look(f"{at}/columns")
    assert lead.match(at).status_code == 303
    shown = lead.look(at)
    assert "新苗托育园" in shown
    assert "大树托育园" in shown
    with fresh_app.app_context():
        assert record_of_everything() == before
    lead.look(f"{at}/apply")
    assert lead.act(at, "apply").status_code == 303
    with fresh_app.app_context():
        names = set(db.session.scalars(select(Facility.name)))
        assert {"新苗托育园", "大树托育园"} <= names
        assert upload(fresh_app).state == "applied"
        assert upload(fresh_app).blob == ""
    lead.look(at)
    lead.act(at, "undo")
    with fresh_app.app_context():
        assert record_of_everything() == before
        assert upload(fresh_app).state == "undone"
        acts = set(db.session.scalars(select(Audit.action)))
    assert {"upload.brought", "ledger-profile.saved", "upload.applied", "upload.undone"} <= acts


def test_words_of_a_column_are_explained_once_and_kept(lead, fresh_app):
    at = lead.brought(ledger("新苗托育园,,,街道办的,1200"))
    page = lead.look(f"{at}/columns")
    assert "街道办的" in re.findall(r'name="word-4-0" value="([^"]+)"', page)
    lead.match(at, **{"word-4-0": "街道办的", "code-4-0": "public"})
    lead.act(at, "apply")
    with fresh_app.app_context():
        made = db.session.scalars(select(Facility).where(Facility.name == "新苗托育园")).one()
        assert made.form == "public"
        (profile,) = db.session.scalars(select(LedgerProfile)).all()
        name = profile.name
    answer = lead.client.get(f"{lead.home}/profiles/{name}.toml")
    assert 'heading = "机构性质"' in answer.get_data(as_text=True)
    assert "街道办的" in answer.get_data(as_text=True)
    again = lead.brought(ledger("新苗托育园,,,街道办的,1300"), "next.csv")
    assert f'value="{name}" checked' in lead.look(again)


def test_two_clicks_and_the_same_file_twice_have_one_effect(lead, fresh_app):
    first, second = lead.bring(TWO), lead.bring(TWO)
    assert first.location == second.location
    assert count(fresh_app, Upload) == 1
    lead.work()
    at = first.location
    lead.match(at)
    seen = lead.seen(at)
    fields = {"csrf_token": re.search(r'csrf_token" value="([^"]+)"', lead.look(at))[1], "seen": seen}
    for _click in range(2):
        assert lead.client.post(f"{at}/act", data={**fields, "do": "apply"}).status_code == 303
    lead.work()
    assert lead.client.post(f"{at}/act", data={**fields, "do": "apply"}).status_code == 409
    lead.work()
    assert count(fresh_app, LedgerImport) == 1


def test_an_error_is_told_by_row_and_column_and_its_row_can_be_skipped(lead, fresh_app):
    at = lead.brought(ledger("新苗托育园,,,,一千二", "大树托育园,,,,900"))
    lead.match(at)
    page = lead.look(at)
    assert "全日托保育费（元/月）" in page
    assert f"{at}/apply" not in page
    assert lead.act(at, "apply").status_code == 303
    assert count(fresh_app, LedgerImport) == 0
    row = re.search(r'name="row-(\d+)"', lead.look(f"{at}?tab=errors"))[1]
    assert lead.send(f"{at}/decide", at, **{f"row-{row}": "skip"}).status_code == 303
    lead.work()
    lead.act(at, "apply")
    with fresh_app.app_context():
        names = set(db.session.scalars(select(Facility.name)))
    assert "大树托育园" in names
    assert "新苗托育园" not in names


def test_a_doubtful_row_is_decided_by_a_worker_and_a_stale_decision_is_shown_with_the_other(lead, fresh_app):
    with fresh_app.app_context():
        known = make_facility("990101", "老树婴幼儿照护服务有限公司")
    at = lead.brought(ledger("老树婴幼儿照护中心,,,,900"))
    lead.match(at)
    page = lead.look(f"{at}?tab=needs")
    row = re.search(r'name="row-(\d+)"', page)[1]
    assert known in page
    seen = lead.seen(at)
    other = Desk(fresh_app, "demo-lead-2")
    other.send(f"{at}/decide", at, **{f"row-{row}": known})
    other.work()
    token = re.search(r'csrf_token" value="([^"]+)"', page)[1]
    stale = lead.client.post(
        f"{at}/decide?tab=needs", data={"csrf_token": token, "seen": seen, f"row-{row}": "new"}
    )
    assert stale.status_code == 409
    with fresh_app.app_context():
        assert upload(fresh_app).choices == {row: known}
    lead.act(at, "apply")
    with fresh_app.app_context():
        said = select(Observed.facility).where(Observed.field == "fees", Observed.ledger.is_not(None))
        assert db.session.scalars(said).all() == [known]


def test_what_changed_since_somebody_looked_is_shown_anew_and_not_written(lead, fresh_app):
    at = lead.brought(TWO)
    lead.match(at)
    with fresh_app.app_context():
        make_facility("990101", "新苗托育园")
    lead.act(at, "apply")
    assert count(fresh_app, LedgerImport) == 0
    with fresh_app.app_context():
        assert upload(fresh_app).state == "ready"
        assert "changed since" in upload(fresh_app).trouble["sentence"]
    lead.act(at, "apply")
    assert count(fresh_app, LedgerImport) == 1


def test_a_worker_killed_before_the_end_leaves_nothing_half(lead, fresh_app, monkeypatch):
    at = lead.brought(TWO)
    lead.match(at)
    with fresh_app.app_context():
        before = record_of_everything()

    def dies(*_given, **_more):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("app.facilities.service.ledgers.applying.insert_rows", dies)
        with pytest.raises(KeyboardInterrupt):
            lead.act(at, "apply")
    with fresh_app.app_context():
        assert record_of_everything() == before
        assert upload(fresh_app).state == "waiting"
    lead.work()
    assert count(fresh_app, LedgerImport) == 1
    assert state(fresh_app) == "applied"


def test_a_worker_killed_after_writing_applies_it_once(lead, fresh_app, monkeypatch):
    at = lead.brought(TWO)
    lead.match(at)

    def dies(*_given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(ledger_steps, "_applied", dies)
        with pytest.raises(KeyboardInterrupt):
            lead.act(at, "apply")
    lead.work()
    assert count(fresh_app, LedgerImport) == 1
    assert state(fresh_app) == "applied"


def test_a_file_that_stops_the_worker_again_and_again_is_given_up(lead, fresh_app, monkeypatch):
    answer = lead.bring(TWO)

    def dies(*_given):
        raise RuntimeError("no memory")

    monkeypatch.setattr(ledger_steps, "survey_columns", dies)
    assert lead.work() == MOST_TRIES + 1
    assert state(fresh_app) == "failed"
    lead.look(answer.location)


def test_a_busy_database_makes_a_file_wait(lead, fresh_app, monkeypatch):
    at = lead.brought(TWO)
    lead.match(at)

    def busy(*_given, **_more):
        raise ledgers.BusyError

    with monkeypatch.context() as patched:
        patched.setattr(ledgers, "apply", busy)
        lead.act(at, "apply")
    assert state(fresh_app) == "waiting"
    assert 'http-equiv="refresh"' in lead.look(at)
    lead.work()
    assert state(fresh_app) == "applied"


def test_what_lies_with_others_is_not_there(lead, fresh_app):
    at = lead.brought(TWO)
    worker = Desk(fresh_app, "demo-worker-1")
    worker.look(worker.home)
    assert worker.client.get(at).status_code == 404
    admin = Desk(fresh_app, "demo-admin", f"{lead.home}/register")
    assert admin.client.get(at).status_code == 403
    assert admin.client.get(f"{lead.home}/register/{at.rpartition('/')[2]}").status_code == 404
    answer = lead.bring(TWO, area="330681")
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("data", "status"), [(b"%PDF-1.7 no table", 422), (b"", 400), (b"PK\x03\x04broken", 422)]
)
def test_what_is_no_table_is_refused_before_it_is_kept(lead, fresh_app, data, status):
    assert lead.bring(data).status_code == status
    assert count(fresh_app, Upload) == 0
    assert files(fresh_app) == []


def test_a_form_of_an_ended_session_comes_back_with_what_was_chosen(lead):
    at = lead.brought(TWO)
    token = re.search(r'csrf_token" value="([^"]+)"', lead.look(f"{at}/columns"))[1]
    lead.client.delete_cookie("tuoyu")
    answer = lead.client.post(
        f"{at}/columns", data={"csrf_token": token, "title": "花县台账", "field-1": "name"}
    )
    assert answer.status_code == 400
    assert "花县台账</textarea>" in answer.get_data(as_text=True)


def test_a_file_nobody_applies_is_erased_after_its_days_and_lies_sealed_until_then(lead, fresh_app):
    at = lead.brought(TWO)
    with fresh_app.app_context():
        for path in kept.shelves().folder.rglob("*"):
            assert not path.is_file() or "新苗".encode() not in path.read_bytes()
        row = upload(fresh_app)
        row.ends_at = clock.now() - timedelta(seconds=1)
        assert row.made_at + KEPT > clock.now()
        db.session.commit()
    assert len(files(fresh_app)) == 2
    lead.work()
    assert files(fresh_app) == []
    assert state(fresh_app) == "dropped"
    lead.look(at)


def state(app) -> str:
    with app.app_context():
        return upload(app).state


def test_five_thousand_rows_are_shown_page_by_page_in_each_language(lead, fresh_app):
    rows = [f"第{at}托育园,,0000-555{at:04},非营利性,{'面议' if at % 9 else '一千'}" for at in range(5000)]
    at = lead.brought(ledger(*rows))
    lead.match(at)
    last = -(-556 // PAGE)
    assert "第4995托育园" not in lead.look(at)
    assert f"page={last - 1}" in lead.look(f"{at}?tab=errors&page={last}")
    for language in ("ug", "en"):
        lead.look(f"{at}?tab=new&page=89".replace("/zh-Hans/", f"/{language}/"))
    with fresh_app.app_context():
        counts = upload(fresh_app).counts
    assert (counts["rows"], counts["errors"]) == (5000, 556)


def test_another_way_of_reading_can_be_chosen_after_looking(lead, fresh_app):
    at = lead.brought(TWO)
    lead.match(at)
    page = lead.look(f"{at}?tab=profile")
    assert 'name="profile" value="county"' in page
    answer = lead.send(f"{at}/profile", f"{at}?tab=profile", profile="county")
    assert answer.status_code == 303
    lead.work()
    with fresh_app.app_context():
        assert upload(fresh_app).profile == "county"
    lead.look(at)


def test_headings_of_two_rows_on_another_sheet_are_found_when_somebody_says_so(lead, fresh_app):
    at = lead.brought(two_sheets(), "ledger.xlsx")
    page = lead.look(f"{at}/columns")
    assert "目录" in page
    assert 'value="fee.amount" selected' not in page
    answer = lead.send(f"{at}/columns", f"{at}/columns", do="look", sheet="台账", rows="2", row="")
    assert answer.location.endswith("/columns")
    assert 'http-equiv="refresh"' in lead.look(answer.location)
    lead.work()
    page = lead.look(answer.location)
    assert "收费/全日托（元/月）" in page
    fields = {"field-0": "name", "field-1": "fee.amount", "component-1": "care", "care-1": "full-day"}
    more = {"band-1": "*", "unit-1": "month", "title": "两层表", "field-2": ""}
    lead.send(f"{at}/columns", f"{at}/columns", do="save", **fields, **more)
    lead.work()
    lead.act(at, "apply")
    with fresh_app.app_context():
        made = db.session.scalars(select(Facility).where(Facility.name == "新苗托育园")).one()
        said = select(Observed.value).where(Observed.facility == made.id, Observed.field == "fees")
        assert db.session.scalar(said)[0]["min_fen"] == 120000
        (profile,) = db.session.scalars(select(LedgerProfile)).all()
        assert profile.data["file"] == {"sheet": "台账", "header_rows": 2}
    again = lead.brought(two_sheets("大树托育园"), "next.xlsx")
    page = lead.look(f"{again}/columns?profile={profile_name(fresh_app)}")
    assert "<details open>" in page
    wrong = lead.send(f"{again}/columns", f"{again}/columns", do="look", rows="2", row="x")
    assert wrong.status_code == 400


def profile_name(app) -> str:
    with app.app_context():
        return db.session.scalars(select(LedgerProfile.name)).one()


def two_sheets(name: str = "新苗托育园") -> bytes:
    book = Workbook()
    book.active.title = "目录"
    book.active.append(["本表说明", "填表单位"])
    sheet = book.create_sheet("台账")
    sheet.append(["花县台账"])
    sheet.append(["机构名称", "收费", None])
    sheet.append([None, "全日托（元/月）", "半日托（元/月）"])
    sheet.append([name, 1200, 800])
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:C2")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_errors_can_be_taken_along_as_a_table_no_spreadsheet_runs(lead):
    at = lead.brought(ledger("新苗托育园,,,,=cmd|1", "大树托育园,,,,900"))
    lead.match(at)
    answer = lead.client.get(f"{at}/errors.csv")
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert {row[1] for row in rows[1:] if row[2] == "全日托保育费（元/月）"} == {"3"}
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert answer.headers["Cache-Control"] == "no-store"
    assert Desk(lead.app, "demo-worker-1").client.get(f"{at}/errors.csv").status_code == 404


def test_how_many_rows_are_done_is_shown_while_a_part_is_under_way(lead, fresh_app, monkeypatch):
    at = lead.brought(ledger(*(f"第{each}托育园,,,,900" for each in range(120))))
    seen = []
    read = ledgers.open_ledger

    def looking(*given, **more):
        done = read(*given, **more)
        seen.append(lead.look(at.replace("/zh-Hans/", "/en/")))
        return done

    with monkeypatch.context() as patched:
        patched.setattr(ledgers, "open_ledger", looking)
        lead.match(at)
    assert "120 of 120 rows" in seen[0]
    with fresh_app.app_context():
        assert how_far.noted(upload(fresh_app).id) is None
