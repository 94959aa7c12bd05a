"""Whether an entry matches a term, and how well: the one rule both engines share. Pure.

Texts are passed as a buffer and two bounds, so that a whole collection can lie in one string; every entry in
it is followed by DOCUMENT_END. Points: the field a term is found in counts most, then its place in the value.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from app.search import numbers, pinyin
from app.search.engine import DOCUMENT_END, FIELD_END, VALUE_END
from app.search.query import Kind, Term
from app.search.text import CHARACTERS, is_character

FIELD_POINTS: Final = (100, 80, 60, 40, 20)
"""By the order of `engine.FIELDS`."""
WHOLE_VALUE: Final = 15
VALUE_START: Final = 10
WHOLE_WORD: Final = 5
INSIDE_CODE: Final = -5
READING_POINTS: Final = (84, 64, 44)
"""By the order of the readings; the last also for those that follow."""
OTHER_SPELLING: Final = -3
"""For a number that is written in the other way."""
SPELLED_OUT: Final = 10
READING_START: Final = 5

CODE_QUERY: Final = 4
CODE_WORD: Final = 8

_ENDS: Final = frozenset((FIELD_END, VALUE_END, DOCUMENT_END))


def points(
    term: Term, text: str, bounds: tuple[int, int], readings: str, reading_bounds: tuple[int, int]
) -> int:
    """Points of one entry for one term; 0 if it does not match."""
    respelled = max((spelling_points(each, text, *bounds) for each in term.spellings), default=0)
    if term.kind is Kind.CHARACTERS:
        at = text.find(term.key, *bounds)
        return max(respelled, 0 if at < 0 else at_place(text, at, len(term.key), bounds[0]))
    written = max(respelled, min(word_points(word, text, *bounds) for word in term.words))
    if term.joined:
        written = max(written, word_points(term.joined, text, *bounds))
    return max(written, pinyin_points(term.pinyin, readings, *reading_bounds)) if term.pinyin else written


def at_place(text: str, at: int, size: int, low: int) -> int:
    """Points of a find of `size` letters at `at`, in an entry that starts at `low`.

    The first find is the best one, because fields are in the order of their weight.
    """
    found = FIELD_POINTS[text.count(FIELD_END, low, at)]
    if at > low and text[at - 1] not in _ENDS:
        return found
    return found + (WHOLE_VALUE if text[at + size] in _ENDS else VALUE_START)


def spelling_points(spelling: str, text: str, low: int, high: int) -> int:
    """Points of a key whose numbers are written in the other way."""
    # A look behind the end is right, because something that is no number follows every entry.
    found = numbers.whole(spelling).search(text, low, high)
    return at_place(text, found.start(), len(spelling), low) + OTHER_SPELLING if found else 0


def at_word(text: str, at: int, size: int, low: int) -> int:
    """Points of a find that starts a word: as `at_place`, and a little more for a whole word further in."""
    found = at_place(text, at, size, low)
    inside = at > low and text[at - 1] not in _ENDS
    return found + WHOLE_WORD if inside and not _is_letter(text[at + size]) else found


def in_code(text: str, at: int, low: int, high: int) -> int:
    """Points of a find inside of a word: some if that word is as long as a code, else 0."""
    first, last = at, at
    while first > low and _is_letter(text[first - 1]):
        first -= 1
    while last < high and _is_letter(text[last]):
        last += 1
    return FIELD_POINTS[text.count(FIELD_END, low, at)] + INSIDE_CODE if last - first >= CODE_WORD else 0


@lru_cache(maxsize=256)
def word_start(word: str) -> re.Pattern[str]:
    """Find a typed word where a word starts. Looking back after the word lets `re` leap to it first."""
    return re.compile(f"{re.escape(word)}(?<![^{CHARACTERS}\\s]{re.escape(word)})")


@lru_cache(maxsize=256)
def is_code(word: str) -> bool:
    """Whether a typed word may stand in the middle of a code: four letters or more, with a digit."""
    return len(word) >= CODE_QUERY and any(letter.isdigit() for letter in word)


def word_points(word: str, text: str, low: int, high: int) -> int:
    """Points of a typed word: from the first letter of a word on, else inside of a code."""
    start = word_start(word).search(text, low, high)
    if start:
        return at_word(text, start.start(), len(word), low)
    at = text.find(word, low, high) if is_code(word) else -1
    while at >= 0:
        if found := in_code(text, at, low, high):
            return found
        at = text.find(word, at + 1, high)
    return 0


def pinyin_points(key: str, readings: str, low: int, high: int) -> int:
    """Points of typed pinyin: spelled out first, else abbreviated; the earlier the reading the better."""
    spelling = pinyin.spell(key)
    places = [at for full in spelling.full if (at := readings.find(full, low, high)) >= 0]
    if places:
        return at_reading(readings, min(places), low) + SPELLED_OUT
    caught = spelling.net.search(readings, low, high)
    while caught:
        if pinyin.matches(key, readings, caught.start(), high):
            return at_reading(readings, caught.start(), low)
        caught = spelling.net.search(readings, caught.start() + 1, high)
    return 0


def at_reading(readings: str, at: int, low: int) -> int:
    """Points of a match of pinyin that starts with the syllable at `at`."""
    place = readings.count("|", low, at)
    found = READING_POINTS[place if place < len(READING_POINTS) else -1]
    return found + READING_START if at == low or readings[at - 1] == "|" else found


def _is_letter(letter: str) -> bool:
    """Whether a letter of an entry continues a word."""
    return letter != " " and letter not in _ENDS and not is_character(letter)
