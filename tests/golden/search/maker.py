"""Makes the queries that follow a rule; see README.md. Run as `python -m tests.golden.search.maker`.

A query is made from an *intended* text that a real name holds, by one rule for each class, with a fixed seed.
What the search answers is never looked at. What is expected is found by plain comparison of the same files:
every facility whose name or other name holds the intended text. Rows made by hand are kept as they are.
"""

import csv
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.constants import PINYIN_DICT

HERE = Path(__file__).parent
CONTENT = HERE.parents[2] / "content"
TABLE = HERE / "queries.csv"
COLUMNS = ("query", "class", "expected", "intended", "made")
SEED = 20260901
HAND = "hand"

CHINESE = re.compile("[\u4e00-\u9fff]+")
AREA = re.compile(r"^(?:[^（(]{1,8}?(?:自治区|自治州|省|市|县|区|街道|镇|乡))+")
TAIL = re.compile(
    r"(?:职工|家庭|私立|中心|实验)?(?:婴幼儿|幼儿园|托育|托幼|托管|早教|照护|照看|幼教|教育|保育|管理|服务|文化).*$"
)
COUNTS = {
    "exact-name": 12,
    "part": 14,
    "alias": 10,
    "pinyin": 10,
    "mixed-pinyin": 8,
    "initials": 10,
    "tones": 8,
    "typo": 20,
    "homophone": 14,
    "full-width": 6,
    "number": 10,
}


