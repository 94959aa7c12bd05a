"""Prices that a reader was told, read from an address as an offer."""

from typing import TYPE_CHECKING

from app.facilities.forms.reading import Problem, Reader
from app.facilities.rules.fees import ANY, CareRow, FeeRow, Offer
from app.facilities.rules.fitting import HALF_DAY
from app.facilities.rules.pattern import EVERY_DAY, MOST_MINUTES
from app.facilities.rules.vocabulary import Care, Component, Unit

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

PRICES = {
    "hour": (Care.HOURLY, Component.CARE, Unit.HOUR),
    "half": (Care.HALF_DAY, Component.CARE, Unit.MONTH),
    "full": (Care.FULL_DAY, Component.CARE, Unit.MONTH),
    "meal": (ANY, Component.MEALS, Unit.DAY),
}
"""Parameters: yuan an hour, a month of half days, a month of full days, a day's meals."""


def read_offer(args: "MultiDict[str, str]") -> tuple[Offer | None, list[Problem]]:
    """Return the offer that the prices of an address make, None if there is none, and every problem."""
    reader = Reader(args)
    told = {name: reader.yuan(name) for name in PRICES}
    fees = tuple(
        FeeRow(care, ANY, component, unit, fen, fen)
        for name, (care, component, unit) in PRICES.items()
        if (fen := told[name]) is not None
    )
    cares = tuple(
        CareRow(fee.care, EVERY_DAY, 0, HALF_DAY if fee.care == Care.HALF_DAY else MOST_MINUTES)
        for fee in fees
        if fee.component == Component.CARE
    )
    return (Offer(cares, fees) if cares else None), reader.problems
