"""Typed pinyin with one slip of the hand: the readings that were probably meant. Pure.

The letters are cut into syllables, of which one (or, where two letters were swapped across a border, two) has
the slip; the last may be typed in part. What stands before and behind the slip is spelled as usual.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from app.search.pinyin import BEGINNINGS, LONGEST_SYLLABLE, SYLLABLES, endings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST: Final = 40
"""Letters of typed pinyin that is looked for with a slip."""
_MOST_READINGS: Final = 1000
_MOST: Final = 4
"""Ways to spell what stands before a slip, and what stands behind it, the longest syllables first."""


def _shortened(sounds: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Map each sound, and each sound without one of its letters, to the sounds it came from."""
    found: dict[str, dict[str, None]] = {}
    for sound in sorted(sounds):
        for short in (sound, *_without_a_letter(sound)):
            found.setdefault(short, {})[sound] = None
    return {short: tuple(sounds) for short, sounds in found.items()}


def _without_a_letter(sound: str) -> Iterator[str]:
    for at in range(len(sound)):
        yield sound[:at] + sound[at + 1 :]


_SYLLABLES: Final = _shortened(SYLLABLES)
_BEGINNINGS: Final = _shortened(BEGINNINGS)


@lru_cache(maxsize=256)
def slipped(key: str) -> tuple[str, ...]:
    """Return the readings one slip away from a key, a space before each syllable; the last may be a part."""
    if len(key) > LONGEST:
        return ()
    before, behind = _starts(key), endings(key)
    behind[len(key)] = [""]
    found: dict[str, None] = {}
    for at, starts in enumerate(before):
        for middle, end in _slips(key, at) if starts else ():
            for start in starts:
                found.update(dict.fromkeys(start + middle + rest for rest in behind[end][:_MOST]))
    return tuple(islice(found, _MOST_READINGS))


def _starts(key: str) -> list[list[str]]:
    """Cut the key up to each of its letters, and to its end, into full syllables."""
    starts: list[list[str]] = [[] for _ in range(len(key) + 1)]
    starts[0].append("")
    for at in range(1, len(key) + 1):
        for size in range(min(LONGEST_SYLLABLE, at), 0, -1):
            if key[at - size : at] in SYLLABLES:
                starts[at] += [f"{start} {key[at - size : at]}" for start in starts[at - size]]
        del starts[at][_MOST:]
    return starts


def _slips(key: str, at: int) -> Iterator[tuple[str, int]]:
    """Yield (what was meant, where it ends) of one or two syllables that start here and have the slip."""
    # A syllable too few at the beginning or at the end is no slip: the rest matches as it stands.
    for end in range(at + (at in {0, len(key)}), min(at + LONGEST_SYLLABLE + 1, len(key)) + 1):
        piece = key[at:end]
        for sound in _one_away(piece):
            yield f" {sound}", end
        if end == len(key):
            for sound in _one_away(piece, part=True):
                yield f" {sound}", end
    for border in range(at + 1, min(at + LONGEST_SYLLABLE, len(key) - 1) + 1):
        if key[border - 1] != key[border]:
            first = key[at : border - 1] + key[border]
            if first in SYLLABLES:
                yield from _after_a_swap(key, border, first)


def _after_a_swap(key: str, border: int, first: str) -> Iterator[tuple[str, int]]:
    """Yield the syllable before a border, and one behind it, with the letters at the border swapped back."""
    swapped = key[border - 1] + key[border + 1 :]
    for size in range(1, min(LONGEST_SYLLABLE, len(swapped)) + 1):
        second = swapped[:size]
        if second in SYLLABLES or (size == len(swapped) and second in BEGINNINGS):
            yield f" {first} {second}", border + size


@lru_cache(maxsize=4096)
def _one_away(piece: str, *, part: bool = False) -> tuple[str, ...]:
    """Return the syllables, or `part`, the beginnings of syllables, that are one slip away."""
    known = _BEGINNINGS if part else _SYLLABLES
    near: dict[str, None] = {}
    for short in (piece, *_without_a_letter(piece)):
        near.update(dict.fromkeys(known.get(short, ())))
    return tuple(sound for sound in near if is_one_slip(piece, sound))


def is_one_slip(one: str, other: str) -> bool:
    """Whether two texts differ by a letter that is wrong, missing or added, or by two neighbours swapped."""
    if len(one) > len(other):
        one, other = other, one
    if one == other or len(other) - len(one) > 1:
        return False
    at = next((place for place, letter in enumerate(one) if letter != other[place]), len(one))
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    swapped = one[at + 1 : at + 2] + one[at]
    return one[at + 1 :] == other[at + 1 :] or (
        other[at : at + 2] == swapped and one[at + 2 :] == other[at + 2 :]
    )
