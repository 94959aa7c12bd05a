"""The page of the day has what waits in every room: files, changes of a place, signatures, the audit."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.accounts.model import Account
from app.accounts.rules import Grant, Role
from app.core import clock
from app.core.audit_checks import AuditCheck
from app.extensions import db
from app.facilities.model import LedgerImport, Snapshot, Source
from app.guide.model import GuideRevision, GuideSigner, GuideText
from tests.factories.accounts import make_staff, sign_in
from tests.factories.everything import a_change, an_export, an_upload, kept
from tests.factories.signing import a_doctor, a_signer, enter
from tests.integration.accounts.test_today import counts, desk

LEAD, SECOND, ADMIN, WORKER, AUDITOR = (
    "demo-lead", "demo-lead-2", "demo-admin", "demo-worker-1", "demo-auditor",
)  # fmt: skip


def opens(app, handle: str, part: str) -> bool:
    """Tell whether the sentence leads somebody to a page of theirs."""
    client = app.test_client()
    sign_in(client, handle)
    addresses = [address for words, address in desk(app, handle).items() if part in words]
    return bool(addresses) and all(client.get(address).status_code == 200 for address in addresses)


def identity(app, handle: str) -> str:
    """Return the id of somebody's account, made if need be."""
    with app.app_context():
        found = db.session.scalar(select(Account.id).where(Account.handle == handle))
    return found or make_staff(app, handle).id


def put(app, *rows) -> None:
    """Write rows."""
    with app.app_context():
        for row in rows:
            kept(row)
        db.session.commit()


@pytest.mark.parametrize("state", ["ready", "matching", "failed"])
def test_a_ledger_that_was_brought_waits_for_the_people_of_its_county(fresh_app, state):
    put(fresh_app, an_upload("ledger", "somebody", state=state))
    assert counts(desk(fresh_app, LEAD), "not applied yet") == [1]
    assert opens(fresh_app, LEAD, "not applied yet")
    for handle in ("demo-market", "demo-provider-1", AUDITOR, ADMIN):
        assert counts(desk(fresh_app, handle), "not applied yet") == [], handle


@pytest.mark.parametrize("state", ["waiting", "applied", "undone", "dropped"])
def test_a_ledger_that_waits_for_the_worker_or_for_nobody_is_not_told(fresh_app, state):
    put(fresh_app, an_upload("ledger", "somebody", state=state, days=1))
    assert counts(desk(fresh_app, LEAD), "not applied") == []


def test_a_ledger_of_another_county_is_not_told(fresh_app):
    put(fresh_app, an_upload("ledger", "somebody", area="330681"))
    assert counts(desk(fresh_app, LEAD), "not applied") == []


@pytest.mark.parametrize(("days", "found"), [(1.9, [1]), (2.1, []), (-0.1, [])])
def test_a_file_is_told_before_it_is_erased(fresh_app, days, found):
    put(fresh_app, an_upload("ledger", "somebody", days=days))
    assert counts(desk(fresh_app, LEAD), "erased within two days") == found


def test_a_register_snapshot_waits_for_those_who_may_apply_it(fresh_app):
    put(fresh_app, an_upload("register", "somebody", days=1))
    for handle in (LEAD, ADMIN):
        assert counts(desk(fresh_app, handle), "register snapshot was brought") == [1], handle
        assert counts(desk(fresh_app, handle), "register snapshot that was not applied") == [1], handle
        assert opens(fresh_app, handle, "register snapshot was brought")
    assert counts(desk(fresh_app, WORKER), "register snapshot") == []


@pytest.mark.parametrize(("days", "found"), [(180, []), (181, [1])])
def test_ledgers_and_a_register_that_became_old_are_told(fresh_app, days, found):
    with fresh_app.app_context():
        on = clock.today() - timedelta(days)
        source = db.session.scalars(select(Source.key)).first()
        db.session.execute(update(LedgerImport).values(state="undone"))
        ledger = LedgerImport(
            digest="d", file="l.csv", profile="p", profile_digest="p", source=source, area="990101",
            observed_on=on, imported_at=clock.now(), imported_by="x", counts={}, state="applied",
        )  # fmt: skip
        db.session.add(ledger)
        db.session.execute(update(Snapshot).values(taken_on=on))
        db.session.commit()
    told = desk(fresh_app, LEAD)
    assert counts(told, "The newest ledger of") == found
    assert counts(told, "The newest snapshot of the register") == [180] * len(found)
    assert counts(desk(fresh_app, "demo-provider-1"), "newest") == []


def test_a_file_about_residents_waits_for_a_second_person(fresh_app):
    put(fresh_app, an_export(identity(fresh_app, LEAD)))
    assert counts(desk(fresh_app, SECOND), "take out") == [1]
    assert opens(fresh_app, SECOND, "take out")
    for handle in (LEAD, WORKER, "demo-market", ADMIN, AUDITOR):
        assert counts(desk(fresh_app, handle), "take out") == [], handle


def test_a_file_that_is_written_waits_for_its_owner_alone(fresh_app):
    put(fresh_app, an_export(identity(fresh_app, WORKER), kind="events", state="ready"))
    assert counts(desk(fresh_app, WORKER), "can be fetched") == [1]
    assert counts(desk(fresh_app, LEAD), "can be fetched") == []


