"""Whether a type of care covers a pattern: yes, no with a reason, or not reported.

- Days: one to five days a week need as many days from Monday to Friday; six need Monday to Saturday, seven
  every day. Where the care type names no days, the days the place opens count. Where neither is reported, up
  to five days fit and the page says so; six or seven are *not reported*.
- Hours: at most from opening to closing of the care type. Where it leaves out either, the place's own opening
  hours of that weekday bound it: as many days as the pattern has must be long enough. Where those are not
  reported either, the hours fit. The page says what was not reported; half-day care without hours of its own
  fits up to four hours.
- Age: within the ages of the care type; ages not reported exclude nobody.
"""

from dataclasses import dataclass

from app.facilities.rules.fees import CareRow, Offer
from app.facilities.rules.pattern import EVERY_DAY, WORKING_WEEK, Pattern, weekday_count
from app.facilities.rules.vocabulary import Care

HALF_DAY = 4 * 60
"""Minutes that a half day surely covers where its hours are not reported."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Why a care type does not cover a pattern (`age`, `days`, `hours`), or None.

    `silent`: it is not known whether it does. `assumed`: what was not reported and taken as fitting
    (`days`, `hours`).
    """

    reason: str | None = None
    silent: bool = False
    assumed: tuple[str, ...] = ()


def fit(row: CareRow, offer: Offer, pattern: Pattern) -> Fit:
    """Judge one care type of an offer."""
    if not row.takes(pattern.age):
        return Fit("age")
    assumed = []
    days = row.days if row.days is not None else offer.days
    if days is None:
        if pattern.days > WORKING_WEEK:
            return Fit("days", silent=True)
        assumed.append("days")
    elif not _covers(days, pattern):
        return Fit("days")
    if row.span is not None:
        return Fit("hours") if pattern.minutes > row.span else Fit(assumed=tuple(assumed))
    assumed.append("hours")
    too_long = row.care == Care.HALF_DAY and pattern.minutes > HALF_DAY
    if too_long or not _covers(_long_enough(row, offer, pattern), pattern):
        return Fit("hours")
    return Fit(assumed=tuple(assumed))


def _covers(days: int, pattern: Pattern) -> bool:
    """Tell whether these weekdays are enough for the days of a pattern."""
    return days & pattern.weekdays == pattern.weekdays and weekday_count(days) >= min(
        pattern.days, WORKING_WEEK
    )


def _long_enough(row: CareRow, offer: Offer, pattern: Pattern) -> int:
    """Return the weekdays of a care type, as a bit mask, on which it is not known to be too short."""
    days = row.days if row.days is not None else offer.days
    found = EVERY_DAY if days is None else days
    for hours in offer.week or ():
        opens = hours.opens if row.opens is None else row.opens
        closes = hours.closes if row.closes is None else row.closes
        if closes - opens < pattern.minutes:
            found &= ~(1 << (hours.weekday - 1))
    return found


def half_day_minutes(offer: Offer) -> int:
    """Return how long a half day of a place is: its half-day care, else four hours."""
    spans = [row.span for row in offer.rows if row.care == Care.HALF_DAY and row.span is not None]
    return min(spans, default=HALF_DAY)
