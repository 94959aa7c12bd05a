"""Reads about places, as small values that templates and other rooms may keep."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask import current_app
from sqlalchemy import or_, select
from sqlalchemy.exc import SQLAlchemyError

from app.areas import rules
from app.areas.loading.packs import load_hotlines
from app.areas.model import (
    Area,
    AreaAlias,
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
from app.core.files import Faults
from app.core.geo import Point
from app.extensions import db

NATION = "*"
_PSEUDO = "direct"


@dataclass(frozen=True, slots=True)
class AreaCard:
    """An area as pages need it."""

    code: str
    parent: str | None
    level: str
    kind: str
    names: Mapping[str, str]
    point: Point | None
    current: bool

    @property
    def is_pseudo(self) -> bool:
        """Whether it is one of the grouping units (市辖区, 省直辖) that nobody lives in by name."""
        return self.kind == _PSEUDO


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A place that runs the site."""

    area: str
    fictional: bool
    names: Mapping[str, str]
    about: Mapping[str, str]
    territory_role: str
    inbox: str


@dataclass(frozen=True, slots=True)
class Basis:
    """Why we say so: document, clause, confidence and what the document is today."""

    titles: Mapping[str, str]
    number: str
    clause: str
    confidence: str
    status: rules.DocumentStatus


@dataclass(frozen=True, slots=True)
class DutyCard:
    """One duty of one office."""

    texts: Mapping[str, str]
    audience: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class UnitCard:
    """An office and its duties."""

    code: str
    names: Mapping[str, str]
    inbox: bool
    duties: tuple[DutyCard, ...]


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """A document and what it is today."""

    id: str
    titles: Mapping[str, str]
    number: str
    issuers: Mapping[str, str]
    status: rules.DocumentStatus
    issued_on: date | None
    period_end: date | None
    notes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TerritoryCard:
    """The role of the towns and streets, or of one of them."""

    area: str
    role: str
    texts: Mapping[str, str]
    basis: Basis


@dataclass(frozen=True, slots=True)
class TargetCard:
    """A figure set for a year; `value_max` makes it a range."""

    indicator: str
    area: str
    year: int | None
    value: float
    value_max: float | None
    unit: str
    comparator: str
    readings: Mapping[str, str]
    basis: Basis


@dataclass(frozen=True, slots=True)
class HotlineCard:
    """A verified telephone number."""

    number: str
    names: Mapping[str, str]
    purposes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RoutingCard:
    """Which office leads on one subject of reports."""

    category: str
    lead: Mapping[str, str]
    co: tuple[Mapping[str, str], ...]


def _card(row: Area) -> AreaCard:
    point = Point(row.lat, row.lon) if row.lat is not None and row.lon is not None else None
    return AreaCard(row.code, row.parent, row.level, row.kind, row.names, point, row.current)


def area(code: str) -> AreaCard | None:
    """Return the area of a normalised code."""
    row = db.session.get(Area, code)
    return _card(row) if row else None


def areas(codes: Iterable[str]) -> dict[str, AreaCard]:
    """Return the areas of these codes that exist."""
    wanted = set(codes)
    if not wanted:
        return {}
    rows = db.session.scalars(select(Area).where(Area.code.in_(wanted)))
    return {row.code: _card(row) for row in rows}


def children(code: str | None) -> list[AreaCard]:
    """Return the current areas directly below a code (None: the provinces); pseudo units are opened up."""
    where = Area.parent.is_(None) if code is None else Area.parent == code
    rows = db.session.scalars(select(Area).where(where, Area.current).order_by(Area.code)).all()
    found: list[AreaCard] = []
    for row in rows:
        found.extend(children(row.code) if row.kind == _PSEUDO else [_card(row)])
    return found


def path(code: str) -> list[AreaCard]:
    """Return the areas from the province down to a code, without the pseudo units."""
    codes = [*rules.parents(code), code]
    found = areas(codes)
    return [found[each] for each in codes if each in found and not found[each].is_pseudo]


