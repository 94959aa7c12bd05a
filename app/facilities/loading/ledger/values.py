"""From a cell to a value of ours, by the column's type and the profile's words."""

import re
from collections.abc import Callable
from typing import Any

from app.core.codes import CodeState, credit_state, looks_like_citizen, without_identity_numbers
from app.core.faults import N_
from app.facilities.loading.ledger import cells, times
from app.facilities.loading.ledger.cells import UnreadableError, Wording
from app.facilities.loading.ledger.fields import CODES, Type
from app.facilities.loading.ledger.grid import Cell, plain_heading
from app.facilities.loading.ledger.profile import Column, type_of
from app.facilities.loading.ledger.table import Notes

_LONGEST = 500
"""Characters; the longest name of the national register has 149."""
_POINTED = re.compile(r"\s*[+-]?\d+\.\d+\s*,\s*[+-]?\d+\.\d+\s*")
"""Two numbers with decimal points and a comma between them."""
READ_OVER, NONE, ANY_OTHER = "-", "none", "*"
"""In a value map: read these words over; there is nothing of the kind; any word that is not in the map."""


def value_of(cell: Cell, column: Column, wording: Wording, notes: Notes, row: int) -> Any:
    """Return what a cell says, None if it says nothing; what cannot be read is an error of `notes`.

    Nothing shaped like a citizen's identity number is kept or repeated.
    """
    try:
        return _value(cell, column, wording, notes, row)
    except UnreadableError as error:
        notes.error(row, column.heading, error.sentence, **error.values)
        return None


def _value(cell: Cell, column: Column, wording: Wording, notes: Notes, row: int) -> Any:  # noqa: C901, PLR0911 - one question after another
    kind = type_of(column)
    text = cells.code_of(cell) if kind is Type.CODE else cells.text_of(cell)
    if not text:
        return None
    if looks_like_citizen(text) or without_identity_numbers(text) != text:
        notes.warn(row, column.heading, N_("A number shaped like a citizen's identity number was left out."))
        if looks_like_citizen(text) or kind is not Type.TEXT:
            return None
        cell = text = without_identity_numbers(text)
    known = wording.values.get(column.field, {})
    plain = plain_heading(text)
    mapped = column.values.get(plain, known.get(plain))
    if mapped is None and kind is not Type.SEVERAL:
        mapped = column.values.get(ANY_OTHER)
    if mapped is not None:
        if mapped in {READ_OVER, ""}:
            return None
        cell = text = mapped
    elif cells.narrow(text).casefold() in wording.unknown:
        return None
    if kind is Type.ONE:
        return _code(text, column)
    if kind is Type.SEVERAL:
        return _several(text, column, known, mapped=mapped is not None)
    if column.field == "credit_code":
        return _credit(text, column, notes, row)
    return _READ[kind](cell, column, wording)


def _code(text: str, column: Column) -> str:
    codes = CODES[column.field]
    if text not in codes:
        raise UnreadableError(
            N_("“%(value)s” is no word the profile knows for this column. Add it to the profile's values."),
            value=cells.shown(text),
        )
    return text


def _several(text: str, column: Column, known: Any, *, mapped: bool) -> list[str] | None:
    found: list[str] = []
    none = False
    for part in text.split("|") if mapped else cells.parts_of(text):
        plain = plain_heading(part)
        code = (
            part if mapped else column.values.get(plain, known.get(plain, column.values.get(ANY_OTHER, part)))
        )
        none = none or code == NONE
        if code not in {READ_OVER, "", NONE}:
            found += [_code(each, column) for each in code.split("|")]
    return list(dict.fromkeys(found)) if found or none else None


def _credit(text: str, column: Column, notes: Notes, row: int) -> dict[str, str] | None:
    state = credit_state(text)
    if state is CodeState.VALID:
        return {"code": text, "state": state.value}
    notes.warn(row, column.heading, N_("The check character of this credit code is wrong; it is not shown."))
    return {"state": CodeState.INVALID.value}


def _text(cell: Cell, _column: Column, _wording: Wording) -> str:
    text = " ".join(cells.text_of(cell).split())
    if len(text) > _LONGEST:
        raise UnreadableError(N_("This cell is longer than any name or address can be."))
    return text


def _point(cell: Cell, column: Column, wording: Wording) -> tuple[float, float]:
    """Return latitude and longitude. Where a comma is the decimal mark it parts only numbers with points."""
    text = cells.narrow(cells.text_of(cell)).strip("()[]")
    between = r"[,;|/\s]+" if wording.decimal != "," or _POINTED.fullmatch(text) else r"[;|/\s]+"
    parts = [part for part in re.split(between, text) if part]
    if len(parts) != 2:  # noqa: PLR2004 - latitude and longitude
        raise UnreadableError(N_("“%(value)s” is not a pair of coordinates."), value=cells.shown(cell))
    first, second = (_degrees(part, wording) for part in parts)
    return (first, second) if column.field == "lat_lon" else (second, first)


def _degrees(cell: Cell, wording: Wording) -> float:
    """Return degrees; they have no thousands, so a point is a point whatever the profile says."""
    text = cells.text_of(cell)
    return float(cells.number_of(text.replace(",", ".") if wording.decimal == "," else text))


_READ: dict[Type, Callable[[Cell, Column, Wording], Any]] = {
    Type.TEXT: _text,
    Type.CODE: lambda cell, _column, _wording: cells.code_of(cell),
    Type.LIST: lambda cell, _column, _wording: cells.parts_of(cell),
    Type.WHOLE: lambda cell, _column, wording: cells.whole_of(cell, wording.decimal),
    Type.NUMBER: lambda cell, _column, wording: _degrees(cell, wording),
    Type.MONEY: lambda cell, column, wording: cells.money_of(cell, column.money or wording.money, wording),
    Type.DAY: lambda cell, _column, wording: times.day_of(cell, wording.days),
    Type.AGE: lambda cell, column, wording: times.age_of(cell, column.ages or wording.ages, wording),
    Type.AGES: lambda cell, column, wording: times.ages_of(cell, column.ages or wording.ages, wording),
    Type.CLOCK: lambda cell, _column, _wording: times.clock_of(cell),
    Type.OPENING: lambda cell, _column, wording: times.opening_of(cell, wording.opening_days, wording),
    Type.FLAG: lambda cell, _column, _wording: cells.flag_of(cell),
    Type.POINT: _point,
}
