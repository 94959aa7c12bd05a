"""The finder: one question, one page of answers, with counts that stay right when filters combine."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, not_, or_, select

from app.areas import queries as areas
from app.extensions import db
from app.facilities.index import search as search_text
from app.facilities.model import Facility, Fee
from app.facilities.queries.cards import Facet, FacetValue, FacilityCard, Results
from app.facilities.queries.costs import costs
from app.facilities.queries.listing import cards
from app.facilities.queries.predicates import TOWNSHIP_LENGTH, offers_something, price_rows, within
from app.facilities.queries.question import FACETS, Question, question
from app.facilities.queries.supply import takes_children
from app.facilities.rules.cost import rank
from app.facilities.rules.criteria import PAGE_SIZE, Criteria, Sort
from app.facilities.rules.vocabulary import (
    Care,
    CarerLanguage,
    Food,
    Form,
    Kind,
    Need,
    Status,
)

COUNTY_LENGTH = 6
_EVERYTHING = 10**9
_NOWHERE = (float("inf"),)
_MASKS: Mapping[str, tuple[Any, type[StrEnum]]] = {
    "care": (Facility.care_mask, Care),
    "food": (Facility.food_mask, Food),
    "language": (Facility.language_mask, CarerLanguage),
    "needs": (Facility.need_mask, Need),
}
_CODES: Mapping[str, tuple[Any, type[StrEnum], str | None]] = {
    "kind": (Facility.kind, Kind, Kind.UNKNOWN),
    "form": (Facility.form, Form, Form.UNKNOWN),
    "status": (Facility.status, Status, None),
}

_COLUMNS: Mapping[str, Any] = {
    "inclusive": Facility.inclusive,
    **{name: column for name, (column, *_) in (*_MASKS.items(), *_CODES.items())},
}
_TOGETHER = (("care", "food", "language", "needs"), ("kind", "form", "status", "inclusive"))
"""Facets counted in one pass; more in one would meet too many different combinations of values."""


def find(criteria: Criteria, today: date) -> Results:
    """Answer a question.

    `count` and the cards hold only facilities for which every filter is a yes. `not_reported` counts, for
    each filter in force, those that would match if that one value were known; with `criteria.unknown`
    they follow after the last match, marked. A facet ignores its own filter and honours all others.
    """
    asking = question(criteria, today)
    count = _count(asking.all_but())
    near_misses = {
        name: and_(asking.all_but(name), predicate.unknown) for name, predicate in asking.filters.items()
    }
    not_reported = {name: _count(condition) for name, condition in near_misses.items()}
    shown = count + (sum(not_reported.values()) if criteria.unknown else 0)
    pages = max(1, -(-shown // PAGE_SIZE))
    start = (criteria.page - 1) * PAGE_SIZE
    ids = _ordered(asking, asking.all_but(), start, PAGE_SIZE) if start < count else []
    marked: dict[str, tuple[str, ...]] = {}
    if criteria.unknown and len(ids) < PAGE_SIZE and near_misses:
        marked = _appended(asking, near_misses, max(0, start - count), PAGE_SIZE - len(ids))
    undecided, silent = _undecided(asking)
    return Results(
        count=count,
        cards=_with_costs(
            cards([*ids, *marked], today, asking.asked.distances, marked, asking.terms), criteria, today
        ),
        facets=_facets(asking),
        not_reported=not_reported,
        page=criteria.page,
        pages=pages,
        truncated=asking.truncated,
        undecided=undecided,
        silent_filters=silent,
    )


def position(criteria: Criteria, identity: str, today: date) -> int | None:
    """Return the number of a facility in the whole list of matches, from 1; None if it is none."""
    asking = question(criteria, today)
    ids = _ordered(asking, asking.all_but(), 0, _EVERYTHING)
    return ids.index(identity) + 1 if identity in ids else None


def _with_costs(found: list[FacilityCard], criteria: Criteria, today: date) -> tuple[FacilityCard, ...]:
    if criteria.pattern is None:
        return tuple(found)
    quotes = costs([card.id for card in found], criteria.pattern, today)
    return tuple(replace(card, monthly=quotes.get(card.id)) for card in found)


def _undecided(asking: Question) -> tuple[int, tuple[str, ...]]:
    """Count what several unknown values keep out, and name the filters concerned."""
    filters = asking.filters
    if len(filters) < 2:  # noqa: PLR2004 - it takes two
        return 0, ()
    possible = and_(*(or_(each.yes, each.unknown) for each in filters.values()))
    unknowns = [case((each.unknown, 1), else_=0) for each in filters.values()]
    several = and_(possible, sum(unknowns[1:], unknowns[0]) > 1)
    counts = [func.sum(each) for each in unknowns]
    row = db.session.execute(select(func.count(), *counts).select_from(Facility).where(several)).one()
    return row[0], tuple(name for name, number in zip(filters, row[1:], strict=True) if number)


def count_real(criteria: Criteria, today: date) -> int:
    """Return how many facilities answer a question; fictional ones count only where their county is asked."""
    condition = question(criteria, today).all_but()
    fictional = [place.area for place in areas.places() if place.fictional]
    if fictional and not (criteria.area or "").startswith(tuple(fictional)):
        condition = and_(condition, or_(Facility.pack.is_(None), Facility.pack.not_in(fictional)))
    return _count(condition)


def matching(criteria: Criteria, today: date) -> ColumnElement[bool]:
    """Return the condition that every filter of a question is a yes, for other ways of counting."""
    return question(criteria, today).all_but()


def by_text(text: str, limit: int) -> list[FacilityCard]:
    """Return the facilities a text finds, best first, whatever their area."""
    hits = search_text(text)
    return cards(hits.ids[:limit], None, None, {}, hits.terms)


def _count(condition: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(Facility).where(condition)) or 0


def _ordered(asking: Question, condition: ColumnElement[bool], start: int, limit: int) -> list[str]:
    """Return one page of ids. Orders known only here (relevance, distance) are sorted here."""
    criteria = asking.asked.criteria
    by_name = (Facility.sort_key, Facility.id)
    query = select(Facility.id).where(condition)
    if criteria.order is Sort.PRICE:
        cheapest = (
            select(func.min(Fee.min_fen)).where(price_rows(criteria, asking.asked.today)).scalar_subquery()
        )
        query = query.order_by(cheapest.is_(None), cheapest, *by_name)
    elif criteria.order is Sort.UPDATED:
        query = query.order_by(Facility.updated_on.desc(), *by_name)
    elif criteria.order is Sort.NAME:
        query = query.order_by(not_(takes_children(asking.asked.today)), *by_name)
    else:
        query = query.order_by(*by_name)
    if criteria.order not in {Sort.RELEVANCE, Sort.DISTANCE, Sort.COST}:
        return list(db.session.scalars(query.offset(start).limit(limit)))
    ids = list(db.session.scalars(query))
    if criteria.order is Sort.RELEVANCE:
        scores = asking.scores
        ids.sort(key=lambda each: -scores.get(each, 0))
    elif criteria.order is Sort.COST:
        _sort_by_cost(ids, asking, condition)
    else:
        far = asking.asked.distances or {}
        ids.sort(key=lambda each: sum(far.get(each, _NOWHERE)))
    return ids[start : start + limit]


def _sort_by_cost(ids: list[str], asking: Question, condition: ColumnElement[bool]) -> None:
    """Sort by lowest monthly cost: those wholly known, those known to be at least so much, the others."""
    criteria, quotes = asking.asked.criteria, asking.asked.quotes
    if not quotes and criteria.pattern is not None:
        priced = db.session.scalars(select(Facility.id).where(condition, offers_something()))
        quotes = costs(priced, criteria.pattern, asking.asked.today)
    best = {one: found for one in ids if one in quotes and (found := quotes[one].best(criteria.care))}
    ids.sort(key=lambda one: (one not in best, rank(best[one])[:2] if one in best else ()))


def _appended(
    asking: Question, near_misses: Mapping[str, ColumnElement[bool]], start: int, limit: int
) -> dict[str, tuple[str, ...]]:
    """Return one page of the facilities that lack exactly one reported value, with that filter's name."""
    ids = _ordered(asking, or_(*near_misses.values()), start, limit)
    found: dict[str, list[str]] = {each: [] for each in ids}
    for name, condition in near_misses.items():
        for each in db.session.scalars(select(Facility.id).where(condition, Facility.id.in_(ids))):
            found[each].append(name)
    return {each: tuple(names) for each, names in found.items()}