@pytest.mark.parametrize("name", ["routing", "units"])
def test_a_change_of_rules_waits_for_those_who_may_approve_it(fresh_app, name):
    put(fresh_app, a_change(identity(fresh_app, LEAD), name=name))
    for handle in (SECOND, ADMIN):
        assert counts(desk(fresh_app, handle), "of rules, offices") == [1], handle
        assert opens(fresh_app, handle, "of rules, offices")
    for handle in (LEAD, WORKER, AUDITOR, "demo-market"):
        assert counts(desk(fresh_app, handle), "of rules, offices") == [], handle


def test_a_change_of_working_days_is_found_in_the_pages_of_ones_place(fresh_app):
    change = a_change(identity(fresh_app, LEAD), name="calendar:CN:2026", place="CN")
    put(fresh_app, change)
    [address] = [each for words, each in desk(fresh_app, ADMIN).items() if "of rules, offices" in words]
    assert "/place/990101/changes/" in address
    put(fresh_app, a_change(identity(fresh_app, LEAD)))
    assert counts(desk(fresh_app, SECOND), "of rules, offices") == [2]
    assert opens(fresh_app, SECOND, "of rules, offices")


def test_a_change_of_another_place_is_not_told(fresh_app):
    put(fresh_app, a_change("somebody", place="330681"))
    assert counts(desk(fresh_app, SECOND), "of rules, offices") == []


def test_a_change_that_was_only_begun_waits_for_its_author(fresh_app):
    put(fresh_app, a_change(identity(fresh_app, LEAD), state="draft"))
    assert counts(desk(fresh_app, LEAD), "was begun") == [1]
    assert counts(desk(fresh_app, SECOND), "was begun") == []


def waiting_text(app, risk: str, author: str) -> str:
    """Let the source of a text of this risk have a draft that somebody sent to a second person."""
    with app.app_context():
        text = db.session.scalars(
            select(GuideText).where(GuideText.risk == risk).order_by(GuideText.slug)
        ).first()
        query = select(GuideRevision).where(
            GuideRevision.slug == text.slug,
            GuideRevision.language == "zh-Hans",
            GuideRevision.state == "published",
        )
        old = db.session.scalars(query).one()
        copied = {
            each.name: getattr(old, each.key) for each in GuideRevision.__table__.columns if each.name != "id"
        }
        news = {
            "n": old.n + 1,
            "state": "in_review",
            "author": author,
            "base_id": old.id,
            "published_at": None,
        }
        db.session.add(GuideRevision(**{**copied, **news}))
        old.reviewer = "示例"
        db.session.commit()
        return str(text.slug)


def test_a_draft_waits_for_the_signature_of_a_clinician(fresh_app):
    a_doctor(fresh_app)
    a_signer(fresh_app, "nurse", "nutrition")
    slug = waiting_text(fresh_app, "R1", "somebody")
    assert counts(desk(fresh_app, "doctor"), "your signature") == [1]
    assert opens(fresh_app, "doctor", "your signature")
    client = fresh_app.test_client()
    sign_in(client, "doctor")
    assert f"/guide/{slug}" in client.get("/en/staff/guide?flag=sign").text
    for handle in (LEAD, WORKER, "demo-expert-child", AUDITOR):
        assert counts(desk(fresh_app, handle), "your signature") == [], handle


def test_ones_own_draft_does_not_wait_for_oneself(fresh_app):
    a_doctor(fresh_app)
    waiting_text(fresh_app, "R1", identity(fresh_app, "doctor"))
    assert counts(desk(fresh_app, "doctor"), "your signature") == []


def test_what_readers_get_without_a_name_is_told_to_those_who_may_sign_it(fresh_app):
    a_doctor(fresh_app)
    a_signer(fresh_app, "cook", "nutrition")
    with fresh_app.app_context():
        db.session.execute(update(GuideRevision).values(reviewer="示例"))
        grave = _unsigned("R1") + _unsigned("R2")
        db.session.commit()
    assert grave == 2
    assert counts(desk(fresh_app, "doctor"), "no name") == [2]
    assert counts(desk(fresh_app, "cook"), "no name") == [1], "a grave one needs a clinician"
    assert counts(desk(fresh_app, LEAD), "no name") == []


def _unsigned(risk: str) -> int:
    slug = db.session.scalars(
        select(GuideText.slug).where(GuideText.risk == risk).order_by(GuideText.slug)
    ).first()
    mine = GuideRevision.slug == slug, GuideRevision.language == "zh-Hans", GuideRevision.state == "published"
    return db.session.execute(update(GuideRevision).where(*mine).values(reviewer="")).rowcount


def test_somebody_who_signs_no_more_is_asked_for_nothing(fresh_app):
    account = make_staff(fresh_app, "doctor", Grant(Role.EXPERT, "", "990101")).id
    enter(fresh_app, account)
    with fresh_app.app_context():
        db.session.execute(update(GuideSigner).values(ended_at=clock.now()))
        db.session.commit()
    assert counts(desk(fresh_app, "doctor"), "name") == []


@pytest.mark.parametrize("ok", [True, False])
def test_an_audit_that_was_touched_is_the_first_thing_an_auditor_reads(fresh_app, ok):
    put(
        fresh_app, AuditCheck(at=clock.now(), ok=ok, count=1, bad=None if ok else 2, why="" if ok else "hash")
    )
    words = [*desk(fresh_app, AUDITOR)]
    assert any("touched the audit" in each for each in words) is not ok
    assert not any("touched the audit" in each for each in desk(fresh_app, LEAD))
