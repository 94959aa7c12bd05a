"""A growth chart as points: seven lines of a standard, the child's own measures, and two scales.

Time runs from left to right in every language. Nothing here knows of colours; a template draws it.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from app.guide.rules.growth import DAYS_A_MONTH, LINES, STANDING_FROM, Indicator, Reading, Standard

WIDTH, HEIGHT = 400, 300
LEFT, RIGHT, TOP, BOTTOM = 34, 372, 8, 270
SHORT, LONG = 36, 60
"""Months that a chart shows: three years, or five where a measure is later."""
_STEPS = {Indicator.WEIGHT: 2, Indicator.LENGTH: 10, Indicator.HEAD: 2}
_MONTHS = (0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 21)


@dataclass(frozen=True, slots=True)
class Curve:
    """One line: its standard deviations, its points, and where its label stands."""

    z: int
    points: str
    label: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Dot:
    """One measure of the child with the number of its row."""

    number: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A number at a scale and the place of its line."""

    text: str
    at: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that is drawn."""

    indicator: Indicator
    curves: tuple[Curve, ...]
    dots: tuple[Dot, ...]
    months: tuple[Tick, ...]
    values: tuple[Tick, ...]

    @property
    def path(self) -> str:
        """Return the way through the dots."""
        return " ".join(f"{dot.x:g},{dot.y:g}" for dot in self.dots)


def draw(standard: Standard, indicator: Indicator, sex: str, readings: Iterable[Reading]) -> Chart | None:
    """Return the chart of one indicator, None if the standard has no table for it."""
    shown = sorted(readings, key=lambda each: each.days)
    last = max((each.days for each in shown), default=0) / DAYS_A_MONTH
    span = SHORT if last <= SHORT else LONG
    if standard.line(indicator, sex, 0, 0) is None:
        return None
    ages = [month * DAYS_A_MONTH for month in _MONTHS]
    ages += [STANDING_FROM - 1, STANDING_FROM]
    ages += [month * DAYS_A_MONTH for month in range(27, span + 1, 3)]
    lines = {
        z: [(days, value) for days in ages if (value := standard.line(indicator, sex, days, z)) is not None]
        for z in LINES
    }
    every = [value for line in lines.values() for _days, value in line] + [each.value for each in shown]
    step = _STEPS.get(indicator, 2)
    low, high = math.floor(min(every) / step) * step, math.ceil(max(every) / step) * step
    while (high - low) / step > 12:  # noqa: PLR2004 - more numbers than that run into each other
        step *= 2
        low, high = math.floor(low / step) * step, math.ceil(high / step) * step

    def across(days: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * days / (span * DAYS_A_MONTH), 1)

    def up(value: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low), 1)

    return Chart(
        indicator,
        tuple(
            Curve(
                z,
                " ".join(f"{across(days):g},{up(value):g}" for days, value in line),
                (across(line[-1][0]) + 3, up(line[-1][1])),
            )
            for z, line in lines.items()
        ),
        tuple(Dot(each.number, across(each.days), up(each.value)) for each in shown),
        tuple(
            Tick(str(month), across(month * DAYS_A_MONTH))
            for month in range(0, span + 1, 6 if span == SHORT else 12)
        ),
        tuple(Tick(str(value), up(value)) for value in range(low, high + 1, step)),
    )
