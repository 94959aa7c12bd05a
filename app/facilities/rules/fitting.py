"""Whether a type of care covers a pattern: yes, no with a reason, or not reported.

- Days: one to five days a week need as many days from Monday to Friday; six need Monday to Saturday, seven
  every day. Where the care type names no days, the days the place opens count. Where neither is reported, up
  to five days fit and the page says so; six or seven are *not reported*.
- Hours: at most from opening to closing of the care type. Not reported: fits, and the page says so; half-day
  care then fits up to four hours.
- Age: within the ages of the care type; ages not reported exclude nobody.
"""

from dataclasses import dataclass

from app.facilities.rules.fees import CareRow, Offer
from app.facilities.rules.pattern import WORKING_WEEK, Pattern, weekday_count
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
    elif days & pattern.weekdays != pattern.weekdays or weekday_count(days) < min(pattern.days, WORKING_WEEK):
        return Fit("days")
    span = row.span
    if span is None:
        assumed.append("hours")
        span = HALF_DAY if row.care == Care.HALF_DAY else pattern.minutes
    return Fit("hours") if pattern.minutes > span else Fit(assumed=tuple(assumed))


def half_day_minutes(offer: Offer) -> int:
    """Return how long a half day of a place is: its half-day care, else four hours."""
    spans = [row.span for row in offer.rows if row.care == Care.HALF_DAY and row.span is not None]
    return min(spans, default=HALF_DAY)
