"""Each filter as two conditions: surely yes, and not reported. What is neither is a no."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import String

from app.core.remembered import remembered
from app.extensions import db
from app.facilities.model import FACILITY, FEE
from app.facilities.rules.cost import Answer, Quotes
from app.facilities.rules.criteria import Criteria
from app.facilities.rules.vocabulary import (
    Care,
    CarerLanguage,
    Component,
    Food,
    Form,
    Kind,
    Need,
    bands_for,
    mask,
)

TOWNSHIP_LENGTH = 9
Condition = ColumnElement[bool]

_COUNTY = 6
"""Digits of a county's code."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A filter in force."""

    yes: Condition
    unknown: Condition


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question needs besides the table: ids found by text, ids with distances, the day."""

    criteria: Criteria
    today: date
    text_ids: tuple[str, ...] | None
    distances: Mapping[str, tuple[float, ...]] | None
    """Kilometres from each place asked, of the facilities near at least one of them."""
    quotes: Mapping[str, Quotes] = field(default_factory=dict)
    """Monthly costs of the facilities that can be among the answers; see `may_count`."""


def predicates(asked: Asked, names: Iterable[str] | None = None) -> dict[str, Predicate]:
    """Return the filters in force, or some of them, by name."""
    return {name: _BUILDERS[name](asked) for name in (asked.criteria.filters if names is None else names)}


def offers_something() -> Condition:
    """Return the condition that a facility has reported its care types or a price."""
    return or_(FACILITY.care_mask.is_not(None), exists().where(FEE.facility == FACILITY.id))


def may_count(others: Mapping[str, Predicate], facets: Collection[str]) -> Condition:
    """Return the condition that a facility's monthly cost can matter to any number of the answer.

    That is so where each of the other filters is a yes or not reported, or where all are but one that a facet
    ignores; and only where a care type or a price is known at all.
    """
    missed = sum(
        (case((each.yes, 0), else_=1) for name, each in others.items() if name in facets), literal(0)
    )
    kept = [each.yes for name, each in others.items() if name not in facets]
    possible = [or_(each.yes, each.unknown) for each in others.values()]
    return and_(offers_something(), or_(and_(missed <= 1, *kept), and_(true(), *possible)))


def id_in(ids: Iterable[str]) -> Condition:
    """Return the condition that a facility is one of many ids, sent as a single value."""
    wanted = list(ids)
    if db.session.get_bind().dialect.name == "postgresql":
        return FACILITY.id == func.any(bindparam(None, wanted, type_=ARRAY(String)))
    sent: BindParameter[str] = bindparam(
        "ids", "[" + ",".join(f'"{each}"' for each in wanted) + "]", unique=True
    )
    return FACILITY.id.bool_op("IN")(text("(SELECT value FROM json_each(:ids))").bindparams(sent))


def _text(asked: Asked) -> Predicate:
    return Predicate(id_in(asked.text_ids or ()), false())


def _area(asked: Asked) -> Predicate:
    code = asked.criteria.area or ""
    if len(code) == TOWNSHIP_LENGTH:
        county = FACILITY.area_code == code[:6]
        unknown = and_(FACILITY.township_code.is_(None), or_(county, above(code[:6])))
        return Predicate(FACILITY.township_code == code, unknown)
    return Predicate(within(code), above(code))


def around_area(code: str) -> Condition:
    """Return the condition that a facility can matter to any number of a question about an area.

    That is so in the area, in the county of a township, and where it is known only to a wider area.
    """
    county = code[:6]
    return or_(within(county), above(county))


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


def _care(asked: Asked) -> Predicate:
    return _bits(FACILITY.care_mask, mask(Care, asked.criteria.care))


def _food(asked: Asked) -> Predicate:
    return _bits(FACILITY.food_mask, mask(Food, asked.criteria.food), every=True)


def _language(asked: Asked) -> Predicate:
    return _bits(FACILITY.language_mask, mask(CarerLanguage, asked.criteria.language))


def _needs(asked: Asked) -> Predicate:
    return _bits(FACILITY.need_mask, mask(Need, asked.criteria.needs), every=True)


def _days(asked: Asked) -> Predicate:
    bits = sum(1 << (day - 1) for day in asked.criteria.open_days)
    return _bits(FACILITY.day_mask, bits, every=True)


def _age(asked: Asked) -> Predicate:
    return _bits(FACILITY.age_mask, 1 << (asked.criteria.age or 0))


def _coded(column: Any, chosen: tuple[str, ...], unknown: str) -> Predicate:
    if unknown in chosen:
        return Predicate(column.in_(chosen), false())
    return Predicate(column.in_(chosen), column == unknown)


def _kind(asked: Asked) -> Predicate:
    return _coded(FACILITY.kind, asked.criteria.kind, Kind.UNKNOWN)


def _form(asked: Asked) -> Predicate:
    return _coded(FACILITY.form, asked.criteria.form, Form.UNKNOWN)


def _status(asked: Asked) -> Predicate:
    return Predicate(FACILITY.status.in_(asked.criteria.status), false())


def _inclusive(asked: Asked) -> Predicate:
    wanted = true() if asked.criteria.inclusive else false()
    return Predicate(FACILITY.inclusive.is_(wanted), FACILITY.inclusive.is_(None))


def _opens(asked: Asked) -> Predicate:
    return Predicate(
        and_(FACILITY.opens.is_not(None), FACILITY.opens <= asked.criteria.open_from),
        FACILITY.opens.is_(None),
    )


def _closes(asked: Asked) -> Predicate:
    return Predicate(
        and_(FACILITY.closes.is_not(None), FACILITY.closes >= asked.criteria.open_until),
        FACILITY.closes.is_(None),
    )


def _vacancy(asked: Asked) -> Predicate:
    """Ask for a place free in a class band that the child could join; in any if no age was given."""
    age = asked.criteria.age
    bands = bands_for(age) if age is not None else 0b1111
    free = FACILITY.vacancy_yes_mask.bitwise_and(bands) != 0
    offered = FACILITY.band_mask.bitwise_and(bands)
    silent = or_(
        FACILITY.band_mask.is_(None),
        offered != FACILITY.vacancy_known_mask.bitwise_and(offered),
    )
    return Predicate(free, and_(not_(free), silent))


def price_rows(criteria: Criteria, today: date) -> Condition:
    """Return the condition on `fee`: a care fee in force, in the unit asked, of a care type asked."""
    conditions = [
        FEE.facility == FACILITY.id,
        FEE.component == Component.CARE.value,
        FEE.unit == criteria.price_unit.value,
        or_(FEE.valid_from.is_(None), FEE.valid_from <= today),
        or_(FEE.valid_to.is_(None), FEE.valid_to >= today),
    ]
    if criteria.care:
        conditions.append(FEE.care.in_([*criteria.care, "*"]))
    return and_(*conditions)


def _price(asked: Asked) -> Predicate:
    rows = price_rows(asked.criteria, asked.today)
    cheap = exists().where(rows, FEE.min_fen <= asked.criteria.max_price)
    return Predicate(cheap, not_(exists().where(rows)))


def _cost(asked: Asked) -> Predicate:
    criteria = asked.criteria
    judged = {
        one: quotes.within(criteria.max_cost or 0, criteria.care) for one, quotes in asked.quotes.items()
    }
    surely = id_in(one for one, answer in judged.items() if answer is Answer.YES)
    decided = id_in(one for one, answer in judged.items() if answer is not Answer.SILENT)
    return Predicate(surely, not_(decided))


def _near(asked: Asked) -> Predicate:
    return Predicate(id_in(asked.distances or ()), FACILITY.precision != "exact")


_BUILDERS = {
    "q": _text,
    "area": _area,
    "care": _care,
    "kind": _kind,
    "form": _form,
    "status": _status,
    "inclusive": _inclusive,
    "age": _age,
    "max_price": _price,
    "max_cost": _cost,
    "open_from": _opens,
    "open_until": _closes,
    "open_days": _days,
    "food": _food,
    "language": _language,
    "needs": _needs,
    "vacancy": _vacancy,
    "near": _near,
}
