"""Pinyin, write side: the readings of names, made when they are written. `pinyin` says what a reading is.

Never called while a page is served: pypinyin costs 58 MB and is imported only when a text has to be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.search.pinyin import NO_READING, syllable
from app.search.text import fold, is_character, units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Read = Callable[[str], Iterable[str]]

LONGEST_PHRASE: Final = 12
"""Characters of the longest phrase that is looked for."""


@dataclass(frozen=True, slots=True)
class PinyinKeys:
    """The reading of one text. `full` and `initials` leave out units without a reading."""

    full: str
    initials: str
    syllables: tuple[str, ...]


def pinyin_keys(name: str, phrases: Mapping[str, Sequence[str]], read: Read | None = None) -> PinyinKeys:
    """Read a name aloud. `phrases` gives the proper syllables of place names and wins, longest first.

    A phrase is written in simplified characters and counts only with one syllable for each of them. `read`
    gives a syllable for each character of what is no phrase; without it pypinyin does.
    """
    read = read or _read
    text = "".join(unit[0] if is_character(unit[0]) else NO_READING for unit in units(fold(name)))
    syllables: list[str] = []
    done = at = 0
    while at < len(text):
        size = _phrase_at(text, at, phrases)
        if size:
            syllables += [*read(text[done:at]), *map(syllable, phrases[text[at : at + size]])]
            done = at + size
        at += size or 1
    syllables += read(text[done:])
    spoken = [sound for sound in syllables if sound != NO_READING]
    return PinyinKeys("".join(spoken), "".join(sound[0] for sound in spoken), tuple(syllables))


def readings(texts: Iterable[str], phrases: Mapping[str, Sequence[str]], read: Read | None = None) -> str:
    """Make the `pinyin` of a document: the readings of its texts in order, each once, separated by "|".

    A text may itself hold several values separated by "|".
    """
    values = (value for text in texts for value in text.split("|"))
    spoken = (" ".join(pinyin_keys(value, phrases, read).syllables) for value in values)
    return "|".join(dict.fromkeys(reading for reading in spoken if reading))


def _phrase_at(text: str, at: int, phrases: Mapping[str, Sequence[str]]) -> int:
    """Return the length of the phrase that starts here, or 0."""
    longest = min(LONGEST_PHRASE, len(text) - at)
    return next(
        (size for size in range(longest, 0, -1) if len(phrases.get(text[at : at + size], ())) == size), 0
    )


def _read(text: str) -> list[str]:
    if not text:
        return []
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - too heavy for a web worker

    # "errors" may answer with a list, one item a character, though its annotation does not say so.
    one_each: Any = lambda odd: [NO_READING] * len(odd)  # noqa: E731 - a named function would hide the oddity
    return [syllable(sound) for sound in lazy_pinyin(text, errors=one_each)]
