"""How text becomes a search key: folded letters, runs of characters and words, index grams.

Two kinds of script are told apart. *Characters* (Han, kana, Hangul) are written without spaces, so any
substring of them can be looked for. *Words* (Latin, Arabic, Cyrillic, digits ...) are looked for from their
first letter. A folded text holds only letters and digits in their folded form and single spaces; it never
starts or ends with a space, and no space stands between a character and a word. It only ever serves as a key.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

CHARACTERS: Final = (
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"  # repetition marks, 〇, kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
    "\uac00-\ud7a3"  # Hangul
)
"""Inside of a regular-expression class: every character of a script written without spaces."""

LONGEST_WORD: Final = 100
"""Letters of a word that the index keeps; a query is never longer (see `query.LONGEST`)."""

_BASIC_PLANE: Final = 0x10000
_APOSTROPHES: Final = frozenset("'\u2018\u2019\u02bb\u02bc`")
# Uyghur Arabic script. The letters below are one letter for the key, because keyboards and fonts mix them up;
# the hamza seat is dropped because it is often left out; tatweel and high hamza carry no sound.
_ARABIC: Final = str.maketrans(
    {
        "\u0626": "",
        "\u0640": "",
        "\u0674": "",
        "\u0649": "\u064a",
        "\u06cc": "\u064a",
        "\u06a9": "\u0643",
        "\u06aa": "\u0643",
        "\u06be": "\u0647",
        "\u06d5": "\u0647",
        "\u06c1": "\u0647",
        "\u0629": "\u0647",
    }
)
# A yeh with a separate hamza above is the hamza seat too, but normalisation joins only one of the three yehs.
_SEAT: Final = re.compile("[\u0649\u064a\u06cc]\u0654")
_SQUEEZE: Final = re.compile(
    f"^ +| +$|(?<=[{CHARACTERS}]) +(?=[^{CHARACTERS} ])|(?<=[^{CHARACTERS} ]) +(?=[{CHARACTERS}])| +(?= )"
)
_RUN: Final = re.compile(f"[{CHARACTERS}]+|[^{CHARACTERS}\\s]+")
_UNIT: Final = re.compile(f"[{CHARACTERS}]|[^{CHARACTERS}\\s]+")
_CHARACTER: Final = re.compile(f"[{CHARACTERS}]")


def _traditional() -> dict[int, str]:
    lines = (Path(__file__).parent / "data" / "traditional.tsv").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines)
    return {ord(letter): simplified for simplified, letters in pairs for letter in letters}


_TRADITIONAL: Final = _traditional()


class _Letters(dict[int, str]):
    """Code point -> folded letters, filled as letters are met; bounded by the basic plane."""

    def __missing__(self, code: int) -> str:
        letters = _fold_letter(chr(code))
        if code < _BASIC_PLANE:
            self[code] = letters
        return letters


def _fold_letter(letter: str) -> str:
    if letter in _APOSTROPHES or unicodedata.category(letter) in {"Cf", "Cs", "Mn", "Mc", "Me"}:
        return ""
    if unicodedata.category(letter) == "Nd":
        return str(unicodedata.digit(letter))
    wide = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", letter).casefold())
    apart = unicodedata.normalize("NFD", wide.translate(_ARABIC))
    bare = "".join(part for part in apart if not unicodedata.category(part).startswith("M"))
    plain = unicodedata.normalize("NFC", bare).translate(_ARABIC).translate(_TRADITIONAL)
    return "".join(part if part.isalnum() else " " for part in plain)


_LETTERS: Final = _Letters()


def letters(text: str) -> str:
    """`text` with every letter folded and everything else a space; spaces not yet collapsed."""
    return _SEAT.sub("", text).translate(_LETTERS)


def fold(text: str) -> str:
    """Make the search key of a text. Never raises; folding a folded text changes nothing."""
    return _SQUEEZE.sub("", letters(text))


def fold_with_origins(text: str) -> tuple[str, list[int]]:
    """`fold(text)` and, for each of its letters, the position in `text` it came from."""
    seats = {at for seat in _SEAT.finditer(text) for at in range(*seat.span())}
    pairs = [
        (part, at) for at, letter in enumerate(text) if at not in seats for part in _LETTERS[ord(letter)]
    ]
    loose = "".join(part for part, _ in pairs)
    gone = {at for space in _SQUEEZE.finditer(loose) for at in range(*space.span())}
    kept = [pair for at, pair in enumerate(pairs) if at not in gone]
    return "".join(part for part, _ in kept), [at for _, at in kept]


def is_character(letter: str) -> bool:
    """Whether a folded letter belongs to a script written without spaces."""
    return _CHARACTER.match(letter) is not None


def runs(folded: str) -> list[str]:
    """List the runs of characters and the words of a folded text, in order."""
    return _RUN.findall(folded)


def units(folded: str) -> Iterator[re.Match[str]]:
    """Find what is pronounced one by one: each character, and each word as a whole."""
    return _UNIT.finditer(folded)


def grams(folded: str) -> set[str]:
    """Index terms of a folded text: each character, each pair of neighbouring characters, each word."""
    found: set[str] = set()
    for run in runs(folded):
        if is_character(run[0]):
            found.update(run)
            found.update(first + second for first, second in pairwise(run))
        else:
            found.add(run[:LONGEST_WORD])
    return found
