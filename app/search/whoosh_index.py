"""The embedded engine: Whoosh keeps the terms on disk and proposes entries, the shelf judges and ranks them.

A generation directory holds a Whoosh index and the shelf. An update works on hard links to the current
generation and publishes the result as a new one; readers follow within `CHECK_EVERY` seconds.

The directory is a trust boundary: Whoosh unpickles what it finds there. Of Whoosh only terms, postings and
one column are used; its numeric ranges, facets and time limits are wrong or slow in 2.7.4.
"""

from __future__ import annotations

import gc
import time
from contextlib import contextmanager
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, TypeVar

from whoosh import fields, formats
from whoosh.util.filelock import FileLock, try_for

from app.search.engine import (
    Document,
    Entry,
    Hits,
    IndexBusyError,
    IndexUnavailableError,
    Similar,
    entry,
)
from app.search.generations import Generation, Generations
from app.search.query import Kind, Term, parse
from app.search.ranking import is_code
from app.search.shelf import Shelf
from app.search.storage import UnmeasuredFiles
from app.search.text import grams, is_character, runs

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

SCHEMA_VERSION: Final = 1
"""Raise it with every change of folding, grams, schema or shelf: older indexes are then refused."""

CHECK_EVERY: Final = 0.25
"""Seconds between looks at `current`."""
RETRY_EVERY: Final = 5.0
"""Seconds before a damaged index is tried again, so that it does not cost every request the attempt."""
WAIT_FOR_WRITER: Final = 10.0
SEGMENT_DOCUMENTS: Final = 10_000
MEMORY_MB: Final = 256
SHORT_LIST_SHARE: Final = 128
"""A term in more than one of so many documents is looked up on the shelf instead, which is then faster."""
SHORT_LIST_LEAST: Final = 16
PREFIX_TERMS: Final = 32
REMEMBERED: Final = 300_000
"""Hits kept for repeated queries of one generation, about 5 MB."""

_Answer = TypeVar("_Answer", Hits, Similar)

_SHELF: Final = "shelf"
_TERMS: Final = "terms"


