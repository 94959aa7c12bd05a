"""Where a child's measures stand among others of its age and sex, and which way they go.

Two standards. WS/T 423-2022 gives the values at −3 to +3 standard deviations, read by straight lines in
between. WHO (2006) gives L, M and S, from which z = ((y/M)^L - 1)/(L·S); beyond 3 the distance between the
second and the third line counts on (WHO Child Growth Standards, 2006, chapter 7: weight, weight for length,
body mass index).
"""

import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple, Protocol

DAYS_A_MONTH = 30.4375
STANDING_FROM = 731
"""Days of age from which children are measured standing."""
STANDING_SHORTER_CM = 0.7
IMPLAUSIBLE = 6
FULL_TERM, TERM_WEEKS = 40, 37
CORRECTED_UNTIL = 24
"""Months of age until which those born before `TERM_WEEKS` are counted from the day they were due."""
CHINA_UNTIL = 36
"""Months of age that the national tables shipped here are used for."""
LINES = (-3, -2, -1, 0, 1, 2, 3)
MOVED = 1.0
"""A change of so many standard deviations crosses a line of the chart."""


class Indicator(StrEnum):
    """What is compared."""

    WEIGHT = "weight"
    LENGTH = "length"
    HEAD = "head"
    FOR_LENGTH = "weight-for-length"
    BMI = "bmi"


class Band(StrEnum):
    """Where a measure stands, in the words of the national standard's five grades and two beyond them."""

    FAR_BELOW = "far-below"
    BELOW = "below"
    LOWER = "lower"
    MIDDLE = "middle"
    UPPER = "upper"
    ABOVE = "above"
    FAR_ABOVE = "far-above"
    CHECK = "check"


class Trend(StrEnum):
    """What several measures say together."""

    STEADY = "steady"
    UP = "up"
    DOWN = "down"
    LESS = "less"


class Lms(NamedTuple):
    """Power, median and coefficient of variation at one age or length."""

    power: float
    median: float
    spread: float

    def value(self, z: float) -> float:
        """Return the measure at a number of standard deviations."""
        if abs(self.power) < 1e-9:  # noqa: PLR2004 - the limit of the formula at zero
            return self.median * math.exp(self.spread * z)
        return float(self.median * (1 + self.power * self.spread * z) ** (1 / self.power))

    def z(self, value: float, *, capped: bool) -> float:
        """Return the standard deviations of a measure; `capped` counts on by the outermost distance."""
        if abs(self.power) < 1e-9:  # noqa: PLR2004
            found = math.log(value / self.median) / self.spread
        else:
            found = ((value / self.median) ** self.power - 1) / (self.power * self.spread)
        if not capped or abs(found) <= LINES[-1]:
            return found
        side = 1 if found > 0 else -1
        third, second = self.value(3 * side), self.value(2 * side)
        return side * (LINES[-1] + (value - third) / (third - second))


class Standard(Protocol):
    """A set of tables that answers for an indicator, a sex and an age in days."""

    @property
    def code(self) -> str:
        """Which standard it is."""
        ...

    def z(self, indicator: Indicator, sex: str, days: float, value: float, cm: float | None) -> float | None:
        """Return standard deviations; None where the tables end. `cm` is the length for `FOR_LENGTH`."""
        ...

    def line(self, indicator: Indicator, sex: str, days: float, z: int) -> float | None:
        """Return the measure on one of `LINES` at an age."""
        ...


@dataclass(frozen=True, slots=True)
class WhoStandard:
    """WHO's tables, thinned: between the rows L, M and S follow straight lines."""

    tables: Mapping[tuple[str, str], tuple[tuple[float, Lms], ...]]
    code: str = "who"

    def _at(self, name: str, sex: str, at: float) -> Lms | None:
        rows = self.tables.get((sex, name), ())
        if not rows or not rows[0][0] <= at <= rows[-1][0]:
            return None
        place = min(bisect_right(rows, at, key=lambda row: row[0]), len(rows) - 1)
        (low, before), (high, after) = rows[place - 1], rows[place]
        share = (at - low) / (high - low)
        return Lms(*(one + (other - one) * share for one, other in zip(before, after, strict=True)))

    def z(self, indicator: Indicator, sex: str, days: float, value: float, cm: float | None) -> float | None:
        """Return standard deviations, rounded by nobody."""
        if indicator == Indicator.FOR_LENGTH:
            name = "weight-for-length" if days < STANDING_FROM else "weight-for-height"
            found = self._at(name, sex, cm) if cm is not None else None
        else:
            found = self._at(indicator, sex, round(days))
        capped = indicator not in {Indicator.LENGTH, Indicator.HEAD}
        return found.z(value, capped=capped) if found else None

    def line(self, indicator: Indicator, sex: str, days: float, z: int) -> float | None:
        """Return the measure on a line."""
        found = self._at(indicator, sex, days)
        return found.value(z) if found else None


