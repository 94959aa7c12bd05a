"""What else points to facilities: before any of them goes, this is asked."""

from collections.abc import Collection, Iterator

from sqlalchemy import ColumnElement, select

from app.extensions import Base, db
from app.facilities.model import Facility, Fee, FilingBefore, LedgerImport, LedgerRow, Observed

_PART = 5000
_OWN = {Fee.__tablename__, FilingBefore.__tablename__, LedgerRow.__tablename__, Observed.__tablename__}
"""Tables that are made of a facility, or are asked about in another way."""


def pointing(ids: Collection[str]) -> set[tuple[str, str]]:
    """Return which of these facilities another table names, and which table: a case, a photo, a right."""
    found: set[tuple[str, str]] = set()
    for table in Base.metadata.sorted_tables:
        if table.name in _OWN:
            continue
        for column in table.columns:
            to_one = any(key.column.table.name == Facility.__tablename__ for key in column.foreign_keys)
            if to_one or column.name == "facility":
                found |= {(each, table.name) for each in _among(column, ids)}
    return found


def named_by_ledgers(ids: Collection[str], but: int | None = None) -> set[tuple[str, int]]:
    """Return which of these facilities the rows of imports that stand are about, and the import's number."""
    standing = select(LedgerImport.id).where(LedgerImport.state == "applied", LedgerImport.id != (but or 0))
    found: set[tuple[str, int]] = set()
    for part in _parts(ids):
        query = select(LedgerRow.facility, LedgerRow.ledger).where(
            LedgerRow.facility.in_(part), LedgerRow.ledger.in_(standing)
        )
        found |= {(facility, ledger) for facility, ledger in db.session.execute(query) if facility}
    return found


def described(ids: Collection[str], others: ColumnElement[bool]) -> set[tuple[str, str]]:
    """Return of which of these facilities somebody else's observations tell, and who recorded them."""
    found: set[tuple[str, str]] = set()
    for part in _parts(ids):
        query = select(Observed.facility, Observed.recorded_by).where(Observed.facility.in_(part), others)
        found |= {(facility, who) for facility, who in db.session.execute(query.distinct())}
    return found


def _among(column: ColumnElement[str], ids: Collection[str]) -> Iterator[str]:
    for part in _parts(ids):
        yield from db.session.scalars(select(column).where(column.in_(part)).distinct())


def _parts(ids: Collection[str]) -> Iterator[list[str]]:
    many = sorted(ids)
    return (many[start : start + _PART] for start in range(0, len(many), _PART))
