"""Reading single values out of an address; whatever cannot be understood is kept as a problem."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation, Overflow
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from flask_babel import gettext as _

from app.facilities.rules.criteria import MAX_RADIUS_KM, RADIUS_KM
from app.facilities.rules.opening import parse_clock
from app.facilities.rules.pattern import MOST_MINUTES, STEP_MINUTES

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

T = TypeVar("T")

_WEEKDAYS = frozenset("1234567")
_MAX_YUAN = 1_000_000
_YEARS = range(1900, 2100)
"""Years that a month may lie in."""
LONGEST_TEXT = 100
"""Characters of a text search."""


def printable(text: str) -> str:
    """Return a text without control characters and unpaired surrogates, which no page may show."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one part of a question, in the reader's language."""

    field: str
    sentence: str


class Reader:
    """Reads values out of an address and keeps every problem."""

    def __init__(self, args: "MultiDict[str, str]") -> None:
        self.args = args
        self.problems: list[Problem] = []

    def bad(self, field: str, sentence: str) -> None:
        """Keep a problem."""
        self.problems.append(Problem(field, sentence))

    def one(self, field: str) -> str:
        """Return the only value of a parameter; empty if there is none."""
        values = {printable(value).strip() for value in self.args.getlist(field)} - {""}
        if len(values) > 1:
            self.bad(
                field, _("This part of the question was given twice with different values. Keep one of them.")
            )
            return ""
        return next(iter(values), "")

    def text(self, field: str) -> str:
        """Return a text of bearable length."""
        text = self.one(field)
        if len(text) > LONGEST_TEXT:
            self.bad(field, _("Type at most %(count)s characters.", count=LONGEST_TEXT))
        return text[:LONGEST_TEXT]

    def codes(self, field: str, kind: type[StrEnum]) -> tuple[str, ...]:
        """Return the codes of a closed list, in its order."""
        allowed = [value.value for value in kind]
        chosen = {printable(value).strip() for value in self.args.getlist(field)} - {""}
        wrong = sorted(value for value in chosen if value not in allowed)
        if wrong:
            self.bad(
                field,
                _(
                    "“%(value)s” is not one of the choices: %(choices)s.",
                    value=wrong[0][:40],
                    choices=", ".join(allowed),
                ),
            )
        return tuple(value for value in allowed if value in chosen)

    def whole(self, field: str, low: int, high: int) -> int | None:
        """Return a whole number within limits."""
        text = self.one(field)
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) <= 10 and low <= int(text) <= high:  # noqa: PLR2004 - fits 10⁹
            return int(text)
        self.bad(
            field,
            _(
                "“%(value)s” is not a whole number from %(low)s to %(high)s.",
                value=text[:40],
                low=low,
                high=high,
            ),
        )
        return None

    def choice(self, field: str, choices: Mapping[str, T]) -> T | None:
        """Return what one of a few words stands for."""
        text = self.one(field)
        if not text:
            return None
        if text not in choices:
            self.bad(
                field,
                _(
                    "“%(value)s” is not one of the choices: %(choices)s.",
                    value=text[:40],
                    choices=", ".join(choices),
                ),
            )
        return choices.get(text)

    def yuan(self, field: str) -> int | None:
        """Return an amount in yuan as fen."""
        text = self.one(field)
        if not text:
            return None
        try:
            amount = Decimal(text)
        except InvalidOperation:
            amount = Decimal(-1)
        if (
            amount.is_finite()
            and 0 <= amount <= _MAX_YUAN
            and amount * 100 == (amount * 100).to_integral_value()
        ):
            return int(amount * 100)
        self.bad(field, _("“%(value)s” is not an amount in yuan, such as 1500.", value=text[:40]))
        return None

    def clock(self, field: str) -> int | None:
        """Return a time of day in minutes."""
        text = self.one(field)
        if not text:
            return None
        minutes = parse_clock(text)
        if minutes is None:
            self.bad(field, _("“%(value)s” is not a time of day, such as 07:30.", value=text[:40]))
        return minutes

    def hours(self, field: str) -> int | None:
        """Return the hours of a day as minutes; half hours are the smallest step."""
        text = self.one(field)
        if not text:
            return None
        try:
            minutes = Decimal(text) * 60
        except (InvalidOperation, Overflow):
            minutes = Decimal("NaN")
        if minutes.is_finite() and STEP_MINUTES <= minutes <= MOST_MINUTES and minutes % STEP_MINUTES == 0:
            return int(minutes)
        self.bad(
            field,
            _("“%(value)s” is not a number of hours from 0.5 to 24, in half hours.", value=text[:40]),
        )
        return None

    def month(self, field: str) -> date | None:
        """Return the first day of a month."""
        text = self.one(field)
        if not text:
            return None
        try:
            first = date.fromisoformat(f"{text}-01")
        except ValueError:
            first = date.min
        if first.year in _YEARS:
            return first
        self.bad(field, _("“%(value)s” is not a month, such as 2027-03.", value=text[:40]))
        return None

    def days(self, field: str) -> tuple[int, ...]:
        """Return weekdays, Monday being 1."""
        chosen = {value.strip() for value in self.args.getlist(field)} - {""}
        if chosen - _WEEKDAYS:
            self.bad(field, _("Weekdays are numbers from 1 (Monday) to 7 (Sunday)."))
            return ()
        return tuple(sorted(int(value) for value in chosen))

    def distance(self, field: str) -> float:
        """Return a distance in kilometres."""
        text = self.one(field)
        if not text:
            return RADIUS_KM
        try:
            km = float(text)
        except ValueError:
            km = math.nan
        if 0 < km <= MAX_RADIUS_KM:
            return km
        self.bad(field, _("A distance is more than 0 and at most %(km)s km.", km=f"{MAX_RADIUS_KM:g}"))
        return RADIUS_KM
