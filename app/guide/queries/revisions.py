"""Reads revisions: what stands of each text in each language, and the state of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, or_, select
from sqlalchemy.orm import aliased

from app.core.i18n import SOURCE
from app.extensions import db
from app.guide.model import GuideAcknowledgement, GuideRevision
from app.guide.rules import editing
from app.guide.rules.states import Made, SourceRevision, Standing, source_state, translation_state
from app.guide.rules.vocabulary import Change, State, Stored

_CHANGES: Final[dict[str, Change]] = {"safety": "safety", "substance": "substance", "cosmetic": "cosmetic"}
_STORED: Final[dict[str, Stored]] = {
    "draft": "draft", "in_review": "in_review", "published": "published", "replaced": "replaced",
    "withdrawn": "withdrawn",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Version:
    """A revision that stands, or the newest of a language where none does; words are read apart."""

    id: int
    n: int
    stored: Stored
    made_by: str
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Languages:
    """What every language has of a text."""

    slug: str
    source: Version | None
    live: bool
    """The source text is shown."""
    standings: dict[str, Standing]
    versions: dict[str, Version]

    def state(self, language: str) -> State:
        """Return the state in a language."""
        return self.standings[language].state

    def served(self, language: str) -> str:
        """Return the language that a reader of this one is given."""
        return language if self.standings[language].shown else SOURCE


def is_live(today: date) -> ColumnElement[bool]:
    """Return the condition that a revision is published and its time is not over."""
    stays = or_(GuideRevision.expires_on.is_(None), GuideRevision.expires_on > today)
    return (GuideRevision.state == "published") & stays


def waits() -> ColumnElement[bool]:
    """Return the condition that a revision waits for a second person: nothing newer stands in its place."""
    newer = aliased(GuideRevision)
    over = select(newer.id).where(
        newer.slug == GuideRevision.slug,
        newer.language == GuideRevision.language,
        newer.n > GuideRevision.n,
        newer.state.in_({*editing.OPEN, "published"}),
    )
    return (GuideRevision.state == "in_review") & GuideRevision.publish_on.is_(None) & ~over.exists()


def languages_of(risks: dict[str, str], languages: Iterable[str], today: date) -> dict[str, Languages]:
    """Return what every language has of these texts; `risks` are their risks by slug."""
    rows = _rows(risks)
    seen = _looked_at()
    found = {}
    for slug, risk in risks.items():
        mine = rows.get(slug, {})
        sources = mine.get(SOURCE, [])
        history = [
            SourceRevision(row.n, _CHANGES[row.change])
            for row in sources
            if row.state in {"published", "replaced"} or row.published_at is not None
        ]
        source = _standing_row(sources, today)
        live = source is not None and _is_shown(source, today)
        numbers = {row.id: row.n for row in sources if row.state not in {"draft", "in_review"}}
        standings: dict[str, Standing] = {}
        versions: dict[str, Version] = {}
        for language in languages:
            row = _standing_row(mine.get(language, []), today)
            if row is not None:
                versions[language] = Version(
                    row.id, row.n, _stored(row, today), row.made_by, bool(row.reviewer)
                )
            if language == SOURCE:
                stored = versions[language].stored if language in versions else None
                standings[language] = Standing(source_state(stored, live=live))
                continue
            made = None
            if row is not None:
                made = Made(
                    _stored(row, today),
                    numbers.get(row.of_id or 0, 0),
                    max((numbers.get(each, 0) for each in seen.get(row.id, ())), default=0),
                    machine=row.made_by == "machine",
                    reviewed=bool(row.reviewer),
                )
            standings[language] = translation_state(history, made, risk, source_live=live)
        found[slug] = Languages(slug, versions.get(SOURCE), live, standings, versions)
    return found


_COLUMNS = (
    GuideRevision.id, GuideRevision.slug, GuideRevision.language, GuideRevision.n, GuideRevision.state,
    GuideRevision.change, GuideRevision.of_id, GuideRevision.made_by, GuideRevision.reviewer,
    GuideRevision.expires_on, GuideRevision.published_at,
)  # fmt: skip


def _rows(risks: dict[str, str]) -> dict[str, dict[str, list[Row[Any]]]]:
    query = select(*_COLUMNS).where(GuideRevision.slug.in_(list(risks))).order_by(GuideRevision.n)
    rows: dict[str, dict[str, list[Row[Any]]]] = {}
    row: Any
    for row in db.session.execute(query):
        rows.setdefault(row.slug, {}).setdefault(row.language, []).append(row)
    return rows


def _looked_at() -> dict[int, list[int]]:
    query = select(GuideAcknowledgement.translation_id, GuideAcknowledgement.source_id)
    found: dict[int, list[int]] = {}
    for translation, source in db.session.execute(query):
        found.setdefault(translation, []).append(source)
    return found


def _standing_row(rows: Sequence[Row[Any]], today: date) -> Row[Any] | None:
    """Return the newest revision that is shown, else the newest of all."""
    return next((row for row in reversed(rows) if _is_shown(row, today)), rows[-1] if rows else None)


def _is_shown(row: Row[Any], today: date) -> bool:
    return row.state == "published" and (row.expires_on is None or row.expires_on > today)


def _stored(row: Row[Any], today: date) -> Stored:
    stored = _STORED[row.state]
    return (
        "withdrawn"
        if stored == "replaced" or (stored == "published" and not _is_shown(row, today))
        else stored
    )
