"""Reads one text as a page shows it: in the reader's language or the source's, with what it rests on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from flask import current_app
from markupsafe import Markup
from sqlalchemy import select

from app.areas import queries as areas
from app.core import clock
from app.core.i18n import SOURCE, Languages
from app.core.pages import direction
from app.extensions import db
from app.guide.model import GuideRevision, GuideText
from app.guide.queries import citing, rendering
from app.guide.queries import ledger as ledger_queries
from app.guide.queries.citing import Cited, Used
from app.guide.queries.listing import Card, cards
from app.guide.queries.rendering import Links, Shown
from app.guide.queries.revisions import Languages as Had
from app.guide.queries.revisions import languages_of
from app.guide.queries.signers import Signature, signature
from app.guide.rules import blocks, stamps
from app.guide.rules.ledger import Fact
from app.guide.rules.states import next_review
from app.guide.rules.vocabulary import Change, State

NOTICES: Final = ("untranslated", "withdrawn", "machine", "outdated", "unsigned", "expired", "overdue")
"""What a page says about itself: not in this language; taken away in it until somebody has looked at it;
made by a machine and read by nobody; older than its source; signed by no clinician; its time is over; to be
looked at again."""


@dataclass(frozen=True, slots=True)
class Version:
    """A text in one language, ready for a page."""

    language: str
    dir: str
    title: Markup
    title_text: str
    summary: Markup
    summary_text: str
    blocks: tuple[Shown, ...]
    state: State
    behind: Change | None
    """The weightiest change of the source that it does not know."""
    made_by: str
    reviewer: str
    reviewer_title: str
    reviewer_organisation: str
    signature: Signature
    reviewed_on: date | None
    published_at: datetime | None
    n: int
    id: int


@dataclass(frozen=True, slots=True)
class Article:
    """A text as a reader gets it. `original`: the source, to stand before a machine's words in R1."""

    slug: str
    topic: str
    kind: str
    bands: tuple[str, ...]
    audience: tuple[str, ...]
    risk: str
    category: str | None
    tool: str | None
    place: str | None
    shown: Version
    original: Version | None
    notices: tuple[str, ...]
    written_by: str
    """Who made the words of the source (`vocabulary.MAKERS`)."""
    written_on: date
    reviewed_on: date | None
    next_review_on: date
    overdue: bool
    valid_until: date | None
    expired: bool
    sources: tuple[Cited, ...]
    facts: tuple[Used, ...]
    related: tuple[Card, ...]
    languages: Mapping[str, State]


def find(
    slug: str, language: str, *, links: Links, area: str | None = None, today: date | None = None
) -> Article | None:
    """Return a published text for a reader of a language; None if there is no such text or it is not shown.

    `area` is the reader's: its own telephone numbers come before the nation's.
    """
    today = today or clock.today()
    text = db.session.get(GuideText, slug)
    if text is None:
        return None
    registry: Languages = current_app.extensions["languages"]
    had = languages_of({slug: text.risk}, registry.codes, today)[slug]
    if not had.live or had.source is None:
        return None
    served = had.served(language)
    source = _revision(had.source.id)
    chosen = source if served == SOURCE else _revision(had.versions[served].id)
    return _article(text, had, language, source, chosen, links, area, today)


def preview(slug: str, language: str, n: int, *, links: Links, today: date | None = None) -> Article | None:
    """Return a revision as its page would be, whether readers have it or not; None if there is none."""
    today = today or clock.today()
    text = db.session.get(GuideText, slug)
    found = select(GuideRevision).where(GuideRevision.slug == slug, GuideRevision.language == language)
    row = db.session.scalar(found.where(GuideRevision.n == n))
    if text is None or row is None:
        return None
    registry: Languages = current_app.extensions["languages"]
    had = languages_of({slug: text.risk}, registry.codes, today)[slug]
    source = _revision(had.source.id) if had.source and language != SOURCE else row
    return _article(text, had, language, source, row, links, None, today)


