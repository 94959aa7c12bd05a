"""What a column of a ledger may say: the names that profiles use for our fields. Pure data."""

from collections.abc import Mapping
from enum import StrEnum

from app.facilities.rules.vocabulary import (
    Band,
    Care,
    CarerLanguage,
    Component,
    Food,
    Form,
    Kind,
    Need,
    Status,
    Unit,
)


class Type(StrEnum):
    """How a cell is read."""

    TEXT = "text"
    LIST = "list"
    CODE = "code"
    WHOLE = "whole"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    AGE = "age"
    AGES = "ages"
    CLOCK = "clock"
    OPENING = "opening"
    FLAG = "flag"
    ONE = "one"
    SEVERAL = "several"
    POINT = "point"


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

SIMPLE: Mapping[str, Type] = {
    "key": Type.TEXT,
    "id": Type.CODE,
    "name": Type.TEXT,
    "name_ug": Type.TEXT,
    "name_en": Type.TEXT,
    "aliases": Type.LIST,
    "credit_code": Type.CODE,
    "form": Type.ONE,
    "kind": Type.ONE,
    "status": Type.ONE,
    "filing_number": Type.TEXT,
    "filed_on": Type.DAY,
    "opens_on": Type.DAY,
    "county": Type.TEXT,
    "zoning": Type.CODE,
    "township": Type.TEXT,
    "address": Type.TEXT,
    "lat": Type.NUMBER,
    "lon": Type.NUMBER,
    "lat_lon": Type.POINT,
    "lon_lat": Type.POINT,
    "phone": Type.TEXT,
    "opening": Type.OPENING,
    "opens": Type.CLOCK,
    "closes": Type.CLOCK,
    **dict.fromkeys(WEEKDAYS, Type.OPENING),
    "holidays": Type.ONE,
    "inclusive": Type.FLAG,
    "demonstration": Type.FLAG,
    "food": Type.SEVERAL,
    "languages": Type.SEVERAL,
    "needs": Type.SEVERAL,
    "outdoor_m2": Type.WHOLE,
    "indoor_m2": Type.WHOLE,
    "care": Type.SEVERAL,
    "observed_on": Type.DAY,
}
"""Fields with one value for a facility. `key` names a row for ever (a number of the county's own)."""

PARTS: Mapping[str, Mapping[str, Type]] = {
    "care": {
        "care": Type.ONE,
        "days": Type.TEXT,
        "opens": Type.CLOCK,
        "closes": Type.CLOCK,
        "hours": Type.OPENING,
        "min_age": Type.AGE,
        "max_age": Type.AGE,
        "ages": Type.AGES,
        "notice_hours": Type.WHOLE,
    },
    "fee": {
        "care": Type.ONE,
        "band": Type.ONE,
        "component": Type.ONE,
        "unit": Type.ONE,
        "amount": Type.MONEY,
        "min": Type.MONEY,
        "max": Type.MONEY,
        "voluntary": Type.FLAG,
        "refund": Type.TEXT,
        "valid_from": Type.DAY,
        "valid_to": Type.DAY,
    },
    "band": {
        "band": Type.ONE,
        "places": Type.WHOLE,
        "vacancies": Type.WHOLE,
        "enrolled": Type.WHOLE,
        "class_size": Type.WHOLE,
        "children_per_carer": Type.WHOLE,
        "as_of": Type.DAY,
    },
    "record": {
        "kind": Type.ONE,
        "type": Type.TEXT,
        "result": Type.TEXT,
        "body": Type.TEXT,
        "number": Type.TEXT,
        "issued_on": Type.DAY,
        "valid_until": Type.DAY,
    },
}
"""Fields with rows of their own: written `fee.amount`, `band.places` …"""

SLOTS: Mapping[str, tuple[str, ...]] = {
    "care": ("care",),
    "fee": ("care", "band", "component", "unit"),
    "band": ("band",),
    "record": ("kind", "type"),
}
"""What tells the rows of a field apart: fixed by a column (`care = "full-day"`) or said by another."""

DEFAULTS: Mapping[str, Mapping[str, str]] = {
    "fee": {"care": "*", "band": "*", "component": "care"},
    "record": {"type": ""},
}

HOLIDAYS = frozenset({"closed", "open", "on-request"})
RECORDS = frozenset({"assessment", "inspection", "rectification", "permit"})


def _codes(kind: type[StrEnum], *more: str) -> frozenset[str]:
    return frozenset([*(each.value for each in kind), *more])


CODES: Mapping[str, frozenset[str]] = {
    "form": _codes(Form),
    "kind": _codes(Kind),
    "status": _codes(Status),
    "holidays": HOLIDAYS,
    "food": _codes(Food),
    "languages": _codes(CarerLanguage),
    "needs": _codes(Need),
    "care": _codes(Care),
    "care.care": _codes(Care),
    "fee.care": _codes(Care, "*"),
    "fee.band": _codes(Band, "*"),
    "fee.component": _codes(Component),
    "fee.unit": _codes(Unit),
    "band.band": _codes(Band),
    "record.kind": RECORDS,
}
"""Closed lists. A profile's value maps end in one of these codes, or in `-`: read over."""

FIELDS: Mapping[str, Type] = {
    **SIMPLE,
    **{f"{group}.{part}": kind for group, parts in PARTS.items() for part, kind in parts.items()},
}
