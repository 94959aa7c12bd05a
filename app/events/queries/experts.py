"""The people who advise families in a place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.events.model import Expert
from app.extensions import db


@dataclass(frozen=True, slots=True)
class ExpertCard:
    """Somebody who agreed to be named."""

    id: str
    place: str
    names: Mapping[str, str]
    titles: Mapping[str, str]
    organisations: Mapping[str, str]
    about: Mapping[str, str]
    field: str
    topics: tuple[str, ...]
    languages: tuple[str, ...]
    agreed_on: date
    sequence: int = 0


def expert(identity: str) -> ExpertCard | None:
    """Return an expert."""
    row = db.session.get(Expert, identity)
    return _card(row) if row and not row.withdrawn else None


def experts(place: str | None = None, topic: str = "", language: str = "") -> tuple[ExpertCard, ...]:
    """Return the experts of a place (None: of all), for a topic, who speak a language."""
    query = select(Expert).where(~Expert.withdrawn).order_by(Expert.place, Expert.position, Expert.id)
    if place:
        query = query.where(Expert.place == place)
    cards = (_card(row) for row in db.session.scalars(query))
    return tuple(
        card
        for card in cards
        if (not topic or topic in card.topics) and (not language or language in card.languages)
    )


def _card(row: Expert) -> ExpertCard:
    return ExpertCard(
        row.id,
        row.place,
        row.names,
        row.titles,
        row.organisations,
        row.about,
        row.field,
        tuple(row.topics),
        tuple(row.languages),
        row.agreed_on,
        row.sequence,
    )
