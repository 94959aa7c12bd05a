"""What a profile may say: every word of it is checked before a ledger is opened. Pure."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

from app.core.faults import N_
from app.facilities.loading.ledger.cells import MONEY
from app.facilities.loading.ledger.fields import CODES, FIELDS
from app.facilities.loading.ledger.grid import DELIMITERS, ENCODINGS
from app.facilities.loading.ledger.times import AGES

SOURCE_KINDS = frozenset({"county", "provider", "township", "inspection", "public"})
DATUMS = frozenset({"wgs84", "gcj02", "bd09"})
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")
_WEEK = 7
_SECTIONS: Mapping[str, Mapping[str, type | tuple[type, ...]]] = {
    "": {"title": dict, "source": dict, "file": dict, "rows": dict, "units": dict, "location": dict,
         "constants": dict, "values": dict, "unknown": list, "column": list, "where": list, "template": dict},
    "source": {"kind": str, "name": dict, "dated": date},
    "file": {"encoding": str, "delimiter": str, "sheet": (str, int), "header_row": int, "header_rows": int},
    "rows": {"group_by": list, "fill_down": list, "skip": list, "new": str},
    "units": {"money": str, "decimal": str, "currency": list, "ages": str, "days": list, "opening_days": str,
              "to": list, "months": list, "years": list, "weekdays": list},
    "location": {"datum": str, "box": list},
    "column": {"heading": (str, list), "letter": str, "field": str, "required": bool, "values": dict,
               "care": str, "band": str, "component": str, "unit": str, "kind": str, "type": str,
               "voluntary": bool, "money": str, "ages": str, "help": dict, "example": (str, int, float)},
    "where": {"heading": (str, list), "values": list, "not": list},
}  # fmt: skip

Problem = tuple[str, str, Mapping[str, object]]


def problems(data: Mapping[str, Any], name: str) -> Iterator[Problem]:
    """Yield what is wrong with a profile: where, a msgid, and its values."""
    if not _NAME.fullmatch(name):
        yield (
            "",
            N_("“%(value)s” is no name of a profile: small letters, digits and hyphens."),
            {"value": name},
        )
    shapes = list(_shapes(data))
    yield from shapes
    if shapes:  # the rest would stumble over them
        return
    for number, each in enumerate(data.get("where", ()), start=1):
        if not each.get("heading") or ("values" in each) == ("not" in each):
            yield f"where {number}", N_("A condition has a “heading” and either “values” or “not”."), {}
    columns = data.get("column", ())
    for number, each in enumerate(columns, start=1):
        yield from _column_problems(each, f"column {number}")
    yield from _location_problems(data.get("location", {}), {each.get("field") for each in columns})
    if len(data.get("units", {}).get("weekdays", range(_WEEK))) != _WEEK:
        yield "units", N_("“weekdays” are seven names, from Monday to Sunday."), {}
    yield from _choices(data)


def _location_problems(location: Mapping[str, Any], wanted: AbstractSet[object]) -> Iterator[Problem]:
    if "name" not in wanted:
        yield "column", N_("No column is the name of the facility."), {}
    if wanted & {"lat", "lon", "lat_lon", "lon_lat"} and "datum" not in location:
        yield (
            "location",
            N_("There are coordinates, but “datum” does not say which: wgs84, gcj02 or bd09."),
            {},
        )
    box = location.get("box", [0.0] * 4)
    if len(box) != 4 or not all(isinstance(each, int | float) for each in box):  # noqa: PLR2004 - four sides
        yield "location", N_("“box” is four numbers: south, west, north, east."), {}


def _shapes(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield unknown keys and values of another type, in the order of the file's sections."""
    yield from _keys("", data)
    for section in ("source", "file", "rows", "units", "location"):
        if isinstance(data.get(section), dict):
            yield from _keys(section, data[section])
    for section in ("column", "where"):
        for number, each in enumerate(_list(data.get(section)), start=1):
            yield from _keys(section, each if isinstance(each, dict) else {"": each}, f" {number}")
    for name, words in _table(data.get("values")).items():
        if not isinstance(words, dict):
            yield f"values.{name}", N_("“%(key)s” has another type."), {"key": name}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _keys(section: str, found: Mapping[str, Any], number: str = "") -> Iterator[Problem]:
    known = _SECTIONS[section]
    for key, value in found.items():
        if key not in known:
            shown = {"key": key, "known": ", ".join(known)}
            yield f"{section}{number}", N_("“%(key)s” is not known here; known are: %(known)s."), shown
        elif not isinstance(value, known[key]) or (isinstance(value, bool) and known[key] is not bool):
            yield f"{section}{number}", N_("“%(key)s” has another type."), {"key": key}


