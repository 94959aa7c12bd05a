"""Reads who answers what and by when: rules and clocks of a place, and those of the nation behind them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.areas import rules
from app.areas.loading.desk import LANGUAGES, Names
from app.core.faults import N_
from app.core.files import Faults, Row, table

ANY = "*"
_COLUMNS = (
    "priority", "category", "kind", "form", "severity", "lead", "co", "inform", "territory_role", "basis",
    "valid_from", "valid_to", "approved_by_zh-Hans", "paraphrase_zh-Hans",
)  # fmt: skip
_CLOCK_COLUMNS = (
    "clock", "category", "purpose", "severity", "amount", "unit", "document", "clause", "confidence",
    "basis_zh-Hans",
)  # fmt: skip
_CODE = re.compile(r"[a-z]+(-[a-z]+)*")
_CATEGORIES = frozenset({*rules.CATEGORIES, ANY})
_SEVERITIES = frozenset({*rules.SEVERITIES, ANY})
_PURPOSES = frozenset({*rules.PURPOSES, ANY})


def load_routing(path: Path, names: Names, faults: Faults, *, kinds: bool = False) -> list[dict[str, Any]]:
    """Read rules in the order they are tried; a table without a catch-all is a fault.

    A place names its units. With `kinds`, as in the nation's table, offices are named by what they are for
    (`health`), and `lead` may hold several kinds, of which the first that a place has leads.
    """
    read: list[dict[str, Any]] = []
    tried: list[rules.RoutingRow] = []
    for row in table(path, _COLUMNS, faults):
        rule = _rule(row, names, kinds=kinds)
        if read and rule["priority"] <= read[-1]["priority"]:
            row.bad("priority", N_("Each priority must be higher than the one in the line above."))
        read.append(rule)
        tried.append(
            rules.RoutingRow(
                rule["priority"],
                rule["category"],
                rule["kind"],
                rule["form"],
                rule["severity"],
                "|".join(rule["lead"]),
            )
        )
    if not rules.has_catch_all(tried):
        faults.add(
            path,
            1,
            N_("The last rule must cover everything (*), so that no report is left without an office."),
        )
    return read


def _rule(row: Row, names: Names, *, kinds: bool) -> dict[str, Any]:
    for column in ("kind", "form"):
        if row.need(column) != ANY and not _CODE.fullmatch(row[column]):
            row.bad(column, N_("“%(value)s” is neither a code nor *."), value=row[column])
    units = {column: row.many(column) for column in ("lead", "co", "inform")}
    _check_units(row, units, names, kinds=kinds)
    if row["territory_role"]:
        row.one_of("territory_role", rules.TERRITORY_ROLES)
    first, last = row.day("valid_from"), row.day("valid_to")
    if first and last and last < first:
        row.bad("valid_to", N_("The last day lies before the first."))
    row.need("paraphrase_zh-Hans")
    return {
        "priority": row.whole("priority") or 0,
        "category": row.one_of("category", _CATEGORIES),
        "kind": row["kind"],
        "form": row["form"],
        "severity": row.one_of("severity", _SEVERITIES),
        **{column: list(codes) for column, codes in units.items()},
        "territory_role": row["territory_role"],
        "basis": [_basis(row, text, names) for text in row.many("basis") or (row.need("basis"),)],
        "valid_from": first.isoformat() if first else None,
        "valid_to": last.isoformat() if last else None,
        "approved_by": row.names("approved_by", LANGUAGES),
        "paraphrase": row.names("paraphrase", LANGUAGES),
    }


def _check_units(row: Row, units: dict[str, tuple[str, ...]], names: Names, *, kinds: bool) -> None:
    """Check that offices exist, that one leads, and that none has two parts.

    A kind may be named twice: where it leads for want of another, it does not also help.
    """
    if not units["lead"]:
        row.need("lead")
    if len(units["lead"]) > 1 and not kinds:
        row.bad("lead", N_("One office leads, not several."))
    seen: set[str] = set()
    for column, codes in units.items():
        for code in codes:
            if not kinds:
                names.unit(row, column, code)
            elif not _CODE.fullmatch(code):
                row.bad(column, N_("“%(value)s” is not a kind of office."), value=code)
            if code in seen and not kinds:
                row.bad(column, N_("“%(id)s” is listed twice."), id=code)
            seen.add(code)


def _basis(row: Row, text: str, names: Names) -> dict[str, str]:
    """Read `document:clause:confidence`; only a national default may be without a clause."""
    document, _, rest = text.partition(":")
    clause, _, confidence = rest.rpartition(":")
    if document not in names.documents:
        row.bad("basis", N_("Document “%(id)s” is not in documents.csv."), id=document)
    if confidence not in rules.CONFIDENCES:
        row.bad("basis", N_("“%(value)s” is not document:clause:confidence."), value=text)
    elif not clause and confidence != rules.NATIONAL_DEFAULT:
        row.bad("basis", N_("A local basis needs its clause: “%(value)s”."), value=text)
    return {"document": document, "clause": clause, "confidence": confidence}


def load_clocks(path: Path, documents: frozenset[str], faults: Faults) -> Iterator[dict[str, Any]]:
    """Read how long each step may take, for a subject, a purpose and a severity or for any (`*`)."""
    seen: set[tuple[str, ...]] = set()
    for row in table(path, _CLOCK_COLUMNS, faults):
        key = tuple(row[column] for column in ("clock", "category", "purpose", "severity"))
        if key in seen:
            row.bad("clock", N_("“%(id)s” is listed twice."), id=" ".join(key))
        seen.add(key)
        if row["document"] and row["document"] not in documents:
            row.bad("document", N_("Document “%(id)s” is not in documents.csv."), id=row["document"])
        if (row.whole("amount") or 0) < 1:
            row.bad("amount", N_("A clock needs an amount of at least 1."))
        row.need("basis_zh-Hans")
        yield {
            "id": row.one_of("clock", rules.CLOCKS),
            "category": row.one_of("category", _CATEGORIES),
            "purpose": row.one_of("purpose", _PURPOSES),
            "severity": row.one_of("severity", _SEVERITIES),
            "amount": row.whole("amount") or 0,
            "unit": row.one_of("unit", rules.MEASURES),
            "document": row["document"],
            "clause": row["clause"],
            "confidence": row.one_of("confidence", rules.CONFIDENCES),
            "basis": row.names("basis", LANGUAGES),
        }
