"""The fuzzy tier over a whole shelf: names and sounds of all entries in two strings, made when first asked.

Making them takes 0.1 s for 60,000 entries, once for each generation of the index; a query then takes 10 to
50 ms. The shelf keeps them, so that they go when it goes.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Final

from app.search import near, ranking, sounds
from app.search.engine import DOCUMENT_END, FIELD_END, VALUE_END

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from app.search.query import Query, Term

MOST: Final = 1000
"""Entries that an answer holds at most, the nearest ones."""
MANY: Final = 5000
"""Finds of one kind, in the order of ids, that are enough for a query of one term."""
_SAMPLE: Final = 2000
_SLICE: Final = 1 << 18
_ENDS: Final = frozenset((FIELD_END, VALUE_END, DOCUMENT_END, "|"))
_OTHER: Final = re.compile(f"[{FIELD_END}|]")


@dataclass(frozen=True, slots=True)
class _Buffer:
    """Many texts in one, each followed by DOCUMENT_END; `starts` has one more, where the next would start."""

    text: str
    starts: array[int]

    @classmethod
    def of(cls, text: str) -> _Buffer:
        lengths = accumulate(map(len, text.split(DOCUMENT_END)[:-1]))
        return cls(text, array("I", [0, *[total + place for place, total in enumerate(lengths, 1)]]))

    def first_finds(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
        """Yield each place where the pattern is found, with its first find."""
        search, place, starts = pattern.search, 0, self.starts
        found = search(self.text)
        while found:
            at = found.start()
            if at >= starts[place + 1]:
                place = bisect_right(starts, at, place) - 1
            yield place, found
            place += 1
            found = search(self.text, starts[place])


class NearShelf:
    """Names and sounds of the entries of a shelf, in the same order.

    `text`, `readings`: those of the shelf. `exact`: the points of one entry for a term by the exact rule, 0
    if it does not match; `all_exact`: the same for every entry that matches.
    """

    def __init__(
        self,
        text: str,
        readings: str,
        exact: Callable[[Term, int], int],
        all_exact: Callable[[Term], Mapping[int, int]],
    ) -> None:
        self._names = _Buffer.of("".join(_names(text)))
        self._sounds = _Buffer.of("".join(map(sounds.encode, _slices(readings))))
        self._alike = _Buffer(self._sounds.text.translate(sounds.ALIKE), self._sounds.starts)
        self._exact = exact
        self._all_exact = all_exact

    def search(self, query: Query) -> list[tuple[int, int]]:
        """Return (place, points) of what nearly matches and does not match exactly, nearest first."""
        best = self._all(near.terms_of(query))
        ranks: dict[int, list[int]] = {}
        for place, points in best.items():
            ranks.setdefault(points, []).append(place)
        ordered = (
            (place, points) for points in sorted(ranks, reverse=True) for place in sorted(ranks[points])
        )
        fresh = (each for each in ordered if not all(self._exact(term, each[0]) for term in query.terms))
        return list(islice(fresh, MOST))

    def _all(self, terms: tuple[Term, ...]) -> Mapping[int, int]:
        """Rate the places where each term matches or nearly does, and at least one nearly.

        The term that is probably the rarest leads; of the others only its places are looked at.
        """
        if not terms:
            return {}
        if len(terms) == 1:
            return self._near(terms[0], MANY)
        wanted = [term for term in terms if near.near(term).any]
        if not wanted:
            return {}
        heaviest = max(map(near.weight, wanted))
        tied = [term for term in wanted if near.weight(term) == heaviest]
        leader = min(tied, key=lambda term: len(self._near(term, _SAMPLE))) if len(tied) > 1 else tied[0]
        found = self._near(leader, None)
        totals: dict[int, int] = {}
        for place in {*found, *self._all_exact(leader)}:
            points = 0
            for term in terms:
                nearly = found.get(place, 0) if term is leader else self._near_at(term, place)
                best = max(nearly, self._exact(term, place))
                if not best:
                    break
                points += best
            else:
                totals[place] = points
        return totals

    def _near_at(self, term: Term, place: int) -> int:
        """Rate one place as `_near` does."""
        best = 0
        for buffer, pattern, points in self._passes(term):
            match = pattern.search(buffer.text, buffer.starts[place], buffer.starts[place + 1] - 1)
            if match:
                best = max(best, points + _bonus(buffer, place, *match.span()))
        for found in islice(self._words(term, place), 1):
            best = max(best, near.SLIP + _bonus(self._names, place, *found))
        return best

    def _passes(self, term: Term) -> list[tuple[_Buffer, re.Pattern[str], int]]:
        """List where to look for what, the nearest kind of find first."""
        wanted = near.near(term)
        passes = (
            (self._sounds, wanted.same, near.SAME_SOUND),
            (self._names, wanted.inside, near.SLIP),
            (self._sounds, wanted.slipped, near.SLIP),
            (self._alike, wanted.alike, near.ALIKE_SOUND),
            (self._names, wanted.at_ends, near.SLIP_AT_END),
        )
        return [(buffer, pattern, points) for buffer, pattern, points in passes if pattern is not None]

    def _near(self, term: Term, most: int | None) -> dict[int, int]:
        """Rate the places that nearly match a term; it may match some exactly.

        `most`: how many finds of a kind are enough.
        """
        found: dict[int, int] = {}
        for buffer, pattern, points in self._passes(term):
            for place, match in islice(buffer.first_finds(pattern), most):
                rated = points + _bonus(buffer, place, *match.span())
                if rated > found.get(place, 0):
                    found[place] = rated
        if word := near.near(term).word:
            for place, _ in islice(self._names.first_finds(word), most):
                for span in islice(self._words(term, place), 1):
                    found[place] = max(found.get(place, 0), near.SLIP + _bonus(self._names, place, *span))
        return found

    def _words(self, term: Term, place: int) -> Iterator[tuple[int, int]]:
        """Find the words of one place that begin with the term's word but for one slip."""
        if word := near.near(term).word:
            low, high = self._names.starts[place], self._names.starts[place + 1] - 1
            yield from near.word_finds(word, term.words[0], self._names.text, low, high)


def _names(text: str) -> Iterator[str]:
    """Yield the fields name, alias and other of each entry, ended as it was."""
    for slice_ in _slices(text):
        for each in slice_.split(DOCUMENT_END)[:-1]:
            name, alias, _, _, other = each.split(FIELD_END)
            yield f"{name}{FIELD_END}{alias}{FIELD_END}{other}{DOCUMENT_END}"


def _slices(records: str) -> Iterator[str]:
    """Cut a long string at ends of documents, so that work on it needs little memory."""
    at = 0
    while at < len(records):
        end = records.find(DOCUMENT_END, at + _SLICE) + 1 or len(records)
        yield records[at:end]
        at = end


def _bonus(buffer: _Buffer, place: int, start: int, end: int) -> int:
    """Points for a find by where it stands: in the name rather than elsewhere, all of it, its beginning."""
    text, low = buffer.text, buffer.starts[place]
    if start == low:
        return ranking.WHOLE_VALUE if text[end] in _ENDS else ranking.VALUE_START
    lesser = near.NOT_THE_NAME if _OTHER.search(text, low, start) else 0
    if text[start - 1] not in _ENDS:
        return lesser
    return lesser + (ranking.WHOLE_VALUE if text[end] in _ENDS else ranking.VALUE_START)
