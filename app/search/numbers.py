"""Numbers written in Chinese and in digits: 第二 is 第2, 十二 is 12, 二〇二四 is 2024. Pure.

Whole numbers from 1 to 999, and years of four digits written digit by digit. A text is never changed; a
query is looked for in its other spellings as well, and there a number must be complete: 第2 is not the start
of 第21.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import Final

DIGITS: Final = "0-9"
NUMERALS: Final = "〇零一二三四五六七八九十百"
"""Inside of a regular-expression class: letters of a number written in one of the two ways."""

_PLAIN: Final = "〇一二三四五六七八九"
_NUMBER: Final = re.compile(f"[{DIGITS}]+|[{NUMERALS}]+")
_SPOKEN: Final = re.compile(
    "(?:(?P<hundreds>[一二三四五六七八九])百)?"
    "(?:(?:(?P<tens>[一二三四五六七八九])?(?P<ten>十))|(?P<gap>[零〇]))?"
    "(?P<ones>[一二三四五六七八九])?"
)
_MOST: Final = 999
_YEAR: Final = 4
_MOST_NUMBERS: Final = 3
"""Numbers of one key that are written anew; further ones stay as they are typed."""


@lru_cache(maxsize=1024)
def spellings(key: str) -> tuple[str, ...]:
    """Return the other spellings of a folded key in which a number is written in the other way."""
    parts: list[tuple[str, ...]] = []
    done = seen = 0
    for number in _NUMBER.finditer(key):
        other = _other(number[0]) if seen < _MOST_NUMBERS else ""
        seen += bool(other)
        parts += [(key[done : number.start()],), (number[0], other) if other else (number[0],)]
        done = number.end()
    parts.append((key[done:],))
    return tuple(spelled for each in product(*parts) if (spelled := "".join(each)) != key)


@lru_cache(maxsize=256)
def whole(spelling: str) -> re.Pattern[str]:
    """Find a spelling where no number runs on before or behind it."""
    literal = re.escape(spelling)
    before, behind = _script(spelling[0]), _script(spelling[-1])
    # Looking back after the spelling lets `re` leap to it first.
    return re.compile(
        literal + (f"(?<![{before}]{literal})" if before else "") + (f"(?![{behind}])" if behind else "")
    )


def _script(letter: str) -> str:
    return DIGITS if letter in "0123456789" else NUMERALS if letter in NUMERALS else ""


def _other(number: str) -> str:
    """Write one number in the other way; nothing when it is none that is written in both."""
    if number[0] in "0123456789":
        return _numerals(number)
    plain = number.replace("零", "〇")
    if len(number) == _YEAR and all(letter in _PLAIN for letter in plain):
        return "".join(str(_PLAIN.index(letter)) for letter in plain)
    return _digits(number)


def _numerals(digits: str) -> str:
    if len(digits) == _YEAR:
        return "".join(_PLAIN[int(digit)] for digit in digits)
    if digits[0] == "0" or int(digits) > _MOST:
        return ""
    hundreds, rest = divmod(int(digits), 100)
    tens, ones = divmod(rest, 10)
    text = f"{_PLAIN[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _PLAIN[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_PLAIN[ones] if ones else "")


def _digits(numerals: str) -> str:
    found = _SPOKEN.fullmatch(numerals)
    if found is None or (found["gap"] and not (found["hundreds"] and found["ones"])):
        return ""
    tens = _PLAIN.index(found["tens"]) if found["tens"] else 1 if found["ten"] else 0
    hundreds, ones = (_PLAIN.index(found[name]) if found[name] else 0 for name in ("hundreds", "ones"))
    if hundreds and ones and not tens and not found["gap"]:
        return ""  # 一百二 is said for 120 and for 102
    return str(hundreds * 100 + tens * 10 + ones)
