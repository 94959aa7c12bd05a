"""A preview or an import of a ledger as JSON: codes for programs, sentences in the operator's language."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from app.core.faults import N_, Fault
from app.facilities.forms.labels import LABELS
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
    values = dict(fault.values)
    if "field" in values:  # a field's code is no word of a sentence
        values["field"] = LABELS["fact"].get(str(values["field"]), values["field"])
    return {
        "row": fault.line or None,
        "column": " ".join(fault.column.split()) or None,
        "message": translate(fault.sentence) % values,
    }


def _sorted(faults: Sequence[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda fault: fault.line)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
