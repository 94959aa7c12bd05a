"""The engine that needs nothing but the database: LIKE proposes entries, the shelf judges and ranks them.

It is the fallback when the embedded index is missing, and the oracle that index is tested against. It reads
every proposed row, so it suits a few thousand documents. SQLite and PostgreSQL.
"""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Final

from sqlalchemy import Column, MetaData, String, Table, Text, and_, delete, false, insert, or_, select

from app.search import pinyin
from app.search.engine import Document, Entry, Hits, IndexUnavailableError, Similar, entry
from app.search.near import near, terms_of
from app.search.query import Kind, Term, parse
from app.search.shelf import Shelf
from app.search.sounds import sounding_like

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from contextlib import AbstractContextManager

    from sqlalchemy import ColumnElement, Connection

BATCH: Final = 500
_SYLLABLES: Final = 6
"""Syllables of a key that a row must hold to be proposed."""
_VERSION_ID: Final = ""  # no document has an empty id, so this row can hold the version


def search_table(metadata: MetaData, name: str = "search_text") -> Table:
    """Define the table this engine needs: one row a document, plus one row a kind that holds the version."""
    return Table(
        name,
        metadata,
        Column("kind", String, primary_key=True),
        Column("doc_id", String, primary_key=True),
        Column("folded", Text, nullable=False),
        Column("pinyin", Text, nullable=False),
    )


class SqlIndex:
    """A `TextIndex` in a table made like `search_table`. `connect` opens a transaction and ends it."""

    def __init__(
        self, table: Table, connect: Callable[[], AbstractContextManager[Connection]], kind: str
    ) -> None:
        self._table = table
        self._connect = connect
        self._kind = kind

    def rebuild(self, documents: Iterable[Document], version: int) -> int:
        """See `TextIndex`. One transaction."""
        written = 0
        with self._connect() as connection:
            connection.execute(delete(self._table).where(self._table.c.kind == self._kind))
            source = (entry(document) for document in documents)
            while batch := list(islice(source, BATCH)):
                self._insert(connection, batch)
                written += len(batch)
            self._insert(connection, [Entry(_VERSION_ID, str(version), "")])
        return written

    def update(
        self, documents: Iterable[Document], *, removed: Collection[str] = (), version: int | None = None
    ) -> int:
        """See `TextIndex`. One transaction."""
        fresh = {item.id: item for item in map(entry, documents)}
        with self._connect() as connection:
            known = self._version(connection)
            gone = iter([*fresh, *removed, _VERSION_ID])
            while names := list(islice(gone, BATCH)):
                same = and_(self._table.c.kind == self._kind, self._table.c.doc_id.in_(names))
                connection.execute(delete(self._table).where(same))
            source = iter(fresh.values())
            while batch := list(islice(source, BATCH)):
                self._insert(connection, batch)
            self._insert(connection, [Entry(_VERSION_ID, str(known if version is None else version), "")])
        return len(fresh)

    def search(self, query: str) -> Hits:
        """See `TextIndex`."""
        parsed = parse(query)
        return self._shelf(list(map(self._may_match, parsed.terms))).search(parsed, {})

    def similar(self, query: str) -> Similar:
        """See `TextIndex`."""
        parsed = parse(query)
        wanted = [or_(self._may_match(term), self._may_nearly_match(term)) for term in terms_of(parsed)]
        return self._shelf(wanted).similar(parsed)

    def _shelf(self, wanted: Sequence[ColumnElement[bool]]) -> Shelf:
        """Read the rows that fit all of these conditions; none if there is no condition."""
        columns = self._table.c
        entries: list[Entry] = []
        with self._connect() as connection:
            self._version(connection)
            if wanted:
                mine = and_(columns.kind == self._kind, columns.doc_id != _VERSION_ID)
                rows = connection.execute(
                    select(columns.doc_id, columns.folded, columns.pinyin).where(mine, *wanted)
                )
                entries = [Entry(*row) for row in rows]
        return Shelf.of(entries)

    def version(self) -> int | None:
        """See `TextIndex`."""
        with self._connect() as connection:
            try:
                return self._version(connection)
            except IndexUnavailableError:
                return None

    def _version(self, connection: Connection) -> int:
        columns = self._table.c
        one = and_(columns.kind == self._kind, columns.doc_id == _VERSION_ID)
        stored = connection.execute(select(columns.folded).where(one)).scalar_one_or_none()
        if stored is None:
            raise IndexUnavailableError(f"the search table holds no {self._kind}: build it first")
        return int(stored)

    def _insert(self, connection: Connection, entries: list[Entry]) -> None:
        connection.execute(
            insert(self._table),
            [
                {"kind": self._kind, "doc_id": item.id, "folded": item.text, "pinyin": item.pinyin}
                for item in entries
            ],
        )

    def _may_match(self, term: Term) -> ColumnElement[bool]:
        """Build a condition that every match satisfies."""
        columns = self._table.c
        written = [term.key] if term.kind is Kind.CHARACTERS else term.words
        ways = [and_(*(columns.folded.contains(word, autoescape=True) for word in written))]
        ways += [columns.folded.contains(other, autoescape=True) for other in term.spellings]
        if term.joined:
            ways.append(columns.folded.contains(term.joined, autoescape=True))
        if term.pinyin:
            ways.append(columns.pinyin.like(pinyin.like(term.pinyin)))
        return or_(*ways)

    def _may_nearly_match(self, term: Term) -> ColumnElement[bool]:
        """Build a condition that every near match satisfies. Typed pinyin may nearly match any reading."""
        columns = self._table.c
        wanted = near(term)
        ways: list[ColumnElement[bool]] = [false()]
        if wanted.slipped or (wanted.alike and not wanted.same):
            ways.append(columns.pinyin != "")
        elif wanted.alike:
            ways.append(
                and_(
                    *(
                        or_(*(columns.pinyin.contains(f" {sound}", autoescape=True) for sound in alike))
                        for alike in sounding_like(term.key)[:_SYLLABLES]
                    )
                )
            )
        if wanted.inside or wanted.at_ends or wanted.word:
            half = len(term.key) // 2
            holds = partial(columns.folded.contains, autoescape=True)
            ways += [holds(term.key[:half]), holds(term.key[half:]), and_(*map(holds, set(term.key)))]
        return or_(*ways)
