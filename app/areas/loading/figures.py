"""Reads the figures of a place: what documents set for a year, and how many people live there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.areas import rules
from app.areas.loading.desk import LANGUAGES, Names
from app.core.faults import N_
from app.core.files import Faults, table

_BASIS = ("document", "clause", "confidence")


def load_targets(path: Path, area: str, names: Names, faults: Faults) -> Iterator[dict[str, Any]]:
    """Yield the targets of a place as rows of its table."""
    columns = ("indicator", "area", "year", "value", "value_max", "unit", "comparator", *_BASIS)
    for row in table(path, columns, faults):
        value = row.number("value")
        if value is None:
            row.need("value")
        yield {
            "place": area,
            "area": names.area(row),
            "indicator": row.one_of("indicator", rules.INDICATORS),
            "year": row.whole("year"),
            "value": float(value or 0),
            "value_max": None if (top := row.number("value_max")) is None else float(top),
            "unit": row.one_of("unit", rules.UNITS_OF_MEASURE),
            "comparator": row.one_of("comparator", rules.COMPARATORS),
            **names.basis(row),
            "readings": row.names("reading", LANGUAGES),
        }


def load_population(path: Path, area: str, names: Names, faults: Faults) -> Iterator[dict[str, Any]]:
    """Yield how many people live in the areas of a place, as rows of its table."""
    seen: set[tuple[str, int]] = set()
    for row in table(path, ("area", "year", "figure", *_BASIS), faults):
        year, figure = row.whole("year"), row.whole("figure")
        if year is None:
            row.need("year")
        if figure is None or figure <= 0:
            row.bad("figure", N_("Write how many people live there, as a whole number."))
            continue
        key = (names.area(row), year or 0)
        if not key[0].startswith(area):
            row.bad("area", N_("This area does not belong to the place."))
        if key in seen:
            row.bad("year", N_("“%(id)s” is listed twice."), id=f"{key[0]} {key[1]}")
        seen.add(key)
        yield {"place": area, "area": key[0], "year": key[1], "figure": figure, **names.basis(row)}
