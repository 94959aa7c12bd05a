"""What a reader may have meant: facilities whose names nearly match, words and areas that nearly do.

This is the second tier of the finder. It never changes the first one: not its list, its count or its pages.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import current_app
from sqlalchemy import select

from app.areas import queries as areas
from app.core.db import text_version
from app.extensions import db
from app.facilities import index
from app.facilities.model import Facility
from app.facilities.queries.cards import FacilityCard
from app.facilities.queries.costs import costs
from app.facilities.queries.found import other_name
from app.facilities.queries.listing import cards
from app.facilities.queries.near import around
from app.facilities.queries.question import question
from app.facilities.rules.criteria import Criteria
from app.search.engine import Document, entry
from app.search.marks import highlight_near, meant
from app.search.near import NEXT_KIND, NOT_THE_NAME, SLIP
from app.search.query import Query, parse
from app.search.shelf import Shelf

FEW = 5
"""With fewer exact matches on the page similar ones are looked for without being asked."""
SHOWN = 10
_WORDS = 3
_AREAS = 3
_AREA_LEVELS = frozenset({"prefecture", "county", "township"})


@dataclass(frozen=True, slots=True)
class Alike:
    """Similar facilities: how many fit the other filters, the nearest of them, and what may have been meant.

    `words` are given only where no name, area or address holds what was typed, and `places`, areas whose
    names are similar, only where no facility's name has it but for a sound or a slip inside.
    """

    count: int
    cards: tuple[FacilityCard, ...]
    words: tuple[str, ...] = ()
    places: tuple[areas.AreaCard, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.cards or self.words or self.places)


NOTHING = Alike(0, ())


def alike(criteria: Criteria, exact: int, today: date) -> Alike:
    """Return the second tier of an answer with `exact` matches; it belongs to the first page only."""
    if not criteria.q or criteria.page > 1 or not (criteria.similar or exact < FEW):
        return NOTHING
    query = parse(criteria.q)
    nearly = index.similar(criteria.q)
    ids = _fitting(nearly.ids, criteria, today)
    shown = ids[:SHOWN]
    spoken = dict(
        db.session.execute(select(Facility.id, Facility.readings).where(Facility.id.in_(shown))).all()
    )
    close = around(criteria.near, criteria.radius) if criteria.near and shown else None
    found = [_marked(card, query, spoken[card.id]) for card in cards(shown, today, close, {}, ())]
    if criteria.pattern is not None:
        quotes = costs(shown, criteria.pattern, today)
        found = [replace(card, monthly=quotes.get(card.id)) for card in found]
    if exact or index.search(criteria.q).ids:
        return Alike(len(ids), tuple(found))
    words = _meant(found, spoken, query, criteria.q)
    is_close = bool(words) and nearly.scores[0] >= SLIP + NOT_THE_NAME
    return Alike(len(ids), tuple(found), words, () if is_close else _areas(query, criteria.area or ""))


def _marked(card: FacilityCard, query: Query, readings: str) -> FacilityCard:
    marks = highlight_near(card.name, query, readings)
    also = other_name(marks, card.aliases, lambda other: highlight_near(other, query, readings))
    return replace(card, highlights=tuple(marks), also=also)


def nearest(text: str, limit: int, today: date) -> list[FacilityCard]:
    """Return the facilities whose names nearly match a text, whatever their area."""
    return cards(index.similar(text).ids[:limit], today, None, {}, ())


def _fitting(ids: Sequence[str], criteria: Criteria, today: date) -> list[str]:
    """Keep those for which every filter but the words is a yes, in their order."""
    if not ids:
        return []
    asking = question(replace(criteria, q=""), today, ids)
    fitting = set(asking.roll.chosen(asking.roll.ids, asking.all_but() & asking.roll.set_of_ids(ids)))
    return [each for each in ids if each in fitting]


def _meant(
    found: Iterable[FacilityCard], spoken: Mapping[str, str], query: Query, typed: str
) -> tuple[str, ...]:
    """Return the words of the nearest names that stand where the query's words are, the nearest first."""
    words: dict[str, None] = {}
    for card in found:
        texts = (card.name, *card.aliases, *card.names.values())
        words.setdefault(next(filter(None, (meant(text, query, spoken[card.id]) for text in texts)), ""))
    fresh = [each for each in words if each and each != typed]
    return tuple(fresh[:_WORDS])


def _areas(query: Query, inside: str) -> tuple[areas.AreaCard, ...]:
    """Return the areas whose names nearly match what no facility has of the query, those inside first."""
    names = area_names()
    codes: dict[str, int] = {}
    for term in query.terms:
        if not index.search(term.key).ids:
            nearly = names.similar(Query((term,), truncated=False))
            codes |= dict(zip(nearly.ids, nearly.scores, strict=True))
    least = max(codes.values(), default=0) - NEXT_KIND
    close = [code for code in codes if codes[code] > least]
    best = sorted(close, key=lambda code: (not code.startswith(inside), -codes[code], code))[:_AREAS]
    known = areas.areas(best)
    return tuple(known[code] for code in best if code in known)


def area_names() -> Shelf:
    """Return the names of all areas, to be searched like facilities; made again when the data changed."""
    held = current_app.extensions.get("area_names")
    version = text_version()
    if held is None or held[0] != version:
        sounds = areas.pinyin_phrases()
        everywhere = areas.everywhere().values()
        held = (
            version,
            Shelf.of(
                entry(
                    Document(
                        area.code,
                        {"name": area.names["zh-Hans"], "other": "|".join(area.names.values())},
                        " ".join(sounds.get(area.names["zh-Hans"], ())),
                    )
                )
                for area in everywhere
                if area.level in _AREA_LEVELS and not area.is_pseudo
            ),
        )
        current_app.extensions["area_names"] = held
    shelf = held[1]
    assert isinstance(shelf, Shelf)  # noqa: S101 - for the type checker
    return shelf
