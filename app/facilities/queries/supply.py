"""What an area has: the facilities that may take children today, counted by the database in one query."""

from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.extensions import db
from app.facilities.model import Facility
from app.facilities.queries.cards import FacilityCard
from app.facilities.queries.listing import cards
from app.facilities.queries.predicates import TOWNSHIP_LENGTH, within
from app.facilities.rules.supply import Alike, Supply, supply
from app.facilities.rules.vocabulary import TAKING_CHILDREN

_MOST_OPENING = 12


def supply_of(code: str, today: date) -> Supply:
    """Return what an area has today: facilities filed or under rectification, and open."""
    alike = (
        Facility.township_code,
        Facility.kind,
        Facility.inclusive,
        Facility.demonstration,
        Facility.care_mask,
    )
    numbers = (func.count(), func.count(Facility.places), func.sum(Facility.places))
    query = select(*alike, *numbers).where(_inside(code), takes_children(today)).group_by(*alike)
    return supply(
        Alike(township, kind, inclusive, demonstration, care, many, reported, int(places or 0))
        for township, kind, inclusive, demonstration, care, many, reported, places in db.session.execute(
            query
        )
    )


def opening_soon(code: str, today: date) -> list[FacilityCard]:
    """Return the facilities of an area that have said on which later day they open, the next one first."""
    query = select(Facility.id).where(_inside(code), Facility.opens_on > today)
    ids = db.session.scalars(query.order_by(Facility.opens_on, Facility.sort_key, Facility.id))
    return cards(list(ids.fetchmany(_MOST_OPENING)), today, None, {}, ())


def takes_children(today: date) -> ColumnElement[bool]:
    """Return the condition that a facility may take children: by its status, and by its first day."""
    opened = or_(Facility.opens_on.is_(None), Facility.opens_on <= today)
    return and_(Facility.status.in_(TAKING_CHILDREN), opened)


def _inside(code: str) -> ColumnElement[bool]:
    return Facility.township_code == code if len(code) == TOWNSHIP_LENGTH else within(code)
