"""A ledger of the wrong area is noticed; what was tried in the fictional county leaves with it."""

import dataclasses

import pytest
from sqlalchemy import event, select

from app.areas.queries import children
from app.areas.service import load_content
from app.core import clock
from app.extensions import db
from app.facilities.model import Facility, Observed
from app.facilities.queries.pages import facility_page
from app.facilities.service import ledgers
from app.facilities.service.shipped import load_shipped
from tests.factories.ledgers import applied, opened

ELSEWHERE = "330681"


def sentences(faults) -> list[str]:
    return [fault.sentence % dict(fault.values) for fault in faults]


def coded(area: str, count: int) -> list[Facility]:
    query = select(Facility).where(Facility.area_code == area, Facility.credit_state == "valid")
    return list(db.session.scalars(query.order_by(Facility.id).limit(count)))


def test_a_new_row_with_the_credit_code_of_another_area_is_told(fresh_app, tmp_path):
    with fresh_app.app_context():
        (there,) = coded(ELSEWHERE, 1)
        rows = [{"key": 1, "name": "甲园", "code": there.credit_code}, {"key": 2, "name": "乙园"}]
        plan = ledgers.preview(opened(tmp_path, rows))
        assert [row.verdict for row in plan.rows] == ["new", "new"]
        (fault,) = plan.notes.warnings
        assert (fault.line, fault.column) == (2, "信用代码")
        told = sentences([fault])[0]
        assert told.startswith(f"Credit code {there.credit_code} is that of “{there.name}”")
        assert "诸暨市 (330681)" in told
        assert not plan.notes.errors, "it may be a branch: a worker sees it and goes on"


def test_a_ledger_full_of_codes_of_another_area_is_doubted_as_a_whole_with_one_query(fresh_app, tmp_path):
    asked = []

    def note(_connection, _cursor, statement, *_more):
        if "credit_code IN" in statement:
            asked.append(statement)

    with fresh_app.app_context():
        rows = [
            {"key": number, "name": f"第{number}园", "code": each.credit_code}
            for number, each in enumerate(coded(ELSEWHERE, 30), start=1)
        ]
        ledger = opened(tmp_path, rows)
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            plan = ledgers.preview(ledger)
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        assert len(asked) == 1
        assert len(plan.notes.warnings) == 31
        (whole,) = [fault for fault in plan.notes.warnings if not fault.line]
        told = sentences([whole])[0]
        assert "30 have the credit code of a facility elsewhere, mostly in 诸暨市 (330681)" in told
        assert "which area was chosen" in told


def test_the_next_edition_is_not_told_of_its_own_codes(fresh_app, tmp_path):
    with fresh_app.app_context():
        (there,) = coded(ELSEWHERE, 1)
        rows = [{"key": 1, "name": "甲园", "code": there.credit_code}]
        assert applied(tmp_path, rows).applied
        assert not ledgers.preview(opened(tmp_path, [{**rows[0], "phone": "2"}])).notes.warnings


@pytest.fixture
def foreign(fresh_app):
    with fresh_app.app_context():
        return [each.names["zh-Hans"] for each in children(ELSEWHERE)][:4]


def rows_in(townships) -> list[dict]:
    return [{"key": at, "name": f"第{at}园", "township": name} for at, name in enumerate(townships, start=1)]


def test_a_ledger_without_any_township_of_the_area_is_refused(fresh_app, tmp_path, foreign):
    with fresh_app.app_context():
        done = applied(tmp_path, rows_in(foreign))
        assert not done.applied
        (fault,) = done.plan.notes.errors
        told = sentences([fault])[0]
        assert fault.line == 0
        assert "No township of this ledger is known in 杏桥县" in told
        assert foreign[0] in told
        assert "Check which area was chosen" in told
        assert not db.session.scalars(select(Facility).where(Facility.name == "第1园")).all()


def test_a_ledger_most_of_whose_townships_are_strange_is_warned_about_at_the_top(
    fresh_app, tmp_path, foreign
):
    with fresh_app.app_context():
        plan = ledgers.preview(opened(tmp_path, rows_in([*foreign[:3], "青禾镇"])))
        assert not plan.notes.errors
        (whole,) = [fault for fault in plan.notes.warnings if not fault.line]
        assert sentences([whole])[0].startswith("The townships of 3 out of 4 rows are not known in 杏桥县")
        half = ledgers.preview(opened(tmp_path, rows_in([*foreign[:2], "青禾镇", "乐泉镇"])))
        assert [fault.line for fault in half.notes.warnings] == [2, 3]


def test_a_county_that_is_right_proves_the_area_and_townships_have_names_in_other_languages(
    fresh_app, tmp_path, foreign
):
    with fresh_app.app_context():
        rows = [{**row, "county": "杏桥县"} for row in rows_in(foreign)]
        plan = ledgers.preview(opened(tmp_path, rows))
        assert not plan.notes.errors
        assert any("4 out of 4" in each for each in sentences(plan.notes.warnings))
        names = next(each.names for each in children("990101") if each.names["zh-Hans"] == "青禾镇")
        assert len(set(names.values())) > 1
        plan = ledgers.preview(opened(tmp_path, rows_in(names.values())))
        assert not plan.notes.errors + plan.notes.warnings
        assert {row.spot.by for row in plan.rows} == {"stated"}


def test_an_area_whose_townships_nobody_knows_is_not_judged_by_them(fresh_app, tmp_path, foreign):
    with fresh_app.app_context():
        plan = ledgers.preview(opened(tmp_path, rows_in(foreign), "110101"))
        assert not plan.notes.errors
        assert all(fault.line for fault in plan.notes.warnings)


def test_a_ledger_tried_in_the_fictional_county_leaves_with_it(fresh_app, tmp_path):
    settings = fresh_app.extensions["settings"]
    with fresh_app.app_context():
        tried = applied(tmp_path, [{"key": 1, "name": "试验托育园", "phone": "1", "fee": "1"}])
        real = ledgers.apply(
            opened(tmp_path, [{"key": 1, "name": "真托育园"}], ELSEWHERE), now=clock.now(), by="test"
        )
        (gone,), (stays,) = tried.made.values(), real.made.values()
    fresh_app.extensions["settings"] = dataclasses.replace(settings, sample=False)
    with fresh_app.app_context():
        load_content(settings.content, sample=False)
        load_shipped(settings.content, sample=False, now=clock.now())
    with fresh_app.app_context():
        assert facility_page(gone, clock.today()) is None
        assert not db.session.scalars(select(Facility.id).where(Facility.area_code.startswith("99"))).all()
        assert not db.session.scalars(select(Observed.id).where(Observed.facility == gone)).all()
        assert facility_page(stays, clock.today()) is not None
        assert {each.id: each.state for each in ledgers.imports()} == {tried.id: "undone", real.id: "applied"}
        with pytest.raises(ledgers.UnknownAreaError):
            opened(tmp_path, [{"key": 1, "name": "试验托育园"}])
        load_content(settings.content, sample=True)
        load_shipped(settings.content, sample=True, now=clock.now())
        assert applied(tmp_path, [{"key": 1, "name": "试验托育园", "phone": "1", "fee": "1"}]).made
    client = fresh_app.test_client()
    assert client.get(f"/en/facilities/{stays}").status_code == 200
    assert client.get(f"/en/facilities/{gone}").status_code == 404
