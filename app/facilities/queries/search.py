"""The finder: one question, one page of answers, with counts that stay right when filters combine."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, func, select

from app.areas import queries as areas
from app.extensions import db
from app.facilities.index import search as search_text
from app.facilities.model import FACILITY, Facility
from app.facilities.queries.cards import FacilityCard, Results
from app.facilities.queries.costs import costs
from app.facilities.queries.facets import facets
from app.facilities.queries.listing import cards
from app.facilities.queries.predicates import TOWNSHIP_LENGTH, within
from app.facilities.queries.prices import prices
from app.facilities.queries.question import Question, question
from app.facilities.queries.sides import offering
from app.facilities.queries.supply import takes_children
from app.facilities.rules.cost import rank
from app.facilities.rules.criteria import PAGE_SIZE, Criteria, Sort

_NOWHERE = (float("inf"),)


def find(criteria: Criteria, today: date) -> Results:
    """Answer a question.

    `count` and the cards hold only facilities for which every filter is a yes. `not_reported` counts, for
    each filter in force, those that would match if that one value were known; with `criteria.unknown`
    they follow after the last match, marked. A facet ignores its own filter and honours all others.
    """
    asking = question(criteria, today)
    states = asking.states()
    found = states.get(0, 0)
    count = found.bit_count()
    silent = {name: 1 << place for place, name in enumerate(asking.filters)}
    nearly = {name: states.get(bit, 0) for name, bit in silent.items()}
    not_reported = {name: each.bit_count() for name, each in nearly.items()}
    shown = count + (sum(not_reported.values()) if criteria.unknown else 0)
    start = (criteria.page - 1) * PAGE_SIZE
    ids = _ordered(asking, found)[start : start + PAGE_SIZE] if start < count else []
    marked: dict[str, tuple[str, ...]] = {}
    if criteria.unknown and len(ids) < PAGE_SIZE and shown > count:
        marked = _appended(asking, nearly, max(0, start - count), PAGE_SIZE - len(ids))
    several = {state: each.bit_count() for state, each in states.items() if state.bit_count() > 1}
    return Results(
        count=count,
        cards=_with_costs(
            cards([*ids, *marked], today, asking.asked.distances, marked, asking.terms), criteria, today
        ),
        facets=facets(asking),
        not_reported=not_reported,
        page=criteria.page,
        pages=max(1, -(-shown // PAGE_SIZE)),
        truncated=asking.truncated,
        undecided=sum(several.values()),
        silent_filters=tuple(name for name, bit in silent.items() if any(state & bit for state in several)),
    )


def position(criteria: Criteria, identity: str, today: date) -> int | None:
    """Return the number of a facility in the whole list of matches, from 1; None if it is none."""
    asking = question(criteria, today)
    ids = _ordered(asking, asking.all_but())
    return ids.index(identity) + 1 if identity in ids else None


def _with_costs(found: list[FacilityCard], criteria: Criteria, today: date) -> tuple[FacilityCard, ...]:
    if criteria.pattern is None:
        return tuple(found)
    quotes = costs([card.id for card in found], criteria.pattern, today)
    return tuple(replace(card, monthly=quotes.get(card.id)) for card in found)


def count_worth(criteria: Criteria, today: date) -> int:
    """Return how many facilities the page of a question counts; 0 where it would find only fictional ones.

    Those of a fictional county are among the answers to a question about no county, marked as such; they are
    no reason to ask it. Where their county is asked they are as good as any.
    """
    asking = question(criteria, today)
    found, roll = asking.all_but(), asking.roll
    fictional = [place.area for place in areas.places() if place.fictional]
    if fictional and not (criteria.area or "").startswith(tuple(fictional)):
        invented = roll.keep("fictional", lambda: roll.holding(FACILITY.pack.in_(fictional)))
        return found.bit_count() if found & ~invented else 0
    return found.bit_count()


def by_text(text: str, limit: int) -> list[FacilityCard]:
    """Return the facilities a text finds, best first, whatever their area."""
    hits = search_text(text)
    return cards(hits.ids[:limit], None, None, {}, hits.terms)


def _ordered(asking: Question, chosen: int) -> list[str]:
    """Return the ids of a set in the order asked for; equal ones by name."""
    criteria, roll = asking.asked.criteria, asking.roll
    numbers = roll.in_order(chosen)
    if criteria.order is Sort.NAME:
        today = asking.asked.today
        taking = roll.keep(("taking", today), lambda: roll.holding(takes_children(today)))
        numbers = [*roll.in_order(chosen & taking), *roll.in_order(chosen & ~taking)]
    elif criteria.order is Sort.UPDATED:
        numbers.sort(key=roll.updated.__getitem__, reverse=True)
    elif criteria.order is Sort.PRICE:
        lowest = prices(roll, criteria.price_unit, asking.asked.today).lowest(criteria.care)
        numbers.sort(key=lambda each: lowest.get(each, float("inf")))
    ids = [roll.ids[each] for each in numbers]
    if criteria.order is Sort.RELEVANCE:
        ids.sort(key=lambda each: -asking.scores.get(each, 0))
    elif criteria.order is Sort.COST:
        _sort_by_cost(ids, asking, chosen)
    elif criteria.order is Sort.DISTANCE:
        far = asking.asked.distances
        ids.sort(key=lambda each: sum(far.get(each, _NOWHERE)))
    return ids


def _sort_by_cost(ids: list[str], asking: Question, chosen: int) -> None:
    """Sort by lowest monthly cost: those wholly known, those known to be at least so much, the others."""
    criteria, quotes, roll = asking.asked.criteria, asking.asked.quotes, asking.roll
    if not quotes and criteria.pattern is not None:
        priced = roll.chosen(roll.ids, chosen & offering(roll))
        quotes = costs(priced, criteria.pattern, asking.asked.today)
    best = {one: found for one in ids if one in quotes and (found := quotes[one].best(criteria.care))}
    ids.sort(key=lambda one: (one not in best, rank(best[one])[:2] if one in best else ()))


def _appended(
    asking: Question, nearly: Mapping[str, int], start: int, limit: int
) -> dict[str, tuple[str, ...]]:
    """Return one page of the facilities that lack exactly one reported value, with that filter's name."""
    ids, together = asking.roll.ids, 0
    lacking: dict[str, tuple[str, ...]] = {}
    for name, found in nearly.items():
        together |= found
        lacking |= dict.fromkeys(asking.roll.chosen(ids, found), (name,))
    return {each: lacking[each] for each in _ordered(asking, together)[start : start + limit]}


def facility_counts(codes: Iterable[str]) -> dict[str, int]:
    """Return how many facilities are listed in each of these areas."""
    return {code: _count(_in(code)) for code in codes}


def _count(condition: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(Facility.__table__).where(condition)) or 0


def _in(code: str) -> ColumnElement[bool]:
    return FACILITY.township_code == code if len(code) == TOWNSHIP_LENGTH else within(code)
