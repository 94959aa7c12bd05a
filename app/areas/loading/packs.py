"""Reads a locality pack: what a place is, its offices and their duties, its numbers and its targets."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.areas import rules
from app.areas.loading.desk import Names, check_staff, load_routing
from app.core.faults import N_
from app.core.files import Faults, table

if TYPE_CHECKING:
    from datetime import date

LANGUAGES = ("zh-Hans", "ug", "en")
_UNIT_LEVELS = frozenset({"province", "prefecture", "county", "service", "township"})
_BASIS = ("document", "clause", "confidence")


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as rows ready for its tables, keyed by the column names of `app.areas.model`."""

    area: str
    place: dict[str, Any]
    documents: tuple[dict[str, Any], ...]
    units: tuple[dict[str, Any], ...]
    duties: tuple[dict[str, Any], ...]
    territory: tuple[dict[str, Any], ...]
    hotlines: tuple[dict[str, Any], ...]
    targets: tuple[dict[str, Any], ...]
    routing: tuple[dict[str, Any], ...]


def load_pack(content: Path, area: str, areas: frozenset[str]) -> Pack:
    """Read `places/<area>/`. Raises `FaultyFiles` listing everything that is wrong with it."""
    faults = Faults(content)
    folder = content / "places" / area
    place = _place(folder / "place.toml", area, areas, faults)
    documents = tuple(_documents(folder / "documents.csv", area, faults))
    units = tuple(_units(folder / "units.csv", area, faults))
    names = Names(
        documents=frozenset(document["id"] for document in documents),
        units=frozenset(unit["code"] for unit in units),
        areas=areas,
    )
    for unit in units:
        if unit["parent"] and unit["parent"] not in names.units:
            faults.add(folder / "units.csv", 1, N_("Unit %(unit)s has an unknown parent."), unit=unit["code"])
    duties = tuple(_duties(folder / "duties.csv", names, faults))
    territory = tuple(_territory(folder / "territory.csv", area, names, faults))
    hotlines = tuple(load_hotlines(folder / "hotlines.csv", area, faults))
    targets = tuple(_targets(folder / "targets.csv", area, names, faults))
    routing: tuple[dict[str, Any], ...] = ()
    if place.get("fictional") or (folder / "routing.csv").exists():
        routing = tuple(load_routing(folder / "routing.csv", area, names, faults))
    if place.get("fictional"):
        check_staff(folder / "staff.csv", names, faults)
    faults.check()
    return Pack(area, place, documents, units, duties, territory, hotlines, targets, routing)


def _place(path: Path, area: str, areas: frozenset[str], faults: Faults) -> dict[str, Any]:
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        faults.add(path, 1, N_("This file is missing."))
        return {}
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        faults.add(path, 1, N_("This file cannot be read: %(error)s."), error=error)
        return {}
    lines = path.read_text("utf-8").splitlines()

    def bad(key: str, sentence: str, **values: object) -> None:
        line = next((n for n, text in enumerate(lines, 1) if text.lstrip(" [").startswith(key)), 1)
        faults.add(path, line, sentence, key, **values)

    checks = {
        "schema": (raw.get("schema") == 1, N_("The schema must be 1.")),
        "area": (raw.get("area") == area and area in areas, N_("The area must be the folder's own code.")),
        "fictional": (isinstance(raw.get("fictional"), bool), N_("Say true or false.")),
        "calendar": (raw.get("calendar") in rules.CALENDARS, N_("This calendar is not known.")),
        "territory_role": (raw.get("territory_role") in rules.TERRITORY_ROLES, N_("This role is not known.")),
        "inbox": (raw.get("inbox") in {"open", "closed"}, N_("Say open or closed.")),
        "languages": (
            set(raw.get("languages", [])) <= set(LANGUAGES) and "zh-Hans" in raw.get("languages", []),
            N_("Languages are a list that holds zh-Hans."),
        ),
        "name": (bool(raw.get("name", {}).get("zh-Hans")), N_("The name in zh-Hans is missing.")),
        "about": (bool(raw.get("about", {}).get("zh-Hans")), N_("The description in zh-Hans is missing.")),
    }
    for key, (right, sentence) in checks.items():
        if not right:
            bad(key, sentence)
    return {
        "area": area,
        "fictional": raw.get("fictional"),
        "languages": raw.get("languages"),
        "calendar": raw.get("calendar"),
        "territory_role": raw.get("territory_role"),
        "inbox": raw.get("inbox"),
        "names": raw.get("name"),
        "about": raw.get("about"),
    }


