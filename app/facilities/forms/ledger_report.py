"""A preview or an import of a ledger, told: as JSON for programs, as lines for the command line."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from app.core.faults import N_, Fault
from app.facilities.rules.matching import Candidate, Verdict, Why
from app.facilities.service.ledgers import Plan, PlannedRow

Translate = Callable[[str], str]

REASONS: Mapping[Why, str] = {
    Why.CODE: N_("same credit code"),
    Why.OTHER_CODE: N_("another credit code"),
    Why.SHARED_CODE: N_("credit code shared by several"),
    Why.NAME: N_("same name"),
    Why.ALIAS: N_("same other name"),
    Why.SAME_CORE: N_("same name but for places and company words"),
    Why.LIKE_NAME: N_("similar name"),
    Why.OTHER_NAME: N_("another name"),
    Why.HOUSE: N_("same house number"),
    Why.OTHER_HOUSE: N_("another house number"),
    Why.ADDRESS: N_("similar address"),
    Why.TOWNSHIP: N_("same township"),
    Why.OTHER_COUNTY: N_("in another county"),
    Why.TAKEN: N_("another row of the ledger says so too"),
}


def as_json(
    plan: Plan,
    translate: Translate = str,
    *,
    applied: bool = False,
    identity: int | None = None,
    made: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return what `flask facilities import --json` prints. Keys are stable; new ones may be added.

    ::

        {"file": str, "profile": str, "area": code, "day": "2026-01-30", "rows": int,
         "new": [{"row", "name", "id": str|null, "fields": {field: value}}],
         "changed": [{"row", "id", "name", "fields":
                      {field: {"before", "after", "before_source", "before_on", "on"}}}],
         "unchanged": int, "confirmed": int (of these: said again on a later day),
         "missing": [{"id", "name"}],
         "needs_worker": [{"row", "name", "candidates": [{"id", "name", "score", "why": [sentence]}]}],
         "skipped": [{"row", "name"}],
         "errors": [{"row": int|null, "column": heading|null, "message": sentence}],
         "warnings": [… as errors],
         "applied": bool, "import": int|null}

    Values are as observations have them: money in fen, ages in months, days in ISO 8601, null unknown.
    """
    ids = made or {}
    stay = [row for row in plan.rows if row.facility and not row.changes]
    return {
        "file": plan.opened.path.name,
        "profile": plan.opened.profile.name,
        "area": plan.opened.area,
        "day": plan.day.isoformat(),
        "rows": plan.opened.ledger.rows,
        "new": [
            {
                "row": row.entry.row,
                "name": row.entry.name,
                "id": ids.get(row.entry.key),
                "fields": {each.field: each.value for each in row.said},
            }
            for row in plan.rows
            if row.is_new
        ],
        "changed": [_changed(plan, row) for row in plan.rows if row.changes],
        "unchanged": len(stay),
        "confirmed": sum(1 for row in stay if row.said),
        "missing": [{"id": each, "name": name} for each, name in plan.missing],
        "needs_worker": [
            {
                "row": row.entry.row,
                "name": row.entry.name,
                "candidates": [_candidate(each, translate) for each in row.candidates],
            }
            for row in plan.rows
            if row.verdict == Verdict.ASK
        ],
        "skipped": [{"row": r.entry.row, "name": r.entry.name} for r in plan.rows if r.verdict == "skipped"],
        "errors": [_fault(each, translate) for each in _sorted(plan.notes.errors)],
        "warnings": [_fault(each, translate) for each in _sorted(plan.notes.warnings)],
        "applied": applied,
        "import": identity,
    }


def refused_as_json(
    file: str, profile: str, area: str, faults: Sequence[Fault], translate: Translate = str
) -> dict[str, Any]:
    """Return the same answer for a ledger that was not opened: its profile, area or decisions are wrong.

    A fault's row is that of the file it is in, which its message names.
    """
    lists = ("new", "changed", "missing", "needs_worker", "skipped", "errors", "warnings")
    told: dict[str, Any] = {"file": file, "profile": profile, "area": area, "day": None, "rows": 0}
    told |= {"unchanged": 0, "confirmed": 0, "applied": False, "import": None} | {name: [] for name in lists}
    told["errors"] = [
        {"row": each.line or None, "column": each.column or None, "message": each.text(translate)}
        for each in faults
    ]
    return told