def named(text: str, limit: int = 20) -> list[AreaCard]:
    """Return current areas whose name or other name is this text or begins with it, widest first."""
    text = text.strip()
    if not text:
        return []
    start = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    by_alias = select(AreaAlias.area).where(AreaAlias.alias == text, AreaAlias.kind != "mca-code")
    by_name = Area.names["zh-Hans"].as_string().like(start, escape="\\")
    query = select(Area).where(Area.current, Area.kind != _PSEUDO, or_(by_name, Area.code.in_(by_alias)))
    return [_card(row) for row in db.session.scalars(query.order_by(Area.code).limit(limit))]


def wordings(county: str) -> dict[str, str]:
    """Return every name and alias of the townships of a county, mapped to the township's code."""
    rows = db.session.execute(
        select(Area.code, Area.names).where(Area.parent == county, Area.level == "township")
    )
    found = {names["zh-Hans"]: code for code, names in rows}
    aliases = (
        select(AreaAlias.alias, AreaAlias.area)
        .join(Area, Area.code == AreaAlias.area)
        .where(Area.parent == county, AreaAlias.kind != "mca-code")
    )
    for alias, code in db.session.execute(aliases):
        found.setdefault(alias, code)
    return found


def counties_with_townships() -> list[str]:
    """Return the counties whose townships are known."""
    query = select(Area.parent).where(Area.level == "township", Area.parent.is_not(None)).distinct()
    return sorted(code for code in db.session.scalars(query) if code)


def everywhere() -> dict[str, AreaCard]:
    """Return every area, for work on many facilities at once."""
    return {row.code: _card(row) for row in db.session.scalars(select(Area))}


def written_names() -> dict[str, list[str]]:
    """Return the other names of areas that the register may write before an address, by code."""
    kinds = ("nbs-name", "register", "former", "name")
    found: dict[str, list[str]] = {}
    for code, alias in db.session.execute(
        select(AreaAlias.area, AreaAlias.alias).where(AreaAlias.kind.in_(kinds)).order_by(AreaAlias.alias)
    ):
        found.setdefault(code, []).append(alias)
    return found


def pinyin_phrases() -> dict[str, tuple[str, ...]]:
    """Return the proper readings of place names, one syllable a character."""
    rows = db.session.execute(select(Area.names, Area.pinyin).where(Area.pinyin != ""))
    found = {names["zh-Hans"]: tuple(pinyin.split()) for names, pinyin in rows}
    return {name: syllables for name, syllables in found.items() if len(name) == len(syllables)}


def zoning() -> dict[str, str]:
    """Return the register's zoning codes that are no division, mapped to areas."""
    return dict(db.session.execute(select(Zoning.prefix, Zoning.area)).all())


def zoning_notes() -> dict[str, Mapping[str, str]]:
    """Return why each of those codes is shown under its area."""
    return dict(db.session.execute(select(Zoning.prefix, Zoning.notes)).all())


def codes() -> frozenset[str]:
    """Return every area code."""
    return frozenset(db.session.scalars(select(Area.code)))


def _place_card(row: Place) -> PlaceCard:
    return PlaceCard(row.area, row.fictional, row.names, row.about, row.territory_role, row.inbox)


def places() -> list[PlaceCard]:
    """Return the places that run the site, the real ones first."""
    return [
        _place_card(row) for row in db.session.scalars(select(Place).order_by(Place.fictional, Place.area))
    ]


def place_of(code: str) -> PlaceCard | None:
    """Return the place that an area belongs to: the nearest one at or above it."""
    wanted = [*rules.parents(code), code]
    rows = db.session.scalars(select(Place).where(Place.area.in_(wanted)))
    found = sorted(rows, key=lambda row: len(row.area), reverse=True)
    return _place_card(found[0]) if found else None


