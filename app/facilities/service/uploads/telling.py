"""A plan as it is kept for the pages: codes and values, no words of any language.

    {"day", "rows", "already", "items": {tab: [item]}, "places": int}

Items: `new` {row, name, fields}, `changed` {row, id, name, fields: {field: [before, after, source, on]}},
`same` {row, id, name}, `missing` {id, name}, `needs` {row, name, candidates: [[id, name, score, [why]]]},
`skipped` {row, name}, `errors` and `warnings` {row, column, sentence, values}.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from app.core.faults import Fault
from app.facilities.rules.matching import Verdict
from app.facilities.service.ledgers import Plan, PlannedRow

TABS = ("errors", "needs", "new", "changed", "missing", "warnings", "same", "skipped")
"""Lists of a plan in the order in which a worker needs them."""


def tell(plan: Plan) -> dict[str, Any]:
    """Return a plan of a ledger."""
    rows = plan.rows
    items = {
        "errors": faults(plan.notes.errors),
        "needs": [_needs(row) for row in rows if row.verdict == Verdict.ASK],
        "new": [
            {**_named(row), "fields": {each.field: _plain(each.value) for each in row.said}}
            for row in rows
            if row.is_new
        ],
        "changed": [_changed(plan, row) for row in rows if row.changes],
        "missing": [{"id": each, "name": name} for each, name in plan.missing],
        "warnings": faults(plan.notes.warnings),
        "same": [{**_named(row), "id": row.facility} for row in rows if row.facility and not row.changes],
        "skipped": [_named(row) for row in rows if row.verdict == "skipped"],
    }
    return finished(items, plan.day, plan.opened.ledger.rows, plan.already)


def finished(
    items: Mapping[str, list[dict[str, Any]]], day: date, rows: int, already: int | None
) -> dict[str, Any]:
    """Return a plan with the digest of what it would write."""
    told = {"day": day.isoformat(), "rows": rows, "already": already, "items": dict(items)}
    seen = [told["day"], *(items[tab] for tab in TABS if tab not in {"warnings", "same"})]
    stamp = hashlib.sha256(json.dumps(seen, sort_keys=True).encode("ascii")).hexdigest()
    return {**told, "stamp": stamp}


def counts(told: Mapping[str, Any]) -> dict[str, int]:
    """Return how many of each there are."""
    return {"rows": told["rows"], **{tab: len(told["items"][tab]) for tab in TABS}}


def faults(found: Iterable[Fault]) -> list[dict[str, Any]]:
    """Return faults by row; values of other types become words of their own."""
    return [
        {
            "row": each.line or None,
            "column": " ".join(each.column.split())[:80],
            "sentence": each.sentence,
            "values": {key: _plain(value) for key, value in each.values.items()},
        }
        for each in sorted(found, key=lambda fault: fault.line)
    ]


def _named(row: PlannedRow) -> dict[str, Any]:
    return {"row": row.entry.row, "name": row.entry.name}


def _needs(row: PlannedRow) -> dict[str, Any]:
    found = [[each.id, each.name, each.score, [why.value for why in each.why]] for each in row.candidates]
    return {**_named(row), "address": row.entry.fields.get("address") or "", "candidates": found}


def _changed(plan: Plan, row: PlannedRow) -> dict[str, Any]:
    held = plan.held.get(row.facility)
    return {
        "row": row.entry.row,
        "id": row.facility,
        "name": held.name if held else row.entry.name,
        "fields": {
            each.field: [
                _plain(each.before), _plain(each.after), each.before_source,
                each.before_on.isoformat() if each.before_on else None,
            ]
            for each in row.changes
        },
    }  # fmt: skip


def _plain(value: Any) -> Any:
    """Return a value as JSON holds it."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)
