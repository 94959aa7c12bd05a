"""Each filter as two conditions: surely yes, and not reported. What is neither is a no."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import (
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
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import String

from app.extensions import db
from app.facilities.model import Facility, Fee
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
    return or_(Facility.care_mask.is_not(None), exists().where(Fee.facility == Facility.id))


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
        return Facility.id == func.any(bindparam(None, wanted, type_=ARRAY(String)))
    values = func.json_each(bindparam(None, "[" + ",".join(f'"{each}"' for each in wanted) + "]"))
    return Facility.id.in_(select(values.table_valued("value").c.value))


def _text(asked: Asked) -> Predicate:
    return Predicate(id_in(asked.text_ids or ()), false())


def _area(asked: Asked) -> Predicate:
    code = asked.criteria.area or ""
    if len(code) == TOWNSHIP_LENGTH:
        county = Facility.area_code == code[:6]
        unknown = and_(Facility.township_code.is_(None), or_(county, _above(code[:6])))
        return Predicate(Facility.township_code == code, unknown)
    return Predicate(within(code), _above(code))


def within(code: str) -> Condition:
    """Return the condition that a facility's area is this one or lies below it."""
    return and_(Facility.area_code >= code, Facility.area_code < code + ":")


def _above(code: str) -> Condition:
    """Return the condition that a facility is known only to a wider area, and so might be in this one."""
    wider = [code[:length] for length in (2, 4) if length < len(code)]
    return Facility.area_code.in_(wider) if wider else false()


def _bits(column: Any, bits: int, *, every: bool = False) -> Predicate:
    held = column.bitwise_and(bits)
    return Predicate(and_(column.is_not(None), held == bits if every else held != 0), column.is_(None))


def _care(asked: Asked) -> Predicate:
    return _bits(Facility.care_mask, mask(Care, asked.criteria.care))


def _food(asked: Asked) -> Predicate:
    return _bits(Facility.food_mask, mask(Food, asked.criteria.food), every=True)


def _language(asked: Asked) -> Predicate:
    return _bits(Facility.language_mask, mask(CarerLanguage, asked.criteria.language))


def _needs(asked: Asked) -> Predicate:
    return _bits(Facility.need_mask, mask(Need, asked.criteria.needs), every=True)


def _days(asked: Asked) -> Predicate:
    bits = sum(1 << (day - 1) for day in asked.criteria.open_days)
    return _bits(Facility.day_mask, bits, every=True)


def _age(asked: Asked) -> Predicate:
    return _bits(Facility.age_mask, 1 << (asked.criteria.age or 0))


def _coded(column: Any, chosen: tuple[str, ...], unknown: str) -> Predicate:
    if unknown in chosen:
        return Predicate(column.in_(chosen), false())
    return Predicate(column.in_(chosen), column == unknown)


def _kind(asked: Asked) -> Predicate:
    return _coded(Facility.kind, asked.criteria.kind, Kind.UNKNOWN)


def _form(asked: Asked) -> Predicate:
    return _coded(Facility.form, asked.criteria.form, Form.UNKNOWN)


def _status(asked: Asked) -> Predicate:
    return Predicate(Facility.status.in_(asked.criteria.status), false())


def _inclusive(asked: Asked) -> Predicate:
    wanted = true() if asked.criteria.inclusive else false()
    return Predicate(Facility.inclusive.is_(wanted), Facility.inclusive.is_(None))


def _opens(asked: Asked) -> Predicate:
    return Predicate(
        and_(Facility.opens.is_not(None), Facility.opens <= asked.criteria.open_from),
        Facility.opens.is_(None),
    )


def _closes(asked: Asked) -> Predicate:
    return Predicate(
        and_(Facility.closes.is_not(None), Facility.closes >= asked.criteria.open_until),
        Facility.closes.is_(None),
    )


def _vacancy(asked: Asked) -> Predicate:
    """Ask for a place free in a class band that the child could join; in any if no age was given."""
    age = asked.criteria.age
    bands = bands_for(age) if age is not None else 0b1111
    free = Facility.vacancy_yes_mask.bitwise_and(bands) != 0
    offered = Facility.band_mask.bitwise_and(bands)
    silent = or_(
        Facility.band_mask.is_(None),
        offered != Facility.vacancy_known_mask.bitwise_and(offered),
    )
    return Predicate(free, and_(not_(free), silent))


def price_rows(criteria: Criteria, today: date) -> Condition:
    """Return the condition on `fee`: a care fee in force, in the unit asked, of a care type asked."""
    conditions = [
        Fee.facility == Facility.id,
        Fee.component == Component.CARE.value,
        Fee.unit == criteria.price_unit.value,
        or_(Fee.valid_from.is_(None), Fee.valid_from <= today),
        or_(Fee.valid_to.is_(None), Fee.valid_to >= today),
    ]
    if criteria.care:
        conditions.append(Fee.care.in_([*criteria.care, "*"]))
    return and_(*conditions)


def _price(asked: Asked) -> Predicate:
    rows = price_rows(asked.criteria, asked.today)
    cheap = exists().where(rows, Fee.min_fen <= asked.criteria.max_price)
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
    return Predicate(id_in(asked.distances or ()), Facility.precision != "exact")


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
