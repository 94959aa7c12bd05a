"""Facilities known only to their township: counted there, never given a distance."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import and_

from app.areas import queries as areas
from app.facilities.model import FACILITY
from app.facilities.queries.question import question
from app.facilities.rules.criteria import Criteria
from app.facilities.rules.near import BEYOND_KM, distances


@dataclass(frozen=True, slots=True)
class TownshipCount:
    """How many facilities that answer a question are known only to this township."""

    area: areas.AreaCard
    count: int


def townships_around(criteria: Criteria, today: date) -> tuple[TownshipCount, ...]:
    """Return the townships around the places asked, with what they hold without an exact position.

    Everything asked but the distance holds for what is counted. A township is around if its centre
    lies within the radius and `BEYOND_KM` of at least one place; the nearest stands first.
    """
    if not criteria.near:
        return ()
    asking = question(replace(criteria, near=(), sort=None), today)
    roll = asking.roll
    vague = roll.holding(and_(FACILITY.precision == "township", FACILITY.township_code.is_not(None)))
    held = Counter(code for code in roll.chosen(roll.townships, asking.all_but() & vague) if code)
    found = []
    for card in areas.areas(held).values():
        away = min(distances(criteria.near, card.point)) if card.point else None
        if away is not None and away <= criteria.radius + BEYOND_KM:
            found.append((away, card.code, TownshipCount(card, held[card.code])))
    return tuple(each for _away, _code, each in sorted(found, key=lambda one: one[:2]))
