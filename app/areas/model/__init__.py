"""Tables of places: divisions and their names, and what a locality pack says about a place."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.areas.model.edits import PackFile, PlaceChange
from app.core.db import Instant
from app.core.workdays import Kind, Status
from app.extensions import Base

__all__ = [
    "UNLISTED",
    "Area",
    "AreaAlias",
    "Cap",
    "ContentLoad",
    "Document",
    "Duty",
    "Hotline",
    "PackFile",
    "Place",
    "PlaceChange",
    "Population",
    "RoutingEdition",
    "Target",
    "Territory",
    "Unit",
    "Workday",
    "Workyear",
    "Zoning",
]

UNLISTED = "unlisted"
"""Source of an area that the content files no longer have; it is kept for what refers to it, never shown."""


class Area(Base):
    """A division of the country, under its statistical code and its civil-affairs name."""

    __tablename__ = "area"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    parent: Mapped[str | None] = mapped_column(ForeignKey("area.code"), index=True)
    level: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    pinyin: Mapped[str] = mapped_column(Text)
    initials: Mapped[str] = mapped_column(Text)
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    precision: Mapped[str] = mapped_column(Text)
    current: Mapped[bool]
    source: Mapped[str] = mapped_column(Text)


class AreaAlias(Base):
    """Another name or code of an area. Names are matched within a county, never across."""

    __tablename__ = "area_alias"
    __table_args__ = (Index("ix_area_alias_alias", "alias"),)

    area: Mapped[str] = mapped_column(ForeignKey("area.code"), primary_key=True)
    alias: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)


class Zoning(Base):
    """A zoning code of the filing register that is no division, and the area a parent would look under."""

    __tablename__ = "zoning"

    prefix: Mapped[str] = mapped_column(Text, primary_key=True)
    area: Mapped[str] = mapped_column(ForeignKey("area.code"))
    notes: Mapped[dict[str, str]] = mapped_column(JSON)


class Place(Base):
    """An area that runs this site: its languages, its calendar, whether anybody answers here."""

    __tablename__ = "place"

    area: Mapped[str] = mapped_column(ForeignKey("area.code"), primary_key=True)
    fictional: Mapped[bool]
    languages: Mapped[list[str]] = mapped_column(JSON)
    calendar: Mapped[str] = mapped_column(Text)
    territory_role: Mapped[str] = mapped_column(Text)
    inbox: Mapped[str] = mapped_column(Text)
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    about: Mapped[dict[str, str]] = mapped_column(JSON)
    retention: Mapped[dict[str, int] | None] = mapped_column(JSON)
    """How long words about people are kept, where the place says so itself."""


class Document(Base):
    """A document that duties, targets and rules of a place rest on."""

    __tablename__ = "document"

    place: Mapped[str] = mapped_column(ForeignKey("place.area"), primary_key=True)
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    titles: Mapped[dict[str, str]] = mapped_column(JSON)
    number: Mapped[str] = mapped_column(Text)
    issuers: Mapped[dict[str, str]] = mapped_column(JSON)
    status: Mapped[str] = mapped_column(Text)
    issued_on: Mapped[date | None]
    period_end: Mapped[date | None]
    url: Mapped[str] = mapped_column(Text)
    notes: Mapped[dict[str, str]] = mapped_column(JSON)


class Unit(Base):
    """An office of a place: a department, a service body or a township office."""

    __tablename__ = "unit"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    place: Mapped[str] = mapped_column(ForeignKey("place.area"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(Text)
    level: Mapped[str] = mapped_column(Text)
    parent: Mapped[str | None] = mapped_column(Text)
    inbox: Mapped[bool]
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    aliases: Mapped[list[str]] = mapped_column(JSON)
    mail: Mapped[str | None] = mapped_column(Text)
    """Where its letters go; empty where the office reads the counter only."""


class Duty(Base):
    """What an office must do, in our own words, with the clause that says so."""

    __tablename__ = "duty"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(ForeignKey("unit.code"), index=True)
    position: Mapped[int]
    document: Mapped[str] = mapped_column(Text)
    clause: Mapped[str] = mapped_column(Text)
    confidence: Mapped[str] = mapped_column(Text)
    audience: Mapped[str] = mapped_column(Text)
    texts: Mapped[dict[str, str]] = mapped_column(JSON)


class Territory(Base):
    """The role of the towns, streets or districts of a place."""

    __tablename__ = "territory"

    place: Mapped[str] = mapped_column(ForeignKey("place.area"), primary_key=True)
    area: Mapped[str] = mapped_column(Text, primary_key=True)
    role: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(Text)
    clause: Mapped[str] = mapped_column(Text)
    confidence: Mapped[str] = mapped_column(Text)
    texts: Mapped[dict[str, str]] = mapped_column(JSON)


class Hotline(Base):
    """A telephone number; one that nobody has verified is kept but never shown. Place `*` is the nation."""

    __tablename__ = "hotline"

    place: Mapped[str] = mapped_column(Text, primary_key=True)
    number: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    """Who answers it, such as `police`; empty for numbers that no rule asks for."""
    position: Mapped[int]
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    purposes: Mapped[dict[str, str]] = mapped_column(JSON)
    verified_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(Text)


class Target(Base):
    """A figure a document sets for a year."""

    __tablename__ = "target"

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(ForeignKey("place.area"), index=True)
    area: Mapped[str] = mapped_column(Text)
    indicator: Mapped[str] = mapped_column(Text)
    year: Mapped[int | None]
    value: Mapped[float]
    value_max: Mapped[float | None]
    unit: Mapped[str] = mapped_column(Text)
    comparator: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(Text)
    clause: Mapped[str] = mapped_column(Text)
    confidence: Mapped[str] = mapped_column(Text)
    readings: Mapped[dict[str, str]] = mapped_column(JSON)


class Population(Base):
    """How many people live in an area at the end of a year, and the document that says so."""

    __tablename__ = "population"

    area: Mapped[str] = mapped_column(Text, primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(ForeignKey("place.area"))
    figure: Mapped[int]
    document: Mapped[str] = mapped_column(Text)
    clause: Mapped[str] = mapped_column(Text)
    confidence: Mapped[str] = mapped_column(Text)


class Cap(Base):
    """What a document says care may cost at most: an amount, or a percentage of a figure.

    `figure_fen` None: nobody has entered the figure, so the cap is *no data*.
    """

    __tablename__ = "cap"

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(ForeignKey("place.area"), index=True)
    scope: Mapped[str] = mapped_column(Text)
    care: Mapped[str] = mapped_column(Text)
    band: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(Text)
    amount_fen: Mapped[int | None]
    percent: Mapped[float | None]
    figure_fen: Mapped[int | None]
    figure_year: Mapped[int | None]
    figure_source: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(Text)
    clause: Mapped[str] = mapped_column(Text)
    confidence: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    texts: Mapped[dict[str, str]] = mapped_column(JSON)


class RoutingEdition(Base):
    """A place's whole table of who answers what, as it stood from a moment on. Rows are only ever added.

    A case keeps the version that routed it. The place is not a foreign key: editions outlive their pack.
    """

    __tablename__ = "routing_edition"
    __table_args__ = (Index("ix_routing_edition_place_version", "place", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(Text)
    version: Mapped[str] = mapped_column(Text)
    """Digest of `rules`: the same rules have the same version, also when they come back."""
    since: Mapped[datetime] = mapped_column(Instant)
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    """`rules`, `national`, `clocks`, and the `documents` they rest on as these were then."""


class Workyear(Base):
    """What is known of a year in a work calendar: `CN`, or a province's own holidays such as `CN-65`."""

    __tablename__ = "workyear"

    region: Mapped[str] = mapped_column(Text, primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[Status] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    imported: Mapped[bool]
    """By an operator, not from the content files."""
    changed_at: Mapped[datetime] = mapped_column(Instant)
    """When its status or its days last changed: deadlines counted before that moment may be others now."""


class Workday(Base):
    """A day that is not what its weekday says, under the year whose notice says so.

    A notice may speak of December days of the year before; of two notices on a day the later year's holds.
    """

    __tablename__ = "workday"
    __table_args__ = (ForeignKeyConstraint(["region", "year"], ["workyear.region", "workyear.year"]),)

    region: Mapped[str] = mapped_column(Text, primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date] = mapped_column("date", primary_key=True)
    kind: Mapped[Kind] = mapped_column(Text)
    names: Mapped[dict[str, str]] = mapped_column(JSON)


class ContentLoad(Base):
    """Which state of a content folder is in the database, so that an unchanged one is not loaded again."""

    __tablename__ = "content_load"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    digest: Mapped[str] = mapped_column(Text)
