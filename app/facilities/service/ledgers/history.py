"""The imports there were."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.extensions import db
from app.facilities.model import LedgerImport


@dataclass(frozen=True, slots=True)
class Past:
    """One import as a list shows it."""

    id: int
    file: str
    profile: str
    area: str
    observed_on: date
    imported_at: datetime
    imported_by: str
    counts: Mapping[str, int]
    state: str
    undone_at: datetime | None


def imports(area: str = "", limit: int = 50) -> list[Past]:
    """Return imports, newest first; of an area and what lies in it, if one is given."""
    query = select(LedgerImport).where(LedgerImport.area.startswith(area)).order_by(LedgerImport.id.desc())
    return [
        Past(
            row.id, row.file, row.profile, row.area, row.observed_on, row.imported_at, row.imported_by,
            row.counts, row.state, row.undone_at,
        )
        for row in db.session.scalars(query.limit(limit))
    ]  # fmt: skip
