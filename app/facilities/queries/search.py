"""The finder: one question, one page of answers, with counts that stay right when filters combine."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal_column, not_, or_, select, true
from sqlalchemy.sql.elements import False_

from app.areas import queries as areas
from app.extensions import db
from app.facilities.index import search as search_text
from app.facilities.model import FACILITY, FEE, Facility
from app.facilities.queries.cards import FacilityCard, Results
from app.facilities.queries.costs import costs
from app.facilities.queries.facets import facets
from app.facilities.queries.listing import cards
from app.facilities.queries.predicates import TOWNSHIP_LENGTH, offers_something, price_rows, within
from app.facilities.queries.question import Question, question
from app.facilities.queries.supply import takes_children
from app.facilities.rules.cost import rank
from app.facilities.rules.criteria import PAGE_SIZE, Criteria, Sort

_EVERYTHING = 10**9
_NOWHERE = (float("inf"),)


def find(criteria: Criteria, today: date) -> Results:
    """Answer a question.

    `count` and the cards hold only facilities for which every filter is a yes. `not_reported` counts, for
    each filter in force, those that would match if that one value were known; with `criteria.unknown`
    they follow after the last match, marked. A facet ignores its own filter and honours all others.
    """
    asking = question(criteria, today)
    states = _states(asking)
    count = states[0]
    silent = {name: 1 << place for place, name in enumerate(asking.filters)}
    not_reported = {name: states[bit] for name, bit in silent.items()}
    shown = count + (sum(not_reported.values()) if criteria.unknown else 0)
    pages = max(1, -(-shown // PAGE_SIZE))
    start = (criteria.page - 1) * PAGE_SIZE
    ids = _ordered(asking, asking.all_but(), start, PAGE_SIZE) if start < count else []
    marked: dict[str, tuple[str, ...]] = {}
    if criteria.unknown and len(ids) < PAGE_SIZE and shown > count:
        marked = _appended(asking, max(0, start - count), PAGE_SIZE - len(ids))
    several = {state: number for state, number in states.items() if state.bit_count() > 1}
    return Results(
        count=count,
        cards=_with_costs(
            cards([*ids, *marked], today, asking.asked.distances, marked, asking.terms), criteria, today
        ),
        facets=facets(asking, count),
        not_reported=not_reported,
        page=criteria.page,
        pages=pages,
        truncated=asking.truncated,
        undecided=sum(several.values()),
        silent_filters=tuple(name for name, bit in silent.items() if any(state & bit for state in several)),
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


def _states(asking: Question) -> Counter[int]:
    """Count the facilities that no filter excludes, by what they have not reported.

    A state has the bit of each filter, in their order, that is not reported; 0 is a match.
    """
    filters = asking.filters.values()
    if not filters:
        return Counter({0: _count(true())})
    bits = [
        case((each.unknown, literal_column(str(1 << place))), else_=literal_column("0"))
        for place, each in enumerate(filters)
        if not isinstance(each.unknown, False_)
    ]
    state = sum(bits[1:], bits[0]) if bits else literal_column("0")
    possible = and_(*(or_(each.yes, each.unknown) for each in filters))
    query: Select[Any] = select(state, func.count()).select_from(Facility.__table__)
    query = query.where(possible).group_by(literal_column("1"))
    return Counter(dict(db.session.execute(query).all()))


def count_worth(criteria: Criteria, today: date) -> int:
    """Return how many facilities the page of a question counts; 0 where it would find only fictional ones.

    Those of a fictional county are among the answers to a question about no county, marked as such; they are
    no reason to ask it. Where their county is asked they are as good as any.
    """
    condition = question(criteria, today).all_but()
    fictional = [place.area for place in areas.places() if place.fictional]
    if not fictional or (criteria.area or "").startswith(tuple(fictional)):
        return _count(condition)
    real = case((or_(FACILITY.pack.is_(None), FACILITY.pack.not_in(fictional)), 1))
    query = select(func.count(), func.count(real)).select_from(Facility.__table__).where(condition)
    found, worth = db.session.execute(query).one()
    return int(found) if worth else 0


def matching(criteria: Criteria, today: date) -> ColumnElement[bool]:
    """Return the condition that every filter of a question is a yes, for other ways of counting."""
    return question(criteria, today).all_but()


def by_text(text: str, limit: int) -> list[FacilityCard]:
    """Return the facilities a text finds, best first, whatever their area."""
    hits = search_text(text)
    return cards(hits.ids[:limit], None, None, {}, hits.terms)


def _count(condition: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(Facility.__table__).where(condition)) or 0


def _ordered(asking: Question, condition: ColumnElement[bool], start: int, limit: int) -> list[str]:
    """Return one page of ids. Orders known only here (relevance, distance) are sorted here."""
    criteria = asking.asked.criteria
    by_name = (FACILITY.sort_key, FACILITY.id)
    query = select(FACILITY.id).where(condition)
    if criteria.order is Sort.PRICE:
        cheapest = (
            select(func.min(FEE.min_fen)).where(price_rows(criteria, asking.asked.today)).scalar_subquery()
        )
        query = query.order_by(cheapest.is_(None), cheapest, *by_name)
    elif criteria.order is Sort.UPDATED:
        query = query.order_by(FACILITY.updated_on.desc(), *by_name)
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
        priced = db.session.scalars(select(FACILITY.id).where(condition, offers_something()))
        quotes = costs(priced, criteria.pattern, asking.asked.today)
    best = {one: found for one in ids if one in quotes and (found := quotes[one].best(criteria.care))}
    ids.sort(key=lambda one: (one not in best, rank(best[one])[:2] if one in best else ()))


def _appended(asking: Question, start: int, limit: int) -> dict[str, tuple[str, ...]]:
    """Return one page of the facilities that lack exactly one reported value, with that filter's name."""
    near_misses = {
        name: and_(asking.all_but(name), each.unknown)
        for name, each in asking.filters.items()
        if not isinstance(each.unknown, False_)
    }
    ids = _ordered(asking, or_(*near_misses.values()), start, limit)
    found: dict[str, list[str]] = {each: [] for each in ids}
    for name, condition in near_misses.items():
        for each in db.session.scalars(select(FACILITY.id).where(condition, FACILITY.id.in_(ids))):
            found[each].append(name)
    return {each: tuple(names) for each, names in found.items()}


def facility_counts(codes: Iterable[str]) -> dict[str, int]:
    """Return how many facilities are listed in each of these areas."""
    return {code: _count(_in(code)) for code in codes}


def _in(code: str) -> ColumnElement[bool]:
    return FACILITY.township_code == code if len(code) == TOWNSHIP_LENGTH else within(code)
