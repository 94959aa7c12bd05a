"""Filters on a facility's row as two conditions: surely yes, and not reported. What is neither is a no."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, select, true

from app.core.remembered import remembered
from app.extensions import db
from app.facilities.model import FACILITY
from app.facilities.rules.criteria import Criteria
from app.facilities.rules.vocabulary import Care, CarerLanguage, Food, Form, Kind, Need, bands_for, mask

TOWNSHIP_LENGTH = 9
Condition = ColumnElement[bool]

_COUNTY = 6
"""Digits of a county's code."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A filter in force."""

    yes: Condition
    unknown: Condition


def _area(asked: Criteria) -> Predicate:
    code = asked.area or ""
    if len(code) == TOWNSHIP_LENGTH:
        county = FACILITY.area_code == code[:6]
        unknown = and_(FACILITY.township_code.is_(None), or_(county, above(code[:6])))
        return Predicate(FACILITY.township_code == code, unknown)
    return Predicate(within(code), above(code))


def within(code: str) -> Condition:
    """Return the condition that a facility's area is this one or lies below it."""
    return and_(FACILITY.area_code >= code, FACILITY.area_code < code + ":")


def above(code: str) -> Condition:
    """Return the condition that a facility is known only to a wider area, and so might be in this one."""
    known = _known_to_wider_areas()
    wider = [code[:length] for length in (2, 4) if length < len(code) and code[:length] in known]
    return FACILITY.area_code.in_(wider) if wider else false()


@remembered
def _known_to_wider_areas() -> frozenset[str]:
    """Return the provinces and cities that some facility is known to, but to none of their counties."""
    wide = select(FACILITY.area_code).where(func.length(FACILITY.area_code) < _COUNTY).distinct()
    return frozenset(db.session.scalars(wide))


def _bits(column: Any, bits: int, *, every: bool = False) -> Predicate:
    held = column.bitwise_and(bits)
    return Predicate(and_(column.is_not(None), held == bits if every else held != 0), column.is_(None))


def _care(asked: Criteria) -> Predicate:
    return _bits(FACILITY.care_mask, mask(Care, asked.care))


def _food(asked: Criteria) -> Predicate:
    return _bits(FACILITY.food_mask, mask(Food, asked.food), every=True)


def _language(asked: Criteria) -> Predicate:
    return _bits(FACILITY.language_mask, mask(CarerLanguage, asked.language))


def _needs(asked: Criteria) -> Predicate:
    return _bits(FACILITY.need_mask, mask(Need, asked.needs), every=True)


def _days(asked: Criteria) -> Predicate:
    bits = sum(1 << (day - 1) for day in asked.open_days)
    return _bits(FACILITY.day_mask, bits, every=True)


def _age(asked: Criteria) -> Predicate:
    return _bits(FACILITY.age_mask, 1 << (asked.age or 0))


def _coded(column: Any, chosen: tuple[str, ...], unknown: str) -> Predicate:
    if unknown in chosen:
        return Predicate(column.in_(chosen), false())
    return Predicate(column.in_(chosen), column == unknown)


def _kind(asked: Criteria) -> Predicate:
    return _coded(FACILITY.kind, asked.kind, Kind.UNKNOWN)


def _form(asked: Criteria) -> Predicate:
    return _coded(FACILITY.form, asked.form, Form.UNKNOWN)


def _status(asked: Criteria) -> Predicate:
    return Predicate(FACILITY.status.in_(asked.status), false())


def _inclusive(asked: Criteria) -> Predicate:
    wanted = true() if asked.inclusive else false()
    return Predicate(FACILITY.inclusive.is_(wanted), FACILITY.inclusive.is_(None))


def _opens(asked: Criteria) -> Predicate:
    return Predicate(
        and_(FACILITY.opens.is_not(None), FACILITY.opens <= asked.open_from),
        FACILITY.opens.is_(None),
    )


def _closes(asked: Criteria) -> Predicate:
    return Predicate(
        and_(FACILITY.closes.is_not(None), FACILITY.closes >= asked.open_until),
        FACILITY.closes.is_(None),
    )


def _vacancy(asked: Criteria) -> Predicate:
    """Ask for a place free in a class band that the child could join; in any if no age was given."""
    age = asked.age
    bands = bands_for(age) if age is not None else 0b1111
    free = FACILITY.vacancy_yes_mask.bitwise_and(bands) != 0
    offered = FACILITY.band_mask.bitwise_and(bands)
    silent = or_(
        FACILITY.band_mask.is_(None),
        offered != FACILITY.vacancy_known_mask.bitwise_and(offered),
    )
    return Predicate(free, and_(not_(free), silent))


ASKS: Mapping[str, tuple[str, ...]] = {"vacancy": ("age",)}
"""Other fields of a question that a filter looks at."""
PREDICATES: Mapping[str, Callable[[Criteria], Predicate]] = {
    "area": _area,
    "care": _care,
    "kind": _kind,
    "form": _form,
    "status": _status,
    "inclusive": _inclusive,
    "age": _age,
    "open_from": _opens,
    "open_until": _closes,
    "open_days": _days,
    "food": _food,
    "language": _language,
    "needs": _needs,
    "vacancy": _vacancy,
}
