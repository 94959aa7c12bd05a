"""What stands at facilities now, as values with a version, for whoever is about to change it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from app.extensions import db
from app.facilities.model import Facility, Observed, Source
from app.facilities.rules.editing import Said, takeable
from app.facilities.rules.entering import read_entered
from app.facilities.rules.projection import Observation, current

NOTHING = "0"
"""Version of a field that nobody has said anything about."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The observation that stands for a field, if any, and the version a form was made from."""

    held: Observation | None
    version: str

    @property
    def value(self) -> Any:
        """Return the value; None is *not reported*."""
        return self.held.value if self.held else None


def standing(ids: Iterable[str], field: str) -> dict[str, Standing]:
    """Return what stands for a field at each of these facilities."""
    kinds = dict(db.session.execute(select(Source.key, Source.kind)).all())
    listed = list(ids)
    held: dict[str, list[Observed]] = {identity: [] for identity in listed}
    query = select(Observed).where(Observed.facility.in_(listed), Observed.field == field)
    for row in db.session.scalars(query.order_by(Observed.id)):
        held[row.facility].append(row)
    return {identity: _standing(rows, kinds) for identity, rows in held.items()}


def _standing(rows: list[Observed], kinds: Mapping[str, str]) -> Standing:
    if not rows:
        return Standing(None, NOTHING)
    newest = rows[-1]
    told = [newest.id, newest.recorded_at.isoformat(), newest.value, len(rows)]
    version = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]
    return Standing(next(iter(current(observation(row, kinds) for row in rows).values())), version)


def observation(row: Observed, kinds: Mapping[str, str]) -> Observation:
    """Return a stored observation as a value; its order is its number."""
    return Observation(row.field, row.value, row.source, kinds[row.source], row.observed_on, row.id)


def takeable_of(ids: Iterable[str], now: datetime) -> dict[str, frozenset[int]]:
    """Return which observations of these facilities can be taken back, by number."""
    kinds = dict(db.session.execute(select(Source.key, Source.kind)).all())
    listed = list(ids)
    said: dict[str, list[Said]] = {identity: [] for identity in listed}
    for row in db.session.scalars(select(Observed).where(Observed.facility.in_(listed))):
        by_staff = row.ledger is None and read_entered(row.recorded_by) is not None
        said[row.facility].append(Said(observation(row, kinds), aware(row.recorded_at), by_staff))
    return {identity: takeable(each, now) for identity, each in said.items()}


def aware(moment: datetime) -> datetime:
    """Return the moment of an observation, which the database keeps without a zone, with its zone."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def county_of(identity: str) -> str:
    """Return the code of the county a facility lies in; it exists."""
    return db.session.scalars(select(Facility.area_code).where(Facility.id == identity)).one()
