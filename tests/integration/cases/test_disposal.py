"""What need not be kept goes, when it must and not before; a legal hold keeps it; the figures stay."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.cases import tasks
from app.cases.model import Case, CaseClock, CaseEvent, CaseFile, CaseMessage, CaseReply
from app.cases.rules.acts import Event
from app.cases.service import disposal, drafts, intake, reconcile, retention
from app.core import audit, blobs, clock
from app.extensions import db
from tests.factories import cases as make
from tests.sites import flask
from tests.unit.core.photo_files import plain

DAY = timedelta(days=1)
CONTACT = {"name": "张三", "phone": "13912345678", "other": ""}


@pytest.fixture
def site(fresh_app):
    with fresh_app.app_context(), make.at(make.MONDAY):
        yield fresh_app


def ended(**answers: object) -> Case:
    """A complaint with a photo, answered and rated on its first day."""
    given = {"purpose": "complaint", "category": "refund", "contact": CONTACT, "grave": "no", **answers}
    token = drafts.begin(**{**vars_of(make.a_report(**given)), "children_shown": "no"})
    drafts.add_file(token, "photo", "房间.jpg", plain())
    case = db.session.get_one(Case, intake.submit(token).case_id)
    if case.state == "triage":
        make.step(case, Event.ASSIGN, make.doer("desk"), target=make.MARKET, reason=make.REASON)
    make.replied_to(make.worked_on(case))
    return make.step(case, Event.RATE, make.doer("resident"), rating=4, solved="yes", reason="谢谢你们")


def vars_of(report) -> dict[str, object]:
    return {name: getattr(report, name) for name in report.__dataclass_fields__}


def files(case: Case) -> list[str]:
    rows = db.session.scalars(select(CaseFile).where(CaseFile.case_id == case.id))
    return [blob for row in rows for blob in (row.original, row.view, row.thumb) if blob]


def words(case: Case) -> list[bytes]:
    found = [case.told, case.contact]
    for model in (CaseMessage, CaseReply):
        found += db.session.scalars(select(model.words).where(model.case_id == case.id))
    return [each for each in found if each]


def names(case: Case) -> list[str]:
    query = select(CaseEvent.event).where(CaseEvent.case_id == case.id).order_by(CaseEvent.seq)
    return list(db.session.scalars(query))


def test_contact_goes_after_180_days_and_the_words_after_three_years(site):
    case = ended()
    contact, story = retention.contact_due(case), retention.words_due(case)
    kept = files(case)
    assert len(kept) == 3
    with make.at(contact - timedelta(seconds=1)):
        assert disposal.dispose() is None
        assert case.contact is not None
    with make.at(contact):
        assert [(due.what, due.held) for due in disposal.due()] == [("contact", False)]
        assert disposal.dispose() == 1
        assert disposal.dispose() is None
        assert case.contact is None
        assert case.contact_erased_on == clock.today()
        assert case.told is not None
    with make.at(story - timedelta(seconds=1)):
        assert disposal.dispose() is None
        assert words(case)
    with make.at(story):
        assert disposal.dispose() == 1
        assert disposal.dispose() is None
    db.session.expire_all()
    assert (case.state, words(case), files(case)) == ("disposed", [], [])
    assert blobs.missing(kept) == sorted(kept)
    assert names(case)[-2:] == ["contact-erased", "dispose"]
    assert (case.category, case.rating, case.solved) == ("refund", 4, "yes")
    assert audit.verify().ok


def test_a_legal_hold_keeps_everything(site):
    case = ended()
    case.hold_reason = "诉讼中"
    db.session.commit()
    with make.at(retention.words_due(case) + DAY):
        assert [due.held for due in disposal.due()] == [True, True]
        assert disposal.dispose() is None
        assert words(case)
        case.hold_reason = ""
        db.session.commit()
        assert disposal.dispose() == 1


def test_what_goes_on_is_never_erased(site):
    with make.at(make.MONDAY):
        case = make.worked_on(make.a_case(category="care"))
    with make.at(make.days_after(make.MONDAY, 4000)):
        assert disposal.dispose() is None
        assert case.told is not None


def test_a_merged_case_is_kept_as_long_as_the_one_it_went_into(site):
    first, second = make.a_case(category="care"), make.a_case(category="care")
    make.worked_on(first)
    make.step(second, Event.MERGE, make.doer("lead", unit=second.lead), target=first.number)
    assert second.state == "merged"
    assert retention.words_due(second) is None
    with make.at(make.days_after(make.MONDAY, 2)):
        make.replied_to(first)
        make.step(first, Event.RATE, make.doer("resident"), rating=5)
    assert retention.words_due(second) == retention.words_due(first)


def test_a_place_may_keep_less(site, monkeypatch):
    case = ended()
    monkeypatch.setattr(
        retention.areas, "retention_of", lambda _place: {"contact_days": 90, "words_years": 1}
    )
    assert retention.contact_due(case) == retention.rules.contact_due(
        case.ended_at, retention.rules.Terms(contact_days=90)
    )
    with make.at(make.days_after(make.MONDAY, 370)):
        assert disposal.dispose() == 1
        assert case.state == "disposed"


def test_a_crash_between_the_rows_and_the_files_leaves_files_that_are_swept(site, monkeypatch):
    case = ended()
    kept = files(case)
    with make.at(retention.words_due(case)):
        with monkeypatch.context() as patch:
            patch.setattr(disposal.endings, "delete_blobs", lambda _gone: None)
            disposal.dispose()
        assert blobs.missing(kept) == []
        found = reconcile.reconcile()
    assert (found.files_swept, found.troubles) == (len(kept), 0)
    assert blobs.missing(kept) == sorted(kept)


def test_the_command_says_what_would_go_and_erases_nothing(site):
    case = ended()
    with make.at(make.days_after(make.MONDAY, -400)):
        old = ended()
    settings = site.extensions["settings"]
    values = {"TUOYU_DATA": settings.data, "DATABASE_URL": settings.database_url}
    told = flask("cases retention --dry-run", **values)
    assert f"{old.number} contact due" in told
    assert case.number not in told
    assert "张三" not in told
    db.session.expire_all()
    assert old.contact is not None
    assert "Erased in 1 cases" in flask("cases retention", **values)
    db.session.expire_all()
    assert old.contact is None


def test_the_day_job_runs_once_a_day(site, monkeypatch):
    runs = []
    monkeypatch.setattr(disposal, "dispose", lambda: runs.append(clock.today()))
    for hours in (0, 1, 12, 16, 30, 40):
        with make.at(make.MONDAY + timedelta(hours=hours)):
            tasks.once_a_day()
    assert len(runs) == len(set(runs)) == 3


def test_the_reconciler_stops_clocks_of_what_is_over_and_counts_what_is_lost(site):
    case = ended()
    over = db.session.scalars(select(CaseClock).where(CaseClock.case_id == case.id)).first()
    over.stopped_at = None
    db.session.commit()
    found = reconcile.reconcile()
    assert (found.clocks_stopped, found.troubles) == (1, 0)
    blobs.delete(files(case)[0])
    assert reconcile.reconcile().files_missing == 1
    with make.at(make.MONDAY):
        half = make.a_case(category="care")
    for row in db.session.scalars(select(CaseClock).where(CaseClock.case_id == half.id)):
        row.stopped_at = make.MONDAY
    db.session.commit()
    assert reconcile.reconcile().cases_without_clock == 1


def test_files_that_somebody_may_be_sending_now_are_left_alone(site):
    blob = blobs.put(b"being sent", drafts.ORIGINAL)
    assert reconcile.reconcile().files_swept == 0
    assert blobs.missing([blob]) == []
    assert reconcile.reconcile(older_than=timedelta(days=-3650)).files_swept == 1
