"""Saying that places are free: for a day, which ends by itself, or in a class, which is an observation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import delete, select

from app.accounts.queries import Staff
from app.accounts.rules import Action, Target, may
from app.areas import queries as areas
from app.core import audit, clock
from app.core.db import touch_data
from app.extensions import db
from app.facilities.model import Facility, Slot
from app.facilities.queries.observed import fields_of
from app.facilities.queries.proposals import target_of
from app.facilities.rules.entering import write_entered
from app.facilities.rules.proposals import applied
from app.facilities.rules.slots import Said, expires
from app.facilities.rules.vocabulary import TAKING_CHILDREN, Band
from app.facilities.service.recording import Statement, put_source, record

_KINDS: Mapping[Said, str] = {Said.PROVIDER: "provider", Said.PHONE: "provider", Said.WORKER: "township"}
_NAMES: Mapping[Said, Mapping[str, str]] = {
    Said.PROVIDER: {
        "zh-Hans": "机构自行确认",
        "ug": "ئورۇن ئۆزى جەزملەشتۈرگەن",
        "en": "Confirmed by the facility",
    },
    Said.PHONE: {
        "zh-Hans": "机构电话告知，工作人员记录",
        "ug": "ئورۇن تېلېفوندا ئېيتقان، خادىم خاتىرىلىگەن",
        "en": "Told by the facility by telephone, written down by staff",
    },
    Said.WORKER: {
        "zh-Hans": "工作人员到访所见",
        "ug": "خادىم بېرىپ كۆرگەن",
        "en": "Seen by staff on a visit",
    },
}


class No(StrEnum):
    """Why a place cannot be offered."""

    OVER = "over"
    """The hours are past."""
    CLOSED = "closed"
    """The facility may not take children now."""
    MORE = "more"
    """More places free than the class has."""


class NotOffered(Exception):  # noqa: N818 - nobody made an error
    """Nothing was written; `why` says what is in the way."""

    def __init__(self, why: No) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Offer:
    """Places free on a day. `band` `*`: any age. Hours in minutes after midnight, None: as usual."""

    facility: str
    on: date
    band: str
    places: int
    opens: int | None
    closes: int | None
    said: Said


def offer(wanted: Offer, staff: Staff) -> None:
    """Confirm places free on a day, in place of what was said of that day and class. Commits.

    Raises `NotOffered`.
    """
    facility = _taking(wanted.facility, wanted.on)
    now = clock.now()
    ends = expires(wanted.on, wanted.closes, now)
    if ends is None:
        raise NotOffered(No.OVER)
    same = (Slot.facility == facility.id, Slot.on == wanted.on, Slot.band == wanted.band)
    db.session.execute(delete(Slot).where(*same))
    db.session.add(
        Slot(
            facility=facility.id,
            on=wanted.on,
            band=wanted.band,
            places=wanted.places,
            opens=wanted.opens,
            closes=wanted.closes,
            said_by=wanted.said.value,
            confirmed_by=staff.id,
            confirmed_at=now,
            expires_at=ends,
        )
    )
    _done("slot.offered", facility, {"on": wanted.on.isoformat(), "places": wanted.places})


def withdraw(facility: str, slot: int) -> None:
    """Take an offer back at once, if it is still there. Commits."""
    held = _locked(facility)
    db.session.execute(delete(Slot).where(Slot.id == slot, Slot.facility == facility))
    _done("slot.withdrawn", held, {"slot": slot})


def set_vacancies(facility: str, band: Band, vacancies: int, said: Said, staff: Staff) -> None:
    """Record how many places of a class are free today. Commits. Raises `NotOffered`."""
    today = clock.today()
    held = _taking(facility, today)
    bands = fields_of([facility], today)[facility]["bands"].value or []
    places = next((row.get("places") for row in bands if row["band"] == band), None)
    if places is not None and vacancies > places:
        raise NotOffered(No.MORE)
    row = {"band": band.value, "vacancies": vacancies, "as_of": today.isoformat(), "said_by": said.value}
    place = areas.place_of(held.area_code)
    key = f"{place.area if place else held.area_code}:said-{said}"
    put_source(key, _KINDS[said], _NAMES[said], None)
    told = (("bands", applied("bands", bands, {"row": row}), today, key),)
    statement = Statement(held.id, held.area_code, told, pack=held.pack, zoning=held.zoning)
    record([statement], now=clock.now(), by=_entered(staff, target_of(held)))
    _done("vacancies.set", held, {"band": band.value, "vacancies": vacancies})


def forget_expired() -> int:
    """Erase offers that are over. Commits and returns how many."""
    done = db.session.execute(delete(Slot).where(Slot.expires_at <= clock.now()))
    db.session.commit()
    return int(done.rowcount)  # type: ignore[attr-defined]  # a delete has one


def _locked(identity: str) -> Facility:
    """Return a facility; what is said of it is written one after the other."""
    query = select(Facility).where(Facility.id == identity).with_for_update()
    return db.session.scalars(query).one()


def _taking(identity: str, on: date) -> Facility:
    """Return a facility, locked, that takes children on a day. Raises `NotOffered`."""
    found = _locked(identity)
    if found.status not in TAKING_CHILDREN or (found.opens_on and found.opens_on > on):
        raise NotOffered(No.CLOSED)
    return found


def _done(what: str, facility: Facility, data: Mapping[str, object]) -> None:
    touch_data(texts=False)
    audit.record(what, subject=facility.id, data=data)
    db.session.commit()


def _entered(staff: Staff, target: Target) -> str:
    """Return the role that lets somebody say so, and its office: never who they are."""
    grants = (each for each in staff.grants if may([each], Action.FACILITY_SLOTS, target))
    grant = next(grants, staff.grants[0])
    return write_entered(grant.role, grant.unit or grant.area)
