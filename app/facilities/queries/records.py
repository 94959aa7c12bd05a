"""Records of a facility that wait for their day, for the counter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.extensions import db
from app.facilities.model import Recorded
from app.facilities.queries.observed import dated
from app.facilities.rules.editing import RecordState


@dataclass(frozen=True, slots=True)
class RecordCard:
    """A record that nobody but staff knows yet."""

    id: int
    row: Mapping[str, Any]
    publish_on: date
    made_at: datetime


def waiting_records(identity: str) -> tuple[RecordCard, ...]:
    """Return what waits for its day, the earliest first."""
    query = select(Recorded).where(Recorded.facility == identity, Recorded.state == RecordState.WAITING)
    return tuple(
        RecordCard(row.id, dated(row.row), row.publish_on, row.made_at)
        for row in db.session.scalars(query.order_by(Recorded.publish_on, Recorded.id))
    )
