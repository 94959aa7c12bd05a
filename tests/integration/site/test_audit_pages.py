"""The audit for auditors: filtered, paged, within one's place; a touched line is found and said."""

import re

import pytest
from sqlalchemy import text

from app.accounts.rules import Grant, Role
from app.core import audit, audit_checks
from app.extensions import db
from app.site.queries import auditing
from tests.factories.accounts import make_staff, sign_in
from tests.factories.cases import a_case
from tests.factories.counter import FEES, officer, post

PAGE = "/zh-Hans/staff/audit"


@pytest.fixture
def auditor(fresh_app):
    return officer(fresh_app, "demo-auditor")


def record(app, action: str, times: int = 1, **told) -> None:
    with app.app_context():
        for _turn in range(times):
            audit.record(action, **told)
        db.session.commit()


def actions(page) -> list[str]:
    """Return the codes of the actions of a page, in its order."""
    return re.findall(
        r'<bdi dir="ltr" class="nb">([a-z]+(?:-[a-z]+)*(?:\.[a-z-]+)?)</bdi></span></span></td>', page.text
    )


def test_a_touched_row_is_found_by_the_command_and_said_on_the_page(fresh_app, auditor):
    record(fresh_app, "guide.published", 5, actor=auditor.account, subject="fever")
    runner = fresh_app.test_cli_runner()
    assert runner.invoke(args=["audit", "verify"]).exit_code == 0
    assert post(auditor, f"{PAGE}/check", PAGE).status_code == 303
    assert "完好" in auditor.get(PAGE).text or "Whole" in auditor.get(PAGE).text
    with fresh_app.app_context():
        db.session.execute(text("UPDATE audit SET actor = 'somebody' WHERE id = 2"))
        db.session.commit()
    done = runner.invoke(args=["audit", "verify"])
    assert done.exit_code == 1
    assert "row 2 (edited)" in done.output
    post(auditor, f"{PAGE}/check", PAGE)
    with fresh_app.app_context():
        found = audit_checks.newest()
        assert (found.ok, found.bad, found.why) == (False, 2, "edited")
    assert 'class="tag bad"' in auditor.get(PAGE).text


def test_the_chain_is_read_through_once_a_day(fresh_app, monkeypatch):
    from datetime import timedelta

    from app.core import clock

    with fresh_app.app_context():
        start = clock.now()
        first = audit_checks.check_daily()
        assert audit_checks.check_daily() is None
        monkeypatch.setattr(clock, "now", lambda: start + timedelta(hours=25))
        audit.record("sign-out", actor="A")
        db.session.commit()
        assert audit_checks.check_daily() == first + 1


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"group": "export"}, {"export.made"}),
        ({"group": "publication"}, {"guide.published"}),
        ({"subject": "fever"}, {"guide.published"}),
        ({"actor": "resident"}, set()),
        ({"until": "2020-01-01"}, set()),
    ],
)
def test_lines_are_sifted(fresh_app, auditor, asked, found):
    record(fresh_app, "guide.published", actor=auditor.account, subject="fever")
    record(fresh_app, "export.made", actor=auditor.account, subject="990101/A")
    page = auditor.get(PAGE, query_string=asked)
    assert page.status_code == 200
    assert {action for action in actions(page) if "." in action} == found


@pytest.mark.parametrize("wrong", [{"since": "soon"}, {"group": "everything"}, {"before": "x"}])
def test_a_question_that_cannot_be_meant_is_said(auditor, wrong):
    assert auditor.get(PAGE, query_string=wrong).status_code == 400


def test_pages_follow_one_another_without_gap(fresh_app, auditor):
    record(fresh_app, "guide.saved", auditing.PAGE + 5, actor=auditor.account, subject="fever")
    with fresh_app.app_context():
        first = auditing.page(["990101"], auditing.Question(subject="fever"))
        second = auditing.page(["990101"], auditing.Question(subject="fever", before=first.older))
    numbers = [line.id for page in (first, second) for line in page.lines]
    assert len(numbers) == auditing.PAGE + 5
    assert numbers == sorted(set(numbers), reverse=True)
    assert second.older is None


def test_what_others_did_elsewhere_is_not_there(fresh_app, auditor):
    other = make_staff(fresh_app, "elsewhere", Grant(Role.COMMUNITY_WORKER, "", "330681109"))
    record(fresh_app, "facility.changed", actor=other.id, subject="ELSEWHERE")
    record(fresh_app, "routing.changed", actor=other.id, subject="330681.market")
    with fresh_app.app_context():
        case = a_case(**FEES)
        db.session.commit()
        number = case.number
    record(fresh_app, "case.read", actor=other.id, subject=number)
    page = auditor.get(PAGE).text
    assert "ELSEWHERE" not in page
    assert "330681.market" not in page
    assert number in page, "it is a case of the auditor's place, whoever read it"


def test_no_name_of_a_resident_and_no_word_of_theirs_stands_in_the_audit(fresh_app, auditor):
    from tests.factories.counter import CANARIES, NAMED

    with fresh_app.app_context():
        a_case(**FEES, **NAMED)
        db.session.commit()
    shown = auditor.get(PAGE).text
    assert not [canary for canary in CANARIES if canary in shown]


def test_the_yearly_report_counts_reads_by_the_role_of_that_moment(fresh_app, auditor):
    reader = make_staff(fresh_app, "reader", Grant(Role.LEAD, "990101.health", "990101"))
    record(fresh_app, "sealed.read", 6, actor=reader.id, subject="X", data={"what": "contact"})
    changed = {"role": "auditor", "unit": "", "area": "990101", "facility": ""}
    record(fresh_app, "account.granted", actor=auditor.account, subject=reader.id, data=changed)
    record(fresh_app, "sealed.read", 7, actor=reader.id, subject="X", data={"what": "contact"})
    table = auditor.get(f"{PAGE}/minors.csv")
    assert table.mimetype == "text/csv"
    lines = table.get_data().decode("utf-8-sig").splitlines()
    assert sorted(line.rsplit(",", 1)[1] for line in lines[1:]) == ["13", "6", "7"]
    assert auditor.get(f"{PAGE}/minors").status_code == 200
    assert auditor.get(f"{PAGE}/minors", query_string={"year": "1999"}).status_code == 404


@pytest.mark.parametrize("lang", ["zh-Hans", "ug", "en"])
def test_the_pages_are_whole_in_every_language(fresh_app, auditor, lang):
    record(fresh_app, "sealed.read", 3, actor=auditor.account, subject="X", data={"what": "contact"})
    for page in ("audit", "audit/minors", "help", "exports"):
        assert auditor.get(f"/{lang}/staff/{page}").status_code == 200


def test_nobody_but_an_auditor_sees_it(fresh_app):
    client = fresh_app.test_client()
    sign_in(client, "demo-admin")
    assert client.get(PAGE).status_code == 403


def test_details_are_said_in_words_with_the_names_of_people_and_offices(fresh_app, auditor):
    made = make_staff(fresh_app, "demo-market")
    lent = {"role": "department-officer", "unit": "990101.market", "for": made.id, "step": "code"}
    record(fresh_app, "account.granted", actor=auditor.account, subject=made.id, data=lent)
    row = auditor.get(PAGE, query_string={"group": "role"}).text.partition("account.granted")[2]
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", row.partition("</tr>")[0]))
    assert "部门经办人" in told
    assert "杏桥县市场监督管理局" in told
    assert "demo-market" in told, "an account by the name it signs in with"
    assert made.id not in told
    assert "step: code" in told, "what has no words is said as it is written"
