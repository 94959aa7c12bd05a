"""The fuzzy tier's rule: when a name nearly matches a term, and how nearly. Both engines share it. Pure.

Names, other names and names in other languages are compared, never areas and addresses. A term nearly matches
- characters, two or more: if a name sounds the same (tones apart; then also as in the south, see `sounds`);
- characters, three or more: if a name holds them with one slip (see `typos`);
- pinyin of two syllables or more, spelled out: if a name sounds alike in the south;
- pinyin of five letters or more: if a name is spelled by letters one slip away;
- a word of five letters or more, or a code: if a word of a name begins with it but for one slip.
What consists of ordinary words of such names (data/ordinary.txt) only, is only matched exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

from app.search import pinyin, sounds, spelling, typos
from app.search.query import Kind, Query, Term
from app.search.text import is_character

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

SAME_SOUND: Final = 85
SLIP: Final = 60
"""A slip inside of a key, in pinyin, or in a word."""
ALIKE_SOUND: Final = 35
SLIP_AT_END: Final = 10
NEXT_KIND: Final = 25
"""Points between two kinds of finds."""
NOT_THE_NAME: Final = -5
"""For a find in another name. With `ranking.WHOLE_VALUE` no kind of find reaches the points of the next."""

MOST_TERMS: Final = 8
LEAST_SOUNDS: Final = 2
LEAST_CHARACTERS: Final = 3
LEAST_LETTERS: Final = 5
LEAST_CODE: Final = 15
"""Letters and digits of a word that may be a credit code."""
_LETTERS_OF_A_SYLLABLE: Final = 3


@dataclass(frozen=True, slots=True)
class Near:
    """What to look for instead of a term; None: nothing. `points` of a find depend on which one found it."""

    inside: re.Pattern[str] | None = None
    at_ends: re.Pattern[str] | None = None
    word: re.Pattern[str] | None = None
    same: re.Pattern[str] | None = None
    alike: re.Pattern[str] | None = None
    slipped: re.Pattern[str] | None = None

    @property
    def any(self) -> bool:
        """Whether there is anything to look for."""
        return any((self.inside, self.at_ends, self.word, self.same, self.alike, self.slipped))


@lru_cache(maxsize=256)
def near(term: Term) -> Near:
    """Prepare a term."""
    if term.kind is Kind.CHARACTERS:
        return _characters(term.key)
    return _letters(term)


def _characters(key: str) -> Near:
    many = sum(map(is_character, key))
    if many < LEAST_SOUNDS or len(key) > typos.LONGEST or not typos.telling(key):
        return Near()
    slip = many >= LEAST_CHARACTERS
    codes = sounds.of_characters(key)
    return Near(
        inside=typos.inside(key) if slip else None,
        at_ends=typos.at_ends(key) if slip else None,
        same=sounds.pattern([codes]) if codes else None,
        alike=sounds.pattern([sounds.classes_of(codes)]) if codes else None,
    )


def _letters(term: Term) -> Near:
    word = term.words[0] if len(term.words) == 1 else ""
    slip = LEAST_LETTERS <= len(word) <= typos.LONGEST and (word.isalpha() or len(word) >= LEAST_CODE)
    spoken = term.pinyin if len(term.pinyin) >= LEAST_LETTERS else ""
    full = _spoken(pinyin.full_spellings(spoken)) if spoken else []
    if any(typos.sounds_ordinary("".join(way)) for way in full):
        return Near()
    slipped = _spoken(spelling.slipped(spoken)) if spoken else []
    return Near(
        word=typos.word(word) if slip else None,
        alike=sounds.pattern([sounds.classes_of(way) for way in full]),
        slipped=sounds.pattern(slipped),
    )


def _spoken(spellings: Iterable[str]) -> list[tuple[str, ...]]:
    """Return the codes of readings of two syllables or more; one last letter is no syllable here."""
    long = (each for each in spellings if each[-2] != " " or each[-1] in pinyin.SYLLABLES)
    return [way for way in sounds.of_readings(long) if len(way) >= LEAST_SOUNDS]


def terms_of(query: Query) -> tuple[Term, ...]:
    """Return the terms of a query for this tier.

    Neighbouring Latin words of which one is too short to be looked for alone are read together, if they can
    be read as pinyin. A query of very many parts has none.
    """
    if len(query.terms) > MOST_TERMS:
        return ()
    terms: list[Term] = []
    for latin, group in groupby(query.terms, key=_is_latin):
        run = list(group)
        whole = _joined(run)
        terms += [whole] if latin and not all(near(term).any for term in run) and near(whole).any else run
    return tuple(terms)


def weight(term: Term) -> int:
    """Return about how rare the finds of a term are: its telling characters, or syllables."""
    if term.kind is Kind.CHARACTERS:
        return 2 * len(typos.telling(term.key)) + 1
    return 2 * len(term.key) // _LETTERS_OF_A_SYLLABLE


def _joined(run: list[Term]) -> Term:
    words = tuple(word for term in run for word in term.words)
    letters = pinyin.normal("".join(words))
    return Term(Kind.WORDS, words, letters if pinyin.may_be_key(letters) else "")


def _is_latin(term: Term) -> bool:
    return term.kind is Kind.WORDS and all(word.isascii() and word.isalpha() for word in term.words)


def word_finds(found: re.Pattern[str], key: str, text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each word of a text that begins with the key but for one slip."""
    caught = found.search(text, low, high)
    while caught:
        at = caught.start()
        for start in range(at, at - typos.shift(key, caught[0]) - 1, -1):
            if start >= low and _starts_word(text, start, low):
                yield start, caught.end()
                break
        caught = found.search(text, at + 1, high)


def _starts_word(text: str, at: int, low: int) -> bool:
    if not _is_letter(text[at]):
        return False
    return at == low or not _is_letter(text[at - 1])


def _is_letter(letter: str) -> bool:
    return letter.isalnum() and not is_character(letter)
