"""Quarters and years of public figures. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.core.clock import ZONE

QUARTERS = 4
_MONTHS = 3
_WRITTEN = re.compile(r"(20\d\d)(?:-Q([1-4]))?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A year, or a quarter of it (`quarter` 0 is the whole year)."""

    year: int
    quarter: int = 0

    def __str__(self) -> str:
        return f"{self.year}-Q{self.quarter}" if self.quarter else str(self.year)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, _MONTHS * (self.quarter - 1) + 1 if self.quarter else 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        year, month = divmod(self.year * 12 + _MONTHS * (self.quarter or QUARTERS), 12)
        return date(year, month + 1, 1) - timedelta(days=1)

    @property
    def quarters(self) -> tuple["Period", ...]:
        """The quarters it is made of."""
        numbers = (self.quarter,) if self.quarter else range(1, QUARTERS + 1)
        return tuple(Period(self.year, number) for number in numbers)

    def over(self, today: date) -> bool:
        """Tell whether its last day is past."""
        return self.last < today


def read(text: str) -> Period | None:
    """Return the period of a text such as `2026` or `2026-Q3`, or None."""
    found = _WRITTEN.fullmatch(text)
    return Period(int(found[1]), int(found[2] or 0)) if found else None


def quarter_of(moment: datetime | date) -> Period:
    """Return the quarter a day, or the local day of a moment, lies in."""
    day = moment.astimezone(ZONE).date() if isinstance(moment, datetime) else moment
    return Period(day.year, (day.month - 1) // _MONTHS + 1)
