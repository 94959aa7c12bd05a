"""Reads the people of a fictional place. Real people are never content."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.areas import rules
from app.core.files import Faults, table

LANGUAGES = ("zh-Hans", "ug", "en")
COLUMNS = ("handle", "role", "unit", "area", "name_zh-Hans", "facility")


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Somebody of a fictional place: a role for a unit, an area or, for providers, a facility; "" is none."""

    handle: str
    role: str
    unit: str
    area: str
    facility: str
    names: Mapping[str, str]


def load_staff(content: Path, place: str) -> tuple[StaffRow, ...]:
    """Read `places/<place>/staff.csv`. Raises `FaultyFiles`; what rows refer to is checked with the pack."""
    faults = Faults(content)
    found = tuple(
        StaffRow(
            handle=row.need("handle"),
            role=row.one_of("role", rules.STAFF_ROLES),
            unit=row["unit"],
            area=row.need("area"),
            facility=row["facility"],
            names=row.names("name", LANGUAGES),
        )
        for row in table(content / "places" / place / "staff.csv", COLUMNS, faults)
    )
    faults.check()
    return found
