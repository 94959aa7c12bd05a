"""Targets against what is there today: what was counted, within which bounds, whether a target is met. Pure.

An actual is a number and the bounds it must lie between, given that some facilities have not reported. A
target counts as reached only if the lower bound reaches it, as missed only if the upper one does not.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import floor

from app.facilities.rules.supply import Counted, Supply

WIDTH, BAR, LINE = 400, 14, 42
"""Size of a drawing: its width, the height of a bar, and from one bar to the next."""
_ALL = Fraction(100)


class Verdict(StrEnum):
    """How a target stands today."""

    REACHED = "reached"
    SHORT = "short"
    YET = "yet"
    """Not reached, and its year is not over."""
    OPEN = "open"
    """Cannot be told: not all have reported."""
    SILENT = "silent"
    """Nothing is known."""
    APART = "apart"
    """Counted in another way than the document may count, so not compared."""


@dataclass(frozen=True, slots=True)
class Actual:
    """What an indicator stands at today. `high` None: no bound."""

    value: Fraction
    unit: str
    low: Fraction
    high: Fraction | None
    comparable: bool = True

    @property
    def shown(self) -> float:
        """Return the number as it is shown: rounded down, so that it never says more than there is."""
        scale = {"percent": 10, "per-1000": 100}.get(self.unit, 1)
        return floor(self.value * scale) / scale


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a drawing: its length and where it stands."""

    length: int
    y: int


def actuals(supply: Supply, townships: AbstractSet[str], residents: int | None) -> dict[str, Actual]:
    """Return the indicators that can be counted, by code; without `townships` nothing of their coverage."""
    total = Fraction(supply.facilities)
    found = {"facilities-built": Actual(total, "count", total, total)}
    counted = {
        "inclusive-facilities": supply.inclusive,
        "demonstration-facilities": supply.demonstration,
        "service-centres": supply.centres,
    }
    found |= {code: _count(number) for code, number in counted.items() if number.known}
    if residents and supply.places.known:
        rate = Fraction(supply.places.number * 1000, residents)
        silent = supply.places.reported < supply.places.asked
        found["places-per-1000"] = Actual(rate, "per-1000", rate, None if silent else rate)
    if supply.judged_places:
        share = _ALL * supply.inclusive_places / supply.judged_places
        told = supply.judged == supply.facilities
        found["inclusive-share"] = Actual(
            share, "percent", share if told else Fraction(0), share if told else _ALL
        )
    if townships:
        found |= _coverage(supply, townships)
    return found


def _count(counted: Counted) -> Actual:
    return Actual(Fraction(counted.number), "count", Fraction(counted.number), Fraction(counted.most))


def _coverage(supply: Supply, townships: AbstractSet[str]) -> dict[str, Actual]:
    """Return the shares of the towns and streets that have a facility, and one with an inclusive price."""

    def share(count: int) -> Fraction:
        return _ALL * min(count, len(townships)) / len(townships)

    covered = share(len(supply.townships.keys() & townships))
    found = {"coverage": Actual(covered, "percent", covered, None, comparable=False)}
    if supply.inclusive.known:
        sure = supply.inclusive_townships & townships
        perhaps = (sure | supply.undecided_townships) & townships
        low, high = share(len(sure)), share(len(perhaps) + supply.adrift_inclusive)
        found["inclusive-street-coverage"] = Actual(low, "percent", low, high)
    return found


def judge(actual: Actual | None, target: float, year: int | None, this_year: int) -> Verdict:
    """Return how a target stands. Of a range the lower end is to be reached."""
    if actual is None:
        return Verdict.SILENT
    if not actual.comparable:
        return Verdict.APART
    wanted = Fraction(str(target))
    if actual.low >= wanted:
        return Verdict.REACHED
    if actual.high is None or actual.high >= wanted:
        return Verdict.OPEN
    return Verdict.YET if year is not None and year >= this_year else Verdict.SHORT


def bars(numbers: Sequence[float], most: float | None = None) -> tuple[tuple[Bar, ...], int]:
    """Return a bar for each number, `most`, else the largest, across the drawing, and its height."""
    longest = most or max(numbers, default=0) or 1
    found = tuple(
        Bar(max(2, min(WIDTH, round(WIDTH * number / longest))), LINE * place + LINE - BAR)
        for place, number in enumerate(numbers)
    )
    return found, LINE * len(found) + BAR // 2
