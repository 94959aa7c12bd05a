"""The day of the next review moves when somebody publishes a text, or says that it is right as it is."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import audit, clock
from app.core.audit import Audit
from app.extensions import db
from app.guide.model import GuideRevision, GuideText
from app.guide.queries import signers, texts
from app.guide.queries.editing import desk
from app.guide.queries.signers import Signer
from app.guide.queries.translating import compared
from app.guide.rules.gates import Person
from app.guide.rules.states import next_review
from app.guide.rules.texts import Words
from app.guide.service import editing, looking, vouching
from app.guide.service.editing import Refused, Said, Seen, Stale

LATER = clock.today() + timedelta(days=1500)
EVERYDAY, HEALTH, GRAVE = "two-languages", "vitamin-d-iron", "safe-sleep"
WORKER, ONE, TWO = (Signer(Person(account)) for account in ("worker", "one", "two"))
REVIEWER = Signer(Person("reviewer", reviews=True))


def clinician(account: str, name: str) -> Signer:
    return Signer(Person(account, reviews=True, named=True, field="medicine"), name, "Physician", "Clinic")


DOCTOR, OTHER_DOCTOR = clinician("doctor", "Dr. A"), clinician("other", "Dr. B")


@pytest.fixture
def site(fresh_app, monkeypatch):
    """The program on a day on which every text should have been looked at again."""
    monkeypatch.setattr(clock, "today", lambda: LATER)
    with fresh_app.test_request_context("/zh-Hans/"):
        yield fresh_app


def seen(slug):
    row = desk(slug, "zh-Hans").head
    return Seen(row.id, row.version)


def article(slug, language="zh-Hans"):
    return texts.find(slug, language, links=lambda _scheme, _value: None, today=LATER)


def live(slug):
    query = select(GuideRevision).where(GuideRevision.slug == slug, GuideRevision.language == "zh-Hans")
    return db.session.scalars(query.where(GuideRevision.state == "published")).one()


def test_publishing_anew_moves_the_day(site):
    assert article(EVERYDAY).overdue
    editing.bring_back(EVERYDAY, "zh-Hans", "worker", 1)
    editing.publish(EVERYDAY, "zh-Hans", WORKER, seen(EVERYDAY), Said())
    now = article(EVERYDAY)
    assert (now.overdue, now.written_on) == (False, LATER)
    assert now.next_review_on == next_review(LATER, db.session.get_one(GuideText, EVERYDAY).review_months)
    assert desk(EVERYDAY, "zh-Hans").live.record.written_on == LATER


def test_looking_at_a_text_moves_the_day_and_nothing_else(site):
    before = live(EVERYDAY)
    before.reviewer, before.reviewed_on = "Dr. A", LATER - timedelta(days=1400)
    db.session.commit()
    words, states = editing.words_of(before), dict(article(EVERYDAY).languages)
    first = seen(EVERYDAY)
    n = looking.look_at(EVERYDAY, WORKER, first)
    assert looking.look_at(EVERYDAY, WORKER, first) == n
    row, now = live(EVERYDAY), article(EVERYDAY)
    assert (row.n, row.change, editing.words_of(row)) == (n, "cosmetic", words)
    assert (row.reviewer, row.reviewed_on) == ("Dr. A", LATER - timedelta(days=1400))
    assert (now.overdue, now.written_on, dict(now.languages)) == (False, LATER, states)
    assert db.session.scalars(select(Audit.action).where(Audit.subject == EVERYDAY)).all() == [
        "guide.looked-at"
    ]
    assert audit.verify().ok
    with pytest.raises(Stale):
        looking.look_at(EVERYDAY, ONE, first)


def test_nobody_looks_at_a_text_that_somebody_is_writing(site):
    editing.bring_back(EVERYDAY, "zh-Hans", "worker", 1)
    with pytest.raises(Refused, match="same"):
        looking.look_at(EVERYDAY, WORKER, seen(EVERYDAY))


def test_words_of_life_and_death_are_looked_at_by_somebody_else(site):
    looking.look_at(GRAVE, ONE, seen(GRAVE))
    with pytest.raises(Refused, match="second"):
        looking.look_at(GRAVE, ONE, seen(GRAVE))
    assert looking.look_at(GRAVE, TWO, seen(GRAVE))
    with pytest.raises(LookupError):
        looking.look_at("no-such-text", ONE, Seen(0, 0))


def parts(slug: str) -> set[tuple[str, str]]:
    return {(each.account, each.part) for each in signers.given(live(slug).id)}


def test_health_is_looked_at_by_a_reviewer(site):
    with pytest.raises(Refused, match="reviewer"):
        looking.look_at(HEALTH, WORKER, seen(HEALTH))
    looking.look_at(HEALTH, REVIEWER, seen(HEALTH))
    assert parts(HEALTH) == {("reviewer", "reviewer")}
    assert not live(HEALTH).reviewer


def test_what_a_clinician_signed_stays_signed_and_only_they_sign_it_anew(site, monkeypatch):
    vouching.vouch(GRAVE, "zh-Hans", DOCTOR, seen(GRAVE), "clinician", "reads")
    for looker in (ONE, TWO, OTHER_DOCTOR):
        monkeypatch.setattr(clock, "today", lambda: LATER + timedelta(days=200))
        looking.look_at(GRAVE, looker, seen(GRAVE))
        row = live(GRAVE)
        assert (row.reviewer, row.reviewed_on) == ("Dr. A", LATER)
        assert ("doctor", "clinician") in parts(GRAVE)
    looking.look_at(GRAVE, DOCTOR, seen(GRAVE))
    row = live(GRAVE)
    assert (row.reviewer, row.reviewed_on) == ("Dr. A", LATER + timedelta(days=200))
    ended = Signer(Person("doctor", reviews=True))
    with pytest.raises(Refused, match="second"):
        looking.look_at(GRAVE, ended, seen(GRAVE))


def test_looking_makes_nobody_the_author_of_what_others_wrote(site):
    wrote = live(GRAVE).author
    looking.look_at(GRAVE, ONE, seen(GRAVE))
    row = live(GRAVE)
    assert (row.author, row.second_reader) == (wrote, "one")
    assert signers.authors(row.id) == {wrote}
    draft = editing.bring_back(GRAVE, "zh-Hans", "two", 1)
    assert signers.authors(desk(GRAVE, "zh-Hans").revision(draft.n).id) == {wrote, "two"}


def test_a_translator_is_not_told_of_a_look(site):
    draft = editing.save(EVERYDAY, "ug", "translator", Seen(*_head("ug")), Words("ت", "ت", "ت"))
    looking.look_at(EVERYDAY, WORKER, seen(EVERYDAY))
    table = desk(EVERYDAY, "ug")
    assert table.revision(draft.n).of_id != table.source.id
    assert not table.is_behind(table.head)
    assert compared(table).since == ()


def _head(language: str) -> tuple[int, int]:
    head = desk(EVERYDAY, language).head
    return (head.id, head.version) if head else (0, 0)
