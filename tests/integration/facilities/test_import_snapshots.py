"""A register snapshot at the counter: only for who may, only of their area, looked at first, never older."""

import io

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from app.extensions import db
from app.facilities.model import Facility, Filed, Snapshot, Upload
from tests.factories.uploads import HOME, Desk

HEADER = ("机构名称", "机构别名", "统一社会信用代码", "机构性质", "机构地址", "备案时间", "行政区划代码")
HERE = ("试点托育园", "", "", "营利性", "一路1号", "2026-02-01 10:00:00", "990101001000")
ELSEWHERE = ("别县托育园", "", "", "营利性", "二路2号", "2026-02-01 10:00:00", "330681001000")


def workbook(*rows: tuple[str, ...]) -> bytes:
    book = Workbook()
    book.active.append(["备案机构公示"])
    for row in (HEADER, *rows):
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def desk(fresh_app) -> Desk:
    return Desk(fresh_app, "demo-admin", f"{HOME}/register")


def held(app) -> tuple[int, int]:
    with app.app_context():
        return tuple(db.session.scalar(select(func.count()).select_from(each)) for each in (Filed, Snapshot))


def test_a_snapshot_is_compared_and_brings_in_only_its_area(desk, fresh_app):
    before = held(fresh_app)
    at = desk.brought(workbook(HERE, ELSEWHERE), "snapshot.xlsx", day="2026-11-01")
    page = desk.look(at)
    assert "试点托育园" in page
    assert "别县托育园" not in page
    assert held(fresh_app) == before
    assert desk.act(at, "apply").status_code == 303
    assert held(fresh_app) == (before[0] + 1, before[1] + 1)
    desk.look(at)
    with fresh_app.app_context():
        assert db.session.scalar(select(Facility.status).where(Facility.name == "试点托育园")) == "filed"


def test_an_older_snapshot_is_refused_with_a_sentence(desk, fresh_app):
    at = desk.brought(workbook(HERE), "snapshot.xlsx", day="2020-01-01")
    desk.look(at)
    with fresh_app.app_context():
        row = db.session.scalars(select(Upload)).one()
        assert row.state == "failed"
        assert "newer snapshot" in row.trouble["sentence"]


def test_faults_of_a_snapshot_name_the_row_as_the_spreadsheet_does(desk, fresh_app):
    wrong = (*HERE[:3], "私人", *HERE[4:])
    at = desk.brought(workbook(HERE, wrong), "snapshot.xlsx")
    desk.look(at)
    with fresh_app.app_context():
        row = db.session.scalars(select(Upload)).one()
        assert (row.state, row.trouble["row"]) == ("failed", 4)


def test_somebody_who_may_only_read_ledgers_in_sees_no_snapshots(fresh_app):
    worker = Desk(fresh_app, "demo-worker-1")
    assert worker.client.get(f"{HOME}/register").status_code == 403
