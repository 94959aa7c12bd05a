"""Where in a text, as it was written, the terms of a query are found. Pure."""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING

from app.search import pinyin
from app.search.numbers import whole
from app.search.query import Kind
from app.search.ranking import is_code
from app.search.text import fold_with_origins, is_character, units

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from app.search.query import Term


def highlight(text: str, terms: Iterable[Term], readings: str = "") -> list[tuple[str, bool]]:
    """Cut a text into fragments; True marks a match. Joined, the fragments are the text again.

    `readings` are those of the document; the first that has one syllable a unit of this text is used to mark
    characters that were typed as pinyin. Without it a match by pinyin alone is not marked.
    """
    folded, origins = fold_with_origins(text)
    marked: set[int] = set()
    for term in terms:
        for low, high in spans(folded, term, readings):
            marked.update(range(origins[low], end_of_letter(text, origins[high - 1])))
    return fragments(text, marked)


def fragments(text: str, marked: Collection[int]) -> list[tuple[str, bool]]:
    """Cut a text where marked letters begin and end."""
    return [
        ("".join(letter for _, letter in group), bold)
        for bold, group in groupby(enumerate(text), key=lambda pair: pair[0] in marked)
    ]


def end_of_letter(text: str, last: int) -> int:
    """Just after a letter and the marks written on top of it."""
    end = last + 1
    while end < len(text) and unicodedata.category(text[end]).startswith("M"):
        end += 1
    return end


def spans(folded: str, term: Term, readings: str) -> list[tuple[int, int]]:
    """Return where in a folded text a term is found, by the exact rule."""
    spelled = [found.span() for each in term.spellings for found in whole(each).finditer(folded)]
    if term.kind is Kind.CHARACTERS:
        return [*_everywhere(folded, term.key), *spelled]
    written = (*term.words, term.joined) if term.joined else term.words
    found = spelled + [span for word in written for span in _words(folded, word)]
    return found or (list(_spoken(folded, term.pinyin, readings)) if term.pinyin else [])


def _everywhere(folded: str, key: str) -> Iterator[tuple[int, int]]:
    at = folded.find(key)
    while at >= 0:
        yield at, at + len(key)
        at = folded.find(key, at + 1)


def _words(folded: str, word: str) -> list[tuple[int, int]]:
    """Beginnings of words; inside of words only when there is none and a code was typed."""
    places = list(_everywhere(folded, word))
    starts = [
        (low, high)
        for low, high in places
        if low == 0 or folded[low - 1] == " " or is_character(folded[low - 1])
    ]
    return starts or (places if is_code(word) else [])


def _spoken(folded: str, key: str, readings: str) -> Iterator[tuple[int, int]]:
    places = [unit.span() for unit in units(folded)]
    for reading in readings.split("|"):
        syllables = reading.split()
        if len(syllables) == len(places):
            for first in range(len(syllables)):
                count = pinyin.consumed(key, syllables[first:])
                if count:
                    yield places[first][0], places[first + count - 1][1]
            return
