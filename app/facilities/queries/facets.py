"""Facets: for each filter with a closed list of values, how many facilities each value would find."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select

from app.areas import queries as areas
from app.extensions import db
from app.facilities.model import FACILITY
from app.facilities.queries.cards import Facet, FacetValue
from app.facilities.queries.predicates import TOWNSHIP_LENGTH, within
from app.facilities.queries.question import BY_CARE, FACETS, Question
from app.facilities.rules.vocabulary import Care, CarerLanguage, Food, Form, Kind, Need, Status

COUNTY_LENGTH = 6
_MASKS: Mapping[str, tuple[Any, type[StrEnum]]] = {
    "care": (FACILITY.care_mask, Care),
    "food": (FACILITY.food_mask, Food),
    "language": (FACILITY.language_mask, CarerLanguage),
    "needs": (FACILITY.need_mask, Need),
}
_CODES: Mapping[str, tuple[Any, type[StrEnum], str | None]] = {
    "kind": (FACILITY.kind, Kind, Kind.UNKNOWN),
    "form": (FACILITY.form, Form, Form.UNKNOWN),
    "status": (FACILITY.status, Status, None),
}

_COLUMNS: Mapping[str, Any] = {
    "inclusive": FACILITY.inclusive,
    **{name: column for name, (column, *_) in (*_MASKS.items(), *_CODES.items())},
}
_TOGETHER = (("care", "food", "language", "needs"), ("kind", "form", "status", "inclusive"))
"""Facets counted in one pass; more in one would meet too many different combinations of values."""


def facets(asking: Question, count: int) -> dict[str, Facet]:
    """Count every facet. Those that ignore nothing in force have one condition and are counted together.

    `count`: of matches; where there is none, those need not be counted. A facet ignores its own filter and
    honours all others; the number of a value is what a reader finds who chooses that value alone. So a care
    type is counted with the prices and the monthly cost of that very type, if a limit is set to them.
    """
    counts: dict[str, Counter[Any]] = defaultdict(Counter)
    found: dict[str, Facet] = {}
    if any(name in asking.filters for name in BY_CARE):
        found["care"] = _priced_care(asking)
    for group in _TOGETHER:
        left = [name for name in group if name not in found]
        free = [name for name in left if name not in asking.filters]
        for names in ([free] if free and count else []) + [[name] for name in left if name in asking.filters]:
            counts |= _tally(names, asking.all_but(*names))
    found["area"] = _area_facet(asking)
    return {name: found[name] if name in found else _facet(name, counts[name]) for name in FACETS}


def _priced_care(asking: Question) -> Facet:
    """Count each care type with what it costs itself; unreported ones by the care types asked for."""
    silent = and_(asking.all_but("care"), FACILITY.care_mask.is_(None))
    conditions = [*(asking.choosing_care(value) for value in Care), silent]
    query = select(*(func.count(case((each, 1))) for each in conditions))
    *counts, unknown = db.session.execute(query.where(asking.all_but("care", *BY_CARE))).one()
    return Facet("care", tuple(map(FacetValue, Care, counts)), unknown)


def _tally(names: Sequence[str], condition: ColumnElement[bool]) -> dict[str, Counter[Any]]:
    """Count the values of several columns in one pass over the table."""
    columns = [_COLUMNS[name] for name in names]
    found: dict[str, Counter[Any]] = {name: Counter() for name in names}
    for *values, number in db.session.execute(
        select(*columns, func.count()).where(condition).group_by(*columns)
    ):
        for name, value in zip(names, values, strict=True):
            found[name][value] += number
    return found


def _facet(name: str, counts: Counter[Any]) -> Facet:
    if name in _MASKS:
        rows, kind = counts.items(), _MASKS[name][1]
        codes: list[StrEnum] = list(kind)
        values = [
            FacetValue(value, sum(number for bits, number in rows if bits is not None and bits >> place & 1))
            for place, value in enumerate(codes)
        ]
        return Facet(name, tuple(values), sum(number for bits, number in rows if bits is None))
    if name == "inclusive":
        return Facet(name, (FacetValue("1", counts[True]), FacetValue("0", counts[False])), counts[None])
    _column, kind, unknown = _CODES[name]
    values = [FacetValue(value, counts.get(value, 0)) for value in kind if value != unknown]
    return Facet(name, tuple(values), counts.get(unknown, 0) if unknown else 0)


def _grouped(column: Any, condition: ColumnElement[bool]) -> Sequence[tuple[Any, int]]:
    query = select(column, func.count()).where(condition).group_by(column)
    return [(value, number) for value, number in db.session.execute(query)]


def _area_facet(asking: Question) -> Facet:
    """Count the areas one step down from the chosen one; a chosen township is counted beside its sisters."""
    condition = asking.all_but("area")
    chosen = asking.asked.criteria.area
    scope = chosen[:COUNTY_LENGTH] if chosen and len(chosen) == TOWNSHIP_LENGTH else chosen
    inside = and_(condition, within(scope)) if scope else condition
    if scope and len(scope) == COUNTY_LENGTH:
        counts = Counter(dict(_grouped(FACILITY.township_code, inside)))
        silent = counts.pop(None, 0)
    else:
        counts = Counter(dict(_grouped(FACILITY.area_code, inside)))
        silent = 0
    below: Counter[str] = Counter()
    for code, many in counts.items():
        for length in {len(code), *range(2, len(code), 2)}:
            below[code[:length]] += many
    values = [FacetValue(child.code, below[child.code], child.names) for child in areas.children(scope)]
    total = sum(counts.values())
    silent += total - sum(value.count for value in values)
    return Facet("area", tuple(values), silent)
