"""What a pattern of care costs in a month, line by line, for every type of care of a place.

How a price becomes a month is in `rules.ways`. The care fee comes first; meals are added when asked for, and
a meal price of 0 says that they are in the care fee. Other items that are not voluntary are added. Voluntary
ones, and hours beyond those of the care type, are kept apart unless asked for. A part that nobody has
reported is named and never guessed; the total is then *at least* what is known.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.facilities.rules.fees import FeeRow, Offer
from app.facilities.rules.fitting import Fit, fit, half_day_minutes
from app.facilities.rules.pattern import Month, Pattern
from app.facilities.rules.vocabulary import Care, Component
from app.facilities.rules.ways import MONTHS_OF_A_YEAR, Count, Gap, Line, Ways, priced, ways

NOT_ALWAYS = frozenset({Component.CARE, Component.MEALS, Component.EXTENDED_HOURS})
"""Components with a rule of their own; the rest is added unless it is voluntary."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What one type of care costs a month. `low_fen` None: its care fee is not known.

    With anything `missing` the amounts are *at least*. `once` and `apart` are not in them; `instead` are
    other ways to pay for the care itself; `assumed` are `days` or `hours` that were not reported and are
    taken as fitting.
    """

    care: str
    low_fen: int | None
    high_fen: int | None
    lines: tuple[Line, ...]
    missing: tuple[Gap, ...]
    once: tuple[Line, ...]
    apart: tuple[Line, ...] = ()
    instead: tuple[Line, ...] = ()
    assumed: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Tell whether every part is known."""
        return self.low_fen is not None and not self.missing

    @property
    def product(self) -> Line | None:
        """Return the only line if the amount is one price so many times."""
        line = self.lines[0] if len(self.lines) == 1 and self.low_fen is not None else None
        single = line is not None and line.low == line.high and line.times > 1 and line.divisor == 1
        return line if single else None


@dataclass(frozen=True, slots=True)
class Misfit:
    """A type of care that does not cover the pattern, and why; `silent`: it may, but has not reported it."""

    care: str
    reason: str
    silent: bool


class Answer(StrEnum):
    """Whether a place costs at most so much."""

    YES = "yes"
    NO = "no"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Quotes:
    """A place's answer to a pattern, care type by care type, in the order of the vocabulary."""

    quotes: tuple[Quote, ...] = ()
    misfits: tuple[Misfit, ...] = ()
    reported: bool = False
    """Whether anything is known of what the place offers."""

    def best(self, cares: Collection[str] = ()) -> Quote | None:
        """Return the cheapest fitting quote (of some care types), complete ones before others."""
        known = [quote for quote in self._of(cares) if quote.low_fen is not None]
        return min(known, key=rank, default=None)

    def _of(self, cares: Collection[str]) -> list[Quote]:
        return [quote for quote in self.quotes if not cares or quote.care in cares]

    @property
    def shown(self) -> tuple[Quote, ...]:
        """Return all quotes, the best first, those without a care fee last."""
        return tuple(sorted(self.quotes, key=lambda quote: (quote.low_fen is None, rank(quote))))

    def within(self, limit: int, cares: Collection[str] = ()) -> Answer:
        """Tell whether one of the care types surely costs at most `limit` fen; `silent`: nobody can say."""
        quotes = self._of(cares)
        if any(quote.complete and (quote.low_fen or 0) <= limit for quote in quotes):
            return Answer.YES
        if not self.reported or any(not q.complete and (q.low_fen or 0) <= limit for q in quotes):
            return Answer.SILENT
        misfits = [each for each in self.misfits if not cares or each.care in cares]
        return Answer.SILENT if any(each.silent for each in misfits) else Answer.NO


def rank(quote: Quote) -> tuple[bool, int, int]:
    """Return the order of quotes: complete ones first, then by lowest and highest amount."""
    return not quote.complete, quote.low_fen or 0, quote.high_fen or 0


def quotes(offer: Offer, pattern: Pattern, month: Month) -> Quotes:
    """Return what a pattern costs with every type of care that covers it, and why others do not."""
    fees = [fee for fee in offer.fees if fee.in_force(month.on)]
    count = Count(pattern, month, half_day_minutes(offer))
    found: list[Quote] = []
    misfits: list[Misfit] = []
    for care in sorted({row.care for row in offer.rows}, key=_ORDER.index):
        judged = _best_fit([fit(row, offer, pattern) for row in offer.rows if row.care == care])
        if judged.reason is not None:
            misfits.append(Misfit(care, judged.reason, judged.silent))
        else:
            mine = [fee for fee in fees if fee.meant_for(care, pattern.age)]
            found.append(_quote(care, mine, count, judged.assumed))
    return Quotes(tuple(found), tuple(misfits), reported=offer.care is not None or bool(offer.rows))


_ORDER = [care.value for care in Care]


def _best_fit(fits: Sequence[Fit]) -> Fit:
    """Return the best of what several rows of one care type say, such as mornings and afternoons."""
    return min(fits, key=lambda each: (each.reason is not None, not each.silent, len(each.assumed)))


def _quote(care: str, fees: Sequence[FeeRow], count: Count, assumed: tuple[str, ...]) -> Quote:
    pattern = count.pattern
    wanted = (Component.CARE, Component.MEALS) if pattern.meals else (Component.CARE,)
    lines: list[Line] = []
    gaps: list[Gap] = []
    once: list[Line] = []
    apart: list[Line] = []
    instead: tuple[Line, ...] = ()
    priced_for = {*wanted, *pattern.extras, *(fee.component for fee in fees)}
    for component in (each for each in Component if each in priced_for):
        rows = [fee for fee in fees if fee.component == component]
        if component in wanted:
            found = ways(component, rows, count)
            lines += found.lines[:1]
            gaps += found.gaps or (() if found.lines else (Gap("not-reported", component),))
            once += found.once
            instead = found.lines[1:] if component is Component.CARE else instead
            continue
        if component in pattern.extras and not rows:
            gaps.append(Gap("not-reported", component))
        for voluntary in (False, True):
            mine = [fee for fee in rows if fee.voluntary is voluntary]
            found = ways(component, mine, count) if mine else Ways()
            if component in pattern.extras or not (voluntary or component in NOT_ALWAYS):
                lines += found.lines[:1]
                gaps += found.gaps
                once += found.once
            else:
                apart += (*(found.lines[:1] or found.unknown), *found.once)
    if pattern.spread:
        lines += [priced(each.component, each.unit, each.rows, (1, MONTHS_OF_A_YEAR)) for each in once]
    known = any(line.component == Component.CARE for line in lines)
    return Quote(
        care,
        sum(line.low for line in lines) if known else None,
        sum(line.high for line in lines) if known else None,
        tuple(lines),
        tuple(dict.fromkeys(gaps)),
        () if pattern.spread else tuple(once),
        tuple(apart),
        instead,
        assumed,
    )
