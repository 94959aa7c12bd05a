"""What a translator has to know of a text: what changed since, what was reported, words of the glossary."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from flask import current_app
from sqlalchemy import func, select

from app.core import clock
from app.core.i18n import SOURCE
from app.extensions import db
from app.guide.model import GuideAcknowledgement, GuideFeedback, GuideRevision
from app.guide.queries.editing import Desk, Revision, revision_of
from app.guide.queries.revisions import languages_of
from app.guide.queries.shelves import Listed
from app.guide.rules.states import Standing

_SHORTEST = 2
"""Letters of a term that is looked for; a shorter one stands in many other words."""


@dataclass(frozen=True, slots=True)
class Since:
    """A revision of the source that a translation does not know."""

    n: int
    change: str
    note: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Compared:
    """What a translation was made of or last compared with, and what came after it."""

    then: Revision | None
    since: tuple[Since, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary in the source, the word to use, and whether the translation has it."""

    source: str
    word: str
    found: bool


def compared(desk: Desk) -> Compared:
    """Return what the head of a translation was compared with, and what changed since."""
    query = select(GuideRevision).where(GuideRevision.slug == desk.slug, GuideRevision.language == SOURCE)
    sources = {row.id: row for row in db.session.scalars(query.order_by(GuideRevision.n))}
    known = {desk.head.of_id} if desk.head else set()
    if desk.head is not None:
        seen = {desk.head.id, desk.head.base_id} - {None}
        looked = select(GuideAcknowledgement.source_id).where(GuideAcknowledgement.translation_id.in_(seen))
        known |= set(db.session.scalars(looked))
    then = max((sources[key] for key in known if key in sources), key=lambda row: row.n, default=None)
    later = _changed([row for row in sources.values() if row.published_at], then.n if then else 0)
    had = languages_of({desk.slug: desk.risk}, (SOURCE, desk.language), clock.today())[desk.slug]
    return Compared(
        revision_of(then) if then is not None else None,
        tuple(
            Since(row.n, row.change, row.note, row.published_at)
            for row in later
            if row.published_at is not None
        )
        if then is not None
        else (),
        had.standings[desk.language],
    )


def _changed(published: Sequence[GuideRevision], after: int) -> list[GuideRevision]:
    """Return the source revisions after a number that say something else than the one before each."""
    said = dict(zip([row.n for row in published[1:]], [row.says for row in published], strict=False))
    return [row for row in published if row.n > after and (not row.says or said.get(row.n) != row.says)]


def terms(source: str, translation: str, language: str) -> tuple[Term, ...]:
    """Return the words of the glossary that stand in a source, the longest first.

    Uyghur words take endings and may lose their last letter before them: all but that one is looked for.
    """
    path: Path = current_app.extensions["settings"].translations / "glossary.csv"
    known = _glossary(path, path.stat().st_mtime_ns if path.exists() else 0, language)
    rest, said, found = source, translation.casefold(), []
    for term, word in known:
        if term in rest:
            rest = rest.replace(term, "\n")
            stem = word.casefold()
            stem = stem[:-1] if language == "ug" and len(stem) > _SHORTEST + 1 else stem
            found.append(Term(term, word, stem in said))
    return tuple(found)


@lru_cache(maxsize=8)
def _glossary(path: Path, changed: int, language: str) -> Sequence[tuple[str, str]]:
    if not changed:
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row[SOURCE], row.get(language) or "") for row in csv.DictReader(file)]
    known = {term: word for term, word in rows if word and len(term) >= _SHORTEST}
    return sorted(known.items(), key=lambda each: (-len(each[0]), each[0]))


def reported() -> Mapping[tuple[str, str], int]:
    """Return how many reports of readers wait, by text and language."""
    query = select(GuideFeedback.slug, GuideFeedback.language, func.count())
    query = query.where(GuideFeedback.state == "open")
    grouped = query.group_by(GuideFeedback.slug, GuideFeedback.language)
    return {(slug, language): count for slug, language, count in db.session.execute(grouped)}


def counted(found: Sequence[Listed]) -> dict[str, Counter[str]]:
    """Return how many texts have which state, by language."""
    counts: dict[str, Counter[str]] = {}
    for each in found:
        for one in each.languages:
            counts.setdefault(one.language, Counter())[one.state] += 1
    return counts
