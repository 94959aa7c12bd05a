"""Lists of texts: what every language has of each, cards for pages, and how much of a language there is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import current_app
from markupsafe import Markup
from sqlalchemy import select

from app.core import clock
from app.core.pages import direction
from app.extensions import db
from app.guide.model import GuideRevision, GuideText
from app.guide.queries import ledger, lists, rendering
from app.guide.queries.revisions import Languages, languages_of
from app.guide.rules.ledger import Fact
from app.guide.rules.vocabulary import State


@dataclass(frozen=True, slots=True)
class Inventory:
    """A text and its state in every language."""

    slug: str
    topic: str
    kind: str
    bands: tuple[str, ...]
    risk: str
    languages: Mapping[str, State]

    def as_json(self) -> dict[str, Any]:
        """Return the row as `flask guide list --json` prints it."""
        return {
            "slug": self.slug,
            "topic": self.topic,
            "kind": self.kind,
            "bands": list(self.bands),
            "risk": self.risk,
            "languages": dict(self.languages),
        }


def inventory(languages: tuple[str, ...], today: date) -> list[Inventory]:
    """Return every text, by slug, with what each language has of it."""
    texts = db.session.scalars(select(GuideText).order_by(GuideText.slug)).all()
    had = languages_of({text.slug: text.risk for text in texts}, languages, today)
    return [
        Inventory(
            text.slug,
            text.topic,
            text.kind,
            tuple(text.bands),
            text.risk,
            {language: had[text.slug].state(language) for language in languages},
        )
        for text in texts
    ]


@dataclass(frozen=True, slots=True)
class Card:
    """A text in a list: in the reader's language where there is one, else in the source's."""

    slug: str
    topic: str
    kind: str
    bands: tuple[str, ...]
    risk: str
    place: str | None
    language: str
    dir: str
    title: Markup
    title_text: str
    summary: Markup
    summary_text: str
    state: State
    """What the reader's language has of it."""
    machine: bool
    """The words shown are a machine's and nobody has read them."""


def cards(
    language: str,
    *,
    band: str | None = None,
    topic: str | None = None,
    kind: str | None = None,
    area: str | None = None,
    slugs: Sequence[str] | None = None,
    today: date | None = None,
) -> list[Card]:
    """Return the published texts that fit, by topic and slug, or in the order of `slugs`.

    `band` also gives texts for every age. `area` gives texts for all places and those of the area or one
    above it; without it texts of all places are among them.
    """
    today = today or clock.today()
    query = select(GuideText).order_by(GuideText.slug)
    if topic is not None:
        query = query.where(GuideText.topic == topic)
    if kind is not None:
        query = query.where(GuideText.kind == kind)
    if slugs is not None:
        query = query.where(GuideText.slug.in_(slugs))
    texts = [
        text
        for text in db.session.scalars(query)
        if (band is None or {band, "all"} & set(text.bands))
        and (area is None or text.place is None or area.startswith(text.place))
    ]
    had = languages_of({text.slug: text.risk for text in texts}, _codes(), today)
    found = [_card(text, had[text.slug], language) for text in texts if had[text.slug].live]
    rows = _words([key for _text, _served, key in found])
    facts = ledger.facts() if any("{{" in f"{row.title}{row.summary}" for row in rows.values()) else {}
    order = {slug: place for place, slug in enumerate(slugs or ())} or {
        each.code: each.position for each in lists.topics()
    }
    made = [_made(text, had[text.slug], language, rows[key], facts) for text, _served, key in found]
    return sorted(
        made, key=lambda card: order.get(card.slug if slugs is not None else card.topic, len(order))
    )


def _card(text: GuideText, had: Languages, language: str) -> tuple[GuideText, str, int]:
    served = had.served(language)
    return text, served, had.versions[served].id


def _words(ids: Sequence[int]) -> dict[int, Any]:
    columns = (GuideRevision.id, GuideRevision.language, GuideRevision.title, GuideRevision.summary)
    rows = db.session.execute(select(*columns).where(GuideRevision.id.in_(ids)))
    return {row.id: row for row in rows.all()}


def _made(text: GuideText, had: Languages, language: str, row: Any, facts: Mapping[str, Fact]) -> Card:
    setting = rendering.setting_of(row.language, facts)
    version = had.versions[row.language]
    return Card(
        slug=text.slug,
        topic=text.topic,
        kind=text.kind,
        bands=tuple(text.bands),
        risk=text.risk,
        place=text.place,
        language=row.language,
        dir=direction(row.language),
        title=rendering.inline(row.title, setting),
        title_text=rendering.plain(row.title, setting),
        summary=rendering.inline(row.summary, setting),
        summary_text=rendering.plain(row.summary, setting),
        state=had.state(language),
        machine=version.made_by == "machine" and not version.reviewed,
    )


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a language there is: texts in each state."""

    language: str
    total: int
    signed: int
    """Shown, and a named reviewer has signed it."""
    unsigned: int
    """Shown; people wrote it, or a machine helped; nobody has signed it."""
    machine: int
    """Shown with the label of an unread machine translation."""
    outdated: int
    """Shown although older than its source."""
    withdrawn: int
    waiting: int
    """Being written or read."""
    missing: int

    @property
    def shown(self) -> int:
        """Return how many texts a reader of this language gets in it."""
        return self.signed + self.unsigned + self.machine + self.outdated


def coverage(today: date | None = None) -> list[Coverage]:
    """Return how much there is of every language offered; texts that are not shown at all do not count."""
    today = today or clock.today()
    texts = db.session.execute(select(GuideText.slug, GuideText.risk)).all()
    had = languages_of({row.slug: row.risk for row in texts}, _codes(), today)
    live = [each for each in had.values() if each.live]
    found = []
    for language in _codes():
        counts = Counter(_part(each, language) for each in live)
        names = ("signed", "unsigned", "machine", "outdated", "withdrawn", "waiting", "missing")
        found.append(Coverage(language, len(live), **{name: counts[name] for name in names}))
    return found


def _part(had: Languages, language: str) -> str:
    state = had.state(language)
    if state == "published":
        return "signed" if had.versions[language].reviewed else "unsigned"
    return _PARTS[state]


_PARTS: Final[Mapping[State, str]] = {
    "mt_unreviewed": "machine", "needs_update": "outdated", "withdrawn": "withdrawn", "missing": "missing",
    "draft": "waiting", "in_review": "waiting",
}  # fmt: skip


def _codes() -> tuple[str, ...]:
    codes: tuple[str, ...] = current_app.extensions["languages"].codes
    return codes
