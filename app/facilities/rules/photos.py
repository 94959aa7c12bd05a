"""Photos of a facility: how many, how heavy, in which order. Pure."""

from collections.abc import Sequence
from typing import Final, TypeVar

T = TypeVar("T")

MOST: Final = 6
"""Photos that a facility may show."""
LARGEST: Final = 1_500_000
"""Bytes the large picture may have; pages show small ones, and this one on tap."""
SMALL: Final = 320
"""Pixels of the longer side of the small picture (`app.core.photo_reader.THUMBNAIL`)."""


def moved(items: Sequence[T], at: int, step: int) -> list[T]:
    """Return the items with one moved by so many places; it stops at either end."""
    found = list(items)
    item = found.pop(at)
    found.insert(max(0, min(len(found), at + step)), item)
    return found


def small_size(width: int, height: int) -> tuple[int, int]:
    """Return the sides of the small picture of a photo, in pixels."""
    longer = max(width, height)
    if longer <= SMALL:
        return width, height
    return max(1, round(width * SMALL / longer)), max(1, round(height * SMALL / longer))
