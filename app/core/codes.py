"""Codes: minted ids, and the checksum of the unified social credit code."""

import re
import secrets
from enum import StrEnum

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ID_LENGTH = 8

_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_CREDIT_SHAPE = re.compile(rf"[{_CREDIT}]{{2}}\d{{6}}[{_CREDIT}]{{10}}")


class CodeState(StrEnum):
    """What is known about a credit code as it was filed."""

    VALID = "valid"
    INVALID = "invalid"
    REFUSED = "refused"
    MISSING = "missing"


def mint() -> str:
    """Return a new random id: 8 Crockford base-32 characters, 40 bits."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(ID_LENGTH))


def is_id(text: str) -> bool:
    """Tell whether a text is shaped like a minted id."""
    return len(text) == ID_LENGTH and all(letter in CROCKFORD for letter in text)


def credit_check(body: str) -> str:
    """Return the check character of a 17-character credit code body (GB 32100-2015, modulus 31)."""
    total = sum(_CREDIT.index(letter) * weight for letter, weight in zip(body, _CREDIT_WEIGHTS, strict=True))
    return _CREDIT[-total % 31]


def is_credit_code(code: str) -> bool:
    """Tell whether a text is a unified social credit code with a right check character."""
    return bool(_CREDIT_SHAPE.fullmatch(code)) and credit_check(code[:-1]) == code[-1]


def looks_like_citizen(code: str) -> bool:
    """Tell whether a text is shaped like a citizen's identity number (GB 11643), 18 or 15 digits.

    Shape is enough: such a text is never kept, even where its own check digit is wrong.
    """
    text = code.strip()
    if re.fullmatch(r"\d{17}[\dXx]", text):
        return text[6:8] in {"18", "19", "20"} and _is_month_day(text[10:14])
    return bool(re.fullmatch(r"\d{15}", text)) and _is_month_day(text[8:12])


_CITIZEN_INSIDE = re.compile(
    r"(?<![0-9A-Za-z])\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])"
)


def without_identity_numbers(text: str) -> str:
    """Return a text with anything shaped like a citizen's 18-digit identity number taken out."""
    return _CITIZEN_INSIDE.sub("", text)


def _is_month_day(digits: str) -> bool:
    return 1 <= int(digits[:2]) <= 12 and 1 <= int(digits[2:]) <= 31  # noqa: PLR2004 - months and days


def credit_state(code: str) -> CodeState:
    """Classify a code as filed. `REFUSED` means: shaped like a citizen's number, forget it at once."""
    text = code.strip().upper()
    if not text:
        return CodeState.MISSING
    if is_credit_code(text):
        return CodeState.VALID
    return CodeState.REFUSED if looks_like_citizen(text) else CodeState.INVALID
