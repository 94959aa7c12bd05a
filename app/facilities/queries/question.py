"""A question with everything that had to be looked up for it once: words, places, monthly costs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.facilities.index import search
from app.facilities.queries.costs import costs
from app.facilities.queries.near import around
from app.facilities.queries.roll import Roll, roll
from app.facilities.queries.sides import BY_CARE, Asked, Sides, offering, sides
from app.facilities.rules.criteria import Criteria

FACETS = ("area", "care", "food", "language", "needs", "kind", "form", "status", "inclusive")
"""Filters whose choices are counted; a facet ignores its own filter."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, each filter in force as two sets of facilities, and what its words found."""

    asked: Asked
    filters: Mapping[str, Sides]
    scores: Mapping[str, int]
    truncated: bool
    terms: tuple[Any, ...]

    @property
    def roll(self) -> Roll:
        """All facilities."""
        return self.asked.roll

    def all_but(self, *names: str) -> int:
        """Return the facilities for which every filter in force, except some, is a yes."""
        found = self.roll.everyone
        for name, each in self.filters.items():
            if name not in names:
                found &= each.yes
        return found

    def states(self) -> dict[int, int]:
        """Return the facilities that no filter excludes, by what they have not reported.

        A state has the bit of each filter, in their order, that is not reported; 0 is a match.
        """
        states = {0: self.roll.everyone}
        for place, each in enumerate(self.filters.values()):
            silent = {state | 1 << place: found & each.silent for state, found in states.items()}
            sure = {state: found & each.yes for state, found in states.items()}
            states = {state: found for state, found in (sure | silent).items() if found}
        return states

    def choosing_care(self, care: str) -> int:
        """Return the answers to the same question with this one care type instead of those asked for."""
        instead = replace(self.asked, criteria=replace(self.asked.criteria, care=(care,)))
        its_own = ("care", *(name for name in BY_CARE if name in self.filters))
        found = self.all_but(*its_own)
        for name in its_own:
            found &= sides(name, instead).yes
        return found


def question(criteria: Criteria, today: date, only: Collection[str] | None = None) -> Question:
    """Look up what a question needs; where it is about `only` some facilities, no cost of others."""
    hits = search(criteria.q) if criteria.q else None
    close = around(criteria.near, criteria.radius) if criteria.near else None
    asked = Asked(criteria, today, roll(), hits.ids if hits else (), close or {})
    names = criteria.filters
    if criteria.max_cost is not None and criteria.pattern is not None:
        wanted = _of_consequence(asked) if only is None else only
        asked = replace(asked, quotes=costs(wanted, criteria.pattern, today))
    return Question(
        asked,
        {name: sides(name, asked) for name in names},
        dict(zip(hits.ids, hits.scores, strict=True)) if hits else {},
        truncated=bool(hits and hits.truncated),
        terms=hits.terms if hits else (),
    )


def _of_consequence(asked: Asked) -> list[str]:
    """Return the facilities whose monthly cost can matter to any number of the answer.

    That is so where each of the other filters is a yes or not reported, or where all are but one that a facet
    ignores; and only where a care type or a price is known at all.
    """
    roll = asked.roll
    told = {name: sides(name, asked) for name in asked.criteria.filters if name not in BY_CARE}
    wanted = roll.everyone
    for each in told.values():
        wanted &= each.yes | each.silent
    for ignored in set(FACETS) & set(told):
        found = roll.everyone
        for name, each in told.items():
            found &= roll.everyone if name == ignored else each.yes
        wanted |= found
    return list(roll.chosen(roll.ids, wanted & offering(roll)))
