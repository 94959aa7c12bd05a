"""Files and the site edited in turn: what is the same is no conflict, and nothing looks newer than it is."""

import pytest
from sqlalchemy import select

from app.extensions import db
from app.guide.model import GuideAcknowledgement, GuideFact, GuideRevision
from app.guide.rules.texts import Record, Words
from app.guide.rules.vocabulary import RESERVED
from app.guide.service.exporting import export_guide
from app.guide.service.revising import Desk, Draft
from app.guide.service.stamping import stamp_files
from tests.factories import guide
from tests.integration.guide.test_import import bring, count, edit, live, site, states

__all__ = ["site"]


@pytest.fixture
def content(tmp_path):
    return guide.write(tmp_path)


def restore(slug, n, state="draft"):
    """Bring back words of an earlier revision, as a worker does."""
    desk = Desk.open(guide.NOW, slug)
    old = desk.of(slug, "zh-Hans")[n - 1]
    words = Words(old.title, old.summary, old.body)
    record = Record.from_json(old.record)
    desk.add(
        Draft(slug, "zh-Hans", words, "people", "worker", "cosmetic", record=record, base_id=old.id), state
    )
    db.session.commit()


@pytest.mark.parametrize(("slug", "state"), [("eating", "needs_update"), ("burn", "withdrawn")])
@pytest.mark.parametrize("restored", ["draft", "published"])
def test_words_brought_back_make_no_translation_look_fresh(site, content, slug, state, restored):
    stamp_files(content, guide.LANGUAGES, guide.GLOSSARY, (), guide.TODAY)
    bring(content)
    body = live(slug, "zh-Hans").body
    desk = Desk.open(guide.NOW, slug)
    now = desk.live(slug, "zh-Hans")
    words = Words(now.title, now.summary, body + "\n::: note\n另一句{{claim:no-ice}}\n:::\n")
    change = "safety" if slug == "burn" else "substance"
    record = Record.from_json(now.record)
    desk.add(Draft(slug, "zh-Hans", words, "people", "worker", change, record=record), "published")
    db.session.commit()
    assert (states()[slug]["ug"], states()[slug]["en"]) == (state, state)
    restore(slug, 1, restored)
    done = bring(content, days=1)
    assert done.looked_at == []
    assert count(GuideAcknowledgement) == 0
    assert (states()[slug]["ug"], states()[slug]["en"]) == (state, state)


def test_an_acknowledgement_of_a_draft_counts_for_nothing(site, content):
    bring(content)
    edit("burn", "zh-Hans", title="烫伤了")
    db.session.scalars(select(GuideRevision).where(GuideRevision.author == "worker")).one().change = "safety"
    restore("burn", 1)
    draft = db.session.scalars(select(GuideRevision).where(GuideRevision.state == "draft")).one()
    seen = {"translation_id": live("burn", "ug").id, "source_id": draft.id, "by": "x", "at": guide.NOW}
    db.session.add(GuideAcknowledgement(**seen))
    db.session.commit()
    assert states()["burn"]["ug"] == "withdrawn"


def test_a_stamp_that_nobody_knows_is_told(site, content):
    guide.change(content, "ug/burn.md", 'of: ""', 'of: "0123456789ab"')
    told = [each.text() for each in bring(content).told]
    assert len(told) == 1
    assert told[0].startswith("guide/ug/burn.md:5: of: No source text that was ever here has the stamp 0123")


def test_an_export_put_among_the_files_changes_nothing(site, content):
    bring(content)
    said = "\n" + live("eating", "zh-Hans").body.replace("不肯吃", "不想吃") + "\n"
    edit("eating", "zh-Hans", title="吃饭", body=said)
    edit("eating", "en", title="Eating")
    db.session.get(GuideFact, "cool-minutes").says = {"zh-Hans": "冲凉水"}
    db.session.commit()
    export_guide(content, content / "guide", guide.LANGUAGES)
    text = (content / "guide" / "zh-Hans" / "eating.md").read_text("utf-8")
    assert "review_months: 12\n" in text
    assert "---\n::: key" in text
    assert text.endswith("不想吃，问医生。\n:::\n")
    revisions = count()
    done = bring(content, days=1)
    assert (done.changed, done.conflicts, count()) == (False, [], revisions)
    assert export_guide(content, content / "guide", guide.LANGUAGES).written == ()
    assert bring(content, days=2).quiet is False
    guide.change(content, "zh-Hans/eating.md", "title: 吃饭", "title: 吃")
    again = bring(content, days=3)
    assert (again.published, again.conflicts) == (["zh-Hans/eating"], [])


def test_an_export_keeps_the_empty_line_that_a_file_had(site, content):
    guide.change(content, "zh-Hans/money.md", "---\n::: key", "---\n\n::: key")
    bring(content)
    edit("money", "zh-Hans", title="多少", body="\n\n" + live("money", "zh-Hans").body.strip())
    edit("money", "zh-Hans", title="钱", body=live("money", "zh-Hans").body.strip())
    export_guide(content, content / "guide", guide.LANGUAGES)
    text = (content / "guide" / "zh-Hans" / "money.md").read_text("utf-8")
    assert "---\n\n::: key" in text
    assert bring(content, days=1).conflicts == []


def test_what_is_out_of_date_is_told_by_default(site, content):
    guide.change(content, "zh-Hans/money.md", "written_on: 2026-11-22", "written_on: 2020-01-01")
    done = bring(content)
    assert [each.text() for each in done.told] == [
        "guide/zh-Hans/money.md:8: written_on: It should have been looked at again."
    ]


def test_the_words_of_other_addresses_are_reserved(fresh_app):
    taken = set()
    for rule in fresh_app.url_map.iter_rules():
        parts = rule.rule.strip("/").split("/")
        if "guide" in parts[:2] and "staff" not in parts:
            taken |= {part for part in parts[parts.index("guide") + 1 :][:2] if not part.startswith("<")}
    assert taken <= RESERVED
