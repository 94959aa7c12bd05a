"""Pinyin, read side: the exact rule by which typed letters match a reading. Pure.

A *reading* is the syllables of one text, one for each character, without tones, ü written v, separated by
spaces; a unit that has no reading (a Latin word, a number, an unknown character) is "-". Several readings are
separated by "|". The rule: typed letters match if they spell a run of neighbouring syllables of one reading,
each syllable in full or by its initial (z or zh), the last by any beginning. So youeryuan, youery, yey,
yeryuan and ery all match "you er yuan", and oueryuan does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

SYLLABLES: Final = frozenset((Path(__file__).parent / "data" / "syllables.txt").read_text("ascii").split())
"""Every syllable of standard Mandarin without tones, ü written v, üe written ue."""

NO_READING: Final = "-"
LONGEST_KEY: Final = 60

BEGINNINGS: Final = frozenset(sound[:size] for sound in SYLLABLES for size in range(1, len(sound) + 1))
LONGEST_SYLLABLE: Final = 6
_SPELLINGS: Final = 8  # full spellings tried before the general rule; more than real names ever need
_INITIALS: Final = re.compile("[bpmfdtnlgkhjqxrzcsyw]+")
_DOUBLE: Final = frozenset({"zh", "ch", "sh"})


@dataclass(frozen=True, slots=True)
class Spelling:
    """A typed key, prepared: full spellings to look for, then a wide net; `matches` judges its catch."""

    key: str
    full: tuple[str, ...]
    net: re.Pattern[str]


def normal(key: str) -> str:
    """Write pinyin letters with the two spellings of üe made one."""
    return key.replace("lve", "lue").replace("nve", "nue")


def syllable(unit: str) -> str:
    """Write one syllable of a reading in its normal form; NO_READING when it is none."""
    plain = normal(unit.casefold().replace("ü", "v"))
    return plain if plain.isascii() and plain.isalpha() else NO_READING


def is_piece(sound: str) -> bool:
    """Whether a typed word is one syllable or only initials, so that it may join the next word."""
    return sound in SYLLABLES or _INITIALS.fullmatch(sound) is not None


def is_last_piece(sound: str) -> bool:
    """Whether a typed word may end a reading spelled with spaces: a piece or the beginning of a syllable."""
    return sound in BEGINNINGS or is_piece(sound)


def may_be_key(key: str) -> bool:
    """Whether letters can be looked up as pinyin: two to sixty of a-z; no syllable starts with i, u or v."""
    return 1 < len(key) <= LONGEST_KEY and key.isascii() and key.isalpha() and key[0] not in "iuv"


def record(pinyin: str) -> str:
    """Write readings as the engines keep them: a space before each syllable, "|" between readings."""
    return "|".join(
        "".join(f" {syllable(unit)}" for unit in reading.split())
        for reading in pinyin.split("|")
        if reading.strip()
    )


@lru_cache(maxsize=256)
def spell(key: str) -> Spelling:
    """Prepare a key for which `may_be_key` holds."""
    return Spelling(key, full_spellings(key), re.compile(" " + "(?:[a-z]* )?".join(key)))


def like(key: str) -> str:
    """Return an SQL LIKE pattern that every record matched by the key satisfies (and others may)."""
    return "% " + "%".join(key) + "%"


def consumed(key: str, syllables: Sequence[str]) -> int:
    """How many syllables, counted from the first one given, the key spells; 0 if it does not match there."""
    reached = {0}
    for count, sound in enumerate(syllables, 1):
        ahead: set[int] = set()
        for at in reached:
            if sound.startswith(key[at:]):
                return count
            if key.startswith(sound, at):
                ahead.add(at + len(sound))
            if key[at] == sound[0]:
                ahead.add(at + 1)
            if key[at : at + 2] in _DOUBLE and sound.startswith(key[at : at + 2]):
                ahead.add(at + 2)
        if not ahead:
            return 0
        reached = ahead
    return 0


def matches(key: str, records: str, at: int, high: int) -> bool:
    """Whether the key spells syllables of a record from the one whose space stands at `at`, before `high`."""
    end = records.find("|", at, high)
    return consumed(key, records[at + 1 : high if end < 0 else end].split(" ", len(key))[: len(key)]) > 0


def full_spellings(key: str) -> tuple[str, ...]:
    """Cut the key into full syllables and a beginning, as they stand in a record, longest syllables first."""
    return tuple(endings(key)[0])


def endings(key: str) -> list[list[str]]:
    """Cut the key from each of its letters on as `full_spellings` does; for its end there is no way."""
    ends: list[list[str]] = [[] for _ in range(len(key) + 1)]
    for at in range(len(key) - 1, -1, -1):
        if key[at:] in BEGINNINGS:
            ends[at].append(f" {key[at:]}")
        for size in range(min(LONGEST_SYLLABLE, len(key) - at), 0, -1):
            if key[at : at + size] in SYLLABLES:
                ends[at] += [f" {key[at : at + size]}{rest}" for rest in ends[at + size]]
        del ends[at][_SPELLINGS:]
    return ends