def _article(
    text: GuideText,
    had: Had,
    language: str,
    source: GuideRevision,
    chosen: GuideRevision,
    links: Links,
    area: str | None,
    today: date,
) -> Article:
    keys = stamps.keys_of(source.title, source.summary, source.body)
    facts = ledger_queries.facts()
    used = [facts[key] for key in _in_order(source, keys) if key in facts]
    order = list(dict.fromkeys([*(fact.source for fact in used), *text.sources]))
    marks = {key: number for number, key in enumerate(order, 1)}
    phones = _phones(area)

    def version(row: GuideRevision) -> Version:
        return _version(row, had, facts, marks, phones, links, marked=text.risk == "R1")

    shown = version(chosen)
    machine = chosen.made_by == "machine" and not chosen.reviewer
    doubtful = text.risk == "R1" and chosen.language != SOURCE and machine
    looked_at = max(filter(None, (source.reviewed_on, text.written_on)))
    due = next_review(looked_at, text.review_months)
    expired = text.valid_until is not None and text.valid_until < today
    return Article(
        slug=text.slug,
        topic=text.topic,
        kind=text.kind,
        bands=tuple(text.bands),
        audience=tuple(text.audience),
        risk=text.risk,
        category=text.category,
        tool=text.tool,
        place=text.place,
        shown=shown,
        original=version(source) if doubtful else None,
        notices=tuple(_notices(had, language, shown, source, expired=expired, overdue=due < today)),
        written_by=source.made_by,
        written_on=text.written_on,
        reviewed_on=source.reviewed_on,
        next_review_on=due,
        overdue=due < today,
        valid_until=text.valid_until,
        expired=expired,
        sources=citing.cited(order, used, today),
        facts=citing.used(used, facts, marks, shown.language, today),
        related=tuple(cards(language, slugs=text.related, today=today)),
        languages={code: had.state(code) for code in had.standings},
    )


def _revision(key: int) -> GuideRevision:
    return db.session.execute(select(GuideRevision).where(GuideRevision.id == key)).scalar_one()


def _in_order(row: GuideRevision, keys: Iterable[str]) -> list[str]:
    """Return the keys of facts in the order in which the text comes to them."""
    found = blocks.placeholders(f"{row.title}\n{row.summary}\n{row.body}")
    wanted = set(keys)
    return list(
        dict.fromkeys(each.key for each in found if each.key in wanted and each.kind in {"fact", "claim"})
    )


def _phones(area: str | None) -> dict[str, str]:
    """Return the number of each kind that is called here: the place's own before the nation's."""
    place = areas.place_of(area) if area else None
    found: dict[str, str] = {}
    for line in areas.hotlines(place.area if place else None):
        if line.kind:
            found.setdefault(line.kind, line.number)
    return found


def _version(
    row: GuideRevision,
    had: Had,
    facts: Mapping[str, Fact],
    marks: Mapping[str, int],
    phones: Mapping[str, str],
    links: Links,
    *,
    marked: bool,
) -> Version:
    setting = rendering.setting_of(
        row.language, facts, marks=marks, phones=phones, links=links, mark_figures=marked
    )
    standing = had.standings[row.language]
    return Version(
        language=row.language,
        dir=direction(row.language),
        title=rendering.inline(row.title, setting),
        title_text=rendering.plain(row.title, setting),
        summary=rendering.inline(row.summary, setting),
        summary_text=rendering.plain(row.summary, setting),
        blocks=rendering.render(blocks.part(row.body).blocks, setting),
        state=standing.state,
        behind=standing.behind if standing.banner else None,
        made_by=row.made_by,
        reviewer=row.reviewer,
        reviewer_title=row.reviewer_title,
        reviewer_organisation=row.reviewer_organisation,
        signature=signature(row.reviewer, row.reviewer_title, row.reviewer_organisation),
        reviewed_on=row.reviewed_on,
        published_at=row.published_at,
        n=row.n,
        id=row.id,
    )


def _notices(
    had: Had, language: str, shown: Version, source: GuideRevision, *, expired: bool, overdue: bool
) -> Iterable[str]:
    if shown.language != language:
        yield "withdrawn" if had.state(language) == "withdrawn" else "untranslated"
    elif shown.made_by == "machine" and not shown.reviewer:
        yield "machine"
    if shown.language != SOURCE and shown.behind:
        yield "outdated"
    if not source.reviewer:
        yield "unsigned"
    if expired:
        yield "expired"
    if overdue:
        yield "overdue"
