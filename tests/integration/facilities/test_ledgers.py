"""A county's ledger: previewed, applied in one transaction, applied again as nothing, undone to the byte."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.core import clock
from app.core.db import data_version
from app.extensions import db
from app.facilities.model import Facility, Fee, LedgerImport, LedgerRow, Observed
from app.facilities.queries.pages import facility_page
from app.facilities.service import ledgers
from tests.factories.facilities import PROVIDER, make_facility, say
from tests.factories.ledgers import applied, opened, record_of_everything

DAY = date(2026, 11, 1)
ROWS = [
    {
        "key": "1",
        "name": "新苗托育园",
        "address": "青禾镇一路1号",
        "phone": "0000-5550001",
        "fee": "1200",
        "meals": "15元/天",
    },
    {"key": "2", "name": "大树托育园", "inclusive": "是", "fee": "面议"},
]


def known(**said) -> str:
    return make_facility("990101", "老树婴幼儿照护服务有限公司", **said)


def verdicts(plan) -> list[str]:
    return [row.verdict for row in plan.rows]


def sentences(faults) -> list[str]:
    return [fault.sentence % dict(fault.values) for fault in faults]


def test_a_preview_writes_nothing(fresh_app, tmp_path):
    with fresh_app.app_context():
        before, version = record_of_everything(), data_version()
        plan = ledgers.preview(opened(tmp_path, ROWS))
        assert verdicts(plan) == ["new", "new"]
        db.session.rollback()
        assert (record_of_everything(), data_version()) == (before, version)
        assert db.session.scalar(select(func.count()).select_from(LedgerImport)) == 0


def test_new_facilities_come_to_be_with_everything_the_ledger_says(fresh_app, tmp_path):
    with fresh_app.app_context():
        done = applied(tmp_path, ROWS, day=DAY)
        page = facility_page(done.made["#1"], clock.today())
        made = db.session.get(Facility, done.made["#1"])
        assert (made.name, made.area_code, made.status) == ("新苗托育园", "990101", "not-found")
        assert (made.township_code, made.township_by) == ("990101100", "address")
        assert page.fields["phone"].observed_on == DAY
        assert page.fields["phone"].source["en"] == "Trial ledger"
        fees = db.session.scalars(
            select(Fee).where(Fee.facility == done.made["#1"]).order_by(Fee.component)
        ).all()
        assert [(fee.care, fee.component, fee.unit, fee.min_fen) for fee in fees] == [
            ("full-day", "care", "month", 120000), ("*", "meals", "day", 1500)
        ]  # fmt: skip
        other = db.session.get(Facility, done.made["#2"])
        assert (other.inclusive, other.phone) == (True, None)
        who = select(Observed.recorded_by, Observed.ledger).where(Observed.facility == other.id).distinct()
        assert db.session.execute(who).all() == [("test", done.id)]


def test_the_same_ledger_again_changes_nothing_at_all(fresh_app, tmp_path):
    with fresh_app.app_context():
        first = applied(tmp_path, ROWS)
        before, version = record_of_everything(), data_version()
        again = applied(tmp_path, ROWS)
        assert (again.applied, again.id) == (False, first.id)
        assert (record_of_everything(), data_version()) == (before, version)
        assert len(ledgers.imports()) == 1


def test_the_next_edition_tells_what_changed_field_by_field_and_what_is_missing(fresh_app, tmp_path):
    with fresh_app.app_context():
        first = applied(tmp_path, ROWS, day=DAY)
        plan = ledgers.preview(
            opened(tmp_path, [{**ROWS[0], "phone": "2", "fee": "1300"}]), day=DAY + timedelta(3)
        )
        (row,) = plan.rows
        changes = {change.field: change for change in row.changes}
        assert set(changes) == {"phone", "fees"}
        phone = changes["phone"]
        assert (phone.before, phone.after, phone.before_on, phone.after_on) == (
            "0000-5550001",
            "2",
            DAY,
            DAY + timedelta(3),
        )
        assert [fee["min_fen"] for fee in changes["fees"].after if fee["component"] == "meals"] == [1500]
        assert plan.missing == [(first.made["#2"], "大树托育园")]
        applied(tmp_path, [{**ROWS[0], "phone": "2"}])
        assert db.session.get(Facility, first.made["#2"]).status == "not-found", (
            "nothing is closed by being missing"
        )


def test_a_known_facility_is_recognised_and_keeps_what_the_ledger_leaves_open(fresh_app, tmp_path):
    with fresh_app.app_context():
        identity = known(phone="1", inclusive=True, address="湖畔路9号")
        done = applied(tmp_path, [{"name": "老树婴幼儿照护服务有限公司", "phone": "2"}])
        assert (verdicts(done.plan), done.plan.rows[0].facility) == (["certain"], identity)
        facility = db.session.get(Facility, identity)
        assert (facility.phone, facility.inclusive, facility.address) == ("2", True, "湖畔路9号")


def test_the_register_s_word_stands_and_the_ledger_is_told(fresh_app, tmp_path):
    with fresh_app.app_context():
        facility = db.session.scalars(
            select(Facility)
            .where(Facility.area_code == "330681", Facility.pack.is_(None))
            .order_by(Facility.id)
        ).first()
        name, identity = facility.name, facility.id
        rows = [{"key": "1", "name": name, "address": facility.address}]
        first = ledgers.apply(opened(tmp_path, rows, "330681"), now=clock.now(), by="test")
        assert first.plan.rows[0].facility == identity
        plan = ledgers.preview(opened(tmp_path, [{**rows[0], "name": "改了名的托育园"}], "330681"))
        assert any("the register says otherwise" in each.lower() for each in sentences(plan.notes.warnings))
        assert not plan.rows[0].changes


def test_a_row_of_another_county_is_an_error_and_then_nothing_is_written(fresh_app, tmp_path):
    with fresh_app.app_context():
        before = record_of_everything()
        done = applied(tmp_path, [*ROWS, {"key": "3", "name": "他县托育园", "county": "诸暨市"}])
        assert not done.applied
        assert sentences(done.plan.notes.errors) == ["This row is of “诸暨市”, which is not in 杏桥县."]
        assert record_of_everything() == before
        skipped = applied(
            tmp_path, [*ROWS, {"key": "3", "name": "他县托育园", "county": "诸暨市"}], decisions={4: "skip"}
        )
        assert skipped.applied
        assert len(skipped.made) == 2


def test_a_prefecture_s_ledger_says_the_county_of_each_new_facility(fresh_app, tmp_path):
    with fresh_app.app_context():
        done = ledgers.apply(
            opened(tmp_path, [{"name": "甲园", "county": "杏桥县"}], "9901"), now=clock.now(), by="test"
        )
        assert db.session.get(Facility, *done.made.values()).area_code == "990101"
        plan = ledgers.preview(opened(tmp_path, [{"name": "乙园"}], "9901"))
        assert "The county of this new facility is not stated" in sentences(plan.notes.errors)[0]


def test_undo_restores_every_byte(fresh_app, tmp_path):
    with fresh_app.app_context():
        known(phone="1", fees=[])
        before = record_of_everything()
        rows = [
            *ROWS,
            {"key": "9", "name": "老树婴幼儿照护服务有限公司", "phone": "2", "fee": "900", "inclusive": "否"},
        ]
        done = applied(tmp_path, rows)
        assert record_of_everything() != before
        undone = ledgers.undo(done.id, now=clock.now(), by="test")
        assert (undone.removed, undone.restored) == (2, 1)
        assert record_of_everything() == before
        again = applied(tmp_path, rows)
        assert again.applied, "what is undone can be applied again"


def test_undo_restores_facilities_of_the_register_and_of_packs(fresh_app, tmp_path):
    with fresh_app.app_context():
        before = record_of_everything()
        for area in ("330681", "990101"):
            names = db.session.scalars(
                select(Facility.name).where(Facility.area_code == area).order_by(Facility.id)
            ).all()
            rows = [
                {"key": n, "name": name, "phone": f"{n}", "fee": n}
                for n, name in enumerate(dict.fromkeys(names), 1)
            ]
            done = ledgers.apply(opened(tmp_path, rows, area), now=clock.now(), by="test")
            assert done.applied
            assert sum(1 for row in done.plan.rows if row.changes) > 30
            ledgers.undo(done.id, now=clock.now(), by="test")
        assert record_of_everything() == before


CELLS = {
    "phone": st.sampled_from(["", "1", "2", "无"]),
    "fee": st.sampled_from(["", "900", "1200-1500", "面议", "0"]),
    "meals": st.sampled_from(["", "15", "20元/天"]),
    "inclusive": st.sampled_from(["", "是", "否"]),
    "address": st.sampled_from(["", "青禾镇一路1号", "乐泉镇二路2号"]),
}
NAMES = st.sampled_from(
    ["老树婴幼儿照护服务有限公司", "甲托育园", "乙托育园", "丙托育园", "杏桥县第一幼儿园"]
)
LEDGERS = st.lists(
    st.fixed_dictionaries({"name": NAMES, **CELLS}), max_size=4, unique_by=lambda row: row["name"]
)


@given(editions=st.lists(LEDGERS, min_size=1, max_size=3))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_ledgers_one_after_another_are_undone_one_after_another(fresh_app, tmp_path, editions):
    with fresh_app.app_context():
        before = record_of_everything()
        stages, imports = [], []
        for edition in editions:
            stages.append(record_of_everything())
            done = applied(tmp_path, edition)
            if done.applied:
                imports.append((done.id, stages[-1]))
            assert not applied(tmp_path, edition).applied
        for identity, stage in reversed(imports):
            ledgers.undo(identity, now=clock.now(), by="test")
            assert record_of_everything() == stage
        assert record_of_everything() == before


def test_what_others_have_said_since_keeps_an_import_and_is_named(fresh_app, tmp_path):
    with fresh_app.app_context():
        done = applied(tmp_path, ROWS)
        say(done.made["#1"], "990101", source=PROVIDER, day=clock.today(), phone="9")
        with pytest.raises(ledgers.CannotUndoError, match=done.made["#1"]):
            ledgers.undo(done.id, now=clock.now(), by="test")
        assert db.session.get(Facility, done.made["#1"]).phone == "9"


def test_later_words_about_a_known_facility_do_not_hinder(fresh_app, tmp_path):
    with fresh_app.app_context():
        identity = known(phone="1")
        done = applied(tmp_path, [{"name": "老树婴幼儿照护服务有限公司", "phone": "2"}], day=DAY)
        say(identity, "990101", source=PROVIDER, day=DAY + timedelta(1), inclusive=True)
        ledgers.undo(done.id, now=clock.now(), by="test")
        facility = db.session.get(Facility, identity)
        assert (facility.phone, facility.inclusive) == ("1", True)


def test_imports_of_one_ledger_are_undone_from_the_last_and_within_30_days(fresh_app, tmp_path):
    with fresh_app.app_context():
        first = applied(tmp_path, ROWS)
        second = applied(tmp_path, ROWS[:1])
        with pytest.raises(ledgers.CannotUndoError, match=f"Import {second.id} of the same ledger"):
            ledgers.undo(first.id, now=clock.now(), by="test")
        with pytest.raises(ledgers.CannotUndoError, match="older than 30 days"):
            ledgers.undo(second.id, now=clock.now() + timedelta(days=31), by="test")
        ledgers.undo(second.id, now=clock.now(), by="test")
        ledgers.undo(first.id, now=clock.now(), by="test")
        for identity, word in ((first.id, "undone already"), (99, "no import 99")):
            with pytest.raises(ledgers.CannotUndoError, match=word):
                ledgers.undo(identity, now=clock.now(), by="test")
        assert [(each.id, each.state) for each in ledgers.imports()] == [
            (second.id, "undone"),
            (first.id, "undone"),
        ]


def test_a_worker_s_decisions_hold_in_later_editions(fresh_app, tmp_path):
    with fresh_app.app_context():
        identity = known()
        rows = [{"name": name} for name in ("老树托育", "老树幼托", "老树早教中心")]
        first = applied(tmp_path, rows)
        assert verdicts(first.plan) == ["needs-worker"] * 3
        assert first.plan.rows[0].candidates[0].id == identity
        second = applied(tmp_path, rows, decisions={2: identity, 3: "new", 4: "skip"})
        assert verdicts(second.plan) == ["decided", "decided-new", "skipped"]
        made = second.made["老树幼托|"]
        third = applied(tmp_path, [*rows, {"name": "另一家"}])
        assert verdicts(third.plan) == ["decided", "decided-new", "skipped", "new"]
        assert [row.facility for row in third.plan.rows] == [identity, made, "", ""]
        assert {row.decided_by for row in third.plan.rows[:3]} == {"test"}
        again = applied(tmp_path, [*rows, {"name": "另一家"}], decisions={3: "new"})
        assert not again.applied, "decided new once is one facility"
        kept = db.session.scalars(
            select(LedgerRow.decided_by).where(LedgerRow.ledger == third.id).order_by(LedgerRow.row)
        )
        assert list(kept) == ["test", "test", "test", None]


@pytest.mark.parametrize(
    ("decisions", "word"),
    [({2: "ZZZZZZZZ"}, "not in this area"), ({77: "new"}, "no such row"), ({2: "maybe"}, "not “maybe”")],
)
def test_a_decision_that_cannot_be_is_an_error(fresh_app, tmp_path, decisions, word):
    with fresh_app.app_context():
        done = applied(tmp_path, ROWS, decisions=decisions)
        assert not done.applied
        assert word in " ".join(sentences(done.plan.notes.errors))


def test_two_rows_about_one_facility_are_an_error(fresh_app, tmp_path):
    with fresh_app.app_context():
        identity = known()
        rows = [{"name": "老树托育"}, {"name": "老树幼托"}]
        done = applied(tmp_path, rows, decisions={2: identity, 3: identity})
        assert f"Row 2 is about the same facility, {identity}." in sentences(done.plan.notes.errors)


def test_a_ledger_of_tomorrow_is_an_error(fresh_app, tmp_path):
    with fresh_app.app_context():
        plan = ledgers.preview(opened(tmp_path, ROWS), day=clock.today() + timedelta(2))
        assert "is in the future" in sentences(plan.notes.errors)[0]


def test_the_same_ledger_applied_twice_at_once_is_applied_once(fresh_app, tmp_path):
    with fresh_app.app_context():
        ledger = opened(tmp_path, ROWS)
    start, results = Barrier(2), []

    def run() -> None:
        with fresh_app.app_context():
            start.wait()
            results.append(ledgers.apply(ledger, now=clock.now(), by="test").applied)

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False, True]
    with fresh_app.app_context():
        assert db.session.scalar(select(func.count()).where(Facility.name == "新苗托育园")) == 1
        assert len(ledgers.imports()) == 1