class Grams(fields.FieldType):  # type: ignore[misc]  # Whoosh is untyped
    """Index terms of a folded text, no positions, no weights. Pickled into the index: keep name and place."""

    def __init__(self) -> None:
        super().__init__(format=formats.Existence(), analyzer=None)

    def index(self, value: str, **_options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """List what Whoosh stores for one document."""
        return ((gram.encode(), 1, 1.0, b"") for gram in grams(value))


def _schema() -> fields.Schema:
    return fields.Schema(id=fields.ID(unique=True, sortable=True), **{_TERMS: Grams()})


class WhooshIndex:
    """A `TextIndex` in a directory, which many processes may share. One object may serve many threads."""

    def __init__(self, root: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._generations = Generations(root)
        self._clock = clock
        self._opening = Lock()
        self._open: _Open | None = None
        self._mark: tuple[int, int] | None = None
        self._checked = float("-inf")

    def rebuild(self, documents: Iterable[Document], version: int) -> int:
        """See `TextIndex`. Raises IndexBusyError when another process keeps writing."""
        with self._writing(), self._generations.fresh() as target, _without_cyclic_gc():
            index = UnmeasuredFiles(str(target)).create_index(_schema())
            entries: list[Entry] = []
            source = (entry(document) for document in documents)
            while batch := list(islice(source, SEGMENT_DOCUMENTS)):
                writer = index.writer(limitmb=MEMORY_MB)
                for item in batch:
                    writer.add_document(id=item.id, **{_TERMS: item.text})
                writer.commit(merge=False)
                entries += batch
                gc.collect()
            self._publish(target, Shelf.of(entries), version)
        return len(entries)

    def update(
        self, documents: Iterable[Document], *, removed: Collection[str] = (), version: int | None = None
    ) -> int:
        """See `TextIndex`. Raises IndexBusyError when another process keeps writing."""
        fresh = {item.id: item for item in map(entry, documents)}
        with self._writing(), self._generations.fresh() as target:
            current = self._readable()
            source = self._generations.path(current)
            with _reading():
                shelf = Shelf.load((source / _SHELF).read_bytes())
                self._generations.link(
                    source, target, wanted=lambda name: name != _SHELF and "LOCK" not in name
                )
                writer = UnmeasuredFiles(str(target)).open_index().writer(limitmb=MEMORY_MB)
            for name in {*fresh, *removed}:
                if shelf.place(name) is not None:
                    writer.delete_by_term("id", name)
            for item in fresh.values():
                writer.add_document(id=item.id, **{_TERMS: item.text})
            writer.commit()
            known = current.version if version is None else version
            self._publish(target, shelf.changed(fresh, removed), known)
        return len(fresh)

    def search(self, query: str) -> Hits:
        """See `TextIndex`."""
        return self._latest().search(query)

    def similar(self, query: str) -> Similar:
        """See `TextIndex`."""
        return self._latest().similar(query)

    def version(self) -> int | None:
        """See `TextIndex`. Reads one small file; does not prove that the index behind it is sound."""
        try:
            return self._readable().version
        except IndexUnavailableError:
            return None

    def _readable(self) -> Generation:
        current = self._generations.current()
        if current.schema != SCHEMA_VERSION:
            raise IndexUnavailableError(
                "the index was made by another version of the program: build it again"
            )
        return current

    def _latest(self) -> _Open:
        """Return the open generation, reopened when `current` changed; looked at once in `CHECK_EVERY`."""
        now = self._clock()
        if self._open and now - self._checked < CHECK_EVERY:
            return self._open
        with self._opening:
            mark = self._generations.mark()
            if mark != self._mark or (self._open is None and now - self._checked >= RETRY_EVERY):
                self._open, self._mark, self._checked = None, mark, now
                current = self._readable()
                self._open = _Open(self._generations.path(current), current.documents)
            if self._open is None:
                raise IndexUnavailableError("the index is missing or damaged: build it again")
            self._checked = now
            return self._open

    def _publish(self, target: Path, shelf: Shelf, version: int) -> None:
        (target / _SHELF).write_bytes(shelf.dump())
        self._generations.publish(Generation(target.name, version, SCHEMA_VERSION, len(shelf)))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._generations.root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(self._generations.root / "lock"))
        if not try_for(lock.acquire, timeout=WAIT_FOR_WRITER, delay=0.05):
            raise IndexBusyError(f"{self._generations.root} is being written by someone else")
        try:
            yield
        finally:
            lock.release()


class _Open:
    """One generation, open for reading."""

    def __init__(self, directory: Path, documents: int) -> None:
        with _reading():
            self._shelf = Shelf.load((directory / _SHELF).read_bytes())
            self._reader = UnmeasuredFiles(str(directory)).open_index().reader()
            counts = {documents, len(self._shelf), self._reader.doc_count()}
        if len(counts) > 1:
            raise IndexUnavailableError(
                f"{directory} is damaged, it holds {sorted(counts)} documents: build it again"
            )
        self._short = max(SHORT_LIST_LEAST, documents // SHORT_LIST_SHARE)
        self._lock = Lock()  # Whoosh readers of one segment share file positions
        self._answers: dict[str, Hits] = {}
        self._nearly: dict[str, Similar] = {}
        self._remembered = 0

    def search(self, query: str) -> Hits:
        known = self._answers.get(query)
        if known is not None:
            return known
        parsed = parse(query)
        with _reading():
            proposed = {term: self._short_list(term) for term in parsed.terms}
        found = {term: places for term, places in proposed.items() if places is not None}
        hits = self._shelf.search(parsed, found)
        self._remember(self._answers, query, hits)
        return hits

    def similar(self, query: str) -> Similar:
        known = self._nearly.get(query)
        if known is None:
            known = self._shelf.similar(parse(query))
            self._remember(self._nearly, query, known)
        return known

    def _remember(self, answers: dict[str, _Answer], query: str, answer: _Answer) -> None:
        weight = len(answer.ids) + 50
        with self._lock:
            if self._remembered + weight > REMEMBERED:
                self._answers.clear()
                self._nearly.clear()
                self._remembered = 0
            if weight <= REMEMBERED and query not in answers:
                answers[query] = answer
                self._remembered += weight

    def _short_list(self, term: Term) -> list[int] | None:
        """List places that can match, when Whoosh can name few; None when the shelf should look itself."""
        with self._lock:
            wanted = self._rarest(term)
            if wanted is None:
                return None
            names = {name for gram in wanted for name in self._names(gram)}
        return sorted(place for name in names if (place := self._shelf.place(name)) is not None)

    def _rarest(self, term: Term) -> list[bytes] | None:
        """Index terms of which every match holds one, if they are rare enough."""
        if term.kind is Kind.WORDS:
            if term.pinyin or term.spellings or any(is_code(word) for word in term.words):
                return None
            start = max(term.words, key=len).encode()
            wanted = list(islice(self._reader.expand_prefix(_TERMS, start), PREFIX_TERMS + 1))
            rare = sum(self._reader.doc_frequency(_TERMS, gram) for gram in wanted) <= self._short
            return wanted if rare and len(wanted) <= PREFIX_TERMS else None
        rarest: list[bytes] = []
        total = 0
        for key in (term.key, *term.spellings):
            pieces = [run for run in runs(key) if is_character(run[0])]
            if not pieces:
                return None
            frequency, gram = min(
                (self._reader.doc_frequency(_TERMS, gram), gram)
                for gram in map(str.encode, _terms_of(pieces))
            )
            rarest.append(gram)
            total += frequency
        return rarest if total <= self._short else None

    def _names(self, gram: bytes) -> Iterator[str]:
        for segment, _ in self._reader.leaf_readers():
            if (_TERMS, gram) in segment:
                names = segment.column_reader("id")
                for number in segment.postings(_TERMS, gram).all_ids():
                    yield names[number]


def _terms_of(pieces: Iterable[str]) -> Iterator[str]:
    """Index terms of runs of characters: the pairs, or the character when it stands alone."""
    for piece in pieces:
        yield from (gram for gram in grams(piece) if len(gram) > 1 or len(piece) == 1)


@contextmanager
def _reading() -> Iterator[None]:
    """Turn whatever a damaged file makes Whoosh raise into one named error."""
    try:
        yield
    except IndexUnavailableError:
        raise
    except Exception as error:
        raise IndexUnavailableError("the index is damaged: build it again") from error


@contextmanager
def _without_cyclic_gc() -> Iterator[None]:
    """Whoosh makes millions of small objects without cycles; collecting among them halves its speed."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
