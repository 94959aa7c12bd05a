"""Everything one facility's page shows: each field with its source and day, the register's own words."""

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.core.codes import is_id
from app.core.geo import Point
from app.core.remembered import remembered
from app.extensions import db
from app.facilities.model import Facility, Snapshot
from app.facilities.queries.cards import FacilityPage
from app.facilities.queries.filings import filings_of
from app.facilities.queries.listing import cards
from app.facilities.queries.near import around
from app.facilities.queries.observed import fields_of, rows
from app.facilities.queries.supply import takes_children
from app.facilities.rules.near import Anchor
from app.facilities.rules.opening import clock_text, parse_opening

if TYPE_CHECKING:
    from collections.abc import Sequence

NEARBY = 3
NEARBY_KM = 3.0


def facility_page(identity: str, today: date) -> FacilityPage | None:
    """Return the page of a facility, or None if there is none of that id."""
    row = db.session.get(Facility, identity) if is_id(identity) else None
    if row is None:
        return None
    fields = fields_of([identity], today)[identity]
    card = cards([identity], today, None, {}, ())[0]
    opening = fields["opening"].value
    return FacilityPage(
        card=card,
        fields=fields,
        opening=tuple(
            (hours.weekday, clock_text(hours.opens), clock_text(hours.closes))
            for hours in (parse_opening(opening).week if opening else ())
        ),
        fees=rows(fields["fees"]),
        care=rows(fields["care"]),
        bands=rows(fields["bands"]),
        records=tuple(sorted(rows(fields["records"]), key=lambda row: row["issued_on"] or "", reverse=True)),
        history=tuple(sorted(rows(fields["history"]), key=lambda row: row["on"] or "", reverse=True)),
        filing=filings_of([identity]).get(identity),
        branches=_branches(row, today),
        nearby=_nearby(row, today),
    )


def _branches(row: Facility, today: date) -> tuple[Any, ...]:
    if not row.credit_code:
        return ()
    query = select(Facility.id).where(Facility.credit_code == row.credit_code, Facility.id != row.id)
    return tuple(
        cards(list(db.session.scalars(query.order_by(Facility.sort_key, Facility.id))), today, None, {}, ())
    )


def _nearby(row: Facility, today: date) -> tuple[Any, ...]:
    """Return the closest filed places that are open, by distance if it is known, else in the township."""
    if row.lat is not None and row.lon is not None:
        here = Anchor(0, "", Point(row.lat, row.lon))
        close = around([here], NEARBY_KM)
        ids: Sequence[str] = sorted(close.keys() - {row.id}, key=lambda each: (close[each], each))[
            : NEARBY * 3
        ]
        filed = set(
            db.session.scalars(
                select(Facility.id).where(
                    Facility.id.in_(ids), Facility.status == "filed", takes_children(today)
                )
            )
        )
        return tuple(cards([each for each in ids if each in filed][:NEARBY], today, close, {}, ()))
    if row.township_code is None:
        return ()
    query = select(Facility.id).where(
        Facility.township_code == row.township_code,
        Facility.status == "filed",
        takes_children(today),
        Facility.id != row.id,
    )
    chosen = db.session.scalars(query.order_by(Facility.sort_key, Facility.id).limit(NEARBY))
    return tuple(cards(list(chosen), today, None, {}, ()))


@remembered
def newest_snapshot() -> date | None:
    """Return the day of the newest register snapshot."""
    return db.session.scalar(select(Snapshot.taken_on).order_by(Snapshot.taken_on.desc()).limit(1))


def newest_fact() -> date | None:
    """Return the day of the newest fact about any facility."""
    return db.session.scalar(select(func.max(Facility.updated_on)))


def by_code(code: str, today: date) -> tuple[Any, ...]:
    """Return the facilities filed under a credit code."""
    query = select(Facility.id).where(Facility.credit_code == code)
    return tuple(
        cards(list(db.session.scalars(query.order_by(Facility.sort_key, Facility.id))), today, None, {}, ())
    )


def exists(identity: str) -> bool:
    """Tell whether there is a facility of that id."""
    query = select(Facility.id).where(Facility.id == identity)
    return is_id(identity) and db.session.scalar(query) is not None
