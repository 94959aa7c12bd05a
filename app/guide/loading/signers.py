"""Reads who signs texts in a fictional place. Real people are entered behind the counter, never here."""

from dataclasses import dataclass
from pathlib import Path

from app.core.faults import N_
from app.core.files import Faults, table
from app.guide.rules.gates import FIELDS

COLUMNS = ("handle", "name", "title", "organisation", "field", "reads", "proof", "entered_by")


@dataclass(frozen=True, slots=True)
class SignerRow:
    """Somebody of a fictional place who signs texts; accounts are named by their handles."""

    handle: str
    name: str
    title: str
    organisation: str
    field: str
    reads: tuple[str, ...]
    proof: str
    entered_by: str


def load_signers(content: Path, place: str) -> tuple[SignerRow, ...]:
    """Read `places/<place>/signers.csv`; without the file there are none. Raises `FaultyFiles`."""
    path = content / "places" / place / "signers.csv"
    if not path.exists():
        return ()
    faults = Faults(content)
    found: dict[str, SignerRow] = {}
    for row in table(path, COLUMNS, faults):
        handle = row.need("handle")
        if handle in found:
            row.bad("handle", N_("“%(id)s” is listed twice."), id=handle)
        found[handle] = SignerRow(
            handle=handle,
            name=row.need("name"),
            title=row.need("title"),
            organisation=row.need("organisation"),
            field=row.one_of("field", frozenset(FIELDS)),
            reads=row.many("reads"),
            proof=row.need("proof"),
            entered_by=row.need("entered_by"),
        )
    faults.check()
    return tuple(found.values())
