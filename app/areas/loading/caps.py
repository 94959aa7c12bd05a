"""Reads the price caps of a place: what a document says care may cost at most."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.areas.loading.desk import LANGUAGES, Names
from app.core.faults import N_
from app.core.files import Faults, Row, table

if TYPE_CHECKING:
    from decimal import Decimal

SCOPES = frozenset({"public", "inclusive", "*"})
"""Whom a cap binds: public institutions, places with an inclusive price, everybody."""
CARES = frozenset({"full-day", "half-day", "hourly", "temporary", "*"})
BANDS = frozenset({"infant", "junior", "senior", "mixed", "*"})
UNITS = frozenset({"month", "half-month", "week", "day", "half-day", "hour", "session", "term", "year"})
FIGURES = frozenset({"household-income-month"})
"""What a percentage may be of: the disposable income of a household in a month."""
_COLUMNS = (
    "scope", "care", "band", "unit", "amount", "percent", "of", "figure", "figure_year", "figure_source",
    "document", "clause", "confidence", "valid_from", "valid_to",
)  # fmt: skip
_FEN = 100


def load_caps(path: Path, area: str, names: Names, faults: Faults) -> Iterator[dict[str, Any]]:
    """Yield the caps of a place as rows of its table; a figure that nobody has entered stays None."""
    for row in table(path, _COLUMNS, faults):
        amount, percent, figure = _fen(row, "amount"), row.number("percent"), _fen(row, "figure")
        if (amount is None) is (percent is None):
            row.bad("amount", N_("A cap is an amount or a percentage, one of the two."))
        if percent is not None:
            row.one_of("of", FIGURES)
        if figure is not None and not row["figure_source"]:
            row.bad("figure_source", N_("A figure needs the source it was read in."))
        yield {
            "place": area,
            "scope": row.one_of("scope", SCOPES),
            "care": row.one_of("care", CARES),
            "band": row.one_of("band", BANDS),
            "unit": row.one_of("unit", UNITS),
            "amount_fen": amount,
            "percent": None if percent is None else float(percent),
            "figure_fen": figure,
            "figure_year": row.whole("figure_year"),
            "figure_source": row["figure_source"],
            **names.basis(row),
            "valid_from": row.day("valid_from"),
            "valid_to": row.day("valid_to"),
            "texts": row.names("text", LANGUAGES),
        }


def _fen(row: Row, column: str) -> int | None:
    amount: Decimal | None = row.number(column)
    if amount is None:
        return None
    fen = amount * _FEN
    if amount < 0 or fen != fen.to_integral_value():
        row.bad(
            column, N_("“%(value)s” is not an amount in yuan with at most two decimals."), value=row[column]
        )
    return int(fen)
