"""Finds what could tell an accused place who reported it. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date

_SHARED = 12
"""Characters in a row that two texts share by quoting, not by chance."""
_TELLING = 5
"""Characters of a way to reach somebody below which it is found everywhere."""
_GROUP = re.compile(r"\d+[xX]?")
_GAP = 3
"""Marks between two groups of digits that still belong to one number."""
_MOBILE_OR_LANDLINE = re.compile(r"(?:(?:00)?86)?(?:1[3-9]\d{9}|0\d{2,3}\d{7,8})")
_IDENTITY = re.compile(r"\d{6}((?:18|19|20)\d{2})(\d{2})(\d{2})\d{3}[\dxX]")
_LONGEST_NUMBER = 18
_REPORTER = re.compile("举报人|投诉人|检举人|reporter|complainant|پاشقىلغۇچى|ئەرزقىلغۇچى")


def leaks(
    text: str, contact: Mapping[str, str], story: str, *, offices: frozenset[str] = frozenset()
) -> list[str]:
    """Return codes of what a text gives away: `name phone identity quote reporter`, each once.

    A text is checked before it goes to the facility or the public. `offices` are numbers that may be named.
    """
    plain = _letters(text)
    name = _letters(contact.get("name", ""))
    ways = [part for key, value in contact.items() if key != "name" for part in (value, *value.split())]
    numbers = set(_numbers(_digits(text)))
    public = {_letters(number) for number in offices}
    found = {
        "name": len(name) > 1 and name in plain,
        "phone": any(_is_phone(number) and number not in public for number in numbers)
        or any(len(_letters(way)) >= _TELLING and _letters(way) in plain for way in ways),
        "identity": any(map(_is_identity, numbers)),
        "quote": _shares(plain, _letters(story)),
        "reporter": bool(_REPORTER.search(plain)),
    }
    return [code for code, given in found.items() if given]


def _digits(text: str) -> str:
    """Return a text with full-width letters made plain and the digits of any script made 0 to 9."""
    wide = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.digit(letter, letter)) for letter in wide)


def _letters(text: str) -> str:
    """Return only letters and digits, in small letters: no mark, gap or script hides a word."""
    return "".join(letter for letter in _digits(text).casefold() if letter.isalnum())


def _numbers(text: str) -> Iterator[str]:
    """Return every number that groups of digits, parted by a few marks, can be read as."""
    groups = list(_GROUP.finditer(text))
    for first, start in enumerate(groups):
        number, end = start[0], start.end()
        yield number
        for group in groups[first + 1 :]:
            gap = text[end : group.start()]
            if len(gap) > _GAP or any(mark.isalnum() for mark in gap) or len(number) > _LONGEST_NUMBER:
                break
            number, end = number + group[0], group.end()
            yield number


def _is_phone(number: str) -> bool:
    return bool(_MOBILE_OR_LANDLINE.fullmatch(number))


def _is_identity(number: str) -> bool:
    """Tell whether a number is shaped like a citizen's (GB 11643), with a day of birth that exists."""
    match = _IDENTITY.fullmatch(number)
    if match is None:
        return False
    try:
        date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return False
    return True


def _shares(text: str, story: str) -> bool:
    if len(story) < _SHARED:
        return False
    pieces = {story[i : i + _SHARED] for i in range(len(story) - _SHARED + 1)}
    return any(text[i : i + _SHARED] in pieces for i in range(len(text) - _SHARED + 1))
