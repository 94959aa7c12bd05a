"""Reads the ledger: its rows as values, and which texts use a fact."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.core.remembered import remembered
from app.extensions import db
from app.guide.model import GuideFact, GuideFactChange, GuideRevision, GuideSource
from app.guide.rules.ledger import Fact, Source
from app.guide.rules.stamps import keys_of

_WORDS = (GuideRevision.title, GuideRevision.summary, GuideRevision.body)


def fact_of(row: GuideFact) -> Fact:
    """Return a row of the ledger as a value."""
    return Fact(
        row.key,
        row.theme,
        row.says,
        row.low,
        row.high,
        row.unit,
        tuple(row.bands),
        row.source,
        row.clause,
        row.valid_from,
        row.valid_until,
        row.superseded_by,
        row.see_also,
        row.confidence,
        row.checked_on,
        row.quotes,
    )


def source_of(row: GuideSource) -> Source:
    """Return a row of the sources as a value."""
    return Source(
        row.id,
        row.titles,
        row.number,
        row.publishers,
        row.issued_on,
        row.status,
        row.url,
        row.read,
        row.notes,
    )


def facts(keys: Iterable[str] | None = None) -> Mapping[str, Fact]:
    """Return the facts of these keys, or all, by key, in the order of the files; nobody changes them."""
    known = _facts()
    return known if keys is None else {key: known[key] for key in keys if key in known}


def sources(ids: Iterable[str] | None = None) -> Mapping[str, Source]:
    """Return the sources of these ids, or all, by id, in the order of the file."""
    known = _sources()
    return known if ids is None else {key: known[key] for key in ids if key in known}


@remembered
def _facts() -> Mapping[str, Fact]:
    query = select(GuideFact).order_by(GuideFact.theme, GuideFact.position)
    return {row.key: fact_of(row) for row in db.session.scalars(query)}


@remembered
def _sources() -> Mapping[str, Source]:
    query = select(GuideSource).order_by(GuideSource.position)
    return {row.id: source_of(row) for row in db.session.scalars(query)}


@dataclass(frozen=True, slots=True)
class Use:
    """Where a fact is used: a text in a language."""

    slug: str
    language: str


def where_used(key: str) -> list[Use]:
    """Return the published texts that refer to a fact, by slug and language."""
    columns = (GuideRevision.slug, GuideRevision.language, *_WORDS)
    query = select(*columns).where(GuideRevision.state == "published").order_by(*columns[:2])
    return [
        Use(row.slug, row.language)
        for row in db.session.execute(query)
        if key in keys_of(row.title, row.summary, row.body)
    ]


@dataclass(frozen=True, slots=True)
class FactChange:
    """What a fact said before and after a change; None: it was not there, or is not any more."""

    at: datetime
    by: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def fact_changes(key: str) -> list[FactChange]:
    """Return the changes of a fact, newest first."""
    query = select(GuideFactChange).where(GuideFactChange.key == key).order_by(GuideFactChange.id.desc())
    return [FactChange(row.at, row.by, row.before, row.after) for row in db.session.scalars(query)]