def documents(place: str, today: date) -> dict[str, DocumentCard]:
    """Return the documents of a place by id, as they stand today."""
    rows = db.session.scalars(select(Document).where(Document.place == place).order_by(Document.id))
    return {
        row.id: DocumentCard(
            row.id,
            row.titles,
            row.number,
            row.issuers,
            rules.document_status(row.status, row.period_end, today),
            row.issued_on,
            row.period_end,
            row.notes,
        )
        for row in rows
    }


def _basis(row: Duty | Territory | Target, known: Mapping[str, DocumentCard]) -> Basis:
    document = known[row.document]
    return Basis(document.titles, document.number, row.clause, row.confidence, document.status)


def units(place: str, known: Mapping[str, DocumentCard]) -> list[UnitCard]:
    """Return the offices of a place with their duties, in the pack's order."""
    rows = db.session.scalars(select(Unit).where(Unit.place == place).order_by(Unit.position)).all()
    duties: dict[str, list[DutyCard]] = {row.code: [] for row in rows}
    query = select(Duty).where(Duty.unit.in_(duties)).order_by(Duty.unit, Duty.position, Duty.id)
    for duty in db.session.scalars(query):
        duties[duty.unit].append(DutyCard(duty.texts, duty.audience, _basis(duty, known)))
    return [UnitCard(row.code, row.names, row.inbox, tuple(duties[row.code])) for row in rows]


def territory(place: str, known: Mapping[str, DocumentCard]) -> list[TerritoryCard]:
    """Return what the towns, streets or districts of a place must do."""
    rows = db.session.scalars(select(Territory).where(Territory.place == place).order_by(Territory.area))
    return [TerritoryCard(row.area, row.role, row.texts, _basis(row, known)) for row in rows]


def targets(place: str, known: Mapping[str, DocumentCard]) -> list[TargetCard]:
    """Return the figures set for a place, by indicator and year."""
    order = (Target.indicator, Target.area, Target.year, Target.id)
    rows = db.session.scalars(select(Target).where(Target.place == place).order_by(*order))
    return [
        TargetCard(
            row.indicator,
            row.area,
            row.year,
            row.value,
            row.value_max,
            row.unit,
            row.comparator,
            row.readings,
            _basis(row, known),
        )
        for row in rows
    ]


def hotlines(place: str | None = None) -> list[HotlineCard]:
    """Return the verified numbers of a place and of the nation; unverified ones are never returned."""
    wanted = [NATION] if place is None else [place, NATION]
    query = select(Hotline).where(Hotline.place.in_(wanted), Hotline.verified_on.is_not(None))
    rows = db.session.scalars(query.order_by(Hotline.place.desc(), Hotline.position, Hotline.number))
    return [HotlineCard(row.number, row.names, row.purposes) for row in rows]


def hotlines_always() -> list[HotlineCard]:
    """Return the nation's verified numbers even while the database is away, from the content files."""
    try:
        return hotlines()
    except SQLAlchemyError:
        settings = current_app.extensions["settings"]
        path = settings.content / "national" / "hotlines.csv"
        rows = load_hotlines(path, NATION, Faults(settings.content))
        return [
            HotlineCard(row["number"], row["names"], row["purposes"]) for row in rows if row["verified_on"]
        ]


def routing(place: str) -> list[RoutingCard]:
    """Return the first general rule of each subject: who leads, who helps."""
    names = dict(db.session.execute(select(Unit.code, Unit.names).where(Unit.place == place)).all())
    query = select(Routing).where(Routing.place == place).order_by(Routing.priority)
    found: dict[str, RoutingCard] = {}
    for row in db.session.scalars(query):
        rule = row.rule
        if rule["category"] in found or (rule["kind"], rule["form"]) != ("*", "*"):
            continue
        co = tuple(names[code] for code in rule["co"])
        found[rule["category"]] = RoutingCard(rule["category"], names[rule["lead"]], co)
    return [found[category] for category in rules.CATEGORIES if category in found]