def _facets(asking: Question) -> dict[str, Facet]:
    """Count every facet. Those that ignore nothing in force have one condition and are counted together."""
    counts: dict[str, Counter[Any]] = {}
    for group in _TOGETHER:
        free = [name for name in group if name not in asking.filters]
        for names in ([free] if free else []) + [[name] for name in group if name in asking.filters]:
            counts |= _tally(names, asking.all_but(*names))
    return {
        name: _area_facet(asking, asking.all_but(name)) if name == "area" else _facet(name, counts[name])
        for name in FACETS
    }


def _tally(names: Sequence[str], condition: ColumnElement[bool]) -> dict[str, Counter[Any]]:
    """Count the values of several columns in one pass over the table."""
    columns = [_COLUMNS[name] for name in names]
    found: dict[str, Counter[Any]] = {name: Counter() for name in names}
    for *values, number in db.session.execute(
        select(*columns, func.count()).where(condition).group_by(*columns)
    ):
        for name, value in zip(names, values, strict=True):
            found[name][value] += number
    return found


def _facet(name: str, counts: Counter[Any]) -> Facet:
    if name in _MASKS:
        rows, kind = counts.items(), _MASKS[name][1]
        codes: list[StrEnum] = list(kind)
        values = [
            FacetValue(value, sum(number for bits, number in rows if bits is not None and bits >> place & 1))
            for place, value in enumerate(codes)
        ]
        return Facet(name, tuple(values), sum(number for bits, number in rows if bits is None))
    if name == "inclusive":
        return Facet(name, (FacetValue("1", counts[True]), FacetValue("0", counts[False])), counts[None])
    _column, kind, unknown = _CODES[name]
    values = [FacetValue(value, counts.get(value, 0)) for value in kind if value != unknown]
    return Facet(name, tuple(values), counts.get(unknown, 0) if unknown else 0)


