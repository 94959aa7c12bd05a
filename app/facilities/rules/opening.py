"""Opening hours: a small grammar, `1-5 07:30-18:00; 6 08:00-12:00`, ISO weekdays."""

import re
from dataclasses import dataclass

_PART = re.compile(r"\s*([1-7])(?:-([1-7]))?\s+(\d{2}):(\d{2})-(\d{2}):(\d{2})\s*")
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
_DAY = 24 * 60
_FRIDAY = 5


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening of one weekday, minutes from midnight."""

    weekday: int
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Opening:
    """A week.

    `opens` and `closes` are what a working parent can rely on every open day from Monday to Friday: the
    latest opening and the earliest closing.
    """

    week: tuple[Hours, ...]

    @property
    def days(self) -> int:
        """Bit mask of open weekdays, Monday lowest."""
        return sum(1 << (hours.weekday - 1) for hours in self.week)

    def _reliable(self) -> tuple[Hours, ...]:
        weekdays = tuple(hours for hours in self.week if hours.weekday <= _FRIDAY)
        return weekdays or self.week

    @property
    def opens(self) -> int:
        """Latest opening, in minutes."""
        return max(hours.opens for hours in self._reliable())

    @property
    def closes(self) -> int:
        """Earliest closing, in minutes."""
        return min(hours.closes for hours in self._reliable())


def parse_opening(text: str) -> Opening:
    """Read the grammar. Raises `ValueError` for anything else, for a day twice and for backward times."""
    week: dict[int, Hours] = {}
    for part in text.split(";"):
        match = _PART.fullmatch(part)
        if match is None:
            raise ValueError(text)
        first, last = int(match[1]), int(match[2] or match[1])
        opens, closes = int(match[3]) * 60 + int(match[4]), int(match[5]) * 60 + int(match[6])
        if not (first <= last and opens < closes <= _DAY):
            raise ValueError(text)
        for weekday in range(first, last + 1):
            if weekday in week:
                raise ValueError(text)
            week[weekday] = Hours(weekday, opens, closes)
    return Opening(tuple(week[weekday] for weekday in sorted(week)))


def parse_clock(text: str) -> int | None:
    """Return the minutes of a time such as `07:30`, or None."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    minutes = int(match[1]) * 60 + int(match[2])
    return minutes if minutes <= _DAY else None


def clock_text(minutes: int) -> str:
    """Return minutes as `07:30`."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
