"""Whether a place's care fees keep to the price caps of its area, care type by care type."""

from dataclasses import dataclass
from datetime import date

from app.areas import queries as areas
from app.extensions import db
from app.facilities.model import Facility
from app.facilities.queries.cards import FacilityCard
from app.facilities.rules.caps import Cap, State, check
from app.facilities.rules.fees import Offer
from app.facilities.rules.pattern import Month, Pattern


@dataclass(frozen=True, slots=True)
class Checked:
    """What is to be said of one care type: by which cap, and how much it allows (fen; None: no data)."""

    care: str
    state: State
    limit: int | None
    cap: areas.CapCard


def checked(identity: str, offer: Offer, pattern: Pattern, month: Month, today: date) -> tuple[Checked, ...]:
    """Hold the care fees in force for this child against the caps that bind the place on that day."""
    row = db.session.get(Facility, identity)
    if row is None:
        return ()
    binding = [
        (cap, held)
        for cap in areas.caps(row.township_code or row.area_code, today)
        if (held := _cap(cap)).binds(row.form, row.inclusive) and held.in_force(month.on)
    ]
    found = []
    for care in offer.rows if binding else ():
        fees = [
            fee
            for fee in offer.fees
            if fee.in_force(month.on) and fee.meant_for(care.care, pattern.age) and fee.care == care.care
        ]
        verdict = check([held for _card, held in binding], fees, pattern.age)
        if verdict is not None:
            card, held = binding[verdict[1]]
            found.append(Checked(care.care, verdict[0], held.limit, card))
    return tuple(found)


def caps_for(card: FacilityCard, today: date) -> tuple[areas.CapCard, ...]:
    """Return the price caps in force that bind a place, whatever it has reported."""
    return tuple(
        cap
        for cap in areas.caps(card.township or card.area, today)
        if (held := _cap(cap)).binds(card.form, card.inclusive) and held.in_force(today)
    )


def _cap(card: areas.CapCard) -> Cap:
    return Cap(
        card.scope,
        card.care,
        card.band,
        card.unit,
        card.amount_fen,
        card.percent,
        card.figure_fen,
        card.valid_from,
        card.valid_to,
    )