def _grouped(column: Any, condition: ColumnElement[bool]) -> Sequence[tuple[Any, int]]:
    query = select(column, func.count()).where(condition).group_by(column)
    return [(value, number) for value, number in db.session.execute(query)]


def _area_facet(asking: Question, condition: ColumnElement[bool]) -> Facet:
    """Count the areas one step down from the chosen one; a chosen township is counted beside its sisters."""
    chosen = asking.asked.criteria.area
    scope = chosen[:COUNTY_LENGTH] if chosen and len(chosen) == TOWNSHIP_LENGTH else chosen
    inside = and_(condition, within(scope)) if scope else condition
    if scope and len(scope) == COUNTY_LENGTH:
        counts = Counter(dict(_grouped(Facility.township_code, inside)))
        silent = counts.pop(None, 0)
    else:
        counts = Counter(dict(_grouped(Facility.area_code, inside)))
        silent = 0
    children = areas.children(scope)
    values = []
    for child in children:
        number = sum(many for code, many in counts.items() if code.startswith(child.code))
        values.append(FacetValue(child.code, number, child.names))
    total = sum(counts.values())
    silent += total - sum(value.count for value in values)
    return Facet("area", tuple(values), silent)


def facility_counts(codes: Iterable[str]) -> dict[str, int]:
    """Return how many facilities are listed in each of these areas."""
    return {code: _count(_in(code)) for code in codes}


def _in(code: str) -> ColumnElement[bool]:
    return Facility.township_code == code if len(code) == TOWNSHIP_LENGTH else within(code)