@dataclass(frozen=True, slots=True)
class ChinaStandard:
    """WS/T 423-2022: rows by month, straight lines in between; at 24 months lengths become heights."""

    tables: Mapping[tuple[str, str], tuple[tuple[int, tuple[float, ...]], ...]]
    code: str = "china"

    def _at(self, name: str, sex: str, days: float) -> tuple[float, ...] | None:
        rows = self.tables.get((sex, name), ())
        months = days / DAYS_A_MONTH
        if not rows or not 0 <= months <= rows[-1][0]:
            return None
        place = min(bisect_right(rows, months, key=lambda row: row[0]), len(rows) - 1)
        (low, before), (high, after) = rows[place - 1], rows[place]
        if name == Indicator.LENGTH and low < CORRECTED_UNTIL <= high and months < CORRECTED_UNTIL:
            after = tuple(value + STANDING_SHORTER_CM for value in after)
        share = (months - low) / (high - low)
        return tuple(one + (other - one) * share for one, other in zip(before, after, strict=True))

    def z(self, indicator: Indicator, sex: str, days: float, value: float, cm: float | None) -> float | None:  # noqa: ARG002 - has no table by length
        """Return standard deviations; beyond the third line its last distance counts on."""
        row = self._at(indicator, sex, days)
        if row is None:
            return None
        place = min(max(bisect_right(row, value), 1), len(row) - 1)
        return LINES[place - 1] + (value - row[place - 1]) / (row[place] - row[place - 1])

    def line(self, indicator: Indicator, sex: str, days: float, z: int) -> float | None:
        """Return the measure on a line."""
        row = self._at(indicator, sex, days)
        return row[LINES.index(z)] if row else None


@dataclass(frozen=True, slots=True)
class Measure:
    """Measures of one day: kilograms and centimetres; `lying` is None where the reader did not say."""

    number: int
    days: int
    weight: float | None = None
    length: float | None = None
    head: float | None = None
    lying: bool | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One measure compared: the standard it was read from, its place, and how many of 100 are below."""

    indicator: Indicator
    number: int
    days: int
    value: float
    standard: str
    z: float
    band: Band
    beside: "Reading | None" = None
    """The same measure by WHO's standard, where the national one came first."""

    @property
    def below(self) -> int:
        """Return how many of 100 children have less, from 0 to 100."""
        return round(50 * (1 + math.erf(self.z / math.sqrt(2))))


def counted_days(days: int, weeks: int | None) -> int:
    """Return the age in days that growth is compared at: before 24 months less what was missing at birth.

    Negative before the day the child was due.
    """
    if weeks is None or weeks >= TERM_WEEKS or days >= CORRECTED_UNTIL * DAYS_A_MONTH:
        return days
    return days - (FULL_TERM - weeks) * 7


def as_normal(length: float, days: float, *, lying: bool | None) -> float:
    """Return the length as it is measured at this age: lying before two years, standing after."""
    usual = days < STANDING_FROM
    if lying is None or lying == usual:
        return length
    return length + STANDING_SHORTER_CM if usual else length - STANDING_SHORTER_CM


def band_of(z: float) -> Band:
    """Return the band of a number of standard deviations."""
    if abs(z) > IMPLAUSIBLE:
        return Band.CHECK
    edges = (-3, -2, -1, 1, 2, 3)
    order = (
        Band.FAR_BELOW, Band.BELOW, Band.LOWER, Band.MIDDLE, Band.UPPER, Band.ABOVE, Band.FAR_ABOVE,
    )  # fmt: skip
    if z < 0:
        return order[sum(z >= edge for edge in edges)]
    return order[sum(z > edge for edge in edges)] if z > 1 else Band.MIDDLE


def read(
    measure: Measure, sex: str, weeks: int | None, chosen: Standard, other: Standard
) -> tuple[Reading, ...]:
    """Compare the measures of one day; what the chosen standard has no table for is read from the other.

    Beside what the national standard says stands what WHO's says.
    """
    days = counted_days(measure.days, weeks)
    if days < 0:
        return ()
    cm = None if measure.length is None else as_normal(measure.length, days, lying=measure.lying)
    both = (measure.weight, cm)
    values: list[tuple[Indicator, float | None]] = [
        (Indicator.WEIGHT, measure.weight),
        (Indicator.LENGTH, cm),
        (Indicator.HEAD, measure.head),
        (Indicator.FOR_LENGTH, measure.weight if None not in both else None),
        (Indicator.BMI, measure.weight / (cm / 100) ** 2 if measure.weight and cm else None),
    ]
    found = []
    for indicator, value in values:
        if value is None:
            continue
        said = [
            Reading(indicator, measure.number, days, value, standard.code, z, band_of(z))
            for standard in (chosen, other)
            if (z := standard.z(indicator, sex, days, value, cm)) is not None
        ]
        second = next((each for each in said[1:] if each.standard == "who"), None)
        found += [replace(each, beside=second) for each in said[:1]]
    return tuple(found)


def trend(readings: tuple[Reading, ...]) -> Trend | None:
    """Return which way readings of one indicator go, oldest first; None for fewer than two that count."""
    known = [each for each in readings if each.band != Band.CHECK]
    if len(known) < 2 or len({each.standard for each in known}) > 1:  # noqa: PLR2004 - two make a direction
        return None
    if any(later.value < earlier.value for earlier, later in pairwise(known)):
        return Trend.LESS
    change = known[-1].z - known[0].z
    if abs(change) < MOVED:
        return Trend.STEADY
    return Trend.UP if change > 0 else Trend.DOWN
