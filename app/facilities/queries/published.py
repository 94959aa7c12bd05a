"""Everything that is public of every facility of an area, a batch at a time: what open data is made from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.extensions import db
from app.facilities.model import Facility
from app.facilities.queries.cards import FacilityCard, FilingCard, Known
from app.facilities.queries.changed import Changed, changed
from app.facilities.queries.filings import filings_of
from app.facilities.queries.listing import cards
from app.facilities.queries.observed import fields_of
from app.facilities.queries.predicates import within
from app.facilities.rules.vocabulary import Status

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Published:
    """One facility with all that its page knows of it alone."""

    card: FacilityCard
    fields: Mapping[str, Known]
    filing: FilingCard | None


def published(area: str, today: date) -> Iterator[Published]:
    """Yield the facilities of an area by id. Reads a batch, lets go of it, reads the next."""
    for ids in _batches(area):
        fields, filings = fields_of(ids, today), filings_of(ids)
        for card in cards(ids, today, None, {}, ()):
            yield Published(card, fields[card.id], filings.get(card.id))
        db.session.expunge_all()


def published_changes(area: str) -> Iterator[tuple[str, tuple[Changed, ...]]]:
    """Yield the history of each facility of an area by id, the newest change first."""
    for ids in _batches(area):
        yield from sorted(changed(ids).items())
        db.session.expunge_all()


def addresses(area: str) -> list[tuple[str, date]]:
    """Return id and day of the last change of the facilities of an area that still exist, by id.

    The pages of those that closed, or whose filing was withdrawn, stay but need not be searched for.
    """
    there = Facility.status.not_in([Status.CLOSED, Status.WITHDRAWN])
    query = select(Facility.id, Facility.updated_on).where(within(area), there).order_by(Facility.id)
    return [(identity, day) for identity, day in db.session.execute(query)]


def _batches(area: str) -> Iterator[list[str]]:
    last = ""
    while True:
        query = select(Facility.id).where(within(area), Facility.id > last).order_by(Facility.id)
        ids = list(db.session.scalars(query.limit(_BATCH)))
        if not ids:
            return
        yield ids
        last = ids[-1]
