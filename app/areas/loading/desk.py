"""Checks what rows of a pack refer to, and the sample staff of a fictional place."""

from dataclasses import dataclass
from pathlib import Path

from app.areas import rules
from app.core.faults import N_
from app.core.files import Faults, Row, table

LANGUAGES = ("zh-Hans", "ug", "en")


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
