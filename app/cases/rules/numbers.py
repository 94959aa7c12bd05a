"""Case numbers, which people say on the telephone, and access codes, which open a case. Pure."""

import secrets
import unicodedata

from app.core.codes import CROCKFORD

_BODY = 8
_CODE = 20
_GROUP = 4
_MIXED = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def mint_number() -> str:
    """Return a new case number: 8 random Crockford letters (40 bits) and a check letter, `7K3Q-9F2M-C`."""
    body = "".join(secrets.choice(CROCKFORD) for _ in range(_BODY))
    return show_number(body + _check(body))


def _check(body: str) -> str:
    """Return the check letter (Luhn, modulus 32).

    It finds one wrong letter, and two swapped neighbours unless they are `0` and `Z`.
    """
    total = 0
    for place, letter in enumerate(reversed(body)):
        value = CROCKFORD.index(letter) * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return CROCKFORD[-total % 32]


def show_number(letters: str) -> str:
    """Return the letters of a number in groups."""
    return "-".join(letters[i : i + _GROUP] for i in range(0, len(letters), _GROUP))


def read_number(text: str) -> str | None:
    """Return a number as it is stored from how somebody typed it, or None if it cannot be one."""
    wide = unicodedata.normalize("NFKC", text).upper()
    wide = "".join(str(unicodedata.digit(letter, letter)) for letter in wide)
    letters = "".join(letter for letter in wide.translate(_MIXED) if letter in CROCKFORD)
    if len(letters) != _BODY + 1 or _check(letters[:-1]) != letters[-1]:
        return None
    return show_number(letters)


def code_from(digest: bytes) -> str:
    """Return the 20 digits of an access code from a keyed digest: 66 bits, in digits every script has."""
    return f"{int.from_bytes(digest, 'big') % 10**_CODE:0{_CODE}d}"


def show_code(code: str) -> str:
    """Return an access code in five groups of four."""
    return " ".join(code[i : i + _GROUP] for i in range(0, _CODE, _GROUP))


def read_code(text: str) -> str | None:
    """Return the 20 digits of a typed access code, whatever digits and spaces were used; None if not 20."""
    digits = [
        str(unicodedata.digit(letter)) for letter in text if unicodedata.digit(letter, None) is not None
    ]
    return "".join(digits) if len(digits) == _CODE else None
