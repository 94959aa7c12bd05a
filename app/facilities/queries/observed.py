"""What is known of facilities, field by field, with source and day: of one, or of several at once."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from app.areas import queries as areas
from app.areas.queries.people import office_names
from app.extensions import db
from app.facilities.model import Observed, Source
from app.facilities.queries.cards import Entered, Known
from app.facilities.rules.entering import EnteredBy, read_entered
from app.facilities.rules.projection import FIELDS, STALE_DAYS, Observation, current

_DAYS = ("valid_from", "valid_to", "checked_on", "as_of", "issued_on", "valid_until", "on")


def rows(known: Known) -> tuple[Mapping[str, Any], ...]:
    """Return the rows of a field that is a table, such as fees, with their days as dates."""
    return tuple(dated(row) for row in known.value or ())


def dated(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Turn the ISO days of a stored row into dates."""
    return {
        name: date.fromisoformat(value) if name in _DAYS and value else value for name, value in row.items()
    }


def fields_of(ids: Sequence[str], today: date) -> dict[str, dict[str, Known]]:
    """Return every field of these facilities; one that nobody has reported has the value None."""
    sources = {row.key: row for row in db.session.scalars(select(Source))}
    held: dict[str, list[Observation]] = {identity: [] for identity in ids}
    by: dict[int, EnteredBy] = {}
    found = select(Observed).where(Observed.facility.in_(list(ids))).order_by(Observed.id)
    for row in db.session.scalars(found):
        held[row.facility].append(
            Observation(row.field, row.value, row.source, sources[row.source].kind, row.observed_on, row.id)
        )
        who = read_entered(row.recorded_by, imported=row.ledger is not None)
        if who:
            by[row.id] = who
    entered = _entered(by)
    return {identity: _fields(seen, sources, entered, today) for identity, seen in held.items()}


def _entered(by: Mapping[int, EnteredBy]) -> dict[int, Entered]:
    """Return who entered each observation, with the name of the office or area they acted for."""
    places = {who.place for who in by.values() if who.place}
    if not by:
        return {}
    names = {**{code: card.names for code, card in areas.areas(places).items()}, **office_names(places)}
    return {number: Entered(who.role, names.get(who.place)) for number, who in by.items()}


def _fields(
    held: Sequence[Observation], sources: Mapping[str, Source], entered: Mapping[int, Entered], today: date
) -> dict[str, Known]:
    standing = current(held)
    nothing = Known(None, {}, None, stale=False)
    return {
        field: _known(standing[field], sources, entered, today) if field in standing else nothing
        for field in FIELDS
    }


def _known(
    held: Observation, sources: Mapping[str, Source], entered: Mapping[int, Entered], today: date
) -> Known:
    age = (today - held.observed_on).days
    register = sources[held.source].kind in {"register", "inferred"}
    return Known(
        held.value,
        sources[held.source].names,
        held.observed_on,
        stale=age > STALE_DAYS and not register,
        inferred=held.source_kind == "inferred",
        entered=entered.get(held.order),
    )
