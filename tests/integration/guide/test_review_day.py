"""The day of the next review moves when somebody publishes a text, or says that it is right as it is."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import audit, clock
from app.core.audit import Audit
from app.extensions import db
from app.guide.model import GuideRevision, GuideText
from app.guide.queries import texts
from app.guide.queries.editing import desk
from app.guide.rules.states import next_review
from app.guide.service import editing, looking
from app.guide.service.editing import Refused, Said, Seen, Stale

LATER = clock.today() + timedelta(days=1500)
EVERYDAY, GRAVE = "two-languages", "safe-sleep"


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
    editing.publish(EVERYDAY, "zh-Hans", "worker", seen(EVERYDAY), Said())
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
    n = looking.look_at(EVERYDAY, "worker", first)
    row, now = live(EVERYDAY), article(EVERYDAY)
    assert (row.n, row.change, editing.words_of(row)) == (n, "cosmetic", words)
    assert (row.reviewer, row.reviewed_on) == ("Dr. A", LATER - timedelta(days=1400))
    assert (now.overdue, now.written_on, dict(now.languages)) == (False, LATER, states)
    assert db.session.scalars(select(Audit.action).where(Audit.subject == EVERYDAY)).all() == [
        "guide.looked-at"
    ]
    assert audit.verify().ok
    assert looking.look_at(EVERYDAY, "worker", first) == n
    with pytest.raises(Stale):
        looking.look_at(EVERYDAY, "lead", first)


def test_nobody_looks_at_a_text_that_somebody_is_writing(site):
    editing.bring_back(EVERYDAY, "zh-Hans", "worker", 1)
    with pytest.raises(Refused, match="same"):
        looking.look_at(EVERYDAY, "worker", seen(EVERYDAY))


def test_words_of_life_and_death_are_looked_at_by_somebody_else(site):
    looking.look_at(GRAVE, "one", seen(GRAVE))
    with pytest.raises(Refused, match="second"):
        looking.look_at(GRAVE, "one", seen(GRAVE))
    assert looking.look_at(GRAVE, "two", seen(GRAVE))
    with pytest.raises(LookupError):
        looking.look_at("no-such-text", "one", Seen(0, 0))
