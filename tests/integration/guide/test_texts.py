"""A text as a reader gets it: its language, what it says of itself, and what it rests on."""

import re
from datetime import date, timedelta

import pytest
from flask import g
from sqlalchemy import select

from app.extensions import db
from app.guide.model import GuideAcknowledgement, GuideRevision
from app.guide.queries import figures, lists
from app.guide.queries.listing import cards, coverage
from app.guide.queries.rendering import render, setting_of
from app.guide.queries.texts import find
from app.guide.rules.blocks import part
from app.guide.rules.figures import figure_of
from app.guide.service.importing import import_guide
from app.guide.service.revising import Desk
from tests.factories import guide


@pytest.fixture
def content(tmp_path):
    return guide.write(tmp_path)


@pytest.fixture
def site(fresh_app, content):
    """The program with the small folder as its only guidance, in a request of a reader of Chinese."""
    with fresh_app.test_request_context("/zh-Hans/guide"):
        g.lang = "zh-Hans"
        for table in ("acknowledgement", "revision", "text", "fact_change", "fact", "source"):
            db.session.execute(db.text(f"DELETE FROM guide_{table}"))
        db.session.commit()
        bring(content)
        yield fresh_app


@pytest.fixture
def reader(app):
    """A request of a reader of Chinese; nothing is written."""
    with app.test_request_context("/zh-Hans/guide"):
        g.lang = "zh-Hans"
        yield app


def bring(content, days=0):
    now = guide.NOW + timedelta(days=days)
    import_guide(content, languages=guide.LANGUAGES, glossary=guide.GLOSSARY, now=now)


def to(scheme, value):
    return f"/{scheme}/{value}" if scheme == "guide" else None


def show(slug, language, today=guide.TODAY, area=None):
    return find(slug, language, links=to, today=today, area=area)


def words(shown):
    return re.sub(r"<[^>]+>", "", "".join(str(block.html) for block in shown.blocks))


def test_a_source_text_says_who_wrote_it_and_what_it_rests_on(site):
    article = show("burn", "zh-Hans")
    assert (article.shown.language, article.shown.dir, article.shown.state) == ("zh-Hans", "ltr", "published")
    assert article.notices == ("unsigned",)
    assert article.original is None
    assert [block.kind for block in article.shown.blocks] == ["key", "doctor"]
    assert [(each.n, each.id) for each in article.sources] == [(1, "guide-a")]
    assert article.sources[0].places == (("四", date(2026, 11, 21)), ("五", date(2026, 11, 21)))
    assert article.next_review_on == date(2027, 5, 22)
    assert not article.overdue
    used = {each.key: each for each in article.facts}
    assert [each.why for each in used["cool-minutes"].others] == ["also"]
    assert used["no-ice"].value == ""
    assert article.related[0].slug == "eating"
    assert article.languages == {"zh-Hans": "published", "ug": "mt_unreviewed", "en": "mt_unreviewed"}


def test_a_machines_card_stands_under_its_original(site):
    article = show("burn", "ug")
    assert (article.shown.language, article.shown.dir, article.shown.made_by) == ("ug", "rtl", "machine")
    assert article.original.language == "zh-Hans"
    assert article.notices == ("machine", "unsigned")
    assert show("eating", "ug").original is None


def test_what_is_not_translated_is_shown_in_the_source_language(site):
    article = show("money", "ug")
    assert (article.shown.language, article.notices[0]) == ("zh-Hans", "untranslated")


def test_what_was_withdrawn_is_shown_in_the_source_language(site, content):
    guide.change(content, "facts/water.csv", "15,20,minute", "10,20,minute")
    bring(content, days=1)
    article = show("burn", "en")
    assert (article.shown.language, article.notices) == ("zh-Hans", ("withdrawn", "unsigned"))
    assert "10—20" in words(article.shown)


def test_an_older_translation_says_so_and_has_the_new_figure(site, content):
    guide.change(content, "facts/water.csv", "6,,month", "7,,month")
    bring(content, days=1)
    article = show("eating", "en")
    assert (article.shown.language, article.shown.state) == ("en", "needs_update")
    assert article.notices == ("machine", "outdated", "unsigned")
    assert "At 7 months" in words(article.shown)
    desk = Desk.open(guide.NOW, "eating")
    seen = GuideAcknowledgement(
        translation_id=desk.live("eating", "en").id,
        source_id=desk.live("eating", "zh-Hans").id,
        by="w",
        at=guide.NOW,
    )
    db.session.add(seen)
    assert show("eating", "en").notices == ("machine", "unsigned")


