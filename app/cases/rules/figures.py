"""Public figures of a place: what is counted, what is shown, what stays hidden. Pure.

A quarter is published when it is over and never changes afterwards, so a year is the sum of what is known
already; its totals are chosen so that they give nothing of a quarter away. While a quarter runs, numbers grow
in steps of five: whoever looks every day learns nothing about a single report.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from app.cases.rules.hiding import K, Link, hide

TOTAL = "*"
"""Key of a sum over all categories, or over all quarters of a year."""
ENFORCEMENT = frozenset(
    {
        "abuse", "injury", "missing", "fire", "food", "health", "build", "secure", "unlic", "staffq", "ads",
        "labour", "reg",
    }
)  # fmt: skip
"""Subjects in which an office enforces the law. Satisfaction is shown there but never ranked: whoever is
fined is rarely satisfied (practice of provincial hotlines)."""
SATISFIED = 4
"""From this rating of five on, a resident was satisfied."""
_ROW, _COLUMN, _ALL = 10_000, 100_000, 1_000_000
"""What readers lose with a category's year, a quarter's sum, a year's sum: cells go first."""
_STEP = 5

Cell = tuple[str, str]
"""Category and quarter (`1` to `4`), or TOTAL for either."""


def band(number: int) -> tuple[int, int]:
    """Return the step of five a growing number lies in, from and to."""
    low = number // _STEP * _STEP
    return low, low + _STEP - 1


def share(part: int, whole: int) -> int | None:
    """Return per cent, rounded to the nearest five; None where fewer than K are counted."""
    if whole < K:
        return None
    return int(Fraction(part * 100, whole * _STEP) + Fraction(1, 2)) * _STEP


def middle(days: Sequence[int]) -> float | None:
    """Return the median of working days; None of fewer than K."""
    return float(median(days)) if len(days) >= K else None


@dataclass(frozen=True, slots=True)
class Year:
    """The quarters of a year that are over: the numbers that may be shown, by cell; None where hidden."""

    shown: Mapping[Cell, int | None]

    def __getitem__(self, cell: Cell) -> int | None:
        return self.shown.get(cell)


def year(counts: Mapping[Cell, int], categories: Sequence[str], quarters: int) -> Year:
    """Return what may be shown of the first so many quarters of a year.

    `counts` has the cells of category and quarter; one that is missing is 0. Each quarter is decided by
    itself, the sums of the year once all four are over. The same counts always give the same answer.
    """
    values = {
        (category, str(q)): counts.get((category, str(q)), 0)
        for category in categories
        for q in range(1, quarters + 1)
    }
    shown: set[Hashable] = set()
    hidden: set[Hashable] = set()
    for q in range(1, quarters + 1):
        links = _quarter(values, categories, str(q))
        away = hide(links)
        hidden |= away
        shown |= {link.key for link in links} - away
        values[TOTAL, str(q)] = sum(values[category, str(q)] for category in categories)
    if quarters == _QUARTERS:
        links = _year(values, categories)
        values |= {link.key: link.value for link in links if isinstance(link.key, tuple)}
        hidden = set(hide(links, shown=frozenset(shown), hidden=frozenset(hidden)))
    return Year({cell: None if cell in hidden else value for cell, value in values.items()})


_QUARTERS = 4


def _quarter(values: Mapping[Cell, int], categories: Sequence[str], q: str) -> list[Link]:
    links = [Link((each, q), "rows", q, values[each, q]) for each in categories]
    return [*links, Link((TOTAL, q), q, "rows", sum(link.value for link in links), _COLUMN)]


def _year(values: Mapping[Cell, int], categories: Sequence[str]) -> list[Link]:
    quarters = [str(q) for q in range(1, _QUARTERS + 1)]
    links: list[Link] = []
    for each in categories:
        row = [Link((each, q), f"row {each}", f"column {q}", values[each, q]) for q in quarters]
        sum_of_row = sum(link.value for link in row)
        links += [*row, Link((each, TOTAL), "all rows", f"row {each}", sum_of_row, _ROW)]
    for q in quarters:
        links.append(Link((TOTAL, q), f"column {q}", "all columns", values[TOTAL, q], _COLUMN))
    whole = sum(values[TOTAL, q] for q in quarters)
    return [*links, Link((TOTAL, TOTAL), "all columns", "all rows", whole, _ALL)]


def parts(counts: Mapping[str, int], total: int | None) -> Mapping[str, int | None]:
    """Return what may be shown of the parts of a year's total, such as its townships, by code.

    Nothing is shown where the total is hidden. The parts are all there is: they sum to the total.
    """
    if total is None:
        return dict.fromkeys(counts)
    links = [Link(key, "parts", "whole", value) for key, value in counts.items()]
    links.append(Link(TOTAL, "whole", "parts", total))
    away = hide(links, shown=frozenset([TOTAL]))
    return {key: None if key in away else value for key, value in counts.items()}


def at_least(numbers: Iterable[int | None]) -> int:
    """Return what a sum is at least, by its shown parts."""
    return sum(number for number in numbers if number is not None)
