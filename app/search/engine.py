"""What a text index promises, whichever engine keeps it.

Exact tier, the same in every engine: a document is found if it matches every term of the query. Characters
match as a substring of one folded value; words match from the first letter of a word on, or inside of a code,
or as pinyin (`pinyin` says how); a number also in its other spelling (`numbers`). Precision and recall are
therefore 1.

Fuzzy tier, `similar`, also the same in every engine: what nearly matches (`near` says when). It never holds
what `search` finds, and never changes the answers of `search`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from app.search import pinyin
from app.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from app.search.query import Term

FIELDS: Final = ("name", "alias", "area", "address", "other")
"""Fields of a document, the most telling first. Several values of one field are separated by "|"."""

FIELD_END: Final = "\n"
VALUE_END: Final = "\t"
DOCUMENT_END: Final = "\x1e"


class IndexUnavailableError(RuntimeError):
    """There is no index that can be read: never built, damaged, or made by another version of the program."""


class IndexBusyError(RuntimeError):
    """Another process is writing the index and did not finish in time."""


@dataclass(frozen=True, slots=True)
class Document:
    """A thing that can be found. `pinyin`: made by `pinyin.readings`, usually of the name, then the alias."""

    id: str
    fields: Mapping[str, str]
    pinyin: str = ""


@dataclass(frozen=True, slots=True)
class Hits:
    """An answer: ids with their points, best first, equal points by id. `terms` are for highlighting."""

    ids: tuple[str, ...]
    scores: tuple[int, ...]
    terms: tuple[Term, ...]
    truncated: bool


@dataclass(frozen=True, slots=True)
class Similar:
    """What nearly matches a query: ids with their points, nearest first, equal points by id."""

    ids: tuple[str, ...]
    scores: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as every engine keeps it: folded fields in the order of FIELDS, and the pinyin record."""

    id: str
    text: str
    pinyin: str


class TextIndex(Protocol):
    """An index of one kind of document. It may be deleted at any time and built again from the database."""

    def rebuild(self, documents: Iterable[Document], version: int) -> int:
        """Replace everything, return the count. Readers see the old index until the new one is complete."""

    def update(
        self, documents: Iterable[Document], *, removed: Collection[str] = (), version: int | None = None
    ) -> int:
        """Add or replace some documents, drop others, and return how many were written.

        Without `version` the old one stays. Raises IndexUnavailableError if there is nothing to update.
        """

    def search(self, query: str) -> Hits:
        """Find documents; a query without a letter or digit finds none. Raises only IndexUnavailableError."""

    def similar(self, query: str) -> Similar:
        """Find documents that nearly match, none that matches exactly. Raises only IndexUnavailableError."""

    def version(self) -> int | None:
        """Return the version given at the last write, or None when the index cannot be used. Never raises."""


def entry(document: Document) -> Entry:
    """Fold a document. A value already present in a better field is kept only there.

    Raises ValueError for an unknown field or an id that is empty or holds control characters.
    """
    if not document.id or not document.id.isprintable():
        raise ValueError(f"document id {document.id!r} is empty or not printable")
    if unknown := set(document.fields) - set(FIELDS):
        raise ValueError(f"document {document.id}: unknown fields {sorted(unknown)}")
    seen: set[str] = set()
    columns: list[str] = []
    for field in FIELDS:
        values = dict.fromkeys(fold(value) for value in document.fields.get(field, "").split("|"))
        fresh = [value for value in values if value and value not in seen]
        seen.update(fresh)
        columns.append(VALUE_END.join(fresh))
    return Entry(document.id, FIELD_END.join(columns), pinyin.record(document.pinyin))
