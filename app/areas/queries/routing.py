"""Reads about who answers what: the offices of a place, and the rules as they stand or once stood."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.areas import rules
from app.areas.model import RoutingEdition, Unit
from app.core import clock
from app.extensions import db

ANY = "*"


@dataclass(frozen=True, slots=True)
class OfficeCard:
    """An office that cases may reach: what it is for, which area it is of, whom it belongs to.

    `inbox` tells whether it can be given cases; otherwise it is only told.
    """

    code: str
    place: str
    area: str
    kind: str
    level: str
    parent: str | None
    inbox: bool
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Edition:
    """The rules of a place from a moment on, as rows of the tables they come from."""

    place: str
    version: str
    since: datetime
    rules: tuple[Mapping[str, Any], ...]
    national: tuple[Mapping[str, Any], ...]
    clocks: tuple[Mapping[str, Any], ...]
    documents: Mapping[str, Mapping[str, Any]]
    """What the rules rest on, by id, as the documents were then."""


@dataclass(frozen=True, slots=True)
class RoutingCard:
    """Which office leads on one subject of reports, which help, and whether nothing local says so."""

    category: str
    lead: Mapping[str, str]
    co: tuple[Mapping[str, str], ...]
    default: bool


def _office(row: Unit) -> OfficeCard:
    area = rules.area_of(row.code)
    return OfficeCard(row.code, row.place, area, row.kind, row.level, row.parent, row.inbox, row.names)


def offices(place: str) -> tuple[OfficeCard, ...]:
    """Return every office of a place, those of its districts and townships too, in the pack's order."""
    rows = db.session.scalars(select(Unit).where(Unit.place == place).order_by(Unit.position))
    return tuple(_office(row) for row in rows)


def office(code: str) -> OfficeCard | None:
    """Return the office of a code."""
    row = db.session.get(Unit, code)
    return _office(row) if row else None


def edition(place: str, version: str | None = None) -> Edition | None:
    """Return the present edition of a place's rules, or the one of a version; None if there is none."""
    query = select(RoutingEdition).where(RoutingEdition.place == place)
    if version is not None:
        query = query.where(RoutingEdition.version == version)
    row = db.session.scalars(query.order_by(RoutingEdition.id.desc()).limit(1)).first()
    if row is None:
        return None
    held = row.rules
    return Edition(
        row.place,
        row.version,
        row.since,
        tuple(held["rules"]),
        tuple(held["national"]),
        tuple(held["clocks"]),
        held["documents"],
    )


def routing(place: str) -> list[RoutingCard]:
    """Return the first general rule of each subject that holds today: who leads, who helps.

    A place without rules of its own has none: what holds in the whole country is not its table.
    """
    found: dict[str, RoutingCard] = {}
    present = edition(place)
    names = {card.code: card.names for card in offices(place)}
    today = clock.today().isoformat()
    for rule in present.rules if present else ():
        general = (rule["kind"], rule["form"], rule["severity"]) == (ANY, ANY, ANY)
        holds = (rule["valid_from"] or "") <= today <= (rule["valid_to"] or today)
        (lead,) = rule["lead"]
        if general and holds and rule["category"] not in found and lead in names:
            co = tuple(names[code] for code in rule["co"] if code in names)
            default = all(basis["confidence"] == rules.NATIONAL_DEFAULT for basis in rule["basis"])
            found[rule["category"]] = RoutingCard(rule["category"], names[lead], co, default)
    return [found[category] for category in rules.CATEGORIES if category in found]
