"""Files to take out: scoped, harmless, counted, allowed by a second person where residents can be reached."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import audit, clock
from app.core.audit import Audit
from app.extensions import db
from app.site.forms import sheets
from app.site.model import Export
from app.site.service import exports
from tests.factories.cases import a_case
from tests.factories.counter import CANARIES, FEES, NAMED, officer, post, token_of

PAGE = "/zh-Hans/staff/exports"


@pytest.fixture
def lead(fresh_app):
    return officer(fresh_app, "demo-lead")


@pytest.fixture
def second(fresh_app):
    return officer(fresh_app, "demo-lead-2")


def ask(client, **fields):
    return post(client, PAGE, **{"area": "990101", "form": "csv", **fields})


def written(app) -> list[Export]:
    with app.app_context():
        exports.write_waiting(sheets.make)
        return list(db.session.scalars(select(Export).order_by(Export.at)))


def fetch(client, identity: str):
    return client.post(f"{PAGE}/{identity}/file", data={"csrf_token": token_of(client, PAGE)})


def steps(app) -> list[str]:
    with app.app_context():
        query = select(Audit.action).where(Audit.action.startswith("export.")).order_by(Audit.id)
        return list(db.session.scalars(query))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ["facilities", "proposals", "events", "cases", "guide"])
def test_a_file_is_written_by_the_worker_and_fetched_by_its_owner(fresh_app, lead, kind, form):
    with fresh_app.app_context():
        a_case(**FEES)
        db.session.commit()
    assert ask(lead, kind=kind, form=form).status_code == 303
    [row] = written(fresh_app)
    assert row.state == "ready"
    found = fetch(lead, row.id)
    assert found.status_code == 200
    assert len(found.data) == row.size
    if form == "xlsx":
        from openpyxl import load_workbook

        sheet = load_workbook(io.BytesIO(found.data)).active
        assert sheet.max_row == row.rows + 1
    else:
        assert found.data.startswith("\ufeff".encode())
    assert row.rows or kind == "proposals"
    assert steps(fresh_app) == ["export.asked", "export.made", "export.read"]


def test_no_word_or_name_of_a_resident_is_in_the_table_of_cases(fresh_app, lead):
    with fresh_app.app_context():
        case = a_case(**FEES, **NAMED)
        db.session.commit()
        number = case.number
    ask(lead, kind="cases")
    [row] = written(fresh_app)
    data = fetch(lead, row.id).get_data(as_text=True)
    assert number in data
    assert not [canary for canary in (*CANARIES, FEES["story"][:8]) if canary in data]


def test_a_double_click_is_one_request(fresh_app, lead):
    ask(lead, kind="guide")
    ask(lead, kind="guide")
    assert len(written(fresh_app)) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "accounts"},
        {"kind": "cases", "area": "330681"},
        {"kind": "cases", "form": "exe"},
        {"kind": ""},
    ],
)
def test_what_is_not_ones_own_is_not_written(fresh_app, lead, fields):
    assert ask(lead, **fields).status_code == 400
    assert written(fresh_app) == []


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_cell_is_taken_for_a_formula(form):
    from app.site.service import workbook

    evil = [
        "=1+1",
        "+cmd|'/c calc'!A0",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "＝1",
        "'quoted",
        "plain",
        7,
        None,
        "a\x00b",
    ]
    data = workbook.write(form, "t", ["=head"], [[each] for each in evil], rtl=True)
    if form == "csv":
        lines = data.decode("utf-8-sig")
        assert "\n'=1+1" in lines
        assert "'=head" in lines
        return
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet.sheet_view.rightToLeft
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert not [text for text in texts if text[0] in "=+-@\t＝"]
    assert 7 in [cell.value for cell in cells]


def contacts(client, **more):
    given = {
        "kind": "contacts",
        "purpose": "call-back",
        "reason": "逐一回电核对收费情况，今天之内完成。",
        **more,
    }
    return ask(client, **given)


@pytest.mark.parametrize(
    "missing", [{"purpose": ""}, {"reason": "短"}, {"purpose": "curious"}, {"reason": "x" * 1001}]
)
def test_ways_to_reach_residents_need_a_reason(fresh_app, lead, missing):
    answer = contacts(lead, **missing)
    assert answer.status_code == 400
    if "purpose" in missing:
        assert "逐一回电核对收费情况" in answer.text, "what was typed is still there"
    assert written(fresh_app) == []


def test_ways_to_reach_residents_need_a_second_person_and_end_after_a_day(
    fresh_app, lead, second, monkeypatch
):
    with fresh_app.app_context():
        a_case(**FEES, **NAMED)
        db.session.commit()
    assert contacts(lead).status_code == 303
    [row] = written(fresh_app)
    assert row.state == "asked", "nothing is written before a second person said so"
    token = {"csrf_token": token_of(lead, PAGE), "do": "allow"}
    assert lead.post(f"{PAGE}/{row.id}/decide", data=token).status_code == 409
    assert "逐一回电核对收费情况" in second.get(PAGE).text
    token = {"csrf_token": token_of(second, PAGE), "do": "allow"}
    assert second.post(f"{PAGE}/{row.id}/decide", data=token).status_code == 303
    [row] = written(fresh_app)
    assert row.state == "ready"
    assert fetch(second, row.id).status_code == 404, "who allowed it does not get it"
    sealed = [
        path.read_bytes()
        for path in (fresh_app.extensions["settings"].data / "exports").rglob("*")
        if path.is_file()
    ]
    assert sealed
    assert not [data for data in sealed if CANARIES[1].encode() in data]
    start = clock.now()
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(hours=23, minutes=59))
    with fresh_app.app_context():
        assert exports.erase_old() is None
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(hours=24, minutes=1))
    with fresh_app.app_context():
        with pytest.raises(LookupError):
            exports.fetch(type("Staff", (), {"id": lead.account, "grants": ()})(), row.id)
        assert exports.erase_old() == 1
        assert audit.verify().ok
    left = [path for path in (fresh_app.extensions["settings"].data / "exports").rglob("*") if path.is_file()]
    assert left == []
    done = ["asked", "allowed", "made", "erased"]
    assert steps(fresh_app) == [f"export.{step}" for step in done]


def allowed_contacts(app, lead, second) -> Export:
    with app.app_context():
        a_case(**FEES, **NAMED)
        db.session.commit()
    contacts(lead)
    [row] = written(app)
    token = {"csrf_token": token_of(second, PAGE), "do": "allow"}
    second.post(f"{PAGE}/{row.id}/decide", data=token)
    [row] = written(app)
    return row


def test_ways_to_reach_residents_are_handed_out_once(fresh_app, lead, second, monkeypatch):
    row = allowed_contacts(fresh_app, lead, second)
    told = fetch(lead, row.id).get_data(as_text=True)
    assert all(canary in told for canary in CANARIES)
    page = lead.get(PAGE).text
    assert "示例·联席办值班员" in page, "who allowed it is named"
    start = clock.now()
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(minutes=9))
    assert fetch(lead, row.id).status_code == 200, "a line may break"
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(minutes=11))
    with fresh_app.app_context():
        assert exports.erase_old() == 1
    assert fetch(lead, row.id).status_code != 200
    left = [path for path in (fresh_app.extensions["settings"].data / "exports").rglob("*") if path.is_file()]
    assert left == []
    assert steps(fresh_app).count("export.read") == 2, "each time is written down"


def test_whoever_allows_or_fetches_such_a_file_proves_once_more_to_be_there(
    fresh_app, lead, second, monkeypatch
):
    row = allowed_contacts(fresh_app, lead, second)
    ask(lead, kind="guide")
    plain = next(each for each in written(fresh_app) if each.kind == "guide")
    start = clock.now()
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(minutes=11))
    assert "/staff/confirm" in fetch(lead, row.id).location
    assert fetch(lead, plain.id).status_code == 200, "a file without them is not asked for twice"
    token = {"csrf_token": token_of(second, PAGE), "do": "decline"}
    assert "/staff/confirm" in second.post(f"{PAGE}/{row.id}/decide", data=token).location
    assert steps(fresh_app).count("export.read") == 1


def test_a_deputy_takes_out_what_the_lender_could_and_the_audit_names_both(fresh_app):
    from app.accounts.rules import Action, Grant, Role
    from app.accounts.rules.cover import lendable
    from app.accounts.service import covering

    worker, deputy = officer(fresh_app, "demo-worker-1"), officer(fresh_app, "demo-xinghua")
    own = Grant(Role.COMMUNITY_WORKER, "990101001.office", "990101001")
    with fresh_app.app_context():
        chosen = tuple(each for each in lendable([own]) if each[1] == "facilities")
        lender = type("Staff", (), {"id": worker.account})()
        today = clock.today()
        covering.ask(lender, covering.Asked(deputy.account, chosen, today, today, "休假", "once"))
    assert ask(deputy, kind="facilities", area="990101001").status_code == 303
    [row] = written(fresh_app)
    assert row.state == "ready"
    assert row.rows
    assert fetch(deputy, row.id).status_code == 200
    with fresh_app.app_context():
        query = select(Audit.action, Audit.data).where(Audit.action.startswith("export."))
        lenders = {each.action: each.data.get("for") for each in db.session.execute(query)}
    assert lenders == {"export.asked": worker.account, "export.made": None, "export.read": worker.account}
    with fresh_app.test_request_context():
        from flask import g

        from app.accounts.queries.current import Staff, grants_of, lent_to

        grants = grants_of(deputy.account)
        lent = lent_to(deputy.account, grants)
        now = clock.now()
        staff = Staff(deputy.account, "", {}, (*grants, *lent), now, now, "", lent)
        assert staff.lender(Action.FACILITY_EDIT) == worker.account
        assert staff.lender(Action.CASE_LIST) == "", "an own right is nobody else's"
        g.audit_actor, g.audit_for = staff.id, staff.lender(Action.FACILITY_EDIT)
        number = audit.record("facility.edited", subject="V2BZZGN6")
        other = audit.record("facility.edited", actor=audit.SYSTEM, subject="V2BZZGN6")
        assert db.session.get_one(Audit, number).data == {"for": worker.account}
        assert db.session.get_one(Audit, other).data == {}


def test_a_declined_file_is_never_written(fresh_app, lead, second):
    contacts(lead)
    [row] = written(fresh_app)
    token = {"csrf_token": token_of(second, PAGE), "do": "decline"}
    second.post(f"{PAGE}/{row.id}/decide", data=token)
    [row] = written(fresh_app)
    assert row.state == "declined"
    token = {"csrf_token": token_of(second, PAGE), "do": "allow"}
    assert second.post(f"{PAGE}/{row.id}/decide", data=token).status_code == 409


def test_a_right_that_is_gone_when_the_file_is_written_gives_no_file(fresh_app, lead):
    from app.accounts.service import managing

    ask(lead, kind="cases")
    with fresh_app.app_context():
        managing.disable(lead.account, by=audit.SYSTEM)
    [row] = written(fresh_app)
    assert (row.state, row.blob) == ("refused", None)


def test_a_worker_takes_out_only_what_lies_in_the_own_township(fresh_app):
    worker = officer(fresh_app, "demo-worker-1")
    assert ask(worker, kind="facilities", area="990101").status_code == 400
    assert ask(worker, kind="facilities", area="990101001").status_code == 303
    with fresh_app.app_context():
        from app.facilities.model import Facility

        query = select(Facility.id).where(Facility.township_code == "990101001")
        own = set(db.session.scalars(query))
    assert own
    [row] = written(fresh_app)
    lines = fetch(worker, row.id).data.decode("utf-8-sig").splitlines()
    assert {line.split(",")[0] for line in lines[1:] if line[:8] in own} == own
    assert row.rows == len(own)


def test_somebody_elses_file_is_not_there(fresh_app, lead, second):
    ask(lead, kind="guide")
    [row] = written(fresh_app)
    assert fetch(second, row.id).status_code == 404
    assert fetch(second, "0000NONE").status_code == 404