def facilities() -> list[tuple[str, tuple[str, ...]]]:
    """Return (id, name and other names) of every facility that ships."""
    found = []
    for path in (CONTENT / "register" / "filings.csv", CONTENT / "places/990101/facilities/facilities.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                others = row.get("aliases", row.get("alias", "")).split("|")
                found.append(
                    (row["id"], tuple(dict.fromkeys(each for each in (row["name"], *others) if each)))
                )
    return found


def heart(name: str) -> str:
    """Return what is left of a name without the areas before it and the ordinary words behind it."""
    rest = TAIL.sub("", AREA.sub("", re.sub(r"[（(].*", "", name)))
    return rest if CHINESE.fullmatch(rest) and len(rest) > 1 else ""


class Maker:
    """The rules, with one source of chance for each class."""

    def __init__(self) -> None:
        self.places = facilities()
        self.common = sorted({letter for _, names in self.places for name in names for letter in name})
        self.common = [letter for letter in self.common if CHINESE.fullmatch(letter)]
        self.chance = random.Random(SEED)  # noqa: S311 - nothing secret

    def rows(self) -> Iterator[dict[str, str]]:
        """Yield the rows of every class."""
        for kind, count in COUNTS.items():
            self.chance = random.Random(f"{SEED} {kind}")  # noqa: S311
            places = self.chance.sample(self.places, len(self.places))
            rule: Callable[[tuple[str, ...]], tuple[str, str] | None] = getattr(self, kind.replace("-", "_"))
            made: dict[str, str] = {}
            for _, names in places:
                pair = rule(names)
                if pair and pair[0] not in made and len(made) < count:
                    made[pair[0]] = pair[1]
            for query, intended in made.items():
                yield row(query, kind, self.holding(intended), intended, "rule")

    def holding(self, text: str) -> list[str]:
        """Return the facilities with a name that holds the text."""
        return [each for each, names in self.places if any(text in name for name in names)]

    def _heart(self, names: tuple[str, ...], least: int, most: int = 8) -> str:
        found = heart(self.chance.choice(names))
        return found if least <= len(found) <= most else ""

    def _phrase(self, names: tuple[str, ...], least: int) -> str:
        """Return a heart with the first ordinary word behind it, as people say a name."""
        name = self.chance.choice(names)
        found = heart(name)
        if not found:
            return ""
        at = name.index(found) + len(found)
        word = re.match("幼儿园|托育|早教|托幼", name[at:])
        text = found + (word[0] if word else "")
        return text if len(text) >= least else ""

    def exact_name(self, names: tuple[str, ...]) -> tuple[str, str]:
        """Type the whole name."""
        return names[0], names[0]

    def part(self, names: tuple[str, ...]) -> tuple[str, str] | None:
        """Type two to four neighbouring characters of the heart."""
        found = self._heart(names, 2)
        if not found:
            return None
        size = min(len(found), self.chance.randint(2, 4))
        at = self.chance.randint(0, len(found) - size)
        return (found[at : at + size],) * 2

    def alias(self, names: tuple[str, ...]) -> tuple[str, str] | None:
        """Type another name."""
        return (self.chance.choice(names[1:]),) * 2 if len(names) > 1 else None

    def pinyin(self, names: tuple[str, ...]) -> tuple[str, str] | None:
        """Type the pinyin of the heart and the word behind it, half of the time with spaces."""
        text = self._phrase(names, 3)
        return (self.chance.choice(("", " ")).join(lazy_pinyin(text)), text) if text else None

    def mixed_pinyin(self, names: tuple[str, ...]) -> tuple[str, str] | None:
        """Type the beginning as pinyin or as initials and the rest as characters."""
        text = self._phrase(names, 4)
        if not text:
            return None
        style = self.chance.choice((Style.NORMAL, Style.FIRST_LETTER))
        return "".join(lazy_pinyin(text[:2], style=style)) + text[2:], text

    def initials(self, names: tuple[str, ...]) -> tuple[str, str] | None:
        """Type the first letters."""
        text = self._phrase(names, 4)
        return ("".join(lazy_pinyin(text, style=Style.FIRST_LETTER)), text) if text else None

    def tones(self, names: tuple[str, ...]) -> tuple[str, str] | None:
        """Type the pinyin of the heart with tones, as marks or as numbers."""
        text = self._heart(names, 2, 5)
        if not text:
            return None
        style, between = self.chance.choice(((Style.TONE, ""), (Style.TONE, " "), (Style.TONE3, " ")))
        return between.join(lazy_pinyin(text, style=style)), text

    def typo(self, names: tuple[str, ...]) -> tuple[str, str] | None:
        """Slip once, anywhere in the heart and the word behind it: in a character or in a letter."""
        text = self._phrase(names, 4)
        if not text:
            return None
        if self.chance.random() < 0.35:
            return self._slip("".join(lazy_pinyin(text)), "abcdefghijklmnopqrstuvwxyz"), text
        return self._slip(text, self.common), text

    def _slip(self, text: str, letters: list[str] | str) -> str:
        at = self.chance.randrange(len(text))
        kind = self.chance.choice(("wrong", "left out", "added", "swapped"))
        if kind == "swapped":
            at = min(at, len(text) - 2)
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        added = "" if kind == "left out" else self.chance.choice(letters)
        return text[:at] + added + text[at + (kind != "added") :]

    def homophone(self, names: tuple[str, ...]) -> tuple[str, str] | None:
        """Write one character of the heart as another that sounds the same, or nearly so in the south."""
        text = self._phrase(names, 3)
        found = heart(text) or text
        if not text:
            return None
        at = text.index(found) + self.chance.randrange(len(found))
        sound = lazy_pinyin(text)[at]
        near = {sound, southern(sound)}
        others = [
            each
            for each in self.common
            if each != text[at] and len(pinyin(each, heteronym=True)[0]) == 1 and lazy_pinyin(each)[0] in near
        ]
        if not others or ord(text[at]) not in PINYIN_DICT:
            return None
        return text[:at] + self.chance.choice(others) + text[at + 1 :], text

    def full_width(self, names: tuple[str, ...]) -> tuple[str, str] | None:
        """Type pinyin or characters between full-width letters and spaces."""
        text = self._heart(names, 2, 4)
        if not text:
            return None
        letters = self.chance.choice(("".join(lazy_pinyin(text)), text))
        return "\u3000" + "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in letters), text

    def number(self, names: tuple[str, ...]) -> tuple[str, str] | None:
        """Write the number of a numbered kindergarten in the other way."""
        found = re.search(
            "[^区县市省镇）)]{0,4}第([一二三四五六七八九十]+|[0-9]+)(幼儿园|中心幼儿园)", names[0]
        )
        if not found:
            return None
        text, number = found[0], found[1]
        return text.replace(number, other_number(number)), text


def southern(sound: str) -> str:
    """Return the syllable that many in the south say alike."""
    for one, other in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if sound.startswith(one):
            return other + sound[2:]
        if sound.startswith(other):
            return one + sound[1:]
    if sound[0] in "nl":
        return ("l" if sound[0] == "n" else "n") + sound[1:]
    if re.search("[aei]ng$", sound):
        return sound[:-1]
    return sound + "g" if re.search("[aei]n$", sound) else sound


def other_number(number: str) -> str:
    """Write a number below one hundred in the other way."""
    ones = " 一二三四五六七八九"
    spoken = {
        str(n): (ones[n // 10].replace("一", "") + "十" if n > 9 else "") + ones[n % 10].strip()
        for n in range(1, 100)
    }
    spoken = {digits: words.replace(" ", "") for digits, words in spoken.items()}
    return spoken.get(number) or {words: digits for digits, words in spoken.items()}[number]


def row(query: str, kind: str, expected: list[str], intended: str, made: str) -> dict[str, str]:
    """Return one row of the table."""
    return dict(zip(COLUMNS, (query, kind, "|".join(sorted(expected)), intended, made), strict=True))


def main() -> None:
    """Write the table anew; rows made by hand stay."""
    kept = []
    if TABLE.exists():
        with TABLE.open(encoding="utf-8", newline="") as file:
            kept = [each for each in csv.DictReader(file) if each["made"] == HAND]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows([*Maker().rows(), *kept])


if __name__ == "__main__":
    main()
