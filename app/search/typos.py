"""One slip of the hand: a letter or character too many, too few, wrong, or two of them swapped. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from app.search.engine import DOCUMENT_END, FIELD_END, VALUE_END
from app.search.sounds import of_characters

LONGEST: Final = 40
"""Letters of a key that is looked for with a slip; longer ones are found only as they stand."""

_ANY: Final = f"[^{FIELD_END}{VALUE_END}{DOCUMENT_END}]"
_WORDS: Final = sorted(
    (Path(__file__).parent / "data" / "ordinary.txt").read_text("utf-8").split(),
    key=lambda word: (-len(word), word),
)
_ORDINARY: Final = re.compile("|".join(_WORDS))
_ORDINARY_SOUNDS: Final = re.compile(
    f"(?:{'|'.join(''.join(f'[{codes}]' for codes in of_characters(word)) for word in _WORDS)})+"
)


def telling(key: str) -> frozenset[int]:
    """Return the places of the characters that tell a name from others: all but the ordinary words."""
    ordinary = {at for word in _ORDINARY.finditer(key) for at in range(*word.span())}
    return frozenset(set(range(len(key))) - ordinary)


def sounds_ordinary(codes: str) -> bool:
    """Whether a reading, as codes, is that of ordinary words only."""
    return _ORDINARY_SOUNDS.fullmatch(codes) is not None


@lru_cache(maxsize=256)
def inside(key: str) -> re.Pattern[str] | None:
    """Find a key with one slip between its first and its last letter, or two neighbours swapped.

    At least one telling character must be right; a key without any is not looked for.
    """
    known = telling(key)
    return re.compile(_slipped(key, known)) if known else None


@lru_cache(maxsize=256)
def at_ends(key: str) -> re.Pattern[str] | None:
    """Find a key whose first or last letter is wrong or not there."""
    known = telling(key)
    ends = [re.escape(rest) for at, rest in ((0, key[1:]), (len(key) - 1, key[:-1])) if known - {at}]
    return re.compile("|".join(ends)) if ends else None


@lru_cache(maxsize=256)
def word(key: str) -> re.Pattern[str]:
    """Find a typed word with one slip, wherever it stands; see `shift`."""
    slipped = _slipped(key, frozenset(range(len(key))))
    return re.compile("|".join([slipped, *map(re.escape, (key, key[1:], key[:-1]))]))


def _slipped(key: str, known: frozenset[int]) -> str:
    """Write a pattern of what is right up to some letter and has its slip there.

    It is nested letter by letter, so that a text is left at the first letter that fits nothing. The outermost
    choices begin with plain letters and stand in no group, so that `re` can leap to the first of them.
    """
    letters = [re.escape(letter) for letter in key]
    last = len(key) - 1
    pattern = ""
    for at in range(last, -1, -1):
        rest = "".join(letters[at + 1 :])
        ways = [letters[at] + pattern] if pattern else []
        if at < last and key[at] != key[at + 1]:
            ways.append(letters[at + 1] + letters[at] + "".join(letters[at + 2 :]))
        if at and at < last and known - {at}:
            ways.append(f"{_ANY}?{rest}")
        if at:
            ways.append(f"{_ANY}{letters[at]}{rest}")
        pattern = "|".join(ways) if not at else f"(?:{'|'.join(ways)})"
    return pattern


def shift(key: str, found: str) -> int:
    """How many letters of a word may stand before a find that has its slip at the first letter."""
    return 1 if found in {key, key[1:]} else 0
