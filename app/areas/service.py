"""Verbs of places: bring what the content files say into the database."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select, update

from app.areas.loading.divisions import Divisions, load_divisions
from app.areas.loading.packs import Pack, load_hotlines, load_pack
from app.areas.model import (
    UNLISTED,
    Area,
    AreaAlias,
    ContentLoad,
    Document,
    Duty,
    Hotline,
    Place,
    Routing,
    Target,
    Territory,
    Unit,
    Zoning,
)
from app.core.db import insert_rows, touch_data
from app.core.files import Faults
from app.extensions import db

NATION = "*"
_DEMO = "99"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load found: areas, packs and whether anything had to be written."""

    areas: int
    packs: tuple[str, ...]
    changed: bool


def load_content(content: Path, *, sample: bool, dry_run: bool = False) -> Loaded:
    """Load areas, national numbers and locality packs in one transaction.

    Idempotent: an unchanged content folder is recognised by its digest and left alone. Raises
    `FaultyFiles` with every fault; then nothing is written.
    """
    digest = digest_of([content / "areas", content / "places", content / "national"], sample=sample)
    present = db.session.get(ContentLoad, "areas")
    if present is not None and present.digest == digest and not dry_run:
        return Loaded(0, (), changed=False)
    divisions = load_divisions(content, sample=sample)
    codes = frozenset(divisions.areas)
    folders = sorted(path.name for path in (content / "places").iterdir() if path.is_dir())
    packs = [load_pack(content, area, codes) for area in folders if sample or not area.startswith(_DEMO)]
    faults = Faults(content)
    national = list(load_hotlines(content / "national" / "hotlines.csv", NATION, faults))
    faults.check()
    if not dry_run:
        _write_areas(divisions)
        _write_packs(packs, national)
        db.session.merge(ContentLoad(name="areas", digest=digest))
        touch_data()
        db.session.commit()
    return Loaded(len(divisions.areas), tuple(pack.area for pack in packs), changed=True)


def digest_of(folders: Sequence[Path], *, sample: bool) -> str:
    """Return a digest of the names and bytes of all files below the folders."""
    digest = hashlib.sha256(b"sample" if sample else b"")
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _write_areas(divisions: Divisions) -> None:
    """Insert or update every area; one that the files no longer have is kept as a former one."""
    known = set(db.session.scalars(select(Area.code)))
    rows = [
        {
            "code": division.code,
            "parent": division.parent,
            "level": division.level,
            "kind": division.kind,
            "names": division.names,
            "pinyin": division.pinyin,
            "initials": division.initials,
            "lat": division.point[0] if division.point else None,
            "lon": division.point[1] if division.point else None,
            "precision": division.precision,
            "current": division.current,
            "source": division.source,
        }
        for division in sorted(divisions.areas.values(), key=lambda division: len(division.code))
    ]
    insert_rows(Area, [row for row in rows if row["code"] not in known])
    changed = [row for row in rows if row["code"] in known]
    if changed:
        db.session.execute(update(Area), changed)
    gone = known - set(divisions.areas)
    if gone:
        db.session.execute(update(Area).where(Area.code.in_(gone)).values(current=False, source=UNLISTED))
    db.session.execute(delete(AreaAlias))
    db.session.execute(delete(Zoning))
    insert_rows(
        AreaAlias, [{"area": a, "alias": b, "kind": c} for a, b, c in dict.fromkeys(divisions.aliases)]
    )
    insert_rows(Zoning, [{"prefix": p, "area": a, "notes": n} for p, a, n in divisions.zoning])


def _write_packs(packs: Sequence[Pack], national: list[dict[str, Any]]) -> None:
    for table in (Routing, Target, Hotline, Territory, Duty, Unit, Document, Place):
        db.session.execute(delete(table))
    insert_rows(Hotline, national)
    for pack in packs:
        insert_rows(Place, [pack.place])
        insert_rows(Document, pack.documents)
        insert_rows(Unit, pack.units)
        insert_rows(Duty, pack.duties)
        insert_rows(Territory, pack.territory)
        insert_rows(Hotline, pack.hotlines)
        insert_rows(Target, pack.targets)
        insert_rows(Routing, pack.routing)
