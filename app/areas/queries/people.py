"""Reads about offices and the people in them, for the rooms that give people a role."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from app.areas.loading.staff import StaffRow, load_staff
from app.areas.model import Place, Unit
from app.extensions import db


@dataclass(frozen=True, slots=True)
class Office:
    """An office: its code, the place whose pack names it, and its names."""

    code: str
    place: str
    names: Mapping[str, str]

    @property
    def area(self) -> str:
        """The division it is an office of: what stands before the dot of its code."""
        return self.code.partition(".")[0]


def offices(area: str) -> tuple[Office, ...]:
    """Return the offices of an area and of all that lies in it, in the packs' order."""
    rows = db.session.execute(
        select(Unit.code, Unit.place, Unit.names)
        .where(Unit.code.startswith(area, autoescape=True))
        .order_by(Unit.place, Unit.position)
    )
    return tuple(Office(*row) for row in rows)


def office(code: str) -> Office | None:
    """Return the office of a code, if there is one."""
    found = db.session.execute(
        select(Unit.code, Unit.place, Unit.names).where(Unit.code == code)
    ).one_or_none()
    return Office(*found) if found else None


def office_names(codes: Collection[str]) -> dict[str, Mapping[str, str]]:
    """Return the names of some offices, by code."""
    rows = db.session.execute(select(Unit.code, Unit.names).where(Unit.code.in_(codes)))
    return dict(rows.all())


def fictional_staff() -> tuple[StaffRow, ...]:
    """Return the people of the fictional places that are loaded. Raises `FaultyFiles`."""
    content = current_app.extensions["settings"].content
    places = db.session.scalars(select(Place.area).where(Place.fictional).order_by(Place.area))
    return tuple(row for place in places for row in load_staff(content, place))
