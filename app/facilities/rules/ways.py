"""Ways to pay: what one published price comes to in a month.

`attended`, `weeks` and `billed hours` are those of `rules.pattern`.

- month × 1; half-month × 2; week × weeks; day × days attended; hour × billed hours; year ÷ 12.
- half-day × days attended while the hours fit a half day of the place (four hours if it names none), else
  twice that.
- session × days attended. For care its length is not known, so the total is *at least* that, and a session
  counts only where no other price does.
- term: how long a term is, is not reported; the part is named as missing.
- once: shown apart, never in the total, unless the family asks for a twelfth a month.

Of several prices in one unit the lowest and the highest make a range. A price for the care type or the class
stands before one for all. Of several units the cheapest way to pay counts. Amounts are whole fen, divisions
rounded half up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.facilities.rules.fees import ANY, FeeRow
from app.facilities.rules.pattern import Month, Pattern
from app.facilities.rules.vocabulary import Component, Unit

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the arithmetic, in fen: a price (or a range) × `times` ÷ `divisor` = an amount."""

    component: str
    unit: str
    prices: tuple[tuple[int, int], ...]
    """Every price that was published for this, as (lowest, highest)."""
    times: int
    divisor: int
    low: int
    high: int
    voluntary: bool = False
    rows: tuple[FeeRow, ...] = field(default=(), compare=False)
    """The published prices it was reckoned from."""


class Gap(NamedTuple):
    """A part that is not known: `not-reported`, `term-length` or `session-length`, and of which component.

    Where the price of a term is known, `low` and `high` are its fen.
    """

    reason: str
    component: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways to pay for one component, the one that counts first; what is paid once; what is not known."""

    lines: tuple[Line, ...] = ()
    once: tuple[Line, ...] = ()
    unknown: tuple[Line, ...] = ()
    gaps: tuple[Gap, ...] = ()


class Count(NamedTuple):
    """How often each unit is paid in the month."""

    pattern: Pattern
    month: Month
    half_day: int
    """Minutes of a half day of the place."""

    def of(self, unit: str) -> tuple[int, int]:
        """Return the multiplier and the divisor of a unit."""
        pattern = self.pattern
        attended = self.month.attended(pattern.days)
        match unit:
            case Unit.HALF_MONTH:
                times = 2
            case Unit.WEEK:
                times = self.month.weeks(pattern.days)
            case Unit.DAY | Unit.SESSION:
                times = attended
            case Unit.HALF_DAY:
                times = attended if pattern.minutes <= self.half_day else 2 * attended
            case Unit.HOUR:
                times = attended * pattern.billed_hours
            case _:
                times = 1
        return times, MONTHS_OF_A_YEAR if unit == Unit.YEAR else 1


def ways(component: str, fees: Sequence[FeeRow], count: Count) -> Ways:
    """Return the ways to pay for a component, given its prices for this care type and child."""
    sure: list[Line] = []
    vague: list[Line] = []
    unknown: list[Line] = []
    once: list[Line] = []
    for unit in dict.fromkeys(fee.unit for fee in fees):
        same = _closest([fee for fee in fees if fee.unit == unit], count.pattern.age)
        line = priced(component, unit, same, count.of(unit))
        if unit == Unit.ONCE:
            once.append(line)
        elif unit == Unit.TERM:
            unknown.append(line)
        elif unit == Unit.SESSION and component == Component.CARE:
            vague.append(line)
        else:
            sure.append(line)
    gap: tuple[Gap, ...] = ()
    if not sure and vague:
        gap = (Gap("session-length", component),)
    elif not sure and unknown:
        gap = (Gap("term-length", component, unknown[0].low, unknown[0].high),)
    found = (*sorted(sure, key=lambda line: (line.low, line.high)), *vague)
    return Ways(found, tuple(once), tuple(unknown), gap)


def _closest(fees: Sequence[FeeRow], age: int | None) -> Sequence[FeeRow]:
    """Keep the prices for the care type and the class; those for all where there is none.

    Where the age is not known every class counts.
    """
    own = [fee for fee in fees if fee.care != ANY] or fees
    return own if age is None else [fee for fee in own if fee.band != ANY] or own


def priced(component: str, unit: str, rows: Sequence[FeeRow], count: tuple[int, int]) -> Line:
    """Return the line of some prices in one unit; `count` is their multiplier and divisor."""
    prices = tuple(dict.fromkeys((row.low, row.high) for row in rows))
    low, high = min(row.low for row in rows), max(row.high for row in rows)
    times, divisor = count
    amounts = (_divided(low * times, divisor), _divided(high * times, divisor))
    voluntary = all(row.voluntary for row in rows)
    return Line(component, unit, prices, times, divisor, *amounts, voluntary, tuple(rows))


def _divided(fen: int, divisor: int) -> int:
    return (2 * fen + divisor) // (2 * divisor)
