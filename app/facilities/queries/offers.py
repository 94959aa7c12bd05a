"""Places free for a day that still hold at this moment."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from app.core import kept
from app.core.remembered import remembered
from app.extensions import db
from app.facilities.model import Slot
from app.facilities.queries.cards import SlotCard
from app.facilities.rules.opening import clock_text


def open_slots(ids: Iterable[str], now: datetime) -> dict[str, tuple[SlotCard, ...]]:
    """Return the offers of these facilities that hold now, by facility, the next day last.

    An answer that shows one holds no longer than that offer.
    """
    offering = _offering()
    wanted = [each for each in ids if each in offering]
    if not wanted:
        return {}
    query = select(Slot).where(Slot.facility.in_(wanted), Slot.expires_at > now)
    found: dict[str, tuple[SlotCard, ...]] = {}
    for row in db.session.scalars(query.order_by(Slot.on, Slot.band)):
        kept.until(row.expires_at)
        found[row.facility] = (*found.get(row.facility, ()), _card(row))
    return found


@remembered
def _offering() -> frozenset[str]:
    """Return the facilities that have offered a place free."""
    return frozenset(db.session.scalars(select(Slot.facility).distinct()))


def _card(row: Slot) -> SlotCard:
    return SlotCard(
        id=row.id,
        on=row.on,
        band=row.band,
        places=row.places,
        opens=clock_text(row.opens) if row.opens is not None else "",
        closes=clock_text(row.closes) if row.closes is not None else "",
        said_by=row.said_by,
        confirmed_at=row.confirmed_at,
        expires_at=row.expires_at,
    )
