"""What a ledger says beside what is known: which rows it replaces, and whether anything differs. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

_ROWS: Mapping[str, tuple[str, ...]] = {
    "care": ("care",),
    "fees": ("care", "band", "component", "unit"),
    "bands": ("band",),
    "records": ("kind", "type", "issued_on"),
}
"""Fields made of rows, and what tells their rows apart."""
_BESIDE: Mapping[str, frozenset[str]] = {
    "fees": frozenset({"source", "checked_on"}),
    "bands": frozenset({"as_of", "said_by"}),
}
"""Parts of a row that say who said it and when: a difference there is a confirmation, not a change."""


def merged(field: str, said: Any, known: Any, day: date) -> Any:
    """Return the value of a field after a ledger has spoken.

    A ledger speaks of the rows it has: a fee board without meals does not say that meals are free. A row
    takes the place of those it covers (`*` is any), but for fees that had ended before. Parts it leaves open
    stay as known.
    """
    if field == "names":
        return {**(known or {}), **said}
    if field == "aliases":
        return [*(known or ()), *(each for each in said if each not in (known or ()))]
    if field not in _ROWS or not known or (field == "care" and not said):
        return said
    before = {_key(field, row): row for row in known}
    kept = [row for row in known if _ended(row, day) or not any(_covers(field, each, row) for each in said)]
    fresh = [_filled(field, row, before.get(_key(field, row))) for row in said]
    return [*kept, *fresh]


def _key(field: str, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row.get(part) for part in _ROWS[field])


def _covers(field: str, said: Mapping[str, Any], known: Mapping[str, Any]) -> bool:
    """Tell whether a row takes the place of another: it has the same key, where `*` is any."""
    return all(said.get(part) in ("*", known.get(part)) for part in _ROWS[field])


def _ended(row: Mapping[str, Any], day: date) -> bool:
    return bool(row.get("valid_to")) and date.fromisoformat(row["valid_to"]) < day


def _filled(field: str, row: Mapping[str, Any], known: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return a row whose open parts are those known before; prices stand as they are."""
    if known is None or field == "fees":
        return dict(row)
    return {**row, **{part: known[part] for part in known if row.get(part) in (None, {}, "")}}


def same(field: str, one: Any, other: Any) -> bool:
    """Tell whether two values of a field say the same, whoever said them and in whatever order."""
    return bool(_core(field, one) == _core(field, other))


def _core(field: str, value: Any) -> Any:
    if field in _ROWS and isinstance(value, Sequence):
        beside = _BESIDE.get(field, frozenset())
        rows = [{part: each for part, each in row.items() if part not in beside} for row in value]
        return sorted(
            sorted((part, str(each)) for part, each in row.items() if each not in (None, "", {}))
            for row in rows
        )
    if field in {"food", "languages", "needs", "aliases"} and isinstance(value, Sequence):
        return sorted(value)
    return value
