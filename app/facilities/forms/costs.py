"""A monthly cost as JSON: the answer of the API to a pattern. Money in fen."""

from collections.abc import Collection
from typing import Any

from app.facilities.rules.cost import Quote, Quotes
from app.facilities.rules.ways import Line


def cost_json(quotes: Quotes | None, cares: Collection[str] = ()) -> dict[str, Any]:
    """Return `monthly_cost_fen` and `monthly_cost`: of the cheapest care type, among some if they were asked.

    The first is the lowest amount that is wholly known, else null. The second is null where no pattern was
    asked; its amounts are *at least* where anything is `missing`.
    """
    if quotes is None:
        return {"monthly_cost_fen": None, "monthly_cost": None}
    best = quotes.best(cares)
    complete = best is not None and best.complete
    return {
        "monthly_cost_fen": best.low_fen if best is not None and complete else None,
        "monthly_cost": {
            "best": quote_json(best) if best is not None else None,
            "care_types": [quote_json(quote) for quote in quotes.quotes],
            "not_fitting": [
                {"care": each.care, "reason": each.reason, "reported": not each.silent}
                for each in quotes.misfits
            ],
        },
    }


def quote_json(quote: Quote) -> dict[str, Any]:
    """Return what one care type costs, with its arithmetic."""
    return {
        "care": quote.care,
        "low_fen": quote.low_fen,
        "high_fen": quote.high_fen,
        "complete": quote.complete,
        "missing": [
            {
                "reason": gap.reason,
                "component": str(gap.component),
                "min_fen": gap.low,
                "max_fen": gap.high,
            }
            for gap in quote.missing
        ],
        "assumed": list(quote.assumed),
        "lines": [_line(line) for line in quote.lines],
        "once": [_line(line) for line in quote.once],
        "apart": [_line(line) for line in quote.apart],
        "instead": [_line(line) for line in quote.instead],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "component": str(line.component),
        "unit": line.unit,
        "prices_fen": [list(price) for price in line.prices],
        "times": line.times,
        "divided_by": line.divisor,
        "low_fen": line.low,
        "high_fen": line.high,
        "voluntary": line.voluntary,
        "fees": [
            {
                "care": row.care,
                "band": row.band,
                "component": row.component,
                "unit": row.unit,
                "min_fen": row.low,
                "max_fen": row.high,
                "voluntary": row.voluntary,
                "valid_from": row.valid_from.isoformat() if row.valid_from else None,
                "valid_to": row.valid_to.isoformat() if row.valid_to else None,
            }
            for row in line.rows
        ],
    }
