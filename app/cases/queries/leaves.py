"""A long history in leaves, each as much as one page may weigh. Nothing is left out."""

from collections.abc import Mapping, Sequence

from app.cases.queries.happenings import Happening

ROOM = 7_000
"""Bytes of one page for words of people and the lines about them, so that it stays light (UTF-8, before
compression)."""
LONGEST_TOLD = 2_400
"""Bytes of a story that the page of the case itself shows; a longer one stands on the first leaf."""
_LINE, _FILE = 150, 250


def weight(each: Happening, shown: Happening | None = None) -> int:
    """Return about how many bytes an entry takes; the reply shown elsewhere on the page is only a line."""
    parts = "" if each is shown else "".join(each.parts.values())
    return _LINE + _bytes(each.text + parts) + sum(_FILE + _bytes(file.name) for file in each.files)


def told_weight(told: Mapping[str, str]) -> int:
    """Return about how many bytes the report itself takes."""
    return sum(map(_bytes, told.values()))


def newest(
    history: Sequence[Happening], told: Mapping[str, str], shown: Happening | None
) -> tuple[Happening, ...]:
    """Return the newest entries that find room beside the report and the reply shown, at least one."""
    told_here = told_weight(told)
    room = ROOM - (told_here if told_here <= LONGEST_TOLD else 0)
    room -= sum(map(_bytes, shown.parts.values())) if shown else 0
    first = len(history)
    while first and (room := room - weight(history[first - 1], shown)) >= 0:
        first -= 1
    return tuple(history[min(first, max(0, len(history) - 1)) :])


def leaves(history: Sequence[Happening], told: Mapping[str, str]) -> tuple[tuple[Happening, ...], ...]:
    """Return the whole history in leaves, oldest first; the first one has the report above it.

    A leaf once full stays as it is, whatever is added later.
    """
    found: list[list[Happening]] = [[]]
    room = ROOM - told_weight(told)
    for each in history:
        room -= weight(each)
        if room < 0 and found[-1]:
            found.append([])
            room = ROOM - weight(each)
        found[-1].append(each)
    return tuple(map(tuple, found))


def leaf_of(found: Sequence[Sequence[Happening]], position: int) -> int:
    """Return the number of the leaf, from one, on which the entry at a position stands."""
    for number, leaf in enumerate(found, 1):
        if position < len(leaf):
            return number
        position -= len(leaf)
    return max(1, len(found))


def _bytes(text: str) -> int:
    return len(text.encode())
