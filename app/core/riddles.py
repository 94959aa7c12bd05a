"""A worded question that a person answers at a glance, and reading the answer however it was typed. Pure.

No picture and no sound: the question is text, so a screen reader reads it; the answer may be digits of any
script or words of the languages of this site.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

KINDS: Final = ("sum", "difference", "after", "largest")
"""Two numbers added · one taken from another · the number that follows · the largest of three."""
LARGEST: Final = 18
"""No answer is larger: two numbers up to nine are added."""
_LONGEST: Final = 60
_LONGEST_NUMBER: Final = 3

_CHINESE: Final = {
    letter: value
    for value, letters in enumerate(
        ("零〇", "一壹", "二两贰兩", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for letter in letters
}
_TEN: Final = "十拾"
_ENGLISH: Final = (
    "zero one two three four five six seven eight nine ten "
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
)
_UYGHUR: Final = "نۆل بىر ئىككى ئۈچ تۆت بەش ئالتە يەتتە سەككىز توققۇز ئون"
_WORDS: Final[Mapping[str, int]] = {
    word: value for words in (_ENGLISH, _UYGHUR) for value, word in enumerate(words.split())
}
_UYGHUR_TEN: Final = "ئون"


@dataclass(frozen=True, slots=True)
class Riddle:
    """A question: its kind, the numbers it names in their order, and the answer."""

    kind: str
    numbers: tuple[int, ...]

    @property
    def answer(self) -> int:
        """Return the one right answer."""
        match self.kind:
            case "sum":
                return sum(self.numbers)
            case "difference":
                return self.numbers[0] - self.numbers[1]
            case "after":
                return self.numbers[0] + 1
            case _:
                return max(self.numbers)


def pose(pick: Callable[[int], int]) -> Riddle:
    """Return a question with numbers from one to nine; `pick(n)` gives a random number below n."""
    kind = KINDS[pick(len(KINDS))]
    first = 1 + pick(9)
    match kind:
        case "sum":
            return Riddle(kind, (first, 1 + pick(9)))
        case "difference":
            return Riddle(kind, (larger := 2 + pick(8), 1 + pick(larger - 1)))
        case "after":
            return Riddle(kind, (first,))
    others = [number for number in range(1, 10) if number != first]
    second = others.pop(pick(len(others)))
    return Riddle(kind, (first, second, others[pick(len(others))]))


def read_answer(text: str) -> int | None:
    """Return the number somebody typed, in digits or words; None if it is none."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST]).casefold()
    plain = "".join(" " if unicodedata.category(letter)[0] in "ZP" else letter for letter in plain)
    plain = "".join(letter for letter in plain if unicodedata.category(letter)[0] != "C")
    readings = (read(plain) for read in (_digits, _chinese, _spoken))
    return next((number for number in readings if number is not None), None)


def _digits(text: str) -> int | None:
    letters = "".join(text.split())
    digits = [unicodedata.digit(letter, None) for letter in letters]
    if not digits or None in digits or len(digits) > _LONGEST_NUMBER:
        return None
    return int("".join(str(digit) for digit in digits))


def _chinese(text: str) -> int | None:
    """Return a number up to 99 written in Chinese numerals, such as 七 or 十二."""
    found = re.fullmatch(
        rf"([{''.join(_CHINESE)}]?)([{_TEN}]?)([{''.join(_CHINESE)}]?)", "".join(text.split())
    )
    if found is None or not any(found.groups()):
        return None
    tens, ten, ones = found.groups()
    if not ten:
        return None if tens and ones else _CHINESE[tens or ones]
    return (_CHINESE[tens] if tens else 1) * 10 + (_CHINESE[ones] if ones else 0)


def _spoken(text: str) -> int | None:
    """Return a number written in words: `seven`, or the Uyghur for ten and the ones behind it."""
    words = text.split()
    if len(words) == 1:
        return _WORDS.get(words[0])
    if len(words) == 2 and words[0] == _UYGHUR_TEN and _WORDS.get(words[1], 10) in range(1, 10):  # noqa: PLR2004
        return 10 + _WORDS[words[1]]
    return None
