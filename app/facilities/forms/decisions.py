"""A worker's decisions about rows of a ledger, as a small CSV: row, decision."""

import csv
import io
from pathlib import Path

from app.core.faults import N_, Fault, FaultyFiles

_HEADER = ("row", "行")
_LARGEST = 1024 * 1024
_CELLS = 2


def read_decisions(path: Path) -> dict[int, str]:
    """Return row → a facility's id, `new` or `skip`; a header line and further columns are read over.

    Raises `FaultyFiles` with every line that is no decision; whether rows and facilities are there is told
    by the preview.
    """
    faults: list[Fault] = []
    if path.stat().st_size > _LARGEST:
        raise FaultyFiles([Fault(path, 0, N_("This file is too large for a list of decisions."))])
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030", "replace")
    found: dict[int, str] = {}
    for number, raw_cells in enumerate(csv.reader(io.StringIO(text, newline="")), start=1):
        cells = [cell.strip() for cell in raw_cells]
        if not any(cells) or (number == 1 and cells[0].casefold() in _HEADER):
            continue
        if len(cells) < _CELLS or not cells[0].isdecimal() or not cells[1]:
            sentence = N_("A decision is a row's number and an id, “new” or “skip”.")
            faults.append(Fault(path, number, sentence))
            continue
        if found.get(int(cells[0]), cells[1]) != cells[1]:
            faults.append(Fault(path, number, N_("Row %(row)s is decided twice."), {"row": cells[0]}))
        choice = cells[1]
        found[int(cells[0])] = choice.lower() if choice.lower() in {"new", "skip"} else choice.upper()
    if faults:
        raise FaultyFiles(faults)
    return found
