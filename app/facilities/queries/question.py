"""A question with everything that had to be looked up for it once: words, places, monthly costs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, select

from app.extensions import db
from app.facilities.index import search
from app.facilities.model import FACILITY
from app.facilities.queries.costs import costs
from app.facilities.queries.near import around
from app.facilities.queries.predicates import Asked, Predicate, around_area, id_in, may_count, predicates
from app.facilities.rules.criteria import Criteria

FACETS = ("area", "care", "food", "language", "needs", "kind", "form", "status", "inclusive")
"""Filters whose choices are counted; a facet ignores its own filter."""
BY_CARE = ("max_price", "max_cost")
"""Filters that compare the price or the cost of the care types asked for, of any where none is."""
MANY = 500
"""Of more finds of a text than so many, those elsewhere are dropped before anything is counted."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, each filter in force as its conditions, and what its words found."""

    asked: Asked
    filters: Mapping[str, Predicate]
    scores: Mapping[str, int]
    truncated: bool
    terms: tuple[Any, ...]

    def all_but(self, *names: str) -> ColumnElement[bool]:
        """Return the condition that every filter in force, except some, is a yes."""
        return and_(True, *(each.yes for name, each in self.filters.items() if name not in names))

    def choosing_care(self, care: str) -> ColumnElement[bool]:
        """Return the condition of the same question with this one care type instead of those asked for."""
        instead = replace(self.asked, criteria=replace(self.asked.criteria, care=(care,)))
        its_own = predicates(instead, ["care", *(name for name in BY_CARE if name in self.filters)])
        return and_(self.all_but(*its_own), *(each.yes for each in its_own.values()))


def question(criteria: Criteria, today: date, only: Collection[str] | None = None) -> Question:
    """Look up what a question needs; where it is about `only` some facilities, no cost of others."""
    hits = search(criteria.q) if criteria.q else None
    close = around(criteria.near, criteria.radius) if criteria.near else None
    found = hits.ids if hits else None
    if found and criteria.area and len(found) > MANY and only is None:
        here = set(db.session.scalars(select(FACILITY.id).where(around_area(criteria.area))))
        found = tuple(each for each in found if each in here)
    asked = Asked(criteria, today, found, close)
    if criteria.max_cost is not None and criteria.pattern is not None:
        others = predicates(asked, [name for name in criteria.filters if name not in BY_CARE])
        wanted = may_count(others, FACETS) if only is None else id_in(only)
        ids = db.session.scalars(select(FACILITY.id).where(wanted))
        asked = replace(asked, quotes=costs(ids, criteria.pattern, today))
    return Question(
        asked,
        predicates(asked),
        dict(zip(hits.ids, hits.scores, strict=True)) if hits else {},
        truncated=bool(hits and hits.truncated),
        terms=hits.terms if hits else (),
    )
