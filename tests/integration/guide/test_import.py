"""Texts and facts of files come in once, never over a local edit, and go out as they came."""

import filecmp
import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core import audit
from app.core.db import data_version
from app.core.faults import FaultyFiles
from app.extensions import db
from app.guide.model import GuideFact, GuideFactChange, GuideRevision, GuideText
from app.guide.queries import ledger
from app.guide.queries.listing import inventory
from app.guide.rules.texts import Record, Words
from app.guide.service.exporting import export_guide
from app.guide.service.importing import import_guide
from app.guide.service.revising import Desk, Draft
from app.guide.service.stamping import stamp_files
from tests.factories import guide


@pytest.fixture
def content(tmp_path):
    return guide.write(tmp_path)


@pytest.fixture
def site(fresh_app):
    """The program without any guidance."""
    with fresh_app.app_context():
        for table in (
            "guide_acknowledgement",
            "guide_revision",
            "guide_text",
            "guide_fact_change",
            "guide_fact",
        ):
            db.session.execute(db.text(f"DELETE FROM {table}"))
        db.session.execute(db.text("DELETE FROM guide_source"))
        db.session.commit()
        yield fresh_app


def bring(content, days=0, **options):
    now = guide.NOW + timedelta(days=days)
    return import_guide(content, languages=guide.LANGUAGES, glossary=guide.GLOSSARY, now=now, **options)


def states():
    return {row.slug: dict(row.languages) for row in inventory(guide.LANGUAGES, guide.TODAY)}


def count(table=GuideRevision):
    return db.session.scalar(select(func.count()).select_from(table))


def live(slug, language):
    return Desk.open(guide.NOW, slug).live(slug, language)


def edit(slug, language, **words):
    """Edit a text as a worker does: a new revision made here, published."""
    desk = Desk.open(guide.NOW, slug)
    now = desk.live(slug, language)
    said = {name: words.get(name, getattr(now, name)) for name in ("title", "summary", "body")}
    record = Record.from_json(now.record) if now.record else None
    draft = Draft(
        slug=slug, language=language, words=Words(**said), made_by="people", author="worker",
        change="substance", record=record, of_id=now.of_id, base_id=now.id,
    )  # fmt: skip
    desk.add(draft, "published")
    db.session.commit()


def test_the_second_import_changes_nothing(site, content):
    version = data_version()
    first = bring(content)
    assert sorted(first.published) == [
        "en/burn", "en/eating", "en/money", "ug/burn", "ug/eating", "zh-Hans/burn", "zh-Hans/eating",
        "zh-Hans/money",
    ]  # fmt: skip
    assert data_version() == version + 1
    revisions = count()
    second = bring(content, days=1)
    assert not second.changed
    assert not second.conflicts
    assert (count(), data_version()) == (revisions, version + 1)
    assert audit.verify().ok
    assert states() == {
        "burn": {"zh-Hans": "published", "ug": "mt_unreviewed", "en": "mt_unreviewed"},
        "eating": {"zh-Hans": "published", "ug": "mt_unreviewed", "en": "mt_unreviewed"},
        "money": {"zh-Hans": "published", "ug": "missing", "en": "mt_unreviewed"},
    }
    assert live("burn", "zh-Hans").made_by == "assisted"
    assert live("burn", "zh-Hans").reviewer == ""


def test_a_dry_run_says_the_same_and_writes_nothing(site, content):
    before = bring(content, dry_run=True)
    assert (count(), count(GuideFact), count(GuideText)) == (0, 0, 0)
    assert before.published == bring(content).published


def test_a_faulty_file_stops_all_or_only_itself(site, content):
    bring(content)
    guide.change(content, "zh-Hans/burn.md", "risk: R1", "risk: R9")
    guide.change(content, "zh-Hans/money.md", "多少钱。", "多少钱？")
    with pytest.raises(FaultyFiles, match=r"guide/zh-Hans/burn\.md:6: risk: “R9” is not one of"):
        bring(content, days=1)
    db.session.rollback()
    assert live("money", "zh-Hans").summary == "多少钱。"
    done = bring(content, days=1, partial=True)
    assert done.published == ["zh-Hans/money"]
    assert [fault.line for fault in done.faults] == [6]
    assert states()["burn"]["zh-Hans"] == "published"


