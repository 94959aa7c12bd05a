"""What a month would cost at a facility if its prices were others: nothing is kept."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.facilities.queries.costs import Monthly, worked_out
from app.facilities.queries.standing import county_of, standing
from app.facilities.rules.fees import Offer, read_care, read_fees
from app.facilities.rules.opening import parse_opening
from app.facilities.rules.pattern import Pattern


def would_cost(
    identity: str, fees: Sequence[Mapping[str, Any]], pattern: Pattern, today: date
) -> tuple[Monthly, Monthly]:
    """Return what a pattern costs now and at other prices, at a facility that exists."""
    held = {field: standing([identity], field)[identity].value for field in ("care", "opening", "fees")}
    week = parse_opening(held["opening"]).week if held["opening"] else None
    care, area = read_care(held["care"]), county_of(identity)
    now, then = (Offer(care, read_fees(rows), week) for rows in (held["fees"], fees))
    return worked_out(now, pattern, area, today), worked_out(then, pattern, area, today)
