"""Reads the facilities a locality pack ships: one row each, and their care, fees, places and records."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.core.codes import credit_state, is_id
from app.core.faults import N_
from app.core.files import Faults, Row, table
from app.facilities.rules.opening import parse_clock, parse_opening
from app.facilities.rules.projection import FIELDS
from app.facilities.rules.vocabulary import (
    Band,
    Care,
    CarerLanguage,
    Component,
    Food,
    Form,
    Kind,
    Need,
    Status,
    Unit,
)

if TYPE_CHECKING:
    from decimal import Decimal

LANGUAGES = ("zh-Hans", "ug", "en")
SOURCE_KINDS = frozenset({"register", "county", "provider", "township", "inspection", "public"})
RECORD_KINDS = frozenset({"assessment", "inspection", "rectification", "permit"})
_FACILITY = (
    "id",
    "name",
    "aliases",
    "credit_code",
    "form",
    "kind",
    "status",
    "township",
    "observed_on",
    "source",
)
_FEN = 100


@dataclass(slots=True)
class Listed:
    """One facility as the files give it: fields by name, each with its own day and source."""

    id: str
    area: str
    fields: dict[str, Any]
    observed_on: date
    source: str
    dates: dict[str, tuple[date, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listing:
    """All facilities of a pack and the sources they name."""

    facilities: tuple[Listed, ...]
    sources: Mapping[str, tuple[str, dict[str, str]]]
    """Kind and names of each source."""


def load_listing(content: Path, place: str, townships: frozenset[str]) -> Listing:
    """Read `places/<place>/facilities/`. Raises `FaultyFiles` with every fault."""
    faults = Faults(content)
    folder = content / "places" / place / "facilities"
    sources = {
        row.need("key"): (row.one_of("kind", SOURCE_KINDS), row.names("name", LANGUAGES))
        for row in table(folder / "sources.csv", ("key", "kind", "name_zh-Hans"), faults)
    }
    found: dict[str, Listed] = {}
    for row in table(folder / "facilities.csv", _FACILITY, faults):
        listed = _facility(row, place, townships, sources)
        if listed is None:
            continue
        if listed.id in found:
            row.bad("id", N_("“%(id)s” is listed twice."), id=listed.id)
        found[listed.id] = listed
    for name, columns, read in _PARTS:
        for row in table(folder / f"{name}.csv", columns, faults):
            facility = found.get(row.need("facility"))
            if facility is None:
                row.bad("facility", N_("Facility %(id)s is not in facilities.csv."), id=row["facility"])
                continue
            held = facility.fields.get(name)
            facility.fields[name] = [*(held or []), read(row)]
    for row in table(folder / "dates.csv", ("facility", "field", "observed_on", "source"), faults):
        facility = found.get(row.need("facility"))
        if facility is None or row["field"] not in FIELDS or row["source"] not in sources:
            row.bad("field", N_("Facility, field or source is not known."))
            continue
        day = row.day("observed_on")
        if day:
            facility.dates[row["field"]] = (day, row["source"])
    faults.check()
    return Listing(tuple(found.values()), sources)


def _facility(row: Row, place: str, townships: frozenset[str], sources: Mapping[str, Any]) -> Listed | None:
    identity = row.need("id")
    if not is_id(identity):
        row.bad("id", N_("“%(value)s” is not an id of this site."), value=identity)
        return None
    township = row["township"]
    if township and township not in townships:
        row.bad("township", N_("Area %(code)s is not listed."), code=township)
    if row.need("source") not in sources:
        row.bad("source", N_("Source “%(key)s” is not in sources.csv."), key=row["source"])
    values: dict[str, Any] = {
        "name": row.need("name"),
        "aliases": list(row.many("aliases")),
        "names": row.names("name", ("ug", "en")),
        "credit_code": _code(row),
        "form": row.one_of("form", _codes(Form)),
        "kind": row.one_of("kind", _codes(Kind)),
        "status": row.one_of("status", _codes(Status)),
        "filing_number": row["filing_number"] or None,
        "filed_on": _iso(row.day("filed_on")),
        "opens_on": _iso(row.day("opens_on")),
        "address": row["address"] or None,
        "township": {"code": township, "by": "stated"} if township else None,
        "location": _location(row),
        "phone": row["phone"] or None,
        "opening": _opening(row),
        "holidays": row["holidays"] or None,
        "inclusive": row.flag("inclusive"),
        "demonstration": row.flag("demonstration"),
        "food": _several(row, "food", Food),
        "languages": _several(row, "languages", CarerLanguage),
        "needs": _several(row, "needs", Need),
        "outdoor_m2": row.whole("outdoor_m2"),
        "indoor_m2": row.whole("indoor_m2"),
        "care": [] if row["care_reported"] == "yes" else None,
    }
    observed = row.day("observed_on")
    if observed is None:
        row.need("observed_on")
        return None
    return Listed(identity, place, values, observed, row["source"])


def _codes(kind: type[StrEnum]) -> frozenset[str]:
    return frozenset(value.value for value in kind)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _code(row: Row) -> dict[str, str] | None:
    code = row["credit_code"].upper()
    state = credit_state(code)
    if code and state != "valid":
        row.bad("credit_code", N_("The check character of this credit code is wrong."))
    return {"code": code, "state": "valid"} if code else None


def _location(row: Row) -> dict[str, Any] | None:
    precision = row["precision"] or "none"
    lat, lon = row.number("lat"), row.number("lon")
    if precision == "exact" and (lat is None or lon is None):
        row.bad("precision", N_("An exact location needs latitude and longitude."))
    if precision != "exact":
        return None if precision == "none" else {"lat": None, "lon": None, "precision": precision}
    return {"lat": float(lat or 0), "lon": float(lon or 0), "precision": precision}


def _opening(row: Row) -> str | None:
    text = row["opening"]
    if not text:
        return None
    try:
        parse_opening(text)
    except ValueError:
        row.bad("opening", N_("Write opening hours like “1-5 07:30-18:00; 6 08:00-12:00”."))
    return text


def _several(row: Row, column: str, kind: type[StrEnum]) -> list[str] | None:
    values = row.many(column)
    if values == ("none",):
        return []
    wrong = [value for value in values if value not in _codes(kind)]
    if wrong:
        row.bad(column, N_("“%(value)s” is not a known code."), value=", ".join(wrong))
        return None
    return list(values) or None


def _fen(row: Row, column: str) -> int | None:
    amount: Decimal | None = row.number(column)
    if amount is None:
        return None
    fen = amount * _FEN
    if amount < 0 or fen != fen.to_integral_value():
        row.bad(
            column, N_("“%(value)s” is not an amount in yuan with at most two decimals."), value=row[column]
        )
    return int(fen)


def _clock(row: Row, column: str) -> str | None:
    text = row[column]
    if text and parse_clock(text) is None:
        row.bad(column, N_("“%(value)s” is not a time like 07:30."), value=text)
    return text or None


def _care(row: Row) -> dict[str, Any]:
    return {
        "care": row.one_of("care", _codes(Care)),
        "days": row["days"] or None,
        "opens": _clock(row, "opens"),
        "closes": _clock(row, "closes"),
        "min_age": row.whole("min_age"),
        "max_age": row.whole("max_age"),
        "notice_hours": row.whole("notice_hours"),
        "notes": row.names("note", LANGUAGES),
    }


def _fee(row: Row) -> dict[str, Any]:
    low = _fen(row, "amount_min")
    high = _fen(row, "amount_max")
    if low is None:
        row.need("amount_min")
    if low is not None and high is not None and high < low:
        row.bad("amount_max", N_("The upper amount is below the lower one."))
    return {
        "care": row.one_of("care", _codes(Care) | {"*"}),
        "band": row.one_of("band", _codes(Band) | {"*"}),
        "component": row.one_of("component", _codes(Component)),
        "unit": row.one_of("unit", _codes(Unit)),
        "min_fen": low or 0,
        "max_fen": high if high is not None else low or 0,
        "voluntary": bool(row.flag("voluntary")),
        "refund": row["refund_zh-Hans"],
        "valid_from": _iso(row.day("valid_from")),
        "valid_to": _iso(row.day("valid_to")),
        "source": row["source"],
        "checked_on": _iso(row.day("checked_on")),
    }


def _band(row: Row) -> dict[str, Any]:
    return {
        "band": row.one_of("band", _codes(Band)),
        "places": row.whole("places"),
        "vacancies": row.whole("vacancies"),
        "class_size": row.whole("class_size"),
        "children_per_carer": row.whole("children_per_carer"),
        "as_of": _iso(row.day("as_of")),
        "said_by": row["said_by_zh-Hans"],
    }


def _history(row: Row) -> dict[str, Any]:
    return {
        "on": _iso(row.day("on")),
        "status": row.one_of("status", _codes(Status)),
        "reasons": row.names("reason", LANGUAGES),
    }


def _record(row: Row) -> dict[str, Any]:
    return {
        "kind": row.one_of("kind", RECORD_KINDS),
        "type": row["type"],
        "issued_on": _iso(row.day("issued_on")),
        "valid_until": _iso(row.day("valid_until")),
        "bodies": {"zh-Hans": row["body_zh-Hans"]},
        "results": row.names("result", LANGUAGES),
        "number": row["number"],
    }


_PARTS = (
    ("care", ("facility", "care", "opens", "closes", "min_age", "max_age"), _care),
    ("fees", ("facility", "care", "band", "component", "unit", "amount_min", "voluntary"), _fee),
    ("bands", ("facility", "band", "places", "vacancies", "as_of"), _band),
    ("history", ("facility", "on", "status"), _history),
    ("records", ("facility", "kind", "type", "issued_on"), _record),
)


def rows_of(listed: Listed) -> Iterator[tuple[str, Any, date, str]]:
    """Yield (field, value, day, source) of every field the files say something about."""
    for name, value in listed.fields.items():
        if value is None or value == {} or (name == "aliases" and not value):
            continue
        day, source = listed.dates.get(name, (listed.observed_on, listed.source))
        yield name, value, day, source
