"""All entries of an index in two strings: small in memory, read in one go, searched at the speed of C.

The shelf is what makes answers exact: an engine proposes entries, the shelf judges them. When an engine has
no short list, the shelf looks through everything: 3 to 10 ms for 60,000 entries, and a microsecond a hit.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Final

from app.search import numbers, pinyin, ranking
from app.search.engine import DOCUMENT_END, Entry, Hits, Similar
from app.search.query import Kind
from app.search.similar import NearShelf

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from app.search.query import Query, Term

MANY: Final = 16
"""From one in so many entries on, it is faster to look through everything than to ask entry by entry."""

_SECTION_END: Final = "\x1d"
_SECTIONS: Final = 3


class Shelf:
    """Entries in the order of their ids; a place is a position in that order."""

    def __init__(self, ids: list[str], text: str, readings: str) -> None:
        self.ids = ids
        self._text = text
        self._readings = readings
        self._starts = _starts(text)
        self._reading_starts = _starts(readings)
        self._near: NearShelf | None = None
        if not len(ids) == len(self._starts) - 1 == len(self._reading_starts) - 1:
            raise ValueError("the shelf is damaged: ids, texts and readings differ in number")

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Shelf:
        """Make a shelf of entries in any order. Raises ValueError when an id occurs twice."""
        ordered = sorted(entries, key=lambda entry: entry.id)
        ids = [entry.id for entry in ordered]
        if len(set(ids)) != len(ids):
            raise ValueError("two documents have the same id")
        text = "".join(entry.text + DOCUMENT_END for entry in ordered)
        return cls(ids, text, "".join(entry.pinyin + DOCUMENT_END for entry in ordered))

    @classmethod
    def load(cls, stored: bytes) -> Shelf:
        """Read what `dump` wrote. Raises ValueError when it is damaged."""
        sections = stored.decode().split(_SECTION_END)
        if len(sections) != _SECTIONS:
            raise ValueError("the shelf is damaged: a section is missing")
        ids, text, readings = sections
        return cls(ids.split(DOCUMENT_END) if ids else [], text, readings)

    def dump(self) -> bytes:
        """Return the shelf as UTF-8."""
        return _SECTION_END.join((DOCUMENT_END.join(self.ids), self._text, self._readings)).encode()

    def __len__(self) -> int:
        return len(self.ids)

    def entries(self) -> Iterator[Entry]:
        """Yield all entries, by id."""
        for place, name in enumerate(self.ids):
            low, high = self._bounds(place)
            first, last = self._reading_bounds(place)
            yield Entry(name, self._text[low:high], self._readings[first:last])

    def changed(self, fresh: Mapping[str, Entry], removed: Collection[str]) -> Shelf:
        """Return a shelf with some entries added or replaced, by id, and others taken away.

        Copies what lies between the changes in one piece, so a small change of a large shelf is quick.
        """
        ids: list[str] = []
        text: list[str] = []
        readings: list[str] = []

        def copy(first: int, last: int) -> None:
            ids.extend(self.ids[first:last])
            text.append(self._text[self._starts[first] : self._starts[last]])
            readings.append(self._readings[self._reading_starts[first] : self._reading_starts[last]])

        done = 0
        for name in sorted({*fresh, *removed}):
            place = bisect_left(self.ids, name)
            copy(done, place)
            if name in fresh:
                ids.append(name)
                text.append(fresh[name].text + DOCUMENT_END)
                readings.append(fresh[name].pinyin + DOCUMENT_END)
            done = place if self.place(name) is None else place + 1
        copy(done, len(self.ids))
        return Shelf(ids, "".join(text), "".join(readings))

    def place(self, name: str) -> int | None:
        """Return the place of an id, or None."""
        place = bisect_left(self.ids, name)
        return place if place < len(self.ids) and self.ids[place] == name else None

    def search(self, query: Query, short_lists: Mapping[Term, Sequence[int]]) -> Hits:
        """Answer a query. A short list holds every place that can match its term, and perhaps others."""
        terms = sorted(query.terms, key=lambda term: len(short_lists.get(term, self.ids)))
        found: dict[int, int] = {}
        for term in terms[:1]:
            places = short_lists.get(term)
            found = self._everywhere(term) if places is None else self._judge(term, places)
        for term in terms[1:]:
            found = self._among(term, found)
        ranks: dict[int, list[int]] = {}
        for place, total in found.items():
            ranks.setdefault(total, []).append(place)
        ids: list[str] = []
        scores: list[int] = []
        for total in sorted(ranks, reverse=True):
            ids += [self.ids[place] for place in sorted(ranks[total])]
            scores += [total] * len(ranks[total])
        return Hits(tuple(ids), tuple(scores), query.terms, query.truncated)

    def similar(self, query: Query) -> Similar:
        """Answer a query with what nearly matches."""
        if self._near is None:
            self._near = NearShelf(self._text, self._readings, self._rate, self._everywhere)
        found = self._near.search(query) if query.terms else ()
        return Similar(tuple(self.ids[place] for place, _ in found), tuple(points for _, points in found))

    def _among(self, term: Term, found: Mapping[int, int]) -> dict[int, int]:
        """Keep the places that also match the term, with its points added."""
        more = self._everywhere(term) if len(found) * MANY > len(self.ids) else self._judge(term, found)
        return {place: total + more[place] for place, total in found.items() if place in more}

    def _judge(self, term: Term, places: Iterable[int]) -> dict[int, int]:
        """Rate those of the places that match."""
        return {place: rated for place in places if (rated := self._rate(term, place)) > 0}

    def _everywhere(self, term: Term) -> dict[int, int]:
        """Rate each entry that matches: what `_rate` says of every place, without asking place by place."""
        if term.kind is Kind.CHARACTERS:
            found = self._holding(term.key)
        elif len(term.words) > 1:
            found = self._judge(term, self._written(max(term.words, key=len)))
        else:
            found = self._written(term.words[0])
        others = [self._spoken(term.pinyin), *map(self._respelled, term.spellings)]
        if term.joined:
            others.append(self._written(term.joined))
        for place, rated in chain.from_iterable(other.items() for other in others):
            found[place] = max(rated, found.get(place, 0))
        return found

    def _holding(self, key: str) -> dict[int, int]:
        """Rate each entry whose text holds the key anywhere, by the first find."""
        text, starts, size = self._text, self._starts, len(key)
        find, rate = text.find, ranking.at_place
        found: dict[int, int] = {}
        at, place = find(key), 0
        while at >= 0:
            if at >= starts[place + 1]:
                place = bisect_right(starts, at, place) - 1
            found[place] = rate(text, at, size, starts[place])
            place += 1
            at = find(key, starts[place])
        return found

    def _respelled(self, spelling: str) -> dict[int, int]:
        """Rate each entry that holds the spelling as `ranking.spelling_points` does."""
        size, bonus = len(spelling), ranking.OTHER_SPELLING
        return {
            place: ranking.at_place(self._text, at, size, self._starts[place]) + bonus
            for place, at in _first_finds(numbers.whole(spelling), self._text, self._starts)
        }

    def _written(self, word: str) -> dict[int, int]:
        """Rate each entry that holds the word as `ranking.word_points` does."""
        text, size = self._text, len(word)
        found = {
            place: ranking.at_word(text, at, size, self._starts[place])
            for place, at in _first_finds(ranking.word_start(word), text, self._starts)
        }
        if ranking.is_code(word):
            for place in self._holding(word):
                rated = 0 if place in found else ranking.word_points(word, text, *self._bounds(place))
                if rated:
                    found[place] = rated
        return found

    def _spoken(self, key: str) -> dict[int, int]:
        """Rate each entry that the typed pinyin matches as `ranking.pinyin_points` does."""
        if not key:
            return {}
        readings, starts = self._readings, self._reading_starts
        spelling = pinyin.spell(key)
        first: dict[int, int] = {}
        for full in spelling.full:
            for place, at in _first_finds(re.compile(full), readings, starts):
                first[place] = min(at, first.get(place, at))
        found = {
            place: ranking.at_reading(readings, at, starts[place]) + ranking.SPELLED_OUT
            for place, at in first.items()
        }
        for place, _ in _first_finds(spelling.net, readings, starts):
            rated = (
                0 if place in found else ranking.pinyin_points(key, readings, *self._reading_bounds(place))
            )
            if rated:
                found[place] = rated
        return found

    def _rate(self, term: Term, place: int) -> int:
        bounds = self._bounds(place), self._reading_bounds(place)
        return ranking.points(term, self._text, bounds[0], self._readings, bounds[1])

    def _bounds(self, place: int) -> tuple[int, int]:
        return self._starts[place], self._starts[place + 1] - 1

    def _reading_bounds(self, place: int) -> tuple[int, int]:
        return self._reading_starts[place], self._reading_starts[place + 1] - 1


def _starts(buffer: str) -> array[int]:
    """Where each entry starts, and, last, where the next would start."""
    lengths = accumulate(map(len, buffer.split(DOCUMENT_END)[:-1]))
    return array("I", [0, *[total + place for place, total in enumerate(lengths, 1)]])


def _first_finds(pattern: re.Pattern[str], buffer: str, starts: array[int]) -> Iterator[tuple[int, int]]:
    """Each place where the pattern is found, with its first find."""
    search, place = pattern.search, 0
    found = search(buffer)
    while found:
        at = found.start()
        if at >= starts[place + 1]:
            place = bisect_right(starts, at, place) - 1
        yield place, at
        place += 1
        found = search(buffer, starts[place])
