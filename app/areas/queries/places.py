"""Reads about places that run the site: offices and duties, numbers, documents, targets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from app.areas import rules
from app.areas.loading.packs import load_hotlines
from app.areas.model import Document, Duty, Hotline, Place, Population, Target, Territory, Unit
from app.core.files import Faults
from app.core.remembered import remembered
from app.extensions import db

NATION = "*"


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A place that runs the site."""

    area: str
    fictional: bool
    names: Mapping[str, str]
    about: Mapping[str, str]
    territory_role: str
    inbox: str
    languages: tuple[str, ...] = ()
    """Languages that the place itself uses, the common one first."""


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
class PopulationCard:
    """How many people lived in an area at the end of a year."""

    area: str
    year: int
    figure: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class HotlineCard:
    """A verified telephone number."""

    number: str
    names: Mapping[str, str]
    purposes: Mapping[str, str]
    kind: str = ""
    """Who answers it, such as `police`; empty if no rule asks for it."""


def _place_card(row: Place) -> PlaceCard:
    return PlaceCard(
        row.area, row.fictional, row.names, row.about, row.territory_role, row.inbox, tuple(row.languages)
    )


@remembered
def places() -> list[PlaceCard]:
    """Return the places that run the site, the real ones first."""
    return [
        _place_card(row) for row in db.session.scalars(select(Place).order_by(Place.fictional, Place.area))
    ]


@remembered
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


def _basis(row: Duty | Territory | Target | Population, known: Mapping[str, DocumentCard]) -> Basis:
    document = known[row.document]
    return Basis(document.titles, document.number, row.clause, row.confidence, document.status)


def units(place: str, known: Mapping[str, DocumentCard], area: str | None = None) -> list[UnitCard]:
    """Return the offices of a place with their duties, in the pack's order; for a page, those of an area.

    Offices of a single district or township are among them only if duties of their own are written for
    them: else they stand there for an office named above them, or for the towns and streets as a whole.
    With `area`, a district's office whose like stands above it is left out of the pages of other areas.
    """
    rows = db.session.scalars(select(Unit).where(Unit.place == place).order_by(Unit.position)).all()
    kinds = {row.code: row.kind for row in rows}
    duties: dict[str, list[DutyCard]] = {row.code: [] for row in rows}
    query = select(Duty).where(Duty.unit.in_(duties)).order_by(Duty.unit, Duty.position, Duty.id)
    for duty in db.session.scalars(query):
        duties[duty.unit].append(DutyCard(duty.texts, duty.audience, _basis(duty, known)))

    def elsewhere(row: Unit) -> bool:
        here = area is None or area.startswith(rules.area_of(row.code))
        return not here and kinds.get(row.parent or "") == row.kind

    return [
        UnitCard(row.code, row.names, row.inbox, tuple(duties[row.code]))
        for row in rows
        if not elsewhere(row) and (duties[row.code] or len(rules.area_of(row.code)) <= len(place))
    ]


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


def populations(
    codes: Iterable[str], known: Mapping[str, DocumentCard], today: date
) -> dict[str, PopulationCard]:
    """Return the newest figure of each of these areas that has one, up to this year."""
    query = select(Population).where(Population.area.in_(list(codes)), Population.year <= today.year)
    return {
        row.area: PopulationCard(row.area, row.year, row.figure, _basis(row, known))
        for row in db.session.scalars(query.order_by(Population.year))
    }


@remembered
def hotlines(place: str | None = None) -> list[HotlineCard]:
    """Return the verified numbers of a place and of the nation; unverified ones are never returned."""
    wanted = [NATION] if place is None else [place, NATION]
    query = select(Hotline).where(Hotline.place.in_(wanted), Hotline.verified_on.is_not(None))
    rows = db.session.scalars(query.order_by(Hotline.place.desc(), Hotline.position, Hotline.number))
    return [HotlineCard(row.number, row.names, row.purposes, row.kind) for row in rows]


def hotlines_always() -> list[HotlineCard]:
    """Return the nation's verified numbers even while the database is away, from the content files."""
    try:
        return hotlines()
    except SQLAlchemyError:
        settings = current_app.extensions["settings"]
        path = settings.content / "national" / "hotlines.csv"
        rows = load_hotlines(path, NATION, Faults(settings.content))
        return [
            HotlineCard(row["number"], row["names"], row["purposes"], row["kind"])
            for row in rows
            if row["verified_on"]
        ]
