"""The counter's page of free places: the facilities somebody may speak for, with what was said of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select

from app.accounts.queries import Staff
from app.accounts.rules import Action, Grant, Scope, rights
from app.core import clock
from app.extensions import db
from app.facilities.model import Facility
from app.facilities.queries.cards import SlotCard
from app.facilities.queries.observed import fields_of, rows
from app.facilities.queries.offers import open_slots
from app.facilities.queries.supply import takes_children
from app.facilities.rules.vocabulary import Band

PAGE: Final = 10


@dataclass(frozen=True, slots=True)
class Row:
    """A facility on the counter's page of free places."""

    id: str
    name: str
    names: Mapping[str, str]
    phone: str | None
    bands: tuple[Mapping[str, Any], ...]
    """One for each class band, in order; those not reported have None everywhere."""
    slots: tuple[SlotCard, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """One page of them, by name."""

    rows: tuple[Row, ...]
    count: int
    page: int
    pages: int


def offering(staff: Staff, words: str, page: int, now: datetime, only: str = "") -> Rows:
    """Return the facilities that somebody may offer places for, by name; `words` is a part of the name.

    With `only`, just the facility of that id.
    """
    today = now.astimezone(clock.ZONE).date()
    query = select(Facility).where(_reached(staff.grants), takes_children(today))
    if words:
        query = query.where(Facility.name.contains(words, autoescape=True))
    if only:
        query = query.where(Facility.id == only)
    count = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-count // PAGE))
    page = min(page, pages)
    order = query.order_by(Facility.sort_key, Facility.id).offset((page - 1) * PAGE).limit(PAGE)
    return Rows(tuple(_rows(db.session.scalars(order).all(), today, now)), count, page, pages)


def _rows(facilities: Sequence[Facility], today: date, now: datetime) -> Iterable[Row]:
    ids = [each.id for each in facilities]
    fields, slots = fields_of(ids, today), open_slots(ids, now)
    for each in facilities:
        held = {row["band"]: row for row in rows(fields[each.id]["bands"])}
        yield Row(
            id=each.id,
            name=each.name,
            names=each.names,
            phone=each.phone,
            bands=tuple(held.get(band, {"band": band.value}) for band in Band),
            slots=slots.get(each.id, ()),
        )


def _reached(grants: Iterable[Grant]) -> ColumnElement[bool]:
    """Return, as a condition, what `may` says of the facilities that the action reaches."""
    area = func.coalesce(Facility.township_code, Facility.area_code)
    reach: list[ColumnElement[bool]] = [Facility.id.is_(None)]
    for grant in grants:
        scope = rights(grant).get(Action.FACILITY_SLOTS)
        if scope == Scope.FACILITY and grant.facility:
            reach.append(Facility.id == grant.facility)
        elif scope == Scope.AREA and grant.area:
            reach.append(area.startswith(grant.area, autoescape=True))
    return or_(*reach)
