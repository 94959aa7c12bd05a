"""Compares two texts as a reader would: whole words and numbers, Chinese letter by letter."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

_PIECES = re.compile(r"[0-9A-Za-z\u0600-\u06ff]+|.", re.DOTALL)
"""A difference never cuts a number, a Latin or an Arabic word; Chinese is compared letter by letter."""

_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_MOST = 1_000_000
"""Pairs of equal pieces of two texts that are compared; beyond, it would take minutes."""
_CHANCE = 2
"""Pieces that are the same by chance."""
_STOPS = frozenset("。！？；.!?؟")
_Step = tuple[str, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of a text: `same`, `new` or `gone`."""

    kind: Literal["same", "new", "gone"]
    text: str


def compare(old: str, new: str) -> Iterator[Change]:
    """Yield the stretches of two texts, in order: what stayed, what went, what came.

    One or two letters that happen to be the same between two changes are part of them: nobody can read a
    sentence that changes back and forth within its words. What repeats itself without end is compared line
    by line, or as a whole.
    """
    first, second = _PIECES.findall(old), _PIECES.findall(new)
    if _pairs(first, second) > _MOST:
        first, second = _LINES.findall(old), _LINES.findall(new)
    if _pairs(first, second) > _MOST:
        first, second = [old], [new]
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    for what, from_old, to_old, from_new, to_new in _slid(_joined(matcher.get_opcodes()), second):
        if what == "equal":
            yield Change("same", "".join(second[from_new:to_new]))
            continue
        if to_old > from_old:
            yield Change("gone", "".join(first[from_old:to_old]))
        if to_new > from_new:
            yield Change("new", "".join(second[from_new:to_new]))


def _pairs(first: Sequence[str], second: Sequence[str]) -> int:
    ours, theirs = Counter(first), Counter(second)
    return sum(count * theirs[piece] for piece, count in ours.items())


def _joined(steps: Sequence[_Step]) -> list[_Step]:
    found: list[_Step] = []
    for at, step in enumerate(steps):
        what, from_old, to_old, from_new, to_new = step
        if what == "equal" and to_old - from_old <= _CHANCE and 0 < at < len(steps) - 1:
            what = "replace"
        if found and what != "equal" and found[-1][0] != "equal":
            found[-1] = ("replace", found[-1][1], to_old, found[-1][3], to_new)
        else:
            found.append((what, from_old, to_old, from_new, to_new))
    return found


def _slid(steps: Sequence[_Step], new: Sequence[str]) -> list[_Step]:
    """Let what came begin after the stop of the sentence before it, not with that stop."""
    found = list(steps)
    for at, (what, from_old, to_old, from_new, to_new) in enumerate(found[:-1]):
        follows = found[at + 1]
        slides = what == "insert" and follows[0] == "equal" and to_new > from_new and at > 0
        if slides and new[from_new] in _STOPS and new[from_new] == new[to_new]:
            _equal, *before = found[at - 1]
            found[at - 1] = ("equal", before[0], to_old + 1, before[2], from_new + 1)
            found[at] = ("insert", from_old + 1, to_old + 1, from_new + 1, to_new + 1)
            found[at + 1] = ("equal", follows[1] + 1, follows[2], follows[3] + 1, follows[4])
    return found
