"""Facilities known only to their township: counted there, never given a distance."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select

from app.areas import queries as areas
from app.extensions import db
from app.facilities.model import Facility
from app.facilities.queries.search import matching
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
    counts = (
        select(Facility.township_code, func.count())
        .where(
            matching(replace(criteria, near=(), sort=None), today),
            Facility.precision == "township",
            Facility.township_code.is_not(None),
        )
        .group_by(Facility.township_code)
    )
    held = {code: number for code, number in db.session.execute(counts) if code}
    found = []
    for card in areas.areas(held).values():
        away = min(distances(criteria.near, card.point)) if card.point else None
        if away is not None and away <= criteria.radius + BEYOND_KM:
            found.append((away, card.code, TownshipCount(card, held[card.code])))
    return tuple(each for _away, _code, each in sorted(found, key=lambda one: one[:2]))
