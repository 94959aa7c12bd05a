"""Days, ages and hours as people type them, read strictly. Pure."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from app.core.faults import N_
from app.facilities.loading.ledger.cells import (
    BETWEEN,
    NUMBER,
    UnreadableError,
    Wording,
    joined,
    narrow,
    number_of,
    shown,
    text_of,
    worded,
)
from app.facilities.loading.ledger.grid import Cell
from app.facilities.rules.opening import clock_text, parse_clock, parse_opening

AGES = {"months": 1, "years": 12}
_EXCEL_DAYS = (20_000, 80_000)
"""Serial numbers taken for days: 1954 to 2119. Day 1 is 1900-01-01, and 1900 counts as a leap year."""
_EXCEL_ZERO = date(1899, 12, 30)

_CHINESE = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}


def day_of(cell: Cell, formats: Iterable[str] = ()) -> date:
    """Return a day: a date cell, an Excel serial number, ISO, `2025/3/1`, `20250301`, `2025年3月1日`.

    Other orders need a format of the profile: 03/04/2025 is never guessed at.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = narrow(text_of(cell))
    for form in formats:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    text = _chinese_digits(text)
    match = re.fullmatch(
        r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?",
        text,
    ) or re.fullmatch(r"((?:19|20)\d{2})(\d{2})(\d{2})", text)
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise UnreadableError(N_("“%(value)s” is not a day of the calendar."), value=shown(cell)) from None
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text) and _EXCEL_DAYS[0] <= float(text) < _EXCEL_DAYS[1]:
        return _EXCEL_ZERO + timedelta(days=int(float(text)))
    raise UnreadableError(N_("“%(value)s” is not a date like 2026-01-30."), value=shown(cell))


def _chinese_digits(text: str) -> str:
    """Return 二〇二五年十二月三十一日 in digits."""
    if not re.search("[一二三四五六七八九十〇零○]", text):
        return text
    parts = re.split("([年月日])", text)
    return "".join(_chinese_number(part) if part not in {"年", "月", "日"} else part for part in parts)


def _chinese_number(text: str) -> str:
    if "十" in text:
        tens, _ten, ones = text.partition("十")
        return f"{_CHINESE.get(tens, '1')}{_CHINESE.get(ones, '0')}"
    return "".join(_CHINESE.get(letter, letter) for letter in text)


def age_of(cell: Cell, unit: str, wording: Wording | None = None) -> int:
    """Return an age in whole months. `unit` is what a bare number counts: `months` or `years`."""
    text = _plain_ages(cell, wording)
    years = re.fullmatch(rf"({NUMBER})(?:周岁|岁|years?|yrs?|y)(半|(\d+)(?:个)?(?:月|months?|m))?", text)
    if years:
        more = 6 if years[2] == "半" else int(years[3] or 0)
        return _months(Decimal(years[1]) * 12 + more, cell)
    months = re.fullmatch(rf"({NUMBER})(?:个)?(?:月龄|月|months?|mths?|m)", text)
    if months:
        return _months(Decimal(months[1]), cell)
    return _months(number_of(text) * AGES[unit], cell)


def _months(found: Decimal, cell: Cell) -> int:
    if found != found.to_integral_value() or not 0 <= found <= 120:  # noqa: PLR2004 - ten years
        raise UnreadableError(N_("“%(value)s” is not an age of a small child."), value=shown(cell))
    return int(found)


def _plain_ages(cell: Cell, wording: Wording | None) -> str:
    """Return ages without spaces, the profile's words for months and years as ours."""
    said = wording or Wording()
    text = worded(cell, said)
    for word, ours in [*((each, "m") for each in said.months), *((each, "y") for each in said.years)]:
        text = re.sub(rf"(?<![^\W\d]){re.escape(narrow(word).casefold())}(?![^\W\d])", ours, text)
    return joined(text)


