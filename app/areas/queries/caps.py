"""Reads about price caps: what care may cost at most in a place, and the document that says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.areas.model import Cap
from app.areas.queries.places import Basis, documents, place_of
from app.extensions import db


@dataclass(frozen=True, slots=True)
class CapCard:
    """One cap. `amount_fen`, or `percent` of `figure_fen`, which is None until somebody enters it."""

    scope: str
    care: str
    band: str
    unit: str
    amount_fen: int | None
    percent: float | None
    figure_fen: int | None
    figure_year: int | None
    figure_source: str
    valid_from: date | None
    valid_to: date | None
    texts: Mapping[str, str]
    basis: Basis


def caps(area: str, today: date) -> tuple[CapCard, ...]:
    """Return the price caps of the place that an area belongs to."""
    place = place_of(area)
    if place is None:
        return ()
    known = documents(place.area, today)
    rows = db.session.scalars(select(Cap).where(Cap.place == place.area).order_by(Cap.id))
    return tuple(
        CapCard(
            row.scope,
            row.care,
            row.band,
            row.unit,
            row.amount_fen,
            row.percent,
            row.figure_fen,
            row.figure_year,
            row.figure_source,
            row.valid_from,
            row.valid_to,
            row.texts,
            Basis((held := known[row.document]).titles, held.number, row.clause, row.confidence, held.status),
        )
        for row in rows
    )
