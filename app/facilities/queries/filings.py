"""What the register says of facilities, in its own words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.areas import queries as areas
from app.extensions import db
from app.facilities.model import Filed, RegisterChange, Snapshot
from app.facilities.queries.cards import FilingCard

if TYPE_CHECKING:
    from datetime import date


def filings_of(ids: Sequence[str]) -> dict[str, FilingCard]:
    """Return the register's entry of each of these facilities that has one."""
    taken = {each.id: each.taken_on for each in db.session.scalars(select(Snapshot))}
    notes = areas.zoning_notes()
    changes: dict[str, list[tuple[date, str]]] = {}
    query = select(RegisterChange).where(RegisterChange.facility.in_(list(ids)))
    for each in db.session.scalars(query.order_by(RegisterChange.id.desc())):
        changes.setdefault(each.facility, []).append((taken[each.snapshot], each.kind))
    return {
        row.facility: FilingCard(
            name=row.name,
            alias=row.alias,
            code_state=row.code_state,
            nature=row.nature,
            address=row.address,
            filed_on=row.filed_at.date() if row.filed_at else None,
            snapshot_on=taken[row.last_snapshot],
            gone_on=taken[row.gone_in] if row.gone_in else None,
            zoning_note=notes.get(row.zoning[:9]) or notes.get(row.zoning[:6]),
            changes=tuple(changes.get(row.facility, ())),
        )
        for row in db.session.scalars(select(Filed).where(Filed.facility.in_(list(ids))))
    }