def _choices(data: Mapping[str, Any]) -> Iterator[Problem]:
    allowed: tuple[tuple[str, str, object], ...] = (
        ("file", "encoding", {"auto", *ENCODINGS}),
        ("file", "delimiter", {"auto", *DELIMITERS}),
        ("rows", "new", {"add", "ask"}),
        ("units", "money", set(MONEY)),
        ("units", "ages", set(AGES)),
        ("units", "decimal", {".", ","}),
        ("location", "datum", DATUMS),
        ("source", "kind", SOURCE_KINDS),
    )
    for section, key, codes in allowed:
        value = data.get(section, {}).get(key)
        if value is not None and value not in codes:  # type: ignore[operator]
            yield section, _NOT_ONE, {"value": value, "allowed": ", ".join(sorted(codes))}  # type: ignore[call-overload]
    if not data.get("source", {}).get("name"):
        yield "source", N_("“name” says whose word this is, in each language."), {}
    for name, each in data.get("constants", {}).items():
        if name not in FIELDS:
            yield "constants", N_("There is no field “%(value)s”."), {"value": name}
        elif name in CODES and each not in CODES[name]:
            yield "constants", _NOT_ONE, {"value": each, "allowed": ", ".join(sorted(CODES[name]))}
    for name in (*data.get("rows", {}).get("group_by", ()), *data.get("rows", {}).get("fill_down", ())):
        if name not in FIELDS:
            yield "rows", N_("There is no field “%(value)s”."), {"value": name}
    for name, words in data.get("values", {}).items():
        yield from _map_problems(name, words, f"values.{name}")


_NOT_ONE = N_("“%(value)s” is not one of: %(allowed)s.")


def _column_problems(column: Mapping[str, Any], where: str) -> Iterator[Problem]:
    name = column.get("field", "")
    if name not in FIELDS:
        yield where, N_("There is no field “%(value)s”."), {"value": name}
        return
    if not column.get("heading") and not column.get("letter"):
        yield where, N_("Neither “heading” nor “letter” says which column this is."), {}
    for part in ("care", "band", "component", "unit", "kind"):
        codes = CODES.get(f"{name.partition('.')[0]}.{part}")
        if part in column and (codes is None or column[part] not in codes):
            yield where, _NOT_ONE, {"value": column[part], "allowed": ", ".join(sorted(codes or ()))}
    if "money" in column and column["money"] not in MONEY:
        yield where, _NOT_ONE, {"value": column["money"], "allowed": ", ".join(MONEY)}
    if "ages" in column and column["ages"] not in AGES:
        yield where, _NOT_ONE, {"value": column["ages"], "allowed": ", ".join(AGES)}
    yield from _map_problems(name, column.get("values", {}), where)


def _map_problems(name: str, words: Mapping[str, Any], where: str) -> Iterator[Problem]:
    if name not in FIELDS or not isinstance(words, dict):
        yield where, N_("There is no field “%(value)s”."), {"value": name}
        return
    codes = CODES.get(name)
    for target in words.values():
        if codes is not None and not set(str(target).split("|")) <= codes | {"-", "", "none"}:
            yield where, _NOT_ONE, {"value": target, "allowed": ", ".join(sorted(codes))}
