"""The ledger for readers: each figure of a theme with its source, how sure it is, and where it is used."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup
from sqlalchemy import func, select

from app.core.i18n import SOURCE
from app.extensions import db
from app.guide.model import GuideFact, GuideRevision
from app.guide.queries import citing, ledger
from app.guide.queries.listing import Card, cards
from app.guide.rules.ledger import Fact
from app.guide.rules.stamps import keys_of

PAGE = 30


@dataclass(frozen=True, slots=True)
class Row:
    """A fact as the page shows it. `others`: other views of it; `used`: the texts that state it."""

    fact: Fact
    value: Markup
    titles: Mapping[str, str]
    over: bool
    others: tuple[citing.Other, ...]
    used: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a theme, in the order of the file."""

    rows: tuple[Row, ...]
    count: int
    page: int
    pages: int


def themes() -> dict[str, int]:
    """Return how many facts each theme has, by its name."""
    query = select(GuideFact.theme, func.count()).group_by(GuideFact.theme).order_by(GuideFact.theme)
    return {row[0]: row[1] for row in db.session.execute(query)}


def theme_page(theme: str, wanted: int, language: str, today: date) -> Page:
    """Return a page of a theme; a page beyond the last is the last."""
    every = ledger.facts()
    mine = [fact for fact in every.values() if fact.theme == theme]
    pages = max(1, -(-len(mine) // PAGE))
    page = min(max(1, wanted), pages)
    shown = mine[(page - 1) * PAGE : page * PAGE]
    marks = {fact.source: 0 for fact in shown}
    seen = {each.key: each for each in citing.used(shown, every, marks, language, today)}
    titles = citing.titles(marks, today)
    used = _used([fact.key for fact in shown], language, today)
    return Page(
        tuple(
            Row(
                fact,
                seen[fact.key].value,
                titles.get(fact.source, {}),
                seen[fact.key].over,
                seen[fact.key].others,
                used.get(fact.key, ()),
            )
            for fact in shown
        ),
        len(mine),
        page,
        pages,
    )


def _used(keys: Iterable[str], language: str, today: date) -> dict[str, tuple[Card, ...]]:
    """Return the published texts that state each fact, by slug: one reading of the source texts."""
    wanted = set(keys)
    columns = (GuideRevision.slug, GuideRevision.title, GuideRevision.summary, GuideRevision.body)
    query = select(*columns).where(GuideRevision.state == "published", GuideRevision.language == SOURCE)
    found: dict[str, list[str]] = {}
    for row in db.session.execute(query.order_by(GuideRevision.slug)):
        for key in wanted & set(keys_of(row.title, row.summary, row.body)):
            found.setdefault(key, []).append(row.slug)
    slugs = sorted(Counter(slug for each in found.values() for slug in each))
    known = {card.slug: card for card in cards(language, slugs=slugs, today=today)}
    return {key: tuple(known[slug] for slug in each if slug in known) for key, each in found.items()}
