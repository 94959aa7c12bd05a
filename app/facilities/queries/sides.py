"""Each filter as two sets of facilities: surely yes, and not reported. Who is in neither is a no."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import exists, or_

from app.facilities.model import FACILITY, FEE
from app.facilities.queries.predicates import ASKS, PREDICATES
from app.facilities.queries.prices import prices
from app.facilities.queries.roll import Roll
from app.facilities.rules.cost import Answer, Quotes
from app.facilities.rules.criteria import Criteria

BY_CARE = ("max_price", "max_cost")
"""Filters that compare the price or the cost of the care types asked for, of any where none is."""


@dataclass(frozen=True, slots=True)
class Sides:
    """What a filter in force says of all facilities."""

    yes: int
    silent: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, and what had to be looked up beside the rows of the facilities."""

    criteria: Criteria
    today: date
    roll: Roll
    text_ids: tuple[str, ...] = ()
    distances: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """Kilometres from each place asked, of the facilities near at least one of them."""
    quotes: Mapping[str, Quotes] = field(default_factory=dict)
    """Monthly costs of the facilities that can be among the answers."""


def sides(name: str, asked: Asked) -> Sides:
    """Return the two sets of a filter in force."""
    if name in _LOOKED_UP:
        return _LOOKED_UP[name](asked)
    values = {each: getattr(asked.criteria, each) for each in (name, *ASKS.get(name, ()))}
    roll = asked.roll

    def read() -> Sides:
        found = PREDICATES[name](Criteria(**values))
        return Sides(roll.holding(found.yes), roll.holding(found.unknown))

    return roll.keep((name, *values.values()), read)


def offering(roll: Roll) -> int:
    """Return the facilities that have reported their care types or a price."""
    something = or_(FACILITY.care_mask.is_not(None), exists().where(FEE.facility == FACILITY.id))
    return roll.keep("offering", lambda: roll.holding(something))


def _text(asked: Asked) -> Sides:
    return Sides(asked.roll.set_of_ids(asked.text_ids), 0)


def _near(asked: Asked) -> Sides:
    roll = asked.roll
    vague = roll.keep("vague", lambda: roll.holding(FACILITY.precision != "exact"))
    return Sides(roll.set_of_ids(asked.distances), vague)


def _price(asked: Asked) -> Sides:
    criteria, roll = asked.criteria, asked.roll
    asking = prices(roll, criteria.price_unit, asked.today)
    cheap = asking.within(criteria.max_price or 0, criteria.care)
    return Sides(cheap, roll.everyone & ~asking.known(criteria.care))


def _cost(asked: Asked) -> Sides:
    limit, care = asked.criteria.max_cost or 0, asked.criteria.care
    judged = {one: quotes.within(limit, care) for one, quotes in asked.quotes.items()}
    surely = asked.roll.set_of_ids(one for one, answer in judged.items() if answer is Answer.YES)
    decided = asked.roll.set_of_ids(one for one, answer in judged.items() if answer is not Answer.SILENT)
    return Sides(surely, asked.roll.everyone & ~decided)


_LOOKED_UP: Mapping[str, Callable[[Asked], Sides]] = {
    "q": _text,
    "max_price": _price,
    "max_cost": _cost,
    "near": _near,
}
