"""How small the letters of a printed card must be, so that it fits its page."""

from typing import Final

STEPS: Final = (395, 467, 547, 633, 741, 854, 964)
"""Weights up to which a card keeps the letters of that step. Measured on A6 with Chromium: what fits is a
weight of 40,000 by the square of the size in points, in all three scripts; the sizes are in `cards.css`."""
_LINE: Final = 9.0
"""What a line that is not full costs, in Chinese letters."""
_NARROW: Final = 0.46
"""Width of a letter that is not Chinese, in Chinese letters: Latin and Arabic are about as narrow."""
_KEY: Final = 0.6
"""What a letter of the key point, which is printed larger, costs besides."""


def density(words: str, key: str, lines: int) -> int:
    """Return the step, 1 (largest letters) to 8, for the words of a card, its key point among them.

    `lines` is the number of paragraphs, items and headings.
    """
    weight = _width(words) + _KEY * _width(key) + lines * _LINE
    return next((step for step, most in enumerate(STEPS, 1) if weight <= most), len(STEPS) + 1)


def _width(words: str) -> float:
    return sum(1.0 if "\u2e7f" < letter < "\ufb00" or letter > "\uff00" else _NARROW for letter in words)
