"""Verbs of places: bring what the content files say into the database."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import ColumnElement, delete, select, update

from app.areas import rules
from app.areas.loading.calendars import Year, load_calendars
from app.areas.loading.divisions import Divisions, load_divisions
from app.areas.loading.editions import edition_of, version_of
from app.areas.loading.national import National, load_national
from app.areas.loading.packs import Pack, load_pack, load_rows
from app.areas.model import (
    UNLISTED,
    Area,
    AreaAlias,
    Cap,
    ContentLoad,
    Document,
    Duty,
    Hotline,
    PackFile,
    Place,
    Population,
    RoutingEdition,
    Target,
    Territory,
    Unit,
    Workday,
    Workyear,
    Zoning,
)
from app.areas.queries import overlays
from app.areas.rules.edits import PACKED
from app.core import audit, clock
from app.core.db import insert_rows, touch_data
from app.core.workdays import Status
from app.extensions import db

FICTIONAL = "99"
"""How the codes of fictional areas begin; no province has this number."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load found: areas, packs and whether anything had to be written."""

    areas: int
    packs: tuple[str, ...]
    changed: bool
    conflicts: tuple[str, ...] = ()
    """What was edited behind the counter and stands, although the files now say something else."""


def load_content(content: Path, *, sample: bool, dry_run: bool = False) -> Loaded:
    """Load areas, work calendars, national numbers and locality packs in one transaction.

    Idempotent: an unchanged content folder is recognised by its digest and left alone. Raises
    `FaultyFiles` with every fault; then nothing is written.
    """
    folders = [content / name for name in ("areas", "calendars", "places", "national")]
    digest = digest_of(folders, sample=sample)
    present = db.session.get(ContentLoad, "areas")
    if present is not None and present.digest == digest and not dry_run:
        return Loaded(0, (), changed=False)
    divisions = load_divisions(content, sample=sample)
    codes = frozenset(divisions.areas)
    calendars = load_calendars(content)
    places = sorted(path.name for path in (content / "places").iterdir() if path.is_dir())
    national = load_national(content)
    wanted = [area for area in places if sample or not area.startswith(FICTIONAL)]
    files = {area: {name: load_rows(content, area, name) for name in PACKED} for area in wanted}
    over = {area: overlays.of_place(area, tables) for area, tables in files.items()}
    packs = [load_pack(content, area, codes, national.documents, over[area].rows) for area in wanted]
    conflicts = tuple(line for area in wanted for line in over[area].told)
    if not dry_run:
        _write_areas(divisions)
        _write_packs(packs, national)
        write_editions(packs, national, clock.now())
        _write_files(files)
        conflicts += _write_calendars(calendars, clock.now())
        db.session.merge(ContentLoad(name="areas", digest=digest))
        touch_data()
        db.session.commit()
    return Loaded(len(divisions.areas), tuple(pack.area for pack in packs), changed=True, conflicts=conflicts)


@dataclass(frozen=True, slots=True)
class ImportedYear:
    """What importing a year changed: what was known of it before (None: nothing), and its days."""

    before: Status | None
    days: tuple[rules.DayChange, ...]


def import_year(year: Year, *, now: datetime, dry_run: bool = False, commit: bool = True) -> ImportedYear:
    """Put a year of a work calendar into the database in place of what is held, and say what changes.

    Idempotent. The year stays when the content files are loaded again, unless it is provisional and theirs
    official. Names of holidays that the file has in Chinese only are completed from other years.
    """
    held = db.session.get(Workyear, (year.region, year.year))
    done = ImportedYear(held.status if held else None, _day_changes(year))
    if not dry_run:
        known = {names["zh-Hans"]: names for names in db.session.scalars(select(Workday.names))}
        days = [replace(day, names=known.get(day.names["zh-Hans"], {}) | day.names) for day in year.days]
        _write_year(replace(year, days=tuple(days)), imported=True, now=now)
        told = {"status": year.status, "source": year.source, "days": len(done.days)}
        audit.record("calendar.import", subject=f"{year.region} {year.year}", data=told)
        if done.days or done.before != year.status:
            touch_data(texts=False)  # monthly costs count its working days
        if commit:
            db.session.commit()
    return done


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


def _write_packs(packs: Sequence[Pack], national: National) -> None:
    for table in (Cap, Population, Target, Hotline, Territory, Duty, Unit, Document, Place):
        db.session.execute(delete(table))
    insert_rows(Hotline, national.hotlines)
    for pack in packs:
        insert_rows(Place, [pack.place])
        insert_rows(Document, pack.referred())
        insert_rows(Unit, pack.units)
        insert_rows(Duty, pack.duties)
        insert_rows(Territory, pack.territory)
        insert_rows(Hotline, pack.hotlines)
        insert_rows(Target, pack.targets)
        insert_rows(Population, pack.population)
        insert_rows(Cap, pack.caps)


def write_editions(packs: Sequence[Pack], national: National, now: datetime) -> None:
    """Add an edition of the rules of each place where they are not those of its newest one."""
    for pack in packs:
        rules_now = edition_of(pack, national)
        version = version_of(rules_now)
        newest = (
            select(RoutingEdition.version)
            .where(RoutingEdition.place == pack.area)
            .order_by(RoutingEdition.id.desc())
        )
        if db.session.scalar(newest.limit(1)) != version:
            db.session.add(RoutingEdition(place=pack.area, version=version, since=now, rules=rules_now))
    db.session.flush()


def _write_files(files: Mapping[str, Mapping[str, Sequence[Mapping[str, str]]]]) -> None:
    """Keep what the files say, so that what is edited here can be told from it."""
    db.session.execute(delete(PackFile))
    tables = ((area, name, rows) for area, each in files.items() for name, rows in each.items())
    insert_rows(PackFile, [{"place": a, "name": n, "rows": [*map(dict, rows)]} for a, n, rows in tables])


def _write_calendars(years: Sequence[Year], now: datetime) -> tuple[str, ...]:
    """Bring the years of the content files in and tell which stand as they were entered here instead.

    Years that the files no longer have are kept.
    """
    told = []
    for year in years:
        held = db.session.get(Workyear, (year.region, year.year))
        if held is None or not rules.calendar_year_stays(held.status, year.status, imported=held.imported):
            _write_year(year, imported=False, now=now)
        elif held.imported and (held.status != year.status or _day_changes(year)):
            told.append(f"calendars/{year.region}/{year.year}.csv")
    return tuple(told)


def _write_year(year: Year, *, imported: bool, now: datetime) -> None:
    held = db.session.get(Workyear, (year.region, year.year))
    if held is None:
        held = Workyear(region=year.region, year=year.year, changed_at=now)
        db.session.add(held)
    elif held.status != year.status or _day_changes(year):
        held.changed_at = now
    held.status, held.source, held.imported = year.status, year.source, imported
    db.session.flush()
    db.session.execute(delete(Workday).where(*_of(year)))
    key = {"region": year.region, "year": year.year}
    insert_rows(Workday, [{**key, "date": d.on, "kind": d.kind, "names": d.names} for d in year.days])


def _day_changes(year: Year) -> tuple[rules.DayChange, ...]:
    held = db.session.execute(select(Workday.on, Workday.kind).where(*_of(year)))
    return rules.day_changes({row.on: row.kind for row in held}, {day.on: day.kind for day in year.days})


def _of(year: Year) -> tuple[ColumnElement[bool], ...]:
    return Workday.region == year.region, Workday.year == year.year
