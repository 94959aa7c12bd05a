"""What a question without an answer would find with less asked: counted, never done without asking."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from app.facilities.queries.search import count_worth
from app.facilities.rules.criteria import MAX_RADIUS_KM, Criteria

_MOST_PAIRED = 6
"""Filters of which pairs are tried: 15 counts at most."""
_WIDER = (5.0, 10.0, 20.0, MAX_RADIUS_KM)


@dataclass(frozen=True, slots=True)
class Looser:
    """A looser question, how many places answer it, and the filters it does without.

    `count` is the number that the page of that question begins with, fictional places included.
    `radius`: kilometres it is widened to instead, else None.
    """

    without: tuple[str, ...]
    count: int
    criteria: Criteria
    radius: float | None = None


def loosened(criteria: Criteria, today: date) -> tuple[Looser, ...]:
    """Return questions with a wider radius or without one filter, the most answers first.

    Where no single filter helps, without two; where no pair does, with the area alone.
    """
    wider = _wider(criteria, today)
    names = criteria.filters
    found = _without([(name,) for name in names], criteria, today)
    if not found:
        found = _without(list(combinations(names[:_MOST_PAIRED], 2)), criteria, today)
    if not found and not wider:
        rest = tuple(name for name in names if name != "area")
        found = _without([rest] if rest else [], criteria, today)
    return (*wider, *sorted(found, key=lambda each: -each.count))


def _without(choices: list[tuple[str, ...]], criteria: Criteria, today: date) -> list[Looser]:
    found = []
    for names in choices:
        looser = criteria
        for name in names:
            looser = looser.without(name)
        count = count_worth(looser, today)
        if count:
            found.append(Looser(names, count, looser))
    return found


def _wider(criteria: Criteria, today: date) -> tuple[Looser, ...]:
    """Return the smallest wider radius that finds something."""
    for km in _WIDER if criteria.near else ():
        if km > criteria.radius:
            looser = replace(criteria, radius=km, page=1)
            count = count_worth(looser, today)
            if count:
                return (Looser((), count, looser, km),)
    return ()
