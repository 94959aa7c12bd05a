"""Whether published care fees keep to a price cap.

A cap speaks of care fees in its own unit only; nothing is converted for it. A percentage is of a figure, such
as the disposable income of a household in a month; without the figure nobody can say: *no data*. A price for
all classes is held against a cap of one class only where the child's age is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.facilities.rules.fees import ANY, FeeRow
from app.facilities.rules.vocabulary import BAND_MONTHS, Band, Component, Form


@dataclass(frozen=True, slots=True)
class Cap:
    """A cap as far as the check needs it: whom it binds, what it speaks of, and how much in fen."""

    scope: str
    care: str
    band: str
    unit: str
    amount_fen: int | None
    percent: float | None = None
    figure_fen: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def limit(self) -> int | None:
        """Return the highest fee that is allowed, rounded down; None if the figure is not known."""
        if self.amount_fen is not None or self.percent is None or self.figure_fen is None:
            return self.amount_fen
        return int(self.figure_fen * self.percent / 100)

    def binds(self, form: str, inclusive: bool | None) -> bool:  # noqa: FBT001 - None is not reported
        """Tell whether the cap surely binds a place."""
        return {"public": form == Form.PUBLIC, "inclusive": bool(inclusive)}.get(self.scope, True)

    def in_force(self, on: date) -> bool:
        """Tell whether the cap holds on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )

    def speaks_of(self, fee: FeeRow, age: int | None) -> bool:
        """Tell whether a care fee can be held against the cap."""
        if fee.component != Component.CARE or fee.unit != self.unit or self.care not in {fee.care, ANY}:
            return False
        if self.band in {fee.band, ANY}:
            return True
        if fee.band != ANY or age is None:
            return False
        low, high = BAND_MONTHS[Band(self.band)]
        return low <= age < high


class State(StrEnum):
    """What can be said, the gravest first."""

    ABOVE = "above"
    NO_DATA = "no-data"
    WITHIN = "within"


def check(caps: Sequence[Cap], fees: Sequence[FeeRow], age: int | None) -> tuple[State, int] | None:
    """Return the gravest thing to say of care fees, and by which cap; None if no cap speaks of them."""
    found: list[tuple[State, int]] = []
    for place, cap in enumerate(caps):
        held = [fee for fee in fees if cap.speaks_of(fee, age)]
        if held:
            allowed = cap.limit
            if allowed is None:
                found.append((State.NO_DATA, place))
            else:
                above = any(fee.high > allowed for fee in held)
                found.append((State.ABOVE if above else State.WITHIN, place))
    order = list(State)
    return min(found, key=lambda each: order.index(each[0]), default=None)
