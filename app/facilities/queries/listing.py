"""Cards of facilities, fetched for a whole list at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Row, Select, bindparam, select

from app.areas import queries as areas
from app.areas.rules import parents
from app.core import clock
from app.core.geo import Point
from app.core.remembered import remembered
from app.extensions import db
from app.facilities.model import FACILITY, FEE, Source
from app.facilities.queries.cards import FacilityCard, Price, SlotCard
from app.facilities.queries.found import other_name
from app.facilities.queries.offers import open_slots
from app.facilities.rules.slots import age
from app.facilities.rules.vocabulary import Care, unmask
from app.search.highlight import highlight

_PROVINCE_AND_PREFECTURE = 4
_COLUMNS: tuple[Any, ...] = (
    FACILITY.id, FACILITY.name, FACILITY.aliases, FACILITY.names, FACILITY.readings, FACILITY.area_code,
    FACILITY.township_code, FACILITY.kind, FACILITY.kind_inferred, FACILITY.form, FACILITY.status,
    FACILITY.filed_on, FACILITY.credit_code, FACILITY.address, FACILITY.lat, FACILITY.lon, FACILITY.precision,
    FACILITY.care_mask, FACILITY.age_mask, FACILITY.inclusive, FACILITY.band_mask,
    FACILITY.vacancy_known_mask, FACILITY.vacancy_yes_mask, FACILITY.vacancies_on, FACILITY.opens_on,
    FACILITY.updated_on, FACILITY.source, FACILITY.pack,
)  # fmt: skip
_FEES: tuple[Any, ...] = (
    FEE.facility, FEE.care, FEE.band, FEE.component, FEE.unit, FEE.min_fen, FEE.max_fen, FEE.voluntary,
    FEE.valid_from, FEE.valid_to,
)  # fmt: skip
_OF_THESE: BindParameter[Any] = bindparam("ids", expanding=True)
_FACILITIES: Select[Any] = select(*_COLUMNS).where(FACILITY.id.in_(_OF_THESE))
_THEIR_FEES: Select[Any] = select(*_FEES).where(FEE.facility.in_(_OF_THESE)).order_by(FEE.facility, FEE.id)
"""Put together once: that costs more than asking them."""


def cards(
    ids: Sequence[str],
    today: date | None,
    distances: Mapping[str, tuple[float, ...]] | None,
    marked: Mapping[str, tuple[str, ...]],
    terms: Sequence[Any],
) -> list[FacilityCard]:
    """Return the cards of these facilities in this order; `today` leaves out prices not in force."""
    if not ids:
        return []
    rows = {row.id: row for row in db.session.execute(_FACILITIES, {"ids": list(ids)})}
    prices = _prices(ids, today)
    offers = open_slots(ids, clock.now())
    fictional = frozenset(place.area for place in areas.places() if place.fictional)
    named = areas.areas(code for row in rows.values() for code in _trail(row))
    sources = _sources()
    found = [
        _card(
            row,
            prices.get(row.id, ()),
            named,
            sources,
            (distances or {}).get(row.id, ()),
            marked.get(row.id, ()),
            terms,
            fictional,
        )
        for each in ids
        if (row := rows.get(each)) is not None
    ]
    day = today or clock.today()
    return [_today(card, rows[card.id], day, offers.get(card.id, ())) for card in found]


@remembered
def _sources() -> dict[str, Mapping[str, str]]:
    return dict(db.session.execute(select(Source.key, Source.names)).all())


def _today(card: FacilityCard, row: Row[Any], today: date, slots: tuple[SlotCard, ...]) -> FacilityCard:
    """Add what depends on the day: how old a vacancy is, whether it has yet to open, places free now."""
    later = row.opens_on is not None and row.opens_on > today
    if not (row.vacancies_on or later or slots):
        return card
    return replace(
        card,
        vacancies_on=row.vacancies_on,
        vacancies_age=age(row.vacancies_on, today),
        opens_on=row.opens_on if later else None,
        slots=slots,
    )


def _trail(row: Row[Any]) -> list[str]:
    code = row.township_code or row.area_code
    return [each for each in (*parents(code), code) if len(each) > _PROVINCE_AND_PREFECTURE] or [code]


def _prices(ids: Iterable[str], today: date | None) -> dict[str, list[Price]]:
    found: dict[str, list[Price]] = {}
    for fee in db.session.execute(_THEIR_FEES, {"ids": list(ids)}):
        expired = today and fee.valid_to and fee.valid_to < today
        coming = today and fee.valid_from and fee.valid_from > today
        if expired or coming:
            continue
        found.setdefault(fee.facility, []).append(Price(*fee[1:]))
    return found


def _card(
    row: Row[Any],
    prices: Iterable[Price],
    named: Mapping[str, areas.AreaCard],
    sources: Mapping[str, Mapping[str, str]],
    kms: tuple[float, ...],
    unknown: tuple[str, ...],
    terms: Sequence[Any],
    fictional: frozenset[str],
) -> FacilityCard:
    point = Point(row.lat, row.lon) if row.lat is not None and row.lon is not None else None
    spoken, _bar, others = row.readings.partition("|")
    marks = highlight(row.name, terms, spoken) if terms else ()
    return FacilityCard(
        id=row.id,
        name=row.name,
        aliases=tuple(row.aliases),
        names=row.names,
        area=row.area_code,
        township=row.township_code,
        area_names=tuple(named[code].names for code in _trail(row) if code in named),
        kind=row.kind,
        kind_inferred=row.kind_inferred,
        form=row.form,
        status=row.status,
        filed_on=row.filed_on,
        credit_code=row.credit_code,
        address=row.address,
        point=point,
        precision=row.precision,
        care=unmask(Care, row.care_mask),
        ages=_ages(row.age_mask),
        prices=tuple(prices),
        inclusive=row.inclusive,
        vacancy=_vacancy(row),
        kms=kms,
        updated_on=row.updated_on,
        source=sources.get(row.source, {}),
        fictional=row.pack is not None and row.pack in fictional,
        unknown=unknown,
        highlights=tuple(marks),
        also=other_name(marks, row.aliases, lambda other: highlight(other, terms, others)) if terms else (),
    )


def _ages(bits: int | None) -> tuple[int, int] | None:
    """Return the youngest age and the end (exclusive) of the oldest, in months."""
    if not bits:
        return None
    return (bits & -bits).bit_length() - 1, bits.bit_length()


def _vacancy(row: Row[Any]) -> bool | None:
    if row.vacancy_yes_mask:
        return True
    return False if row.vacancy_known_mask and row.vacancy_known_mask == row.band_mask else None
