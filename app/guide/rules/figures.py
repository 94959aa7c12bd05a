"""Figures of the ledger as readers of a language write them: the number; its unit's word is a label."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from babel import Locale
from babel.numbers import format_decimal

_DASH: Final = {"zh": "—", "ja": "～"}
"""What stands between the ends of a range; an en dash elsewhere."""

_MYRIAD: Final = Decimal(10_000)
_PARTS: Final = {Decimal("0.25"): "¼", Decimal("0.5"): "½", Decimal("0.75"): "¾"}
_MEASURED_BY_EYE: Final = frozenset({"bowl", "spoon"})
"""Units whose parts are said as halves and quarters: nobody fills 0.5 of a bowl."""


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
    """Return the parts of a figure in a language. Raises `ValueError` for one that states no number."""
    if figure.low is None:
        raise ValueError("A claim has no figure.")
    ends = [end for end in (figure.low, figure.high) if end is not None]
    number = _DASH.get(locale.language, "–").join(
        _PARTS[end] if figure.unit in _MEASURED_BY_EYE and end in _PARTS else _number(end, locale)
        for end in ends
    )
    return Parts(number, figure.unit, figure.plural)


def _number(value: Decimal, locale: Locale) -> str:
    """Write a number with all its decimals. Chinese counts in 万 where that comes out even: 665.7万."""
    chinese = locale.language == "zh"
    if chinese and value >= _MYRIAD and not value % (_MYRIAD / 100):
        return f"{_number(value / _MYRIAD, locale)}万"
    return str(format_decimal(value, locale=locale, decimal_quantization=False, group_separator=not chinese))


def figure_of(low: str | None, high: str | None, unit: str) -> Figure:
    """Return the figure of a row of the ledger."""
    return Figure(Decimal(low) if low else None, Decimal(high) if high else None, unit)
