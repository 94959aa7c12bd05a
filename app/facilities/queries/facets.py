"""Facets: for each filter with a closed list of values, how many facilities each value would find."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from app.areas import queries as areas
from app.facilities.queries.cards import Facet, FacetValue
from app.facilities.queries.predicates import TOWNSHIP_LENGTH
from app.facilities.queries.question import FACETS, Question
from app.facilities.queries.sides import BY_CARE, sides
from app.facilities.rules.criteria import Criteria
from app.facilities.rules.vocabulary import Care, CarerLanguage, Food, Form, Kind, Need, Status

COUNTY_LENGTH = 6
_MASKS: Mapping[str, type[StrEnum]] = {
    "care": Care,
    "food": Food,
    "language": CarerLanguage,
    "needs": Need,
}
_CODES: Mapping[str, tuple[type[StrEnum], str | None]] = {
    "kind": (Kind, Kind.UNKNOWN),
    "form": (Form, Form.UNKNOWN),
    "status": (Status, None),
}


def facets(asking: Question) -> dict[str, Facet]:
    """Count every facet.

    A facet ignores its own filter and honours all others; the number of a value is what a reader finds who
    chooses that value alone. So a care type is counted with the prices and the monthly cost of that very
    type, if a limit is set to them.
    """
    found = {"area": _area_facet(asking)}
    if any(name in asking.filters for name in BY_CARE):
        found["care"] = _priced_care(asking)
    return {name: found[name] if name in found else _counted(name, asking) for name in FACETS}


def _priced_care(asking: Question) -> Facet:
    """Count each care type with what it costs itself; unreported ones by the care types asked for."""
    silent = asking.all_but("care") & asking.roll.values["care"].get(None, 0)
    counts = [asking.choosing_care(value).bit_count() for value in Care]
    return Facet("care", tuple(map(FacetValue, Care, counts)), silent.bit_count())


def _counted(name: str, asking: Question) -> Facet:
    found = asking.all_but(name)
    values = asking.roll.values[name].items()
    return _facet(name, Counter({value: (found & held).bit_count() for value, held in values}))


def _facet(name: str, counts: Counter[Any]) -> Facet:
    if name in _MASKS:
        rows, kind = counts.items(), _MASKS[name]
        codes: list[StrEnum] = list(kind)
        values = [
            FacetValue(value, sum(number for bits, number in rows if bits is not None and bits >> place & 1))
            for place, value in enumerate(codes)
        ]
        return Facet(name, tuple(values), sum(number for bits, number in rows if bits is None))
    if name == "inclusive":
        return Facet(name, (FacetValue("1", counts[True]), FacetValue("0", counts[False])), counts[None])
    kind, unknown = _CODES[name]
    values = [FacetValue(value, counts.get(value, 0)) for value in kind if value != unknown]
    return Facet(name, tuple(values), counts.get(unknown, 0) if unknown else 0)


def _area_facet(asking: Question) -> Facet:
    """Count the areas one step down from the chosen one; a chosen township is counted beside its sisters."""
    roll, inside = asking.roll, asking.all_but("area")
    chosen = asking.asked.criteria.area
    scope = chosen[:COUNTY_LENGTH] if chosen and len(chosen) == TOWNSHIP_LENGTH else chosen
    if scope:
        inside &= sides("area", replace(asking.asked, criteria=Criteria(area=scope))).yes
    is_county = scope is not None and len(scope) == COUNTY_LENGTH
    counts = Counter(roll.chosen(roll.townships if is_county else roll.areas, inside))
    below: Counter[str] = Counter()
    for code, many in counts.items():
        for length in {len(code), *range(2, len(code), 2)} if code else ():
            below[str(code)[:length]] += many
    values = [FacetValue(child.code, below[child.code], child.names) for child in areas.children(scope)]
    return Facet("area", tuple(values), counts.total() - sum(value.count for value in values))