def test_a_named_reviewer_takes_the_label_away(site):
    row = Desk.open(guide.NOW, "burn").live("burn", "ug")
    row.reviewer = "Somebody"
    db.session.flush()
    article = show("burn", "ug")
    assert article.original is None
    assert "machine" not in article.notices


def test_what_nobody_looked_at_again_is_overdue(site):
    assert "overdue" in show("burn", "zh-Hans", today=date(2027, 6, 1)).notices
    assert "overdue" not in show("burn", "zh-Hans", today=date(2027, 5, 22)).notices


def test_what_is_not_there_or_not_shown_is_none(site):
    assert show("nothing", "zh-Hans") is None
    row = db.session.scalars(
        select(GuideRevision).where(GuideRevision.slug == "burn", GuideRevision.language == "zh-Hans")
    ).one()
    row.expires_on = guide.TODAY
    db.session.flush()
    assert show("burn", "zh-Hans") is None
    assert show("burn", "ug") is None
    assert [each.slug for each in cards("ug", today=guide.TODAY)] == ["eating", "money"]


def test_figures_links_numbers_and_dates_are_put_in(site):
    html = str(show("eating", "en").shown.blocks[0].html)
    assert '<bdi class="figure nb"><bdi dir="ltr">6</bdi> months</bdi>' in html
    assert '<a href="/guide/burn" rel="noopener">burns</a>' in html
    money = str(show("money", "en").shown.blocks[0].html)
    assert "<strong>" in money
    assert '<time datetime="2025-01-01" class="nb"><bdi>January 1, 2025</bdi></time>' in money
    assert 'href="tel:120"' in str(show("burn", "en").shown.blocks[1].html)
    assert '<sup class="source"><a href="#source-1">' in str(show("burn", "en").shown.blocks[0].html)
    assert show("eating", "en").shown.summary_text == "Start at 6 months."


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("**粗体。**正文", "<p><strong>粗体。</strong>正文</p>"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("[x](javascript:alert)", "<p>[x](javascript:alert)</p>"),
        ("[x](tool:none)", "<p>x</p>"),
        (
            "[x](https://a.gov.cn/?a=1&b=2)",
            '<p><a href="https://a.gov.cn/?a=1&amp;b=2" rel="noopener">x</a></p>',
        ),
        ("![x](https://a.gov.cn/x.png)", "x.png"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "<td>2</td>"),
        ("*x* _y_ `z`", "<p>*x* _y_ "),
        ("## 标题 & <i>", "<h2>标题 &amp; &lt;i&gt;</h2>"),
        ("{{fact:nobody}}x", "<p>x</p>"),
        ("a\ue0030\ue004b", "<p>a0b</p>"),
        ("{{number:甲〔2022〕<b>号}}", "<bdi>甲〔2022〕&lt;b&gt;号</bdi>"),
    ],
)
def test_nothing_but_our_own_marks_comes_through(reader, body, html):
    shown = "".join(str(each.html) for each in render(part(body).blocks, setting_of("zh-Hans", {}, links=to)))
    assert html in shown
    assert not re.search(r"<(script|img|i|b|code|em)\b|javascript:[^)]*\"", shown)


def test_a_range_keeps_its_order_from_right_to_left(reader):
    figure = figure_of("3", "5", "day")
    assert '<bdi dir="ltr">3–5</bdi>' in figures.show(figure, "ug")
    assert figures.show(figure, "zh-Hans", bare=True) == '<bdi dir="ltr">3—5</bdi>'


def test_lists_filter_and_fall_back(site):
    assert [card.slug for card in cards("en")] == ["burn", "eating", "money"]
    assert [card.slug for card in cards("en", topic="money")] == ["money"]
    assert [card.slug for card in cards("en", kind="card")] == ["burn"]
    assert [card.slug for card in cards("en", slugs=["money", "burn"])] == ["money", "burn"]
    card = next(card for card in cards("ug") if card.slug == "money")
    assert (card.language, card.dir, card.state) == ("zh-Hans", "ltr", "missing")


def test_coverage_counts_every_text_once(site):
    found = {each.language: each for each in coverage(guide.TODAY)}
    assert (found["zh-Hans"].unsigned, found["zh-Hans"].shown) == (3, 3)
    assert (found["ug"].machine, found["ug"].missing, found["ug"].total) == (2, 1, 3)
    for each in found.values():
        assert each.shown + each.withdrawn + each.waiting + each.missing == each.total


def test_bands_are_found_by_age(reader):
    assert lists.band_of(0).code == "b1"
    assert lists.band_of(35).code == "b9"
    assert lists.band_of(36) is None
    assert lists.topics()[0].position == 1
