"""Everything one facility's page shows: each field with its source and day, the register's own words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from app.areas import queries as areas
from app.core.geo import Point
from app.extensions import db
from app.facilities.model import Facility, Filed, Observed, RegisterChange, Snapshot, Source
from app.facilities.queries.cards import FacilityPage, FilingCard, Known
from app.facilities.queries.listing import cards
from app.facilities.queries.predicates import distances
from app.facilities.rules.opening import clock_text, parse_opening
from app.facilities.rules.projection import FIELDS, STALE_DAYS, Observation, current

NEARBY = 3
NEARBY_KM = 3.0


def facility_page(identity: str, today: date) -> FacilityPage | None:
    """Return the page of a facility, or None if there is none of that id."""
    row = db.session.get(Facility, identity)
    if row is None:
        return None
    fields = _fields(identity, today)
    card = cards([identity], today, None, {}, ())[0]
    opening = fields["opening"].value
    return FacilityPage(
        card=card,
        fields=fields,
        opening=tuple(
            (hours.weekday, clock_text(hours.opens), clock_text(hours.closes))
            for hours in (parse_opening(opening).week if opening else ())
        ),
        fees=_rows(fields["fees"]),
        care=_rows(fields["care"]),
        bands=_rows(fields["bands"]),
        records=tuple(sorted(_rows(fields["records"]), key=lambda row: row["issued_on"] or "", reverse=True)),
        history=tuple(sorted(_rows(fields["history"]), key=lambda row: row["on"] or "", reverse=True)),
        filing=_filing(identity),
        branches=_branches(row, today),
        nearby=_nearby(row, today),
    )


def _rows(known: Known) -> tuple[Mapping[str, Any], ...]:
    return tuple(_dated(row) for row in known.value or ())


_DAYS = ("valid_from", "valid_to", "checked_on", "as_of", "issued_on", "valid_until", "on")


def _dated(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Turn the ISO days of a stored row into dates."""
    return {
        name: date.fromisoformat(value) if name in _DAYS and value else value for name, value in row.items()
    }


def _fields(identity: str, today: date) -> dict[str, Known]:
    sources = {row.key: row for row in db.session.scalars(select(Source))}
    rows = db.session.scalars(select(Observed).where(Observed.facility == identity).order_by(Observed.id))
    standing = current(
        Observation(row.field, row.value, row.source, sources[row.source].kind, row.observed_on, row.id)
        for row in rows
    )
    nothing = Known(None, {}, None, stale=False)
    return {
        field: _known(standing[field], sources, today) if field in standing else nothing for field in FIELDS
    }


def _known(held: Observation, sources: Mapping[str, Source], today: date) -> Known:
    age = (today - held.observed_on).days
    register = sources[held.source].kind in {"register", "inferred"}
    return Known(
        held.value,
        sources[held.source].names,
        held.observed_on,
        stale=age > STALE_DAYS and not register,
        inferred=held.source_kind == "inferred",
    )


def _filing(identity: str) -> FilingCard | None:
    row = db.session.scalar(select(Filed).where(Filed.facility == identity))
    if row is None:
        return None
    taken = {each.id: each.taken_on for each in db.session.scalars(select(Snapshot))}
    changes = db.session.scalars(
        select(RegisterChange).where(RegisterChange.facility == identity).order_by(RegisterChange.id.desc())
    )
    notes = areas.zoning_notes()
    return FilingCard(
        name=row.name,
        alias=row.alias,
        code_state=row.code_state,
        nature=row.nature,
        address=row.address,
        filed_on=row.filed_at.date() if row.filed_at else None,
        snapshot_on=taken[row.last_snapshot],
        gone_on=taken[row.gone_in] if row.gone_in else None,
        zoning_note=notes.get(row.zoning[:9]) or notes.get(row.zoning[:6]),
        changes=tuple((taken[each.snapshot], each.kind) for each in changes),
    )


def _branches(row: Facility, today: date) -> tuple[Any, ...]:
    if not row.credit_code:
        return ()
    query = select(Facility.id).where(Facility.credit_code == row.credit_code, Facility.id != row.id)
    return tuple(
        cards(list(db.session.scalars(query.order_by(Facility.sort_key, Facility.id))), today, None, {}, ())
    )


def _nearby(row: Facility, today: date) -> tuple[Any, ...]:
    """Return the closest filed places, by distance where it is known, else in the same township."""
    if row.lat is not None and row.lon is not None:
        around = distances(Point(row.lat, row.lon), NEARBY_KM)
        close = sorted((km, each) for each, km in around.items() if km <= NEARBY_KM and each != row.id)
        ids: Sequence[str] = [each for _, each in close[: NEARBY * 3]]
        filed = set(
            db.session.scalars(select(Facility.id).where(Facility.id.in_(ids), Facility.status == "filed"))
        )
        return tuple(cards([each for each in ids if each in filed][:NEARBY], today, around, {}, ()))
    if row.township_code is None:
        return ()
    query = select(Facility.id).where(
        Facility.township_code == row.township_code, Facility.status == "filed", Facility.id != row.id
    )
    chosen = db.session.scalars(query.order_by(Facility.sort_key, Facility.id).limit(NEARBY))
    return tuple(cards(list(chosen), today, None, {}, ()))


def newest_snapshot() -> date | None:
    """Return the day of the newest register snapshot."""
    return db.session.scalar(select(Snapshot.taken_on).order_by(Snapshot.taken_on.desc()).limit(1))


def by_code(code: str, today: date) -> tuple[Any, ...]:
    """Return the facilities filed under a credit code."""
    query = select(Facility.id).where(Facility.credit_code == code)
    return tuple(
        cards(list(db.session.scalars(query.order_by(Facility.sort_key, Facility.id))), today, None, {}, ())
    )


def exists(identity: str) -> bool:
    """Tell whether there is a facility of that id."""
    return db.session.scalar(select(Facility.id).where(Facility.id == identity)) is not None
