"""Uyghur in Latin letters, as people type it on a keyboard without Arabic ones. Pure.

The letters are those of the Latin alphabet of 2000 (ULY), which the provincial standard DB65/T 3690-2015 also
builds on. Accents are left out, as people leave them out: `é` and `e`, `ö` and `o`, `ü` and `u` fold together
anyway (`text.fold`), so ې and ە are both written `e` here.
"""

import re
from typing import Final

_LATIN: Final = {
    "\u0627": "a", "\u06d5": "e", "\u06d0": "e", "\u0649": "i", "\u06cc": "i", "\u0648": "o", "\u06c7": "u",
    "\u06c6": "o", "\u06c8": "u", "\u0628": "b", "\u067e": "p", "\u062a": "t", "\u062c": "j", "\u0686": "ch",
    "\u062e": "x", "\u062f": "d", "\u0631": "r", "\u0632": "z", "\u0698": "zh", "\u0633": "s", "\u0634": "sh",
    "\u063a": "gh", "\u0641": "f", "\u0642": "q", "\u0643": "k", "\u06a9": "k", "\u06af": "g", "\u06ad": "ng",
    "\u0644": "l", "\u0645": "m", "\u0646": "n", "\u06be": "h", "\u0647": "h", "\u06cb": "w", "\u064a": "y",
    "\u0626": "",
}  # fmt: skip
_LETTERS: Final = str.maketrans(_LATIN)
WORD: Final = re.compile(f"[{''.join(_LATIN)}]+")
"""A word of Uyghur letters."""


def latin(text: str) -> str:
    """Return the Uyghur words of a text in Latin letters, with a space between them; nothing of the rest."""
    return " ".join(word.translate(_LETTERS) for word in WORD.findall(text))
