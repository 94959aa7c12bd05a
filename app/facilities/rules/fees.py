"""What a place offers and asks for it: its care types and its price rows, as values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.facilities.rules.opening import Hours, parse_clock
from app.facilities.rules.pattern import day_mask
from app.facilities.rules.vocabulary import BAND_MONTHS, Band

ANY = "*"
_OLDEST = 36
"""Upper end, exclusive, where a care type states only the lower one."""


@dataclass(frozen=True, slots=True)
class CareRow:
    """One type of care. None is everywhere *not reported*."""

    care: str
    days: int | None = None
    """Bit mask of weekdays."""
    opens: int | None = None
    closes: int | None = None
    min_age: int | None = None
    max_age: int | None = None

    @property
    def span(self) -> int | None:
        """Return the minutes a child can stay, or None if a time is not reported."""
        return None if self.opens is None or self.closes is None else self.closes - self.opens

    def takes(self, age: int | None) -> bool:
        """Tell whether a child of this age may come; an age not asked or not reported excludes nobody."""
        if age is None or self.min_age is None:
            return True
        return self.min_age <= age < (_OLDEST if self.max_age is None else self.max_age)


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One published price. `care` and `band` are codes or `*`; amounts are fen, equal unless a range."""

    care: str
    band: str
    component: str
    unit: str
    low: int
    high: int
    voluntary: bool = False
    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, on: date) -> bool:
        """Tell whether the price holds on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )

    def meant_for(self, care: str, age: int | None) -> bool:
        """Tell whether it is a price of this care type for a child of this age; None: for any child."""
        if self.care not in {care, ANY}:
            return False
        if age is None or self.band == ANY:
            return True
        low, high = BAND_MONTHS[Band(self.band)]
        return low <= age < high


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything about a place that decides what care costs there.

    `care` None: it has not reported its care types, and those it names a price for stand in for them.
    `week` is when the place opens, by weekday; None: not reported.
    """

    care: tuple[CareRow, ...] | None
    fees: tuple[FeeRow, ...]
    week: tuple[Hours, ...] | None = None

    @property
    def days(self) -> int | None:
        """Return the bit mask of the weekdays the place opens; None: not reported."""
        return None if self.week is None else sum(1 << (hours.weekday - 1) for hours in self.week)

    @property
    def rows(self) -> tuple[CareRow, ...]:
        """Return the care types, those known from a price alone where nothing else was reported."""
        if self.care is not None:
            return self.care
        priced = dict.fromkeys(fee.care for fee in self.fees if fee.component == "care" and fee.care != ANY)
        return tuple(CareRow(care) for care in priced)


def read_care(rows: Iterable[Mapping[str, Any]] | None) -> tuple[CareRow, ...] | None:
    """Return care types from their stored rows."""
    if rows is None:
        return None
    return tuple(
        CareRow(
            row["care"],
            day_mask(row.get("days")),
            parse_clock(row.get("opens") or ""),
            parse_clock(row.get("closes") or ""),
            row.get("min_age"),
            row.get("max_age"),
        )
        for row in rows
    )


def read_fees(rows: Iterable[Mapping[str, Any]] | None) -> tuple[FeeRow, ...]:
    """Return prices from their stored rows."""
    return tuple(
        FeeRow(
            row["care"],
            row["band"],
            row["component"],
            row["unit"],
            row["min_fen"],
            row["max_fen"],
            bool(row.get("voluntary")),
            _day(row.get("valid_from")),
            _day(row.get("valid_to")),
        )
        for row in rows or ()
    )


def _day(value: str | date | None) -> date | None:
    if isinstance(value, date):
        return value
    return date.fromisoformat(value) if value else None
