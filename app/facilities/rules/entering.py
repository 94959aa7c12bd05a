"""Who entered a value, as it is recorded with it: a role and its office, never a person. Pure."""

import re
from typing import NamedTuple

_SHAPE = re.compile(r"([a-z][a-z-]*)@([0-9]+(?:\.[a-z0-9-]+)?)")
IMPORT = "import"
"""Stands for a role where a list was read in."""


class EnteredBy(NamedTuple):
    """A role, and the office or area it was used for ("" for a list that was read in)."""

    role: str
    place: str


def write_entered(role: str, place: str) -> str:
    """Return what is recorded for somebody acting in a role for an office (`990101.health`) or an area."""
    return f"{role}@{place}"


def read_entered(recorded_by: str, *, imported: bool = False) -> EnteredBy | None:
    """Return who entered a value; None where a program brought it along."""
    found = _SHAPE.fullmatch(recorded_by)
    if found:
        return EnteredBy(found[1], found[2])
    return EnteredBy(IMPORT, "") if imported else None
