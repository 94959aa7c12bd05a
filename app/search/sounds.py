"""What sounds alike: characters by their reading, readings as strings of one letter a syllable. Pure.

Each syllable has a code of one letter, so that a reading can be searched like any text. A second code is the
same for syllables that many speakers of southern China do not tell apart: z/zh, c/ch, s/sh, n/l at the start,
an/ang, en/eng, in/ing at the end.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.search import pinyin
from app.search.engine import DOCUMENT_END
from app.search.text import is_character, units

if TYPE_CHECKING:
    from collections.abc import Iterable

_FIRST_CODE: Final = 0xE000  # private use: no text holds it
_CODES: Final = {sound: chr(_FIRST_CODE + place) for place, sound in enumerate(sorted(pinyin.SYLLABLES))}
SILENT: Final = chr(_FIRST_CODE + len(_CODES))
"""The code of a unit that has no reading, and of a reading that is no syllable."""


class _Tokens(dict[str, str]):
    """Syllable -> code; whatever is none is silent."""

    def __missing__(self, token: str) -> str:
        return SILENT


_TOKENS: Final = _Tokens({**_CODES, "": "", "|": "|", DOCUMENT_END: DOCUMENT_END})


def _readings() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in (Path(__file__).parent / "data" / "sounds.tsv").read_text("utf-8").splitlines():
        sound, characters = line.split("\t")
        for character in characters:
            found[character] = found.get(character, "") + _CODES[sound]
    return found


_READINGS: Final = _readings()


def alike(sound: str) -> str:
    """Return the name of the class of a syllable: equal for syllables that are easily confused."""
    start = re.sub("^([zcs])h", r"\1", sound)
    start = re.sub("^l", "n", start)
    return re.sub("(?<=[aei])ng$", "n", start)


def _classes() -> dict[int, str]:
    first: dict[str, str] = {}
    return {ord(code): first.setdefault(alike(sound), code) for sound, code in _CODES.items()}


ALIKE: Final = _classes()
"""For `str.translate`: each code to the one code of its class."""


def encode(records: str) -> str:
    """Write readings (see `pinyin.record`) as codes, one a unit; "|" and DOCUMENT_END stay where they are."""
    apart = records.replace("|", " | ").replace(DOCUMENT_END, f" {DOCUMENT_END} ")
    return "".join(map(_TOKENS.__getitem__, apart.split(" ")))


@lru_cache(maxsize=512)
def of_characters(key: str) -> tuple[str, ...]:
    """Return, for each unit of a folded text, the codes it may be read as; nothing if one is not known."""
    found = tuple(_READINGS.get(unit[0], "") if is_character(unit[0]) else SILENT for unit in units(key))
    return found if all(found) else ()


def of_readings(spellings: Iterable[str]) -> list[tuple[str, ...]]:
    """Return, for each spelled reading, the codes of its syllables; the last may be a part, with several."""
    found: list[tuple[str, ...]] = []
    for spelled in spellings:
        *first, last = spelled.split()
        found.append((*(_CODES[sound] for sound in first), _beginning_with(last)))
    return found


@lru_cache(maxsize=1024)
def _beginning_with(start: str) -> str:
    return _CODES.get(start) or "".join(code for sound, code in _CODES.items() if sound.startswith(start))


def classes_of(codes: Iterable[str]) -> tuple[str, ...]:
    """Translate sets of codes to their classes."""
    return tuple("".join(dict.fromkeys(each.translate(ALIKE))) for each in codes)


def sounding_like(key: str) -> list[list[str]]:
    """Return, for each unit of a folded text that has a reading, the syllables that sound like it."""
    found = []
    for codes in of_characters(key):
        if codes != SILENT:
            classes = set(codes.translate(ALIKE))
            found.append([sound for sound, code in _CODES.items() if code.translate(ALIKE) in classes])
    return found


def pattern(ways: Iterable[Iterable[str]]) -> re.Pattern[str] | None:
    """Find any of several sequences of codes; None when there is none. Sequences share their beginnings."""
    tree: dict[str, set[str]] = {}
    for way in ways:
        first, *rest = way
        sequel = "".join(each if len(each) == 1 else f"[{each}]" for each in rest)
        for code in first:
            tree.setdefault(code, set()).add(sequel)
    if not tree:
        return None
    return re.compile(
        "|".join(f"{code}(?:{'|'.join(sorted(rests))})" for code, rests in sorted(tree.items()))
    )
