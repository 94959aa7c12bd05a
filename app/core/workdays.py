"""Working days of the Chinese calendar: weekends, statutory rest days, make-up workdays. Pure.

Days are counted as 民法典 201 says: the day something happens is day 0. A term is over at the end of its last
day, 24:00 in Asia/Shanghai everywhere in the country. Weekends work like statutory rest days (民法典 203).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Kind = Literal["rest", "work"]
Status = Literal["official", "provisional"]

KINDS: frozenset[str] = frozenset({"rest", "work"})
STATUSES: frozenset[str] = frozenset({"official", "provisional"})
_SATURDAY = 5
_DAY = timedelta(days=1)


def is_weekend(day: date) -> bool:
    """Tell whether a day is a Saturday or a Sunday."""
    return day.weekday() >= _SATURDAY


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a term, and whether it can still move: `provisional` until every year is announced."""

    on: date
    status: Status


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days that are not what their weekday says, and what is known of each year.

    `kinds`: `rest` for a statutory rest day, `work` for a weekend day that is worked instead of another.
    `years`: `official` once the notice of that year is entered; a year that is absent is `provisional`, and
    only its weekends are rest.
    """

    kinds: Mapping[date, Kind]
    years: Mapping[int, Status]

    def is_workday(self, day: date) -> bool:
        """Tell whether offices work on a day."""
        kind = self.kinds.get(day)
        return not is_weekend(day) if kind is None else kind == "work"

    def add(self, start: date, days: int) -> Due:
        """Return the `days`-th working day after a day, which is itself not counted.

        A negative number counts backwards, for warnings before a term ends; 0 is the day itself, workday or
        not. Raises `OverflowError` beyond the year 9999.
        """
        day, step = start, _DAY if days > 0 else -_DAY
        left = abs(days)
        while left:
            day += step
            left -= self.is_workday(day)
        return Due(day, self.status(start, day))

    def between(self, first: date, last: date) -> int:
        """Return how many working days lie after `first`, up to and including `last`.

        Negative when `last` is the earlier one: the working days after `last` up to and including `first`.
        """
        if last < first:
            return -self.between(last, first)
        return sum(self.is_workday(first + _DAY * number) for number in range(1, (last - first).days + 1))

    def on_or_after(self, day: date) -> Due:
        """Return a day, or the next working day if it is none: where a term of calendar days ends (203)."""
        found = day
        while not self.is_workday(found):
            found += _DAY
        return Due(found, self.status(day, found))

    def status(self, first: date, last: date) -> Status:
        """Return `official` if every year from one day to the other is, both ends included, in any order."""
        years = range(min(first, last).year, max(first, last).year + 1)
        return "official" if all(self.years.get(year) == "official" for year in years) else "provisional"