def test_a_changed_fact_withdraws_the_translations_of_a_card_at_once(site, content):
    bring(content)
    guide.change(content, "facts/water.csv", "15,20,minute", "10,20,minute")
    guide.change(content, "facts/water.csv", "6,,month", "7,,month")
    done = bring(content, days=1)
    assert done.followed == ["zh-Hans/burn", "zh-Hans/eating"]
    assert done.published == []
    assert states()["burn"] == {"zh-Hans": "published", "ug": "withdrawn", "en": "withdrawn"}
    assert states()["eating"] == {"zh-Hans": "published", "ug": "needs_update", "en": "needs_update"}
    assert states()["money"]["en"] == "mt_unreviewed"
    row = live("burn", "zh-Hans")
    assert (row.n, row.change, row.note) == (2, "safety", "facts: cool-minutes")
    assert row.figures["cool-minutes"][:3] == ["10", "20", "minute"]
    changes = ledger.fact_changes("cool-minutes")
    assert [(each.before or {}).get("low") for each in changes] == ["15", None]
    assert not bring(content, days=2).changed


def test_what_only_says_how_a_fact_is_known_changes_no_text(site, content):
    bring(content)
    guide.change(content, "facts/water.csv", "四,,,,,a", "四（一）,,,,,b")
    done = bring(content, days=1)
    assert (done.facts, done.followed) == (["cool-minutes"], [])
    assert states()["burn"]["ug"] == "mt_unreviewed"


@pytest.mark.parametrize(
    ("change", "ug"), [("", "withdrawn"), ("substance", "needs_update"), ("cosmetic", "mt_unreviewed")]
)
def test_a_changed_text_is_a_new_revision_of_its_class(site, content, change, ug):
    bring(content)
    guide.change(content, "zh-Hans/burn.md", "马上用", "立刻用")
    if change:
        guide.change(content, "zh-Hans/burn.md", "risk: R1", f"risk: R1\nchange: {change}")
    assert bring(content, days=1).published == ["zh-Hans/burn"]
    assert states()["burn"]["ug"] == ug
    assert db.session.get(GuideText, "burn").version == 4


def test_another_topic_is_cosmetic(site, content):
    bring(content)
    guide.change(content, "zh-Hans/burn.md", "topic: safety", "topic: money")
    bring(content, days=1)
    assert live("burn", "zh-Hans").change == "cosmetic"
    assert db.session.get(GuideText, "burn").topic == "money"
    assert states()["burn"]["ug"] == "mt_unreviewed"


def test_a_local_edit_stays_and_the_file_waits_as_a_draft(site, content):
    bring(content)
    edit("money", "zh-Hans", title="补贴多少")
    assert not bring(content, days=1).conflicts
    guide.change(content, "zh-Hans/money.md", "title: 补贴", "title: 补贴与减税")
    done = bring(content, days=2)
    assert (done.conflicts, done.published) == (["zh-Hans/money"], [])
    assert live("money", "zh-Hans").title == "补贴多少"
    draft = db.session.scalars(select(GuideRevision).where(GuideRevision.state == "draft")).one()
    assert (draft.title, draft.note) == ("补贴与减税", "conflict")
    assert bring(content, days=3).conflicts == []
    guide.change(content, "zh-Hans/money.md", "title: 补贴与减税", "title: 减税")
    assert bring(content, days=4).conflicts == ["zh-Hans/money"]
    assert live("money", "zh-Hans").title == "补贴多少"


def test_a_text_that_a_worker_took_away_stays_away(site, content):
    bring(content)
    desk = Desk.open(guide.NOW, "burn")
    desk.withdraw(desk.live("burn", "zh-Hans"), "wrong")
    db.session.commit()
    assert states()["burn"] == {"zh-Hans": "withdrawn", "ug": "withdrawn", "en": "withdrawn"}
    guide.change(content, "zh-Hans/burn.md", "马上用", "立刻用")
    guide.change(content, "en/burn.md", "Cool it", "Cool the burn")
    done = bring(content, days=1)
    assert done.conflicts == ["zh-Hans/burn", "en/burn"]
    assert [fault.text() for fault in done.waiting] == [
        f"guide/{language}/burn.md:1: Its source text was taken away; the translation is not shown."
        for language in ("ug", "en")
    ]
    assert live("burn", "zh-Hans") is None
    assert live("burn", "en").title == "Burns"


def test_a_fact_that_was_edited_here_stays(site, content):
    bring(content)
    db.session.get(GuideFact, "cool-minutes").low = "12"
    db.session.commit()
    assert not bring(content, days=1).facts
    guide.change(content, "facts/water.csv", "15,20,minute", "16,20,minute")
    assert bring(content, days=2).conflicts == ["facts/water.csv: cool-minutes"]
    assert db.session.get(GuideFact, "cool-minutes").low == "12"


