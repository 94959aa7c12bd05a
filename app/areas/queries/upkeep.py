"""Reads for what is done beside the pages: where letters go, how long words are kept, what calendars say."""

import hashlib
from collections.abc import Mapping

from sqlalchemy import select

from app.areas.model import Place, Unit, Workyear
from app.extensions import db

_DIGITS = 7
"""Hexadecimal digits of a digest that still fit a whole number of every database."""


def mail_of(unit: str) -> str:
    """Return where letters to an office go; empty where it has no address or is not known."""
    return db.session.scalar(select(Unit.mail).where(Unit.code == unit)) or ""


def retention_of(place: str) -> Mapping[str, int] | None:
    """Return how long a place says it keeps words about people: `contact_days`, `words_years`."""
    found: Mapping[str, int] | None = db.session.scalar(select(Place.retention).where(Place.area == place))
    return found


def calendar_digest() -> int:
    """Return a number that is another one once a work calendar, or the choice of one, has changed."""
    years = db.session.execute(
        select(Workyear.region, Workyear.year, Workyear.status, Workyear.changed_at).order_by(
            Workyear.region, Workyear.year
        )
    )
    chosen = db.session.execute(select(Place.area, Place.calendar).order_by(Place.area))
    text = "\n".join(
        [
            *(f"{row.region} {row.year} {row.status} {row.changed_at.isoformat()}" for row in years),
            *(f"{row.area} {row.calendar}" for row in chosen),
        ]
    )
    return int(hashlib.sha256(text.encode()).hexdigest()[:_DIGITS], 16)
