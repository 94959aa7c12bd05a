"""Figures of the ledger as readers of a language write them: the number; its unit's word is a label."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from babel import Locale
from babel.numbers import format_decimal

from app.guide.rules.vocabulary import UNITS

_DASH: Final = {"zh": "—", "ja": "～"}
"""What stands between the ends of a range; an en dash elsewhere."""

_MYRIAD: Final = Decimal(10_000)
_PARTS: Final = {Decimal("0.25"): "¼", Decimal("0.5"): "½", Decimal("0.75"): "¾"}
_MEASURED_BY_EYE: Final = frozenset({"bowl", "spoon"})
"""Units whose parts are said as halves and quarters: nobody fills 0.5 of a bowl."""
_WRITTEN: Final = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
"""A figure as the ledger writes it: digits and a decimal point, no sign, no exponent, no grouping."""
UNKNOWN: Final = "?"
"""What stands where a stored figure cannot be read: nobody takes it for a number."""
_MOST: Final[Mapping[str, int]] = {
    "month": 240, "week": 520, "day": 3660, "working-day": 1000, "hour": 8784, "minute": 1440, "second": 3600,
    "year": 100, "age": 100, "degree": 100, "percent": 1000, "permille": 1000, "gram": 50_000,
    "kilogram": 500, "millilitre": 10_000, "litre": 1000, "microgram": 100_000, "milligram": 100_000,
    "iu": 100_000, "breath": 200, "metre": 100_000, "centimetre": 10_000, "square-metre": 100_000,
    "spoon": 50, "bowl": 50, "meal": 20, "feed": 30, "dose": 100, "tooth": 40, "try": 100, "group": 100,
    "floor": 200, "time": 1000, "word": 10_000,
}  # fmt: skip
"""The largest figure that a unit is believed; whatever is above is a slip of the pen."""
_MOST_OF_ALL: Final = 10**11
"""For yuan, people, places and bare numbers: sums and counts of a whole country."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a fact states: a number, or a range with both ends; `unit` is a code of the vocabulary or ""."""

    low: Decimal | None
    high: Decimal | None = None
    unit: str = ""

    @property
    def plural(self) -> int:
        """Return the whole number by which the unit's word is chosen: 1 only for exactly one."""
        number = self.high if self.high is not None else self.low
        if number is not None and self.unit in _MEASURED_BY_EYE and number < 1:
            return 1
        return int(number) if number is not None and number == number.to_integral_value() else 2

    def __bool__(self) -> bool:
        return self.low is not None


@dataclass(frozen=True, slots=True)
class Parts:
    """A figure ready to be said: its number as text, its unit and the number that chooses the unit's form."""

    number: str
    unit: str
    plural: int


def parts(figure: Figure, locale: Locale) -> Parts:
    """Return the parts of a figure in a language; one that states no number is `UNKNOWN`, without a unit."""
    if figure.low is None:
        return Parts(UNKNOWN, "", 0)
    ends = [end for end in (figure.low, figure.high) if end is not None]
    number = _DASH.get(locale.language, "–").join(
        _PARTS[end] if figure.unit in _MEASURED_BY_EYE and end in _PARTS else _number(end, locale)
        for end in ends
    )
    return Parts(number, figure.unit if figure.unit in UNITS else "", figure.plural)


def _number(value: Decimal, locale: Locale) -> str:
    """Write a number with all its decimals. Chinese counts in 万 where that comes out even: 665.7万."""
    chinese = locale.language == "zh"
    if chinese and value >= _MYRIAD and not value % (_MYRIAD / 100):
        return f"{_number(value / _MYRIAD, locale)}万"
    return str(format_decimal(value, locale=locale, decimal_quantization=False, group_separator=not chinese))


def figure_of(low: str | None, high: str | None, unit: str) -> Figure:
    """Return the figure of a row of the ledger; ends that cannot be read are none. Never raises."""
    lowest, highest = number_of(low), number_of(high)
    if lowest is None or (high and highest is None):
        return Figure(None, None, unit)
    return Figure(lowest, highest, unit)


def number_of(text: str | None) -> Decimal | None:
    """Return a number as the ledger writes it; None for anything else, such as -30, 1e999 or NaN."""
    return Decimal(text) if text and _WRITTEN.fullmatch(text) else None


def most(unit: str) -> int:
    """Return the largest figure that a unit is believed."""
    return _MOST.get(unit, _MOST_OF_ALL)