def _documents(path: Path, area: str, faults: Faults) -> Iterator[dict[str, Any]]:
    columns = ("id", "title_zh-Hans", "number", "issuer_zh-Hans", "status", "issued_on", "period_end", "url")
    seen: set[str] = set()
    for row in table(path, columns, faults):
        key = row.need("id")
        if key in seen:
            row.bad("id", N_("“%(id)s” is listed twice."), id=key)
        seen.add(key)
        row.need("title_zh-Hans")
        yield {
            "place": area,
            "id": key,
            "titles": row.names("title", LANGUAGES),
            "number": row["number"],
            "issuers": row.names("issuer", LANGUAGES),
            "status": row.one_of("status", rules.DOCUMENT_STATUSES),
            "issued_on": row.day("issued_on"),
            "period_end": row.day("period_end"),
            "url": row["url"],
            "notes": row.names("note", LANGUAGES),
        }


def _units(path: Path, area: str, faults: Faults) -> Iterator[dict[str, Any]]:
    columns = ("unit", "kind", "level", "parent", "inbox", "name_zh-Hans", "aliases")
    codes: set[str] = set()
    wordings: dict[str, str] = {}
    for position, row in enumerate(table(path, columns, faults)):
        code = row.need("unit")
        if code in codes:
            row.bad("unit", N_("“%(id)s” is listed twice."), id=code)
        codes.add(code)
        row.need("name_zh-Hans")
        for wording in (row["name_zh-Hans"], *row.many("aliases")):
            if wordings.setdefault(wording, code) != code:
                row.bad(
                    "aliases",
                    N_("“%(alias)s” already means %(other)s here."),
                    alias=wording,
                    other=wordings[wording],
                )
        yield {
            "code": code,
            "place": area,
            "position": position,
            "kind": row.need("kind"),
            "level": row.one_of("level", _UNIT_LEVELS),
            "parent": row["parent"] or None,
            "inbox": row.one_of("inbox", frozenset({"yes", "inform"})) == "yes",
            "names": row.names("name", LANGUAGES),
            "aliases": list(row.many("aliases")),
        }


def _duties(path: Path, names: Names, faults: Faults) -> Iterator[dict[str, Any]]:
    columns = ("unit", "order", *_BASIS, "audience", "text_zh-Hans")
    for row in table(path, columns, faults):
        names.unit(row, "unit", row.need("unit"))
        row.need("text_zh-Hans")
        yield {
            "unit": row["unit"],
            "position": row.whole("order") or 0,
            **names.basis(row),
            "audience": row.one_of("audience", rules.AUDIENCES),
            "texts": row.names("text", LANGUAGES),
        }


def _territory(path: Path, area: str, names: Names, faults: Faults) -> Iterator[dict[str, Any]]:
    for row in table(path, ("area", "role", *_BASIS, "text_zh-Hans"), faults):
        yield {
            "place": area,
            "area": names.area(row),
            "role": row.one_of("role", rules.TERRITORY_ROLES),
            **names.basis(row),
            "texts": row.names("text", LANGUAGES),
        }


def load_hotlines(path: Path, area: str, faults: Faults) -> Iterator[dict[str, Any]]:
    """Read telephone numbers; `area` is a place or `*` for the nation."""
    for position, row in enumerate(table(path, ("number", "name_zh-Hans", "verified", "source"), faults)):
        verified: date | None = row.day("verified")
        if verified and not row["source"]:
            row.bad("source", N_("A verified number needs the source that was looked at."))
        yield {
            "place": area,
            "number": row.need("number"),
            "position": row.whole("order") or position,
            "names": row.names("name", LANGUAGES),
            "purposes": row.names("purpose", LANGUAGES),
            "verified_on": verified,
            "source": row["source"],
        }


def _targets(path: Path, area: str, names: Names, faults: Faults) -> Iterator[dict[str, Any]]:
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
