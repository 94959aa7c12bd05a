"""What is typed into a search box without being a text: the id of a facility, or its telephone number."""

import re
import unicodedata
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select

from app.extensions import db
from app.facilities.model import Facility
from app.facilities.queries.cards import FacilityCard
from app.facilities.queries.listing import cards
from app.facilities.queries.pages import exists
from app.facilities.rules.chosen import read_id

_PHONE = re.compile(r"(?:(?:\+|00)86)?(\d{7,12})")
_BETWEEN = re.compile(r"[\s()./–—-]")
_WITHOUT_AREA = range(7, 9)
"""Digits of a number that is dialled within its city."""
_MOST = 10


def by_id(typed: str) -> str | None:
    """Return the id that was typed, if there is such a facility."""
    identity = read_id(typed)
    return identity if identity is not None and exists(identity) else None


def by_phone(typed: str, today: date) -> list[FacilityCard]:
    """Return the facilities whose published telephone number was typed, with or without its area code."""
    found = _PHONE.fullmatch(_BETWEEN.sub("", unicodedata.normalize("NFKC", typed)))
    if found is None:
        return []
    number = found[1]
    digits: ColumnElement[str] = func.coalesce(Facility.phone, "")
    for sign in " -–—()/.":
        digits = func.replace(digits, sign, "")
    same = [digits == each for each in (number, "0" + number, "86" + number, "+86" + number)]
    if len(number) in _WITHOUT_AREA:
        same.append(digits.like(f"0%{number}"))
    query = (
        select(Facility.id)
        .where(Facility.phone.is_not(None), or_(*same))
        .order_by(Facility.sort_key, Facility.id)
    )
    return cards(db.session.scalars(query.limit(_MOST)).all(), today, None, {}, ())
