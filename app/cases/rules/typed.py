"""What people type, made safe to keep and to show without changing what it says. Pure."""

import re
import unicodedata
from typing import Final

_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of whatever follows them; names and numbers are isolated where shown."""
_BREAKS: Final = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_EMPTY_LINES: Final = re.compile(r"\n[ \t]*(?:\n[ \t]*){2,}")


def safe(typed: object) -> str:
    """Return what was typed without characters that no page may hold or that turn what follows them.

    A file sent under the name of a field of text is no text: nothing was typed.
    """
    given = typed if isinstance(typed, str) else ""
    return "".join(letter for letter in _BREAKS.sub("\n", given) if letter in "\n\t" or _is_safe(letter))


def text(typed: str) -> str:
    """Return a text of several lines: one kind of line break, no invisible characters that do harm."""
    return _EMPTY_LINES.sub("\n\n", safe(typed)).strip()


def line(typed: str) -> str:
    """Return a text of one line, its spaces single."""
    return " ".join(text(typed).split())


def _is_safe(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cs", "Cn", "Co"} and letter not in _TURNING


def digits(typed: str) -> str:
    """Return the digits of a text, of any script, as ASCII digits."""
    values = (unicodedata.digit(letter, None) for letter in typed)
    return "".join(str(value) for value in values if value is not None)
