"""Reads who signs texts in a fictional place. Real people are entered behind the counter, never here."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.core.faults import N_
from app.core.files import Faults, Row, table
from app.core.i18n import SOURCE
from app.guide.rules.gates import FIELDS

LANGUAGES = ("zh-Hans", "ug", "en")
NAMED = ("name", "title", "organisation")
COLUMNS = (
    "handle", *(f"{column}_{code}" for column in NAMED for code in LANGUAGES), "field", "reads", "proof",
    "entered_by",
)  # fmt: skip


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
    others: Mapping[str, Mapping[str, str]]
    """Name, title and organisation in other languages, by language, as far as they are given."""


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
            name=row.need("name_zh-Hans"),
            title=row.need("title_zh-Hans"),
            organisation=row.need("organisation_zh-Hans"),
            field=row.one_of("field", frozenset(FIELDS)),
            reads=row.many("reads"),
            proof=row.need("proof"),
            entered_by=row.need("entered_by"),
            others=_others(row),
        )
    faults.check()
    return tuple(found.values())


def _others(row: Row) -> Mapping[str, Mapping[str, str]]:
    said = {column: row.names(column, LANGUAGES) for column in NAMED}
    found = {
        code: {column: said[column][code] for column in NAMED if code in said[column]}
        for code in LANGUAGES
        if code != SOURCE
    }
    return {code: words for code, words in found.items() if words}
