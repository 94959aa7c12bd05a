"""From how many hours on another type of care is the cheapest, at the same number of days a week.

Begun hours are billed as whole ones and patterns count in half hours, so looking at every half hour of a day
finds every change exactly. Types of care are compared by the lowest amount that is completely known, then by
the highest; where both are equal the type that was cheapest for fewer hours stays. Temporary care is left
out: it is no arrangement for a month.
"""

from dataclasses import dataclass, replace

from app.facilities.rules.cost import quotes, rank
from app.facilities.rules.fees import Offer
from app.facilities.rules.pattern import MOST_MINUTES, STEP_MINUTES, Month, Pattern
from app.facilities.rules.vocabulary import Care

REGULAR = (Care.FULL_DAY, Care.HALF_DAY, Care.HOURLY)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hours of a day for which one type of care is the cheapest; both ends in minutes, both included."""

    care: str
    least: int
    most: int


def break_even(offer: Offer, pattern: Pattern, month: Month) -> tuple[Stretch, ...]:
    """Return which type of care is the cheapest for how many hours a day, from the fewest hours on."""
    found: list[Stretch] = []
    for minutes in range(STEP_MINUTES, MOST_MINUTES + 1, STEP_MINUTES):
        asked = replace(pattern, minutes=minutes)
        all_known = [quote for quote in quotes(offer, asked, month).quotes if quote.complete]
        before = found[-1].care if found else None
        best = min(
            (quote for quote in all_known if quote.care in REGULAR),
            key=lambda quote: (rank(quote), quote.care != before),
            default=None,
        )
        if best is None:
            continue
        if best.care == before and found[-1].most == minutes - STEP_MINUTES:
            found[-1] = replace(found[-1], most=minutes)
        else:
            found.append(Stretch(best.care, minutes, minutes))
    return tuple(found)
