"""The filing register's mirror: imports, differences, faults; nothing deleted, nothing leaked."""

import csv
import io
import logging
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.faults import FaultyFiles
from app.extensions import db
from app.facilities.loading.register import load_register
from app.facilities.model import Facility, Filed, Observed, RegisterChange
from app.facilities.queries.pages import facility_page
from app.facilities.service.register import OlderSnapshotError, SourceOfRegister, import_register

HEADER = (
    "institution_name,institution_other_name,credit_code,institution_type,address,finished_time,zoning_code"
)
ROW = "{name},{alias},{code},{nature},{address},{filed},{zoning}"
CITIZEN = "330681201502290018"


def row(
    name="新园",
    alias="",
    code="",
    nature="营利性",
    address="一路1号",
    filed="2026-02-01 10:00:00",
    zoning="330681001000",
):
    return f"{name},{alias},{code},{nature},{address},{filed},{zoning}"


def write(folder: Path, *rows: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
    path = folder / "register.csv"
    path.write_bytes("\n".join([header, *rows, ""]).encode(encoding))
    return path


def mirrored() -> list[str]:
    """Return the mirror's own rows of one county, as a register file would have them."""
    rows = db.session.scalars(select(Filed).where(Filed.zoning.like("330681%")).order_by(Filed.id))
    out = io.StringIO()
    writer = csv.writer(out)
    for each in rows:
        writer.writerow(
            [
                each.name,
                each.alias,
                each.credit_code,
                each.nature,
                each.address,
                each.filed_at or "",
                each.zoning,
            ]
        )
    return out.getvalue().splitlines()


def run(path: Path, day: date = date(2026, 6, 1), **options):
    source = SourceOfRegister(f"register-{day}", {"en": "Test register"}, day)
    return import_register(load_register(path), source, now=clock.now(), by="test", **options)


def test_the_same_snapshot_changes_nothing(fresh_app, tmp_path):
    with fresh_app.app_context():
        done = run(write(tmp_path, *mirrored()))
        assert (done.changes, done.unchanged) == ({}, 108)


def test_a_later_snapshot_tells_new_renamed_moved_gone_and_deletes_nothing(fresh_app, tmp_path):
    with fresh_app.app_context():
        rows = mirrored()
        first, second, third = (next(csv.reader([each])) for each in rows[:3])
        first[0] += "（新名）"
        second[4] = "某路99号"
        changed = [",".join(first), ",".join(second), *rows[3:], row()]
        before = db.session.scalar(select(func.count()).select_from(Facility))
        done = run(write(tmp_path, *changed))
        assert done.changes == {"gone": 1, "moved": 1, "new": 1, "renamed": 1}
        assert db.session.scalar(select(func.count()).select_from(Facility)) == before + 1
        gone = db.session.scalar(select(Filed).where(Filed.name == third[0], Filed.gone_in.is_not(None)))
        page = facility_page(gone.facility, clock.today())
        assert (page.card.status, page.filing.gone_on) == ("filed", date(2026, 6, 1))
        renamed = db.session.scalar(select(Facility).where(Facility.name == first[0]))
        assert [kind for _, kind in facility_page(renamed.id, clock.today()).filing.changes] == ["renamed"]
        back = run(write(tmp_path, *rows, row()), date(2026, 7, 1))
        assert back.changes["back"] == 1
        assert facility_page(gone.facility, clock.today()).filing.gone_on is None


def test_a_file_with_a_few_rows_of_a_county_says_nothing_of_the_rest(fresh_app, tmp_path):
    with fresh_app.app_context():
        done = run(write(tmp_path, *mirrored()[:5]))
        assert (done.changes, done.unchanged, done.partial) == ({}, 5, ("330681",))
        whole = run(write(tmp_path, *mirrored()[:5]), date(2026, 7, 1), complete=True, dry_run=True)
        assert whole.changes == {"gone": 610}


def test_another_legal_form_is_a_change_and_a_new_day_is_seen(fresh_app, tmp_path):
    with fresh_app.app_context():
        rows = mirrored()
        name = next(csv.reader([rows[0]]))[0]
        natures = {"营利性": "非营利性", "非营利性": "事业单位", "事业单位": "营利性"}
        cells = next(csv.reader([rows[0]]))
        cells[3] = natures[cells[3]]
        done = run(write(tmp_path, ",".join(cells), *rows[1:]))
        assert done.changes == {"changed": 1}
        again = run(write(tmp_path, ",".join(cells), *rows[1:]), date(2026, 7, 1))
        assert (again.changes, again.already) == ({}, False)
        held = db.session.scalar(select(Filed).where(Filed.name == name))
        assert facility_page(held.facility, clock.today()).filing.snapshot_on == date(2026, 7, 1)


def test_an_identity_number_inside_a_name_is_taken_out(tmp_path):
    read = load_register(
        write(tmp_path, row(name=f"新园{CITIZEN}", alias=CITIZEN, address=f"一路{CITIZEN}号"))
    )
    assert CITIZEN not in repr(read)
    assert read.filings[0].name == "新园"


def test_an_older_snapshot_never_overwrites_a_newer_one(fresh_app, tmp_path):
    with fresh_app.app_context():
        run(write(tmp_path, row()), date(2026, 6, 1))
        with pytest.raises(OlderSnapshotError, match="2026-06-01"):
            run(write(tmp_path, row(name="更新园")), date(2026, 5, 1))


def test_a_dry_run_writes_nothing(fresh_app, tmp_path):
    with fresh_app.app_context():
        before = db.session.scalar(select(func.count()).select_from(Observed))
        done = run(write(tmp_path, row()), dry_run=True)
        assert (done.changes, done.partial) == ({"new": 1}, ("330681",))
        db.session.rollback()
        assert db.session.scalar(select(func.count()).select_from(Observed)) == before
        assert db.session.scalar(select(func.count()).select_from(RegisterChange)) == 0


def test_a_code_shaped_like_a_citizen_number_is_forgotten_at_once(fresh_app, tmp_path, caplog, capsys):
    with fresh_app.app_context(), caplog.at_level(logging.DEBUG):
        read = load_register(write(tmp_path, row(code=CITIZEN)))
        assert read.refused == 1
        source = SourceOfRegister("register-x", {"en": "x"}, date(2026, 6, 1))
        import_register(read, source, now=clock.now(), by="test")
        held = db.session.scalar(select(Filed).where(Filed.name == "新园"))
        assert (held.credit_code, held.code_state) == ("", "refused")
        dump = [
            repr(each) for table in db.metadata.sorted_tables for each in db.session.execute(select(table))
        ]
    assert CITIZEN not in "".join(dump) + caplog.text + "".join(capsys.readouterr())


def test_an_invalid_code_is_kept_only_as_invalid(fresh_app, tmp_path):
    with fresh_app.app_context():
        run(write(tmp_path, row(code="NOT-A-CODE")))
        held = db.session.scalar(select(Facility).where(Facility.name == "新园"))
        assert (held.credit_code, held.credit_state, held.township_code) == (None, "invalid", "330681001")


def test_every_fault_is_named_by_row_and_column_and_nothing_is_written(tmp_path):
    path = write(
        tmp_path,
        row(name=""),
        row(nature="合伙"),
        row(filed="昨天"),
        row(zoning="3306"),
        "too,few",
        row(code=CITIZEN, filed="x"),
        row(filed="2999-01-01 00:00:00"),
        row(address="路" * 501),
    )
    with pytest.raises(FaultyFiles) as caught:
        load_register(path)
    found = [(fault.line, fault.column) for fault in caught.value.faults]
    assert found == [
        (2, "institution_name"),
        (3, "institution_type"),
        (4, "finished_time"),
        (5, "zoning_code"),
        (6, ""),
        (7, "finished_time"),
        (8, "finished_time"),
        (9, "address"),
    ]
    assert CITIZEN not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"PK\x03\x04...", "spreadsheet"),
        (b"a,b\n1,2\n", "missing"),
        (HEADER.encode() + b"\n", "no rows"),
        (b"\xff\xfe\x00\xd8" * 9, "GB 18030"),
    ],
)
def test_a_file_that_is_no_register_is_explained(tmp_path, content, sentence):
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(FaultyFiles, match=sentence):
        load_register(path)


def test_a_packed_file_that_cannot_be_unpacked_is_explained(tmp_path):
    path = tmp_path / "x.csv.gz"
    path.write_bytes(b"not packed")
    with pytest.raises(FaultyFiles, match="cannot be unpacked"):
        load_register(path)


def test_chinese_encodings_and_headings_are_read(tmp_path):
    header = "机构名称,机构别名,统一社会信用代码,机构性质,地址,备案时间,行政区划代码"
    read = load_register(write(tmp_path, row(), header=header, encoding="gb18030"))
    assert read.filings[0].name == "新园"


def test_rows_that_repeat_each_other_are_read_once(tmp_path):
    read = load_register(write(tmp_path, row(), row()))
    assert (len(read.filings), read.duplicates) == (1, 1)
