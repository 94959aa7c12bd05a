"""Reads the rows of leave that the guide's file has for one place, cell by cell."""

from pathlib import Path

from app.core.files import Faults, table

PLACE = "place"
"""Column that says whose row it is; the nation's and those of provinces stand in the same file."""


def leave_file(content: Path) -> Path:
    """Return where the file is."""
    return content / "guide" / "leave.csv"


def leave_rows(content: Path, place: str | None = None) -> list[dict[str, str]]:
    """Return the rows of a place without the column that names it, or the whole file with it.

    No rows where there is no file, or it cannot be read: the guide's own loader tells its faults.
    """
    path = leave_file(content)
    found = [dict(row.cells) for row in table(path, (PLACE,), Faults(content))] if path.exists() else []
    if place is None:
        return found
    return [
        {name: cell for name, cell in row.items() if name != PLACE} for row in found if row[PLACE] == place
    ]
