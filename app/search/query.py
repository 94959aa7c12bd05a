"""What a person typed, as terms that must all match. Pure; never raises."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final

from app.search import numbers, pinyin
from app.search.text import is_character, letters, runs

LONGEST: Final = 100
"""Letters of a query that are read; the rest is cut off and `Query.truncated` says so."""

_TONED: Final = re.compile(r"(?:[a-z]+[0-5])+[a-z]*")


class Kind(StrEnum):
    """How a term is looked for."""

    CHARACTERS = "characters"
    """Anywhere: a substring of one value."""
    WORDS = "words"
    """Each word from the first letter of a word on, or all of them together as one word or as pinyin."""


@dataclass(frozen=True, slots=True)
class Term:
    """One requirement of a query. `pinyin` is empty when the words cannot be read as pinyin."""

    kind: Kind
    words: tuple[str, ...]
    pinyin: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """The key with its numbers written in the other way, found as `numbers.whole` says."""
        written = self.kind is Kind.CHARACTERS or (len(self.words) == 1 and self.key.isdigit())
        return numbers.spellings(self.key) if written else ()

    @property
    def key(self) -> str:
        """The characters, or the words without spaces."""
        return "".join(self.words)

    @property
    def joined(self) -> str:
        """Syllables typed apart as the word they may be written as ("xing hua": "Xinghua"), or nothing."""
        return self.key if self.pinyin and len(self.words) > 1 else ""


@dataclass(frozen=True, slots=True)
class Query:
    """Terms in the order they were typed, each once; a document must match all of them."""

    terms: tuple[Term, ...]
    truncated: bool


def parse(typed: str) -> Query:
    """Read a query. Spaces and punctuation separate its parts; quotes and control letters are ignored.

    Neighbouring words that are single syllables or initials of pinyin ("sy you er yuan") become one term.
    """
    text = typed[:LONGEST]
    parts = letters(text).split()
    sounds = _with_u_umlaut_as_v(text).split()
    if len(sounds) != len(parts):
        sounds = parts
    terms: list[Term] = []
    waiting: list[tuple[str, str]] = []
    for part, sound in zip(parts, sounds, strict=True):
        pieces = _pieces(part)
        if len(pieces) == 1 and pieces[0].kind is Kind.WORDS:
            waiting.append((part, _readable(sound)))
            continue
        terms += [*_words(waiting), *pieces]
        waiting = []
    terms += _words(waiting)
    return Query(tuple(dict.fromkeys(terms)), truncated=len(typed) > LONGEST)


def _pieces(part: str) -> list[Term]:
    """Cut a part without spaces: one term, unless characters meet words that stand apart."""
    found = runs(part)
    if len(found) == 1 and not is_character(part[0]):
        return [Term(Kind.WORDS, (part,), _readable(part))]
    return [
        Term(Kind.WORDS, (run,), _readable(run)) if apart else Term(Kind.CHARACTERS, (run,))
        for apart, group in groupby(found, key=_stands_apart)
        for run in (group if apart else ["".join(group)])
    ]


def _stands_apart(run: str) -> bool:
    """Whether a run beside characters is a term of its own: two letters or more, or pinyin with tones."""
    return not is_character(run[0]) and len(run) > 1 and (run.isalpha() or bool(_readable(run)))


def _words(waiting: list[tuple[str, str]]) -> list[Term]:
    """Terms of neighbouring words, gluing those that only together make a reading."""
    terms: list[Term] = []
    group: list[tuple[str, str]] = []
    for word, sound in waiting:
        if group and not (pinyin.is_piece(group[-1][1]) and pinyin.is_last_piece(sound)):
            terms.append(_glued(group))
            group = []
        group.append((word, sound))
    if group:
        terms.append(_glued(group))
    return terms


def _glued(group: list[tuple[str, str]]) -> Term:
    sounds = [sound for _, sound in group]
    reading = "".join(sounds) if all(sounds) else ""
    return Term(Kind.WORDS, tuple(word for word, _ in group), reading if pinyin.may_be_key(reading) else "")


def _readable(sound: str) -> str:
    """Pinyin letters of a word without tone numbers, or nothing."""
    if _TONED.fullmatch(sound) and all(
        part in pinyin.SYLLABLES for part in re.findall(r"[a-z]+(?=\d)", sound)
    ):
        sound = re.sub(r"\d", "", sound)
    return pinyin.normal(sound) if sound.isascii() and sound.isalpha() else ""


def _with_u_umlaut_as_v(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.casefold())
    return letters(unicodedata.normalize("NFC", re.sub("u([\u0300\u0301\u0304\u030c]?)\u0308", "v", apart)))