def _changed(plan: Plan, row: PlannedRow) -> dict[str, Any]:
    held = plan.held.get(row.facility)
    return {
        "row": row.entry.row,
        "id": row.facility,
        "name": held.name if held else row.entry.name,
        "fields": {
            each.field: {
                "before": each.before,
                "after": each.after,
                "before_source": each.before_source,
                "before_on": _iso(each.before_on),
                "on": _iso(each.after_on),
            }
            for each in row.changes
        },
    }


def _candidate(each: Candidate, translate: Translate) -> dict[str, Any]:
    why = [translate(REASONS[reason]) for reason in each.why]
    return {"id": each.id, "name": each.name, "score": each.score, "why": why}


def _fault(fault: Fault, translate: Translate) -> dict[str, Any]:
    return {
        "row": fault.line or None,
        "column": " ".join(fault.column.split()) or None,
        "message": translate(fault.sentence) % dict(fault.values),
    }


def _sorted(faults: Sequence[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda fault: fault.line)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def as_lines(told: Mapping[str, Any], limit: int = 20) -> Iterator[str]:
    """Yield the lines that a person reads, from the same answer; long lists are cut and say so."""
    yield (
        f"{told['file']}: {told['rows']} rows by profile {told['profile']}, area {told['area']}, "
        f"as of {told['day']}."
    )
    for title, rows, line in (
        ("errors", told["errors"], _fault_line),
        ("warnings", told["warnings"], _fault_line),
        ("new", told["new"], lambda row: f"row {row['row']}: {row['name']}"),
        ("changed", told["changed"], _changed_line),
        ("need a worker", told["needs_worker"], _asked_line),
        (
            "missing from this edition (nothing is closed)",
            told["missing"],
            lambda row: f"{row['id']} {row['name']}",
        ),
    ):
        if rows:
            yield f"{len(rows)} {title}:"
            yield from (f"  {line(row)}" for row in rows[:limit])
            if len(rows) > limit:
                yield f"  … and {len(rows) - limit} more; --json lists all."
    yield f"{told['unchanged']} unchanged, {told['confirmed']} of them said again on a later day."


def _fault_line(fault: Mapping[str, Any]) -> str:
    where = f"row {fault['row']}" if fault["row"] else "file"
    return f"{where}{', ' + fault['column'] if fault['column'] else ''}: {fault['message']}"


def _changed_line(row: Mapping[str, Any]) -> str:
    fields = "; ".join(f"{name}: {_difference(each)}" for name, each in row["fields"].items())
    return f"row {row['row']}: {row['id']} {row['name']}: {fields}"


def _difference(change: Mapping[str, Any]) -> str:
    """Return before → after; of lists only what one of the two has and the other has not."""
    before, after = change["before"], change["after"]
    if not (isinstance(after, list) and isinstance(before, list | None)):
        return f"{_short(before)} → {_short(after)}"
    was, will = [_part(each) for each in before or ()], [_part(each) for each in after]
    gone = ", ".join(each for each in was if each not in will)
    come = ", ".join(each for each in will if each not in was)
    return f"{gone or ('nothing' if before is not None else _short(None))} → {come or 'nothing'}"


def _part(row: Any) -> str:
    """Return one row of a field in a few words, without what is not said."""
    if not isinstance(row, Mapping):
        return str(row)
    if "min_fen" in row:
        amount = f"{row['min_fen'] / 100:g}"
        if row["max_fen"] != row["min_fen"]:
            amount += f"-{row['max_fen'] / 100:g}"
        return f"{row['care']} {row['band']} {row['component']} {amount} yuan/{row['unit']}"
    said = (
        each for part, each in row.items() if part not in {"as_of", "said_by"} and each not in (None, "", {})
    )
    return " ".join(" ".join(each.values()) if isinstance(each, Mapping) else str(each) for each in said)


def _short(value: object) -> str:
    text = "not reported" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"  # noqa: PLR2004 - a line of a terminal


def _asked_line(row: Mapping[str, Any]) -> str:
    found = "; ".join(f"{each['id']} {each['name']} {each['score']:.2f}" for each in row["candidates"])
    return f"row {row['row']}: {row['name']} ← {found or 'nothing like it'}"
