"""Reads a locality pack: what a place is, its offices and their duties, its numbers and its targets."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from app.areas import rules
from app.areas.loading.calendars import regions
from app.areas.loading.caps import load_caps
from app.areas.loading.desk import LANGUAGES, Names, check_staff
from app.areas.loading.figures import load_population, load_targets
from app.areas.loading.routing import load_clocks, load_routing
from app.core.faults import N_
from app.core.files import Faults, Row, table

_UNIT_LEVELS = frozenset({"province", "prefecture", "county", "service", "township"})
_BASIS = ("document", "clause", "confidence")
_ADDRESS = re.compile(r"[^@\s<>,;:\"]+@[^@\s<>,;:\"]+")


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
    clocks: tuple[dict[str, Any], ...]
    population: tuple[dict[str, Any], ...] = ()
    caps: tuple[dict[str, Any], ...] = ()
    lent: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    """Documents of the nation that the pack may refer to, by id."""

    def referred(self) -> tuple[dict[str, Any], ...]:
        """Return the pack's documents and those of the nation that its rows rest on."""
        own = {document["id"] for document in self.documents}
        tables = (self.duties, self.territory, self.targets, self.population, self.caps)
        used = {row["document"] for table in tables for row in table}
        lent = (self.lent[key] | {"place": self.area} for key in sorted(used - own) if key in self.lent)
        return (*self.documents, *lent)


def load_pack(
    content: Path,
    area: str,
    areas: frozenset[str],
    national: Mapping[str, dict[str, Any]] | None = None,
    edited: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
) -> Pack:
    """Read `places/<area>/`; `national` are documents of the nation that it may refer to, by id.

    `edited` holds rows of tables (`routing` …) that stand in place of those of the files. Raises
    `FaultyFiles` listing everything that is wrong with it.
    """
    folder = content / "places" / area
    faults = Faults(content, given={folder / f"{name}.csv": rows for name, rows in (edited or {}).items()})
    place = _place(folder / "place.toml", area, areas, faults)
    documents = tuple(load_documents(folder / "documents.csv", area, faults))
    units = tuple(_units(folder / "units.csv", area, faults))
    names = Names(
        documents=frozenset(document["id"] for document in documents) | frozenset(national or ()),
        units=frozenset(unit["code"] for unit in units),
        areas=areas,
    )
    for unit in units:
        if unit["parent"] and unit["parent"] not in names.units:
            faults.add(folder / "units.csv", 1, N_("Unit %(unit)s has an unknown parent."), unit=unit["code"])
    duties = tuple(_duties(folder / "duties.csv", names, faults))
    territory = tuple(_territory(folder / "territory.csv", area, names, faults))
    hotlines = tuple(load_hotlines(folder / "hotlines.csv", area, faults))
    targets = tuple(load_targets(folder / "targets.csv", area, names, faults))

    def has(name: str) -> bool:
        return name in (edited or {}) or (folder / f"{name}.csv").exists()

    routing: tuple[dict[str, Any], ...] = ()
    if place.get("fictional") or has("routing"):
        routing = tuple(load_routing(folder / "routing.csv", names, faults))
    clocks: tuple[dict[str, Any], ...] = ()
    if has("clocks"):
        clocks = tuple(load_clocks(folder / "clocks.csv", names.documents, faults))
    population: tuple[dict[str, Any], ...] = ()
    if has("population"):
        population = tuple(load_population(folder / "population.csv", area, names, faults))
    caps: tuple[dict[str, Any], ...] = ()
    if has("caps"):
        caps = tuple(load_caps(folder / "caps.csv", area, names, faults))
    if place.get("fictional"):
        check_staff(folder / "staff.csv", names, faults)
    faults.check()
    tables = (documents, units, duties, territory, hotlines, targets, routing, clocks, population, caps)
    return Pack(area, place, *tables, lent=national or {})


def load_rows(content: Path, area: str, name: str) -> list[dict[str, str]]:
    """Return a table of a pack cell by cell; none where the pack has no such file, or it cannot be read."""
    path = content / "places" / area / f"{name}.csv"
    return [dict(row.cells) for row in table(path, (), Faults(content))] if path.exists() else []


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
        "calendar": (raw.get("calendar") in regions(faults.root), N_("This calendar is not known.")),
        "territory_role": (raw.get("territory_role") in rules.TERRITORY_ROLES, N_("This role is not known.")),
        "inbox": (raw.get("inbox") in {"open", "closed"}, N_("Say open or closed.")),
        "languages": (
            set(raw.get("languages", [])) <= set(LANGUAGES) and "zh-Hans" in raw.get("languages", []),
            N_("Languages are a list that holds zh-Hans."),
        ),
        "name": (bool(raw.get("name", {}).get("zh-Hans")), N_("The name in zh-Hans is missing.")),
        "about": (bool(raw.get("about", {}).get("zh-Hans")), N_("The description in zh-Hans is missing.")),
        "retention": (rules.is_retention(raw.get("retention")), N_("Say contact_days or words_years.")),
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
        "retention": raw.get("retention"),
    }


def load_documents(path: Path, area: str, faults: Faults) -> Iterator[dict[str, Any]]:
    """Read documents; `area` is a place or `*` for the nation."""
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
            "period_end": _last_day(row),
            "url": row["url"],
            "notes": row.names("note", LANGUAGES),
        }


def _last_day(row: Row) -> date | None:
    """Return the day after which a document is said to have ended: of its period, or of its force."""
    first, last = row.day("valid_from"), row.day("valid_until")
    if first and last and last < first:
        row.bad("valid_until", N_("The last day lies before the first."))
    ends = [day for day in (last, row.day("period_end")) if day]
    return min(ends, default=None)


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
            "mail": _mail(row),
        }


def _mail(row: Row) -> str:
    if row["mail"] and not _ADDRESS.fullmatch(row["mail"]):
        row.bad("mail", N_("“%(value)s” is not a mail address."), value=row["mail"])
    return row["mail"]


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
            "kind": row["kind"],
            "position": row.whole("order") or position,
            "names": row.names("name", LANGUAGES),
            "purposes": row.names("purpose", LANGUAGES),
            "verified_on": verified,
            "source": row["source"],
        }
