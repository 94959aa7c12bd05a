"""Reads the divisions of the country and the townships of the places that run the site."""

from dataclasses import dataclass
from pathlib import Path

from app.areas.rules import ALIAS_KINDS, AREA_KINDS, LEVELS, PRECISIONS, normalise
from app.core.faults import N_
from app.core.files import Faults, Row, table

COLUMNS = (
    "code", "level", "kind", "name", "name_nbs", "mca_code", "pinyin", "initials", "name_ug", "name_en",
    "lat", "lon", "precision", "status", "source",
)  # fmt: skip
_CHINA = (3.0, 54.0, 73.0, 136.0)
"""Latitudes and longitudes of the country; a point outside has its numbers swapped or wrong."""


@dataclass(frozen=True, slots=True)
class Division:
    """One area as the file has it."""

    code: str
    parent: str | None
    level: str
    kind: str
    names: dict[str, str]
    pinyin: str
    initials: str
    point: tuple[float, float] | None
    precision: str
    current: bool
    source: str
    row: Row


@dataclass(frozen=True, slots=True)
class Divisions:
    """Everything about areas: the tree, other names, and codes of the register that are no division."""

    areas: dict[str, Division]
    aliases: tuple[tuple[str, str, str], ...]
    zoning: tuple[tuple[str, str, dict[str, str]], ...]


def load_divisions(content: Path, *, sample: bool) -> Divisions:
    """Read `areas/`. Raises `FaultyFiles` with every fault of every file."""
    faults = Faults(content)
    folder = content / "areas"
    files = [folder / "divisions.csv", *sorted((folder / "townships").glob("*.csv"))]
    if sample:
        files.insert(1, folder / "demo.csv")
    else:
        files = [path for path in files if not path.name.startswith("99")]
    areas: dict[str, Division] = {}
    for path in files:
        for row in table(path, COLUMNS, faults):
            division = _division(row)
            if division is None:
                continue
            if division.code in areas:
                row.bad("code", N_("Area %(code)s is listed twice."), code=division.code)
            areas[division.code] = division
    for division in areas.values():
        if division.parent and division.parent not in areas:
            division.row.bad("code", N_("Its parent %(parent)s is not listed."), parent=division.parent)
    aliases = tuple(_aliases(folder / "aliases.csv", areas, faults))
    zoning = tuple(_zoning(folder / "zoning.csv", areas, faults))
    faults.check()
    return Divisions(areas, aliases, zoning)


def _division(row: Row) -> Division | None:
    code = row.need("code")
    if normalise(code) != code:
        row.bad("code", N_("“%(code)s” is not a division code without trailing zeros."), code=code)
        return None
    if LEVELS[len(code)] != row["level"]:
        row.bad("level", N_("A code of this length is a %(level)s."), level=LEVELS[len(code)].value)
    names = {"zh-Hans": row.need("name"), "ug": row["name_ug"], "en": row["name_en"]}
    lengths = {2: None, 4: code[:2], 6: code[:4], 9: code[:6]}
    return Division(
        code=code,
        parent=lengths[len(code)],
        level=row["level"],
        kind=row.one_of("kind", AREA_KINDS),
        names={lang: name for lang, name in names.items() if name},
        pinyin=row["pinyin"],
        initials=row["initials"],
        point=_point(row),
        precision=row.one_of("precision", PRECISIONS) if row["precision"] else "none",
        current=row["status"] != "former",
        source=row["source"],
        row=row,
    )


def _point(row: Row) -> tuple[float, float] | None:
    lat, lon = row.number("lat"), row.number("lon")
    if lat is None and lon is None:
        return None
    if lat is None or lon is None:
        row.bad("lat", N_("A point needs both latitude and longitude."))
        return None
    south, north, west, east = _CHINA
    if not (south <= lat <= north and west <= lon <= east):
        row.bad("lat", N_("The point is outside the country; are latitude and longitude swapped?"))
        return None
    return float(lat), float(lon)


def _aliases(path: Path, areas: dict[str, Division], faults: Faults) -> list[tuple[str, str, str]]:
    found = []
    taken: dict[tuple[str, str], str] = {}
    for row in table(path, ("code", "alias", "kind"), faults):
        code, alias, kind = row.need("code"), row.need("alias"), row.one_of("kind", ALIAS_KINDS)
        if code not in areas:
            if code.startswith("99"):
                continue  # names of the fictional county, which is not loaded here
            row.bad("code", N_("Area %(code)s is not listed."), code=code)
            continue
        within = (areas[code].parent or "", alias)
        if kind != "mca-code" and taken.setdefault(within, code) != code:
            row.bad(
                "alias", N_("“%(alias)s” already means %(other)s here."), alias=alias, other=taken[within]
            )
        found.append((code, alias, kind))
    return found


def _zoning(path: Path, areas: dict[str, Division], faults: Faults) -> list[tuple[str, str, dict[str, str]]]:
    found = []
    for row in table(path, ("zoning_prefix", "area", "note_zh-Hans", "note_en"), faults):
        if row.need("area") not in areas:
            row.bad("area", N_("Area %(code)s is not listed."), code=row["area"])
        notes = row.names("note", ("zh-Hans", "ug", "en"))
        found.append((row.need("zoning_prefix"), row["area"], notes))
    return found
