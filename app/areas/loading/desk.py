"""Reads who answers what in a pack, and checks what its rows refer to."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.areas import rules
from app.core.faults import N_
from app.core.files import Faults, Row, table

BASIS = ("document", "clause", "confidence")


@dataclass(frozen=True, slots=True)
class Names:
    """What rows of a pack may refer to."""

    documents: frozenset[str]
    units: frozenset[str]
    areas: frozenset[str]

    def basis(self, row: Row) -> dict[str, str]:
        """Read document, clause and confidence of a row."""
        document = row.need("document")
        if document and document not in self.documents:
            row.bad("document", N_("Document “%(id)s” is not in documents.csv."), id=document)
        return {
            "document": document,
            "clause": row["clause"],
            "confidence": row.one_of("confidence", rules.CONFIDENCES),
        }

    def unit(self, row: Row, column: str, code: str) -> None:
        """Check that a unit is one of the pack's."""
        if code and code not in self.units:
            row.bad(column, N_("Unit “%(unit)s” is not in units.csv."), unit=code)

    def area(self, row: Row) -> str:
        """Read the area of a row."""
        code = row.need("area")
        if code and code not in self.areas:
            row.bad("area", N_("Area %(code)s is not listed."), code=code)
        return code


def load_routing(path: Path, area: str, names: Names, faults: Faults) -> Iterator[dict[str, Any]]:
    """Read the rules of who answers what; a table without a catch-all is a fault."""
    columns = (
        "priority",
        "category",
        "kind",
        "form",
        "severity",
        "lead",
        "co",
        "inform",
        "territory_role",
        *BASIS,
    )
    rows = []
    for row in table(path, columns, faults):
        priority = row.whole("priority") or 0
        lead = row.need("lead")
        for column in ("lead", "co", "inform"):
            for code in row.many(column):
                names.unit(row, column, code)
        category = row.one_of("category", frozenset({*rules.CATEGORIES, "*"}))
        rows.append(rules.RoutingRow(priority, category, row["kind"], row["form"], row["severity"], lead))
        rule = {
            "category": category,
            "kind": row["kind"],
            "form": row["form"],
            "severity": row["severity"],
            "lead": lead,
            "co": list(row.many("co")),
            "inform": list(row.many("inform")),
            "territory_role": row["territory_role"],
            **names.basis(row),
        }
        yield {"place": area, "priority": priority, "rule": rule}
    if not rules.has_catch_all(rows):
        faults.add(
            path,
            1,
            N_("The last rule must cover everything (*), so that no report is left without an office."),
        )


def check_staff(path: Path, names: Names, faults: Faults) -> None:
    """Check the people of a fictional place; real people are never content."""
    seen: set[str] = set()
    for row in table(path, ("handle", "role", "unit", "area", "name_zh-Hans"), faults):
        handle = row.need("handle")
        if handle in seen:
            row.bad("handle", N_("“%(id)s” is listed twice."), id=handle)
        seen.add(handle)
        row.one_of("role", rules.STAFF_ROLES)
        names.unit(row, "unit", row["unit"])
        names.area(row)
        row.need("name_zh-Hans")
