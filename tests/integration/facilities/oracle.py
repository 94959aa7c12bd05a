"""A finder written the slow, plain way, from what sources said; the real one must agree with it.

It shares no code with the finder: lists instead of masks, loops instead of SQL.
"""

import math
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from app.extensions import db
from app.facilities.model import Facility, Observed, Source
from app.search.text import fold
from tests.integration.facilities import cost_oracle

YES, NO, UNKNOWN = "yes", "no", "unknown"
PLACES = ("near", "near2", "near3")
BANDS = {"infant": (6, 12), "junior": (12, 24), "senior": (24, 36), "mixed": (18, 36)}
CODES = {
    "care": ["full-day", "half-day", "hourly", "temporary"],
    "food": ["halal", "allergy", "breast-milk", "vegetarian"],
    "language": ["zh", "ug", "kk", "en", "mn", "ky", "bo", "ii", "za"],
    "needs": ["special-needs", "medication", "wheelchair"],
    "kind": [
        "nursery",
        "kindergarten-class",
        "community",
        "workplace",
        "family",
        "service-centre",
        "medical",
    ],
    "form": ["for-profit", "non-profit", "public", "unregistered"],
    "status": ["filed", "rectifying", "suspended", "withdrawn", "closed", "not-found"],
}


@dataclass
class Record:
    """A facility as its sources leave it."""

    id: str
    area: str
    township: str | None
    sort_key: str
    said: dict[str, Any] = field(default_factory=dict)
    updated: date = date.min
    texts: list[str] = field(default_factory=list)


def records(area_texts: dict[str, list[str]]) -> list[Record]:
    """Read every facility's observations; the newest one stands, an inference only where nobody spoke."""
    kinds = dict(db.session.execute(select(Source.key, Source.kind)).all())
    found = {}
    for row in db.session.scalars(select(Facility)):
        found[row.id] = Record(row.id, row.area_code, row.township_code, row.sort_key)
    held: dict[tuple[str, str], tuple] = {}
    for row in db.session.scalars(select(Observed).order_by(Observed.id)):
        inferred = kinds[row.source] == "inferred"
        weight = (not inferred, row.observed_on, row.id)
        key = (row.facility, row.field)
        if key not in held or weight > held[key][0]:
            held[key] = (weight, row.value)
    for (facility, name), (weight, value) in held.items():
        record = found[facility]
        record.said[name] = value
        record.updated = max(record.updated, weight[1])
    for record in found.values():
        said = record.said
        code = (said.get("credit_code") or {}).get("code") or ""
        texts = [said["name"], *(said.get("aliases") or []), code, said.get("address") or ""]
        texts += (said.get("names") or {}).values()
        code = record.township or record.area
        for length in (2, 4, 6, 9):
            if length <= len(code):
                texts += area_texts.get(code[:length], [])
        record.texts = [fold(text) for text in texts if text]
    return list(found.values())


def _some(values: list[str] | None, wanted: list[str]) -> str:
    if values is None:
        return UNKNOWN
    return YES if set(values) & set(wanted) else NO


def _all(values: list[str] | None, wanted: list[str]) -> str:
    if values is None:
        return UNKNOWN
    return YES if set(wanted) <= set(values) else NO


def _care(record: Record) -> list[str] | None:
    rows = record.said.get("care")
    return None if rows is None else [row["care"] for row in rows]


def _ages(record: Record) -> set[int] | None:
    spans = [(r["min_age"], r["max_age"]) for r in record.said.get("care") or [] if r["min_age"] is not None]
    spans = spans or [BANDS[row["band"]] for row in record.said.get("bands") or []]
    if not spans:
        return None
    return {month for low, high in spans for month in range(low, min(36 if high is None else high, 49))}


def _prices(record: Record, asked: dict[str, Any], today: date) -> list[int]:
    unit = asked.get("price_unit", "month")
    cares = [*asked["care"], "*"] if asked.get("care") else None
    return [
        fee["min_fen"]
        for fee in record.said.get("fees") or []
        if fee["component"] == "care"
        and fee["unit"] == unit
        and (cares is None or fee["care"] in cares)
        and (not fee["valid_from"] or date.fromisoformat(fee["valid_from"]) <= today)
        and (not fee["valid_to"] or date.fromisoformat(fee["valid_to"]) >= today)
    ]


