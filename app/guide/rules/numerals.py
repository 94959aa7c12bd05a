"""Figures that stand outside of the ledger: digits, and Chinese numerals that mean a figure of it."""

import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Final

from app.guide.rules.blocks import LINK, PLACEHOLDER
from app.guide.rules.vocabulary import MEASURES

DIGIT: Final = re.compile(r"[0-9０-９٠-٩۰-۹]+")
_ORDER: Final = re.compile(r"^\s*\d+[.)](?=\s)", re.MULTILINE)
_NUMERAL: Final = "〇零一二两三四五六七八九十百千万半"
_WORDS: Final = (
    ("个月|月龄", "month"), ("周岁|岁", "age"), ("年", "year"), ("个星期|星期|周", "week"),
    ("个工作日|工作日", "working-day"),
    ("天|日", "day"), ("个小时|小时|个钟头", "hour"), ("分钟", "minute"), ("秒钟|秒", "second"),
    ("摄氏度|℃|度", "degree"), ("毫克", "milligram"), ("微克", "microgram"), ("公斤|千克", "kilogram"),
    ("克", "gram"), ("毫升", "millilitre"), ("升", "litre"), ("国际单位|个单位|单位", "iu"), ("元", "yuan"),
    ("厘米", "centimetre"), ("平方米", "square-metre"), ("米", "metre"), ("次", "time"), ("顿|餐", "meal"),
    ("勺|小勺", "spoon"), ("碗", "bowl"), ("针|剂", "dose"), ("层", "floor"), ("人", "person"),
    ("颗牙", "tooth"),
)  # fmt: skip
_SAID: Final = tuple(
    (re.compile(rf"(百分之|千分之)?([{_NUMERAL}]+)多?({words})"), unit) for words, unit in _WORDS
)
_SHARE: Final = re.compile(rf"(百分之|千分之)([{_NUMERAL}]+)")
_VALUES: Final = {
    "〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8,
    "九": 9,
}  # fmt: skip
_PLACES: Final = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_ALSO: Final = {
    ("hour", "minute"): Decimal(60), ("year", "month"): Decimal(12),
    ("month", "day"): Decimal(30), ("minute", "second"): Decimal(60),
}  # fmt: skip
"""What half of a unit is in the next smaller one: 半小时 states thirty minutes."""
Meant = tuple[Decimal, str]
"""A number and the code of its unit."""


def digits(text: str) -> Iterator[tuple[int, str]]:
    """Yield the digits of a text outside of braces and targets of links: line from 1, and the digits.

    The numbers that only order a list (`1. `) are none.
    """
    bare = _ORDER.sub("", _blank(text))
    for number, line in enumerate(bare.split("\n"), 1):
        for found in DIGIT.finditer(line):
            yield number, found[0]


def numerals(
    text: str, ledger: Collection[Meant], meant: Collection[Meant] = ()
) -> Iterator[tuple[int, str]]:
    """Yield the Chinese numerals that state a figure: line from 1, and the words.

    A measure (三天, 六个月) is one if any fact of the `ledger` has that number and unit; a count (两次) if a
    fact that this text itself refers to has (`meant`). 一 is a figure only of months and years, and only
    where the text means such a fact: 一天 and 一次 are words. Ordinals (第二年) are none. Half of a measure
    also states what it is in the smaller unit (半小时: thirty minutes).
    """
    for number, line in enumerate(_blank(text).split("\n"), 1):
        taken: set[int] = set()
        for pattern, unit in _SAID:
            for found in pattern.finditer(line):
                value = value_of(found[2])
                if (
                    found[1]
                    or value is None
                    or found.start() in taken
                    or line[: found.start()].endswith("第")
                ):
                    continue
                if value == 1 and unit not in {"month", "year", "age"}:
                    continue
                narrow = unit not in MEASURES or value == 1
                if any(each in (meant if narrow else ledger) for each in _stated(value, unit)):
                    taken.add(found.start())
                    yield number, found[0]
        for found in _SHARE.finditer(line):
            value = value_of(found[2])
            if value is not None and (value, "percent" if found[1][0] == "百" else "permille") in ledger:
                yield number, found[0]


def _stated(value: Decimal, unit: str) -> Iterator[Meant]:
    """Yield a number and its unit, and for a half the same in smaller units."""
    yield value, unit
    if value == Decimal("0.5"):
        yield from ((value * each, smaller) for (larger, smaller), each in _ALSO.items() if larger == unit)


def value_of(words: str) -> Decimal | None:
    """Return what a Chinese numeral below a hundred million means; None for what is none, such as 三四."""
    if words == "半":
        return Decimal("0.5")
    if "半" in words:
        return None
    total = section = 0
    last: int | None = None
    for letter in words:
        if letter in _PLACES:
            place = _PLACES[letter]
            if place == 10_000:  # noqa: PLR2004 - 万
                total, section = (total + section + (last or 0)) * place, 0
            else:
                section += (1 if last is None else last) * place
            last = None
        elif last not in {None, 0}:
            return None
        else:
            last = _VALUES[letter]
    return Decimal(total + section + (last or 0))


def _blank(text: str) -> str:
    """Return a text whose braces and targets of links are gone, line by line."""
    return PLACEHOLDER.sub(" ", LINK.sub(r"\1", text))
