"""A parent's pattern of care, and how many days of a month it comes to.

How days are counted, for anybody who wants to do it again by hand:

- One to five days a week are days from Monday to Friday. The month has as many of them as the work calendar
  says (statutory rest days left out, make-up working days counted): days attended = working days × days ÷ 5,
  rounded half up to whole days.
- Six days a week add the month's Saturdays, seven the Sundays as well; those that are statutory rest days,
  and those that are worked anyway, are not added.
- Weeks attended = days attended ÷ days a week, rounded up.
- Hours billed = days attended × hours a day, each day rounded up to a whole hour.
- The month is the one care starts in, else the present one.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from app.core.workdays import Calendar

MOST_DAYS = 7
EVERY_DAY = (1 << MOST_DAYS) - 1
"""Bit mask of all weekdays, Monday lowest."""
WORKING_WEEK = 5
MOST_MINUTES = 24 * 60
STEP_MINUTES = 30
MONTHS_AHEAD = 60
"""How far ahead care may start: five years."""
_HOUR = 60
_SATURDAY, _SUNDAY = 5, 6
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a family needs: days a week, minutes a day, the child's age in completed months.

    `extras` are components of voluntary items to be counted in; `spread` counts what is paid once as a
    twelfth a month.
    """

    days: int
    minutes: int
    age: int | None = None
    meals: bool = False
    start: date | None = None
    """First day of the month in which care starts; None: the present month."""
    extras: tuple[str, ...] = ()
    spread: bool = False

    @property
    def billed_hours(self) -> int:
        """Return the hours of a day as they are billed: begun hours are whole ones."""
        return -(-self.minutes // _HOUR)

    @property
    def weekdays(self) -> int:
        """Return the bit mask of the weekdays that must be offered for six or seven days a week, else 0."""
        return (1 << self.days) - 1 if self.days > WORKING_WEEK else 0


@dataclass(frozen=True, slots=True)
class Month:
    """A month as the work calendar has it.

    `on` is the day whose prices hold: today in the present month, else the first. `saturdays` and `sundays`
    are those that are neither rest days by notice nor worked instead of others. `official`: the year's
    notice is known.
    """

    first: date
    on: date
    working: int
    saturdays: int
    sundays: int
    official: bool = True

    def attended(self, days: int) -> int:
        """Return the days attended at so many days a week."""
        if days <= WORKING_WEEK:
            return (2 * self.working * days + WORKING_WEEK) // (2 * WORKING_WEEK)
        return self.working + self.saturdays + (self.sundays if days == MOST_DAYS else 0)

    def weeks(self, days: int) -> int:
        """Return the weeks attended, begun weeks being whole ones."""
        return -(-self.attended(days) // days)


def start_months(today: date) -> tuple[date, date]:
    """Return the first and the last month, as their first days, in which care may start: not in the past."""
    months = today.year * 12 + today.month - 1 + MONTHS_AHEAD
    return today.replace(day=1), date(months // 12, months % 12 + 1, 1)


def month_of(calendar: Calendar, start: date | None, today: date) -> Month:
    """Return the month in which care starts, or the present one."""
    first = (start or today).replace(day=1)
    day, working, free = first, 0, {_SATURDAY: 0, _SUNDAY: 0}
    while day.month == first.month:
        if calendar.is_workday(day):
            working += 1
        elif day.weekday() in free and calendar.kinds.get(day) != "rest":
            free[day.weekday()] += 1
        day += _DAY
    last = day - _DAY
    return Month(
        first,
        today if first <= today <= last else first,
        working,
        free[_SATURDAY],
        free[_SUNDAY],
        official=calendar.status(first, last) == "official",
    )


def day_mask(text: str | None) -> int | None:
    """Return the bit mask of weekdays written like `1-5`, `6` or `1-5; 7`; None: not reported."""
    if not text:
        return None
    bits = 0
    for part in text.split(";"):
        first, _dash, last = part.strip().partition("-")
        for weekday in range(int(first), int(last or first) + 1):
            bits |= 1 << (weekday - 1)
    return bits


def weekday_count(bits: int) -> int:
    """Return how many days from Monday to Friday a mask holds."""
    return (bits & ((1 << WORKING_WEEK) - 1)).bit_count()


def completed_months(born: date, start: date) -> int:
    """Return the months of age that a child completes in the month care starts.

    Both are first days of months, since neither day is asked: the answer is the difference of the months.
    """
    return (start.year - born.year) * 12 + start.month - born.month