def _week(record: Record) -> dict[int, tuple[int, int]] | None:
    text = record.said.get("opening")
    if not text:
        return None
    week = {}
    for part in text.split(";"):
        days, _, hours = part.strip().partition(" ")
        first, _, last = days.partition("-")
        opens, closes = (int(clock[:2]) * 60 + int(clock[3:]) for clock in hours.split("-"))
        for day in range(int(first), int(last or first) + 1):
            week[day] = (opens, closes)
    return week


def _reliable(record: Record) -> list[tuple[int, int]] | None:
    week = _week(record)
    if week is None:
        return None
    return [hours for day, hours in week.items() if day <= 5] or list(week.values())


def _minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


def distances(record: Record, asked: dict[str, Any]) -> list[float] | None:
    """Return kilometres from each place asked, by the cosine law (the finder uses haversines)."""
    place = record.said.get("location") or {}
    if place.get("precision") != "exact":
        return None
    lat2, lon2 = math.radians(place["lat"]), math.radians(place["lon"])
    found = []
    for name in PLACES:
        if name in asked:
            lat1, lon1 = (math.radians(float(part)) for part in asked[name].split(","))
            cosine = math.sin(lat1) * math.sin(lat2) + math.cos(lat1) * math.cos(lat2) * math.cos(lon1 - lon2)
            found.append(6371.0088 * math.acos(max(-1, min(1, cosine))))
    return found or None


def judge(record: Record, name: str, asked: dict[str, Any], today: date) -> str:  # noqa: C901, PLR0911, PLR0912
    """Return yes, no or unknown for one filter."""
    said, value = record.said, asked.get(name)
    if name == "q":
        return YES if all(any(fold(part) in text for text in record.texts) for part in value.split()) else NO
    if name == "area":
        if len(value) == 9:
            if record.township == value:
                return YES
            same = record.area in {value[:2], value[:4], value[:6]}
            return UNKNOWN if record.township is None and same else NO
        if record.area.startswith(value):
            return YES
        return UNKNOWN if value.startswith(record.area) and len(record.area) in {2, 4} else NO
    if name == "care":
        return _some(_care(record), value)
    if name == "language":
        return _some(said.get("languages"), value)
    if name in {"food", "needs"}:
        return _all(said.get(name), value)
    if name in {"kind", "form"}:
        held = said.get(name) or "unknown"
        return YES if held in value else UNKNOWN if held == "unknown" else NO
    if name == "status":
        return YES if said.get("status", "filed") in value else NO
    if name == "inclusive":
        held = said.get("inclusive")
        return UNKNOWN if held is None else YES if held == (value == "1") else NO
    if name == "age":
        ages = _ages(record)
        return UNKNOWN if ages is None else YES if int(value) in ages else NO
    if name == "max_price":
        prices = _prices(record, asked, today)
        return UNKNOWN if not prices else YES if min(prices) <= round(float(value) * 100) else NO
    if name == "max_cost":
        return cost_oracle.judge(said, asked, today)
    if name in {"open_from", "open_until"}:
        hours = _reliable(record)
        if hours is None:
            return UNKNOWN
        if name == "open_from":
            return YES if max(opens for opens, _ in hours) <= _minutes(value) else NO
        return YES if min(closes for _, closes in hours) >= _minutes(value) else NO
    if name == "open_days":
        week = _week(record)
        return UNKNOWN if week is None else YES if {int(day) for day in value} <= set(week) else NO
    if name == "vacancy":
        return _vacancy(record, asked)
    assert name == "near"
    far = distances(record, asked)
    return UNKNOWN if far is None else YES if min(far) <= float(asked.get("radius", 3)) else NO


def _vacancy(record: Record, asked: dict[str, Any]) -> str:
    bands = record.said.get("bands")
    if bands is None:
        return UNKNOWN
    if "age" in asked:
        bands = [row for row in bands if BANDS[row["band"]][0] <= int(asked["age"]) < BANDS[row["band"]][1]]
    if any(row["vacancies"] for row in bands):
        return YES
    return UNKNOWN if any(row["vacancies"] is None for row in bands) else NO


