"""From how many hours on another type of care is the cheapest, at the same number of days a week.

Begun hours are billed as whole ones and patterns count in half hours, so looking at every half hour of a day
finds every change exactly. Types of care are compared by their lowest amount, then by their highest; where
both are equal the type that was cheapest for fewer hours stays. The amounts are whole monthly costs; where a
part of the cost of any type is not known, such as meals nobody has priced, they are the care fees of all
types, so that like is compared with like. A type without a known care fee is left out, and so is temporary
care: it is no arrangement for a month.
"""

from dataclasses import dataclass, replace

from app.facilities.rules.cost import Quote, quotes
from app.facilities.rules.fees import Offer
from app.facilities.rules.pattern import MOST_MINUTES, STEP_MINUTES, Month, Pattern
from app.facilities.rules.vocabulary import Care, Component

REGULAR = (Care.FULL_DAY, Care.HALF_DAY, Care.HOURLY)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hours of a day for which one type of care is the cheapest; both ends in minutes, both included."""

    care: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Which type of care is the cheapest for how many hours a day, from the fewest hours on.

    `by_care_fee`: the care fees alone were compared, since another part is not known. `compared`: the types
    with a known care fee.
    """

    stretches: tuple[Stretch, ...] = ()
    by_care_fee: bool = False
    compared: frozenset[str] = frozenset()

    @property
    def telling(self) -> bool:
        """Tell whether there was anything to compare."""
        return len(self.compared) > 1


def break_even(offer: Offer, pattern: Pattern, month: Month) -> BreakEven:
    """Return which type of care is the cheapest for how many hours a day."""
    asked = range(STEP_MINUTES, MOST_MINUTES + 1, STEP_MINUTES)
    known = {
        minutes: [
            quote
            for quote in quotes(offer, replace(pattern, minutes=minutes), month).quotes
            if quote.care in REGULAR and _has_fee(quote)
        ]
        for minutes in asked
    }
    by_care_fee = any(quote.missing for found in known.values() for quote in found)
    stretches: list[Stretch] = []
    for minutes, found in known.items():
        before = stretches[-1].care if stretches else None
        best = min(
            found, key=lambda quote: (_amounts(quote, by_care_fee), quote.care != before), default=None
        )
        if best is None:
            continue
        if best.care == before and stretches[-1].most == minutes - STEP_MINUTES:
            stretches[-1] = replace(stretches[-1], most=minutes)
        else:
            stretches.append(Stretch(best.care, minutes, minutes))
    compared = frozenset(quote.care for found in known.values() for quote in found)
    return BreakEven(tuple(stretches), by_care_fee, compared)


def _has_fee(quote: Quote) -> bool:
    return quote.low_fen is not None and all(gap.component != Component.CARE for gap in quote.missing)


def _amounts(quote: Quote, by_care_fee: bool) -> tuple[int, int]:  # noqa: FBT001 - one question for all types
    if not by_care_fee:
        return quote.low_fen or 0, quote.high_fen or 0
    fee = next(line for line in quote.lines if line.component == Component.CARE)
    return fee.low, fee.high
