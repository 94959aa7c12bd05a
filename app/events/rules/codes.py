"""The code that opens a booking: twelve digits in three groups, reckoned from what only the browser held."""

import unicodedata
from typing import Final

LENGTH: Final = 12
_GROUP: Final = 4


def code_from(digest: bytes) -> str:
    """Return the code of a keyed digest: 39 bits, and trying codes is limited."""
    return f"{int.from_bytes(digest, 'big') % 10**LENGTH:0{LENGTH}d}"


def show(code: str) -> str:
    """Return a code in groups of four."""
    return " ".join(code[i : i + _GROUP] for i in range(0, LENGTH, _GROUP))


def read(text: str) -> str | None:
    """Return the digits of a typed code, whatever digits and spaces were used; None if not twelve."""
    digits = [str(unicodedata.digit(sign)) for sign in text if unicodedata.digit(sign, None) is not None]
    return "".join(digits) if len(digits) == LENGTH else None