def test_a_text_whose_file_is_gone_is_taken_away_and_comes_back(site, content):
    bring(content)
    path = content / "guide" / "ug" / "burn.md"
    kept = path.read_text("utf-8")
    path.unlink()
    assert bring(content, days=1).withdrawn == ["ug/burn"]
    assert states()["burn"]["ug"] == "withdrawn"
    path.write_text(kept, "utf-8")
    assert bring(content, days=2).published == ["ug/burn"]
    assert states()["burn"]["ug"] == "mt_unreviewed"


def test_stamps_say_which_text_a_translation_was_made_of(site, content):
    done = stamp_files(content, guide.LANGUAGES, guide.GLOSSARY, (), guide.TODAY)
    assert len(done.written) == 5
    assert stamp_files(content, guide.LANGUAGES, guide.GLOSSARY, (), guide.TODAY).written == ()
    bring(content)
    assert live("burn", "zh-Hans").says in (content / "guide" / "ug" / "burn.md").read_text("utf-8")
    guide.change(content, "zh-Hans/burn.md", "马上用", "立刻用")
    bring(content, days=1)
    assert states()["burn"]["ug"] == "withdrawn"
    again = stamp_files(content, guide.LANGUAGES, guide.GLOSSARY, ("ug/burn",), guide.TODAY)
    assert [path.stem for path in again.older] == ["burn"]
    assert bring(content, days=2).looked_at == ["ug/burn"]
    assert states()["burn"] == {"zh-Hans": "published", "ug": "mt_unreviewed", "en": "withdrawn"}
    assert not bring(content, days=3).changed


def test_a_translation_of_a_text_nobody_knows_is_not_trusted(site, content):
    guide.change(content, "ug/burn.md", 'of: ""', 'of: "0123456789ab"')
    guide.change(content, "en/eating.md", 'of: ""', 'of: "0123456789ab"')
    bring(content)
    assert states()["burn"]["ug"] == "withdrawn"
    assert states()["eating"]["en"] == "needs_update"


def test_what_comes_in_goes_out_the_same(site, content, tmp_path):
    bring(content)
    to = tmp_path / "out"
    export_guide(content, to, guide.LANGUAGES)
    files = sorted(path.relative_to(to).as_posix() for path in to.rglob("*.*"))
    assert len(files) == 12
    assert filecmp.cmpfiles(content / "guide", to, files, shallow=False) == (files, [], [])
    assert export_guide(content, content / "guide", guide.LANGUAGES).written == ()


def test_what_was_edited_here_goes_out_and_comes_in_again(site, content):
    bring(content)
    edit(
        "money", "zh-Hans", title="补贴: 多少", body=live("money", "zh-Hans").body + "\n## 更多\n\n问一问。\n"
    )
    edit("money", "en", title="Money, money")
    done = export_guide(content, content / "guide", guide.LANGUAGES)
    assert sorted(done.written) == ["en/money.md", "zh-Hans/money.md"]
    text = guide.read(content).texts["money"]
    row = live("money", "zh-Hans")
    assert (text.words.title, text.words.body, text.record) == (
        row.title,
        row.body,
        Record.from_json(row.record),
    )


def test_another_language_needs_only_files(site, content):
    guide.put(content, "kk-Arab/money.md", (content / "guide" / "en" / "money.md").read_text("utf-8"))
    assert "kk-Arab" not in str(bring(content).published)
    languages = (*guide.LANGUAGES, "kk-Arab")
    done = import_guide(content, languages=languages, glossary=guide.GLOSSARY, now=guide.NOW)
    assert done.published == ["kk-Arab/money"]
    row = next(row for row in inventory(languages, guide.TODAY) if row.slug == "money")
    assert row.languages == {
        "zh-Hans": "published", "ug": "missing", "en": "mt_unreviewed", "kk-Arab": "mt_unreviewed"
    }  # fmt: skip


def test_the_list_is_as_programs_read_it(site, content):
    bring(content)
    with site.test_request_context():
        done = site.test_cli_runner().invoke(args=["guide", "list", "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.output)[0] == {
        "slug": "burn", "topic": "safety", "kind": "card", "bands": ["all"], "risk": "R1",
        "languages": {"zh-Hans": "published", "ug": "mt_unreviewed", "en": "mt_unreviewed"},
    }  # fmt: skip
    used = site.test_cli_runner().invoke(args=["guide", "facts", "--where-used", "food-start"])
    assert used.output.split() == ["en/eating", "ug/eating", "zh-Hans/eating"]
    assert count(GuideFactChange) == 6