def ages_of(cell: Cell, unit: str, wording: Wording | None = None) -> tuple[int, int]:
    """Return a range of ages in whole months, upper end exclusive: `6-36个月`, `1.5岁至3岁`."""
    text = _plain_ages(cell, wording)
    parts = re.split(BETWEEN, text, maxsplit=1)
    if len(parts) == 1:
        raise UnreadableError(N_("“%(value)s” is not a range of ages like 6-36."), value=shown(cell))
    ending = re.search(r"\D+$", parts[1])
    first = parts[0] if re.search(r"\D$", parts[0]) or not ending else parts[0] + ending[0]
    low, high = age_of(first, unit), age_of(parts[1], unit)
    if low >= high:
        raise UnreadableError(N_("“%(value)s” is not a range of ages like 6-36."), value=shown(cell))
    return low, high


_CLOCKS = re.compile(
    r"(\d{1,2})\s*[:.点h]\s*(\d{2})?\s*分?\s*(?:-|–|—|~|～|至|到|to)+\s*(\d{1,2})\s*[:.点h]\s*(\d{2})?"
)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAYS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7, "天": 7} | {
    name: place for place, name in enumerate(_DAYS, start=1)
}
_DAY_WORDS = {
    "工作日": "1-5",
    "双休日": "6-7",
    "周末": "6-7",
    "每天": "1-7",
    "每日": "1-7",
    "weekdays": "1-5",
    "daily": "1-7",
}


def opening_of(cell: Cell, days: str, wording: Wording | None = None) -> str:
    """Return opening hours in our grammar, from it or from `周一至周五 7:30-18:00；周六 8:00-12:00`.

    Hours without days are those of `days`. `wording` may name the weekdays in another language.
    """
    text = _plain_days(narrow(text_of(cell)).casefold(), wording or Wording())
    try:
        parse_opening(text)
    except ValueError:
        pass
    else:
        return text
    parts = []
    for part in re.split(r"[;,，；\n]+", text):
        if not part.strip():
            continue
        match = _CLOCKS.search(part)
        if match is None:
            raise UnreadableError(N_("“%(value)s” does not say from when to when."), value=shown(cell))
        when = _days(part[: match.start()] + part[match.end() :]) or days
        opens, closes = (f"{int(match[h]):02d}:{match[m] or '00'}" for h, m in ((1, 2), (3, 4)))
        parts.append(f"{when} {opens}-{closes}")
    found = "; ".join(parts)
    try:
        parse_opening(found)
    except ValueError:
        raise UnreadableError(N_("“%(value)s” does not say from when to when."), value=shown(cell)) from None
    return found


def _plain_days(text: str, wording: Wording) -> str:
    """Return opening hours with the profile's words for days and ranges as ours."""
    ours = zip(wording.weekdays, _DAYS, strict=False)
    words = {narrow(name).casefold(): day for name, day in ours} | {
        narrow(word).casefold(): "-" for word in wording.to
    }
    for word in sorted(words, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", words[word], text)
    return text


def _days(text: str) -> str:
    text = text.strip(" :")
    if text in _DAY_WORDS:
        return _DAY_WORDS[text]
    name = r"(?:周|星期|礼拜)?([一二三四五六日天]|mon|tue|wed|thu|fri|sat|sun)[a-z]*"
    match = re.fullmatch(rf"{name}(?:\s*(?:-|–|—|~|～|至|到|to)\s*{name})?", text)
    if match is None:
        return ""
    first = _WEEKDAYS[match[1]]
    return f"{first}-{_WEEKDAYS[match[2]]}" if match[2] else str(first)


def clock_of(cell: Cell) -> str:
    """Return a time such as `07:30`, from `7:30`, `7点半`, `7h30` or `0730`."""
    text = narrow(text_of(cell)).replace("点半", ":30").replace("点", ":").removesuffix("分")
    text = re.sub(r"(?<=\d)\s*h\s*(?=\d|$)", ":", text)
    text = f"{text}00" if text.endswith(":") else text
    if re.fullmatch(r"[0-2]\d[0-5]\d", text):
        text = f"{text[:2]}:{text[2:]}"
    minutes = parse_clock(text.removesuffix(":00") if text.count(":") > 1 else text)
    if minutes is None:
        raise UnreadableError(N_("“%(value)s” is not a time like 07:30."), value=shown(cell))
    return clock_text(minutes)