FILTERS = [
    "q",
    "area",
    "care",
    "kind",
    "form",
    "status",
    "inclusive",
    "age",
    "max_price",
    "max_cost",
    "open_from",
    "open_until",
    "open_days",
    "food",
    "language",
    "needs",
    "vacancy",
    "near",
]


def answer(all_records: list[Record], asked: dict[str, Any], today: date) -> dict[str, Any]:
    """Return what `/api/v1/facilities` must say: all ids in order, count, facets, not_reported."""
    places = [name for name in PLACES if name in asked]
    active = [name for name in FILTERS if name in asked or (name == "near" and places)]
    judged = [
        (record, {name: judge(record, name, asked, today) for name in active}) for record in all_records
    ]
    hits = [record for record, states in judged if set(states.values()) <= {YES}]
    silent = {
        name: [r for r, s in judged if s[name] == UNKNOWN and all(s[n] == YES for n in active if n != name)]
        for name in active
    }

    def allowing(facet: str) -> list[Record]:
        return [r for r, s in judged if all(s[name] == YES for name in active if name != facet)]

    facets: dict[str, dict[str, int]] = {}
    for name in ("care", "food", "language", "needs"):
        reported = [
            (_care(r) if name == "care" else r.said.get("languages" if name == "language" else name))
            for r in allowing(name)
        ]
        facets[name] = {code: sum(code in values for values in reported if values) for code in CODES[name]}
        facets[name]["not_reported"] = sum(values is None for values in reported)
    for code in CODES["care"]:
        alone, names = {**asked, "care": [code]}, {*active, "care"}
        facets["care"][code] = sum(
            all(judge(each, name, alone, today) == YES for name in names) for each in all_records
        )
    for name in ("kind", "form", "status"):
        counts = Counter(
            r.said.get(name) or ("filed" if name == "status" else "unknown") for r in allowing(name)
        )
        facets[name] = {code: counts[code] for code in CODES[name]} | {"not_reported": counts["unknown"]}
    counts = Counter(r.said.get("inclusive") for r in allowing("inclusive"))
    facets["inclusive"] = {"1": counts[True], "0": counts[False], "not_reported": counts[None]}
    facets["area"] = _areas(allowing("area"), asked.get("area"))
    return {
        "ids": [record.id for record in ordered(hits, asked, today)],
        "count": len(hits),
        "silent": {r.id for records in silent.values() for r in records},
        "not_reported": {name: len(records) for name, records in silent.items()},
        "facets": facets,
    }


def _areas(inside: list[Record], chosen: str | None) -> dict[str, int]:
    scope = chosen[:6] if chosen and len(chosen) == 9 else chosen or ""
    inside = [record for record in inside if record.area.startswith(scope)]
    found: Counter[str] = Counter()
    for record in inside:
        if len(scope) == 6:
            found[record.township or "not_reported"] += 1
        else:
            step = {0: 2, 2: 4, 4: 6}[len(scope)]
            if record.area[:4] == "1101" and step == 4:
                step = 6
            found[record.area[:step] if len(record.area) >= step else "not_reported"] += 1
    return dict(found)


def _takes_children(record: Record, today: date) -> bool:
    opens = record.said.get("opens_on")
    filed = record.said.get("status", "filed") in {"filed", "rectifying"}
    return filed and (not opens or date.fromisoformat(opens) <= today)


def ordered(hits: list[Record], asked: dict[str, Any], today: date) -> list[Record]:
    """Return the hits in the order asked for; the order of a text search is judged elsewhere."""
    sort = asked.get("sort") or ("distance" if any(name in asked for name in PLACES) else "name")
    hits = sorted(hits, key=lambda record: (record.sort_key, record.id))
    if sort == "name":
        hits.sort(key=lambda record: not _takes_children(record, today))
    elif sort == "price":
        hits.sort(key=lambda record: min(_prices(record, asked, today), default=math.inf))
    elif sort == "cost":
        hits.sort(key=lambda record: cost_oracle.order(record.said, asked, today))
    elif sort == "updated":
        hits.sort(key=lambda record: record.updated, reverse=True)
    elif sort == "distance":
        hits.sort(key=lambda record: sum(distances(record, asked) or [math.inf]))
    return hits
