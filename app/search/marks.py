"""Where in a text, as it was written, a query nearly matches, and what was probably meant. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.search import near as rule
from app.search import pinyin, sounds
from app.search.highlight import end_of_letter, fragments, spans
from app.search.query import Kind, Query
from app.search.text import fold_with_origins, units

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from app.search.query import Term


def highlight_near(text: str, query: Query, readings: str) -> list[tuple[str, bool]]:
    """Cut a text into fragments; True marks what matches a term exactly or nearly. See `highlight`."""
    folded, origins = fold_with_origins(text)
    marked: set[int] = set()
    for low, high in _all_spans(folded, query, readings):
        marked.update(range(origins[low], end_of_letter(text, origins[high - 1])))
    return fragments(text, marked)


def meant(text: str, query: Query, readings: str) -> str:
    """Return the query with each term as this text has it; nothing when one of them is not there at all."""
    folded, origins = fold_with_origins(text)
    found = [_first(folded, term, readings) for term in rule.terms_of(query)]
    if not found or not all(found):
        return ""
    pieces = [
        text[_start_of_letter(text, origins[low]) : end_of_letter(text, origins[high - 1])]
        for low, high in filter(None, found)
    ]
    return " ".join(dict.fromkeys(pieces))


def _start_of_letter(text: str, first: int) -> int:
    """Return where a letter begins; the seat that a Uyghur vowel has before it is part of it."""
    return first - 1 if first and text[first - 1] == "\u0626" else first


def _all_spans(folded: str, query: Query, readings: str) -> Iterator[tuple[int, int]]:
    for term in rule.terms_of(query):
        yield from spans(folded, term, readings) or _near(folded, term, readings)


def _first(folded: str, term: Term, readings: str) -> tuple[int, int] | None:
    exact = spans(folded, term, readings)
    return next(iter(exact or _near(folded, term, readings)), None)


def _near(folded: str, term: Term, readings: str) -> list[tuple[int, int]]:
    """Return the best kind of near match that this text has."""
    wanted = rule.near(term)
    places = [unit.span() for unit in units(folded)]
    codes = _codes(readings, len(places))
    alike = codes.translate(sounds.ALIKE)
    for pattern, spoken in ((wanted.same, codes), (wanted.slipped, codes), (wanted.alike, alike)):
        if found := _spoken(pattern, spoken, places):
            return found
    if wanted.word is not None and term.kind is Kind.WORDS:
        # A word at the very end is followed by something that is no letter.
        return list(rule.word_finds(wanted.word, term.words[0], folded, 0, len(folded)))
    for pattern in (wanted.inside, wanted.at_ends):
        if pattern is not None and (found := [match.span() for match in pattern.finditer(folded)]):
            return found
    return []


def _codes(readings: str, count: int) -> str:
    """Return the first reading that has one syllable a unit of this text, as codes."""
    for reading in readings.split("|"):
        codes = sounds.encode(pinyin.record(reading))
        if len(codes) == count:
            return codes
    return ""


def _spoken(
    pattern: re.Pattern[str] | None, codes: str, places: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    if pattern is None:
        return []
    found = (match.span() for match in pattern.finditer(codes))
    return [(places[low][0], places[high - 1][1]) for low, high in found]
