"""What a text rests on: its sources in the order it comes to them, its facts, and other views of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from markupsafe import Markup

from app.areas import queries as areas
from app.guide.queries import figures, ledger
from app.guide.rules.ledger import Fact


@dataclass(frozen=True, slots=True)
class Cited:
    """A source and the places in it: clause (may be "") and the day on which somebody read it there.

    `status` is one of sources.csv (`in-force`, `draft`, `superseded`, `foreign`) or, for a document of the
    country or a place, what it is today (`issued`, `draft`, `interpretation`, `period-ended`).
    """

    n: int
    id: str
    titles: Mapping[str, str]
    number: str
    publishers: Mapping[str, str]
    issued_on: str
    status: str
    url: str
    read: str
    notes: Mapping[str, str]
    places: tuple[tuple[str, date], ...]


@dataclass(frozen=True, slots=True)
class Other:
    """Another view of a fact: what an older or a newer document says, or another source besides."""

    why: Literal["also", "older", "newer"]
    says: Mapping[str, str]
    value: Markup
    titles: Mapping[str, str]
    clause: str


@dataclass(frozen=True, slots=True)
class Used:
    """A fact that a text states. `value` is empty for a statement; `n` is the number of its source."""

    key: str
    says: Mapping[str, str]
    value: Markup
    n: int
    clause: str
    confidence: str
    checked_on: date
    over: bool
    others: tuple[Other, ...]


def cited(order: Sequence[str], facts: Iterable[Fact], today: date) -> tuple[Cited, ...]:
    """Return the sources in this order; one that nobody knows any more is left out."""
    places: dict[str, dict[tuple[str, date], None]] = {}
    for fact in facts:
        places.setdefault(fact.source, {})[fact.clause, fact.checked_on] = None
    known = documents(order, today)
    return tuple(
        Cited(n=number, id=key, **known[key], places=tuple(places.get(key, ())))
        for number, key in enumerate(order, 1)
        if key in known
    )


def used(
    facts: Iterable[Fact], every: Mapping[str, Fact], marks: Mapping[str, int], language: str, today: date
) -> tuple[Used, ...]:
    """Return the facts of a text with other views of each; `every` is the whole ledger."""
    chosen = list(facts)
    views = {fact.key: _others(fact, every) for fact in chosen}
    ids = {other.source for found in views.values() for _why, other in found}
    titles = {key: found["titles"] for key, found in documents(ids, today).items()}
    return tuple(
        Used(
            fact.key,
            fact.says,
            value_of(fact, language),
            marks[fact.source],
            fact.clause,
            fact.confidence,
            fact.checked_on,
            fact.over(today),
            tuple(
                Other(why, other.says, value_of(other, language), titles.get(other.source, {}), other.clause)
                for why, other in views[fact.key]
            ),
        )
        for fact in chosen
    )


def value_of(fact: Fact, language: str) -> Markup:
    """Return the figure of a fact for a page; empty for a statement."""
    return figures.show(fact.figure, language) if fact.figure else Markup("")


def _others(fact: Fact, every: Mapping[str, Fact]) -> list[tuple[Literal["also", "older", "newer"], Fact]]:
    found: list[tuple[Literal["also", "older", "newer"], Fact]] = []
    newer, beside = every.get(fact.superseded_by or ""), every.get(fact.see_also or "")
    if newer:
        found.append(("newer", newer))
    for other in every.values():
        if other.superseded_by == fact.key:
            found.append(("older", other))
        elif other.see_also == fact.key and other is not newer:
            found.append(("also", other))
    if beside and beside is not newer:
        found.append(("also", beside))
    return found


def titles(ids: Iterable[str], today: date) -> dict[str, Mapping[str, str]]:
    """Return the names of sources by id; one that nobody knows any more is left out."""
    return {key: found["titles"] for key, found in documents(ids, today).items()}


def every(today: date) -> dict[str, dict[str, Any]]:
    """Return what is known of every source of guidance and of every document of the country, by id."""
    national = (f"national:{key}" for key in areas.national_documents(today))
    return documents([*ledger.sources(), *national], today)


def documents(ids: Iterable[str], today: date) -> dict[str, dict[str, Any]]:
    """Return what is known of sources and of documents of the country and of places, by id."""
    wanted = list(ids)
    found: dict[str, dict[str, Any]] = {
        key: {
            "titles": source.titles,
            "number": source.number,
            "publishers": source.publishers,
            "issued_on": source.issued_on,
            "status": source.status,
            "url": source.url,
            "read": source.read,
            "notes": source.notes,
        }
        for key, source in ledger.sources(wanted).items()
    }
    for area in {key.partition(":")[0] for key in wanted if ":" in key}:
        cards = areas.national_documents(today) if area == "national" else areas.documents(area, today)
        for key, card in cards.items():
            found[f"{area}:{key}"] = {
                "titles": card.titles,
                "number": card.number,
                "publishers": card.issuers,
                "issued_on": card.issued_on.isoformat() if card.issued_on else "",
                "status": str(card.status),
                "url": "",
                "read": "",
                "notes": card.notes,
            }
    return found
