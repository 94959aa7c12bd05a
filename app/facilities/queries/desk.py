"""The counter's list of facilities: those of one's area, by words, place, status, what is missing or old."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.accounts.queries import Staff
from app.accounts.rules import Action, Scope, rights
from app.areas import queries as areas
from app.areas.queries import AreaCard
from app.extensions import db
from app.facilities.index import search
from app.facilities.model import Facility, Fee, Observed, Source
from app.facilities.queries.observed import fields_of
from app.facilities.rules.editing import MOST
from app.facilities.rules.projection import STALE_DAYS
from app.facilities.rules.vocabulary import Status

PAGE: Final = 20
AGEING: Final = ("care", "fees", "bands", "opening", "phone")
"""Fields whose age is looked at: what families ask for first."""
_FEWEST: Final = 2
LACKING: Final[Mapping[str, ColumnElement[bool]]] = {
    "care": Facility.care_mask.is_(None),
    "fees": ~select(Fee.id).where(Fee.facility == Facility.id).exists(),
    "bands": Facility.vacancy_known_mask == 0,
    "opening": Facility.opening.is_(None),
    "phone": Facility.phone.is_(None),
    "address": Facility.address.is_(None),
    "township": Facility.township_code.is_(None),
    "inclusive": Facility.inclusive.is_(None),
    "food": Facility.food_mask.is_(None),
    "languages": Facility.language_mask.is_(None),
}
"""What can be missing, as conditions."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which facilities somebody looks for. `lacking` is a field of `LACKING`; `old`: something is stale."""

    words: str = ""
    area: str = ""
    status: str = ""
    lacking: str = ""
    old: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A facility in the list."""

    id: str
    name: str
    names: Mapping[str, str]
    township: Mapping[str, str] | None
    status: str
    missing: tuple[str, ...]
    """Fields nobody has reported."""
    stale: tuple[tuple[str, date], ...]
    """Fields older than 180 days, with their day, the oldest first."""
    updated_on: date


@dataclass(frozen=True, slots=True)
class Lines:
    """One page of them, by name."""

    lines: tuple[Line, ...]
    count: int
    page: int
    pages: int


def reached(staff: Staff) -> ColumnElement[bool]:
    """Return, as a condition, what `may` says of the facilities somebody may edit."""
    code = func.coalesce(Facility.township_code, Facility.area_code)
    mine = [
        code.startswith(grant.area, autoescape=True)
        for grant in staff.grants
        if rights(grant).get(Action.FACILITY_EDIT) == Scope.AREA and grant.area
    ]
    return or_(Facility.id.is_(None), *mine)


def wanted_ids(staff: Staff, wanted: Wanted, today: date) -> list[str]:
    """Return the facilities of somebody's area that fit, by name; no more than are changed in one go."""
    query = select(Facility.id).where(_condition(staff, wanted, today))
    return list(db.session.scalars(query.order_by(Facility.sort_key, Facility.id).limit(MOST)))


def lines(staff: Staff, wanted: Wanted, page: int, today: date) -> Lines:
    """Return a page of the facilities of somebody's area that fit."""
    query = select(Facility).where(_condition(staff, wanted, today))
    count = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-count // PAGE))
    page = min(page, pages)
    order = query.order_by(Facility.sort_key, Facility.id).offset((page - 1) * PAGE).limit(PAGE)
    return Lines(tuple(_lines(list(db.session.scalars(order)), today)), count, page, pages)


def mine_of(staff: Staff, ids: list[str]) -> dict[str, str]:
    """Return the names of those of these facilities that somebody may edit, by id."""
    query = select(Facility.id, Facility.name).where(Facility.id.in_(ids), reached(staff))
    return {row.id: row.name for row in db.session.execute(query.order_by(Facility.sort_key))}


def townships(staff: Staff) -> list[AreaCard]:
    """Return the townships that lie in somebody's area."""
    codes = {
        grant.area
        for grant in staff.grants
        if rights(grant).get(Action.FACILITY_EDIT) == Scope.AREA and grant.area
    }
    found = {each.code: each for code in codes for each in areas.children(code)}
    return [found[code] for code in sorted(found)]


def _condition(staff: Staff, wanted: Wanted, today: date) -> ColumnElement[bool]:
    asked = [reached(staff)]
    if wanted.words:
        asked.append(_words(wanted.words))
    if wanted.area:
        asked.append(Facility.township_code == wanted.area)
    if wanted.status in set(Status):
        asked.append(Facility.status == wanted.status)
    if wanted.lacking in LACKING:
        asked.append(LACKING[wanted.lacking])
    if wanted.old:
        asked.append(_old(today))
    return and_(*asked)


def _words(words: str) -> ColumnElement[bool]:
    """Return the condition that a name, another name, a code or an id is meant."""
    code = words.upper().replace(" ", "")
    named = Facility.name.contains(words, autoescape=True)
    exact = or_(Facility.id == code, Facility.credit_code == code, named)
    found = search(words).ids if len(words) >= _FEWEST else ()
    return or_(exact, Facility.id.in_(found[:MOST])) if found else exact


def _old(today: date) -> ColumnElement[bool]:
    """Return the condition that one of the fields families ask for first is older than 180 days."""
    newest = (
        select(Observed.facility)
        .join(Source, Source.key == Observed.source)
        .where(Observed.field.in_(AGEING), Source.kind.not_in(["register", "inferred"]))
        .group_by(Observed.facility, Observed.field)
        .having(func.max(Observed.observed_on) < today - timedelta(days=STALE_DAYS))
    )
    return Facility.id.in_(newest)


def _lines(rows: list[Facility], today: date) -> list[Line]:
    known = fields_of([row.id for row in rows], today)
    named = areas.areas(row.township_code for row in rows if row.township_code)
    return [
        Line(
            id=row.id,
            name=row.name,
            names=row.names,
            township=named[row.township_code].names if row.township_code in named else None,
            status=row.status,
            missing=tuple(field for field in LACKING if not _said(known[row.id], field)),
            stale=tuple(sorted(_stale(known[row.id]), key=lambda each: each[1])),
            updated_on=row.updated_on,
        )
        for row in rows
    ]


def _said(known: Mapping[str, Any], field: str) -> bool:
    value = known[field].value
    if field == "bands":
        return any(row.get("vacancies") is not None for row in value or ())
    return value is not None and (field != "fees" or bool(value))


def _stale(known: Mapping[str, Any]) -> list[tuple[str, date]]:
    return [(field, known[field].observed_on) for field in AGEING if known[field].stale]
