"""What people type into cells, read strictly: texts, codes, numbers, money, yes and no. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from app.core.codes import without_identity_numbers
from app.core.faults import N_
from app.core.files import MOST
from app.facilities.loading.ledger.grid import Cell
from app.facilities.rules.opening import clock_text

UNKNOWN = frozenset(
    [
        *("", "/", "\\", "-", "--", "—", "——", "_", "?", "？", "空", "无", "暂无", "未填"),
        *("面议", "另议", "不详", "未知", "待定"),
        *("na", "n/a", "#n/a", "null", "none", "nil", "tbd"),
        *("unknown", "not available", "not reported"),
    ]
)
"""Texts that say nothing: the field stays *not reported*. A profile may add its own."""
_DIGITS_KEPT = 10**15
"""Spreadsheets keep 15 digits of a number; of a longer code the end is lost."""


class UnreadableError(ValueError):
    """A cell that cannot be read. `sentence` is a msgid with named placeholders."""

    def __init__(self, sentence: str, **values: object) -> None:
        self.sentence = sentence
        self.values = values
        super().__init__(sentence % values)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a profile says about words: what is unknown, what stands for what, how days are written."""

    unknown: frozenset[str] = UNKNOWN
    days: tuple[str, ...] = ()
    """`strptime` formats, tried before the built-in ones."""
    money: str = "yuan"
    decimal: str = "."
    """What parts whole from broken numbers; the other of `.` and `,` parts thousands."""
    currency: tuple[str, ...] = ()
    """Words for money that may stand at a price: `zł`, `kr`, `SGD`."""
    to: tuple[str, ...] = ()
    """Words between the lower and the upper end of a range: `bis`, `à`."""
    months: tuple[str, ...] = ()
    """Words for months behind an age: `Monate`."""
    years: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    """Names of the days from Monday to Sunday."""
    ages: str = "months"
    opening_days: str = "1-5"
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


MONEY = {"fen": Decimal(1), "jiao": Decimal(10), "yuan": Decimal(100), "wan": Decimal(1_000_000)}
"""Fen in one of each unit (万 is ten thousand yuan)."""
_YUAN = "万元|万|元|圆|角|分"
_SUFFIXES = (("万元", "wan"), ("万", "wan"), ("元", "yuan"), ("圆", "yuan"), ("角", "jiao"), ("分", "fen"))
BETWEEN = r"\s*(?:-|–|—|~|～|至|到|to)\s*"
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


def narrow(text: str) -> str:
    """Return a text in narrow letters, trimmed, without marks that only spreadsheets put there."""
    found = unicodedata.normalize("NFKC", text).replace("\u200b", "").replace("\ufeff", "")
    if not found.isascii():  # ๑๒, ١٢: the digits of any script
        found = "".join(str(unicodedata.decimal(each, each)) for each in found)
    return found.strip().removeprefix("'").strip()


def worded(cell: Cell, wording: Wording) -> str:
    """Return a cell's narrow text in small letters: words for ranges as `-`, broken numbers with a point."""
    text = narrow(text_of(cell)).casefold()
    for word in wording.to:
        text = re.sub(rf"(?<!\w){re.escape(narrow(word).casefold())}(?!\w)", "-", text)
    return dotted(text, wording.decimal) if isinstance(cell, str) else text


def dotted(text: str, decimal: str) -> str:
    """Return a text whose broken numbers have a point and whose thousands have commas or nothing."""
    text = re.sub(r"(?<=\d)['’](?=\d{3}(?!\d))", "", text)
    if decimal == ",":
        text = re.sub(r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)", lambda found: found[0].replace(" ", ""), text)
        text = re.sub(r"(?<=\d)[.,](?=\d)", lambda found: "." if found[0] == "," else ",", text)
    return text


def joined(text: str) -> str:
    """Return a text without spaces, but for those between two numbers: these are not one number."""
    return re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", text)


def shown(cell: Cell) -> str:
    """Return a cell for a message: short, and without anything that could name a person."""
    text = without_identity_numbers(str(cell)).strip()
    return re.sub(r"\d{11,}[\dXx]?", "…", text)[:40]


def text_of(cell: Cell) -> str:
    """Return a cell as text; a number as it was typed, a day as 2026-01-30.

    Raises `UnreadableError` for a number so long that the spreadsheet has rounded it.
    """
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return _digits(cell)
    if isinstance(cell, date | time | timedelta):
        return _moment(cell)
    return (cell or "").replace("\u200b", "").replace("\ufeff", "").strip().removeprefix("'").strip()


def _digits(number: float) -> str:
    if not abs(number) < _DIGITS_KEPT:
        raise UnreadableError(
            N_("This code was rounded by the spreadsheet, its last digits are lost. Type it as text.")
        )
    return str(int(number)) if number == int(number) else repr(number)


def _moment(cell: date | time | timedelta) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    minutes = cell.hour * 60 + cell.minute if isinstance(cell, time) else int(cell.total_seconds()) // 60
    return clock_text(minutes)


def code_of(cell: Cell) -> str:
    """Return a code of digits and letters. Raises `UnreadableError` if digits were lost on the way."""
    text = narrow(text_of(cell)).replace(" ", "").upper()
    if re.fullmatch(r"\d(?:\.\d+)?E\+?\d+", text):
        raise UnreadableError(
            N_("This code was rounded by the spreadsheet, its last digits are lost. Type it as text.")
        )
    return re.sub(r"\.0$", "", text) if re.fullmatch(r"\d+\.0", text) else text


def number_of(cell: Cell, decimal: str = ".") -> Decimal:
    """Return a number, also typed as text with separators; `decimal` as in `Wording`."""
    text = narrow(text_of(cell))
    text = joined(dotted(text, decimal) if isinstance(cell, str) else text)
    if re.fullmatch(rf"[+-]?(?:{NUMBER})", text):
        return Decimal(text.replace(",", ""))
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise UnreadableError(N_("“%(value)s” is not a number."), value=shown(cell))
    return found


def whole_of(cell: Cell, decimal: str = ".") -> int:
    """Return a whole number; units such as 人, 个, ㎡ behind it are read over."""
    text = re.sub(
        r"(?:个|人|名|间|班|平方米|平米|m2|㎡|sqm)$", "", narrow(text_of(cell)), flags=re.IGNORECASE
    )
    found = number_of(text.strip() if isinstance(cell, str) else cell, decimal)
    if found < 0 or found > MOST or found != found.to_integral_value():
        raise UnreadableError(N_("“%(value)s” is not a whole number."), value=shown(cell))
    return int(found)


@dataclass(frozen=True, slots=True)
class Money:
    """A price: whole fen, and what the cell itself says it is counted by, if it does."""

    low: int
    high: int
    unit: str | None


_PER = {
    "month": ("月", "month", "mo", "每月"),
    "half-month": ("半月", "half-month"),
    "week": ("周", "星期", "week", "wk"),
    "day": ("天", "日", "day"),
    "half-day": ("半天", "半日", "half-day"),
    "hour": ("小时", "时", "hour", "hr", "h"),
    "session": ("次", "餐", "session", "visit"),
    "term": ("学期", "期", "term"),
    "year": ("年", "学年", "year", "yr"),
    "once": ("套", "once", "一次性"),
}
_UNIT_OF = {word: unit for unit, words in _PER.items() for word in words}


def money_of(cell: Cell, unit: str, wording: Wording | None = None) -> Money:
    """Return a price or a range of prices. `unit` is what a bare number counts (`yuan`, `fen`, `wan` …).

    Reads `1200`, `1,200.50`, `¥1200元/月`, `1200-1500`, `1.2万`, `每天20元`, `S$610`. Text with anything else
    in it is not guessed at. `wording` knows the words of other countries: `4,50 €`, `1 200 zł/mies.`
    """
    said = wording or Wording()
    units = said.values.get("fee.unit", {})
    text = joined(worded(cell, said))
    for word in sorted(said.currency, key=len, reverse=True):
        text = text.replace("".join(narrow(word).casefold().split()), "")
    text = re.sub(r"^(?:[a-z]{0,3}[¥$€£]|cny|rmb|sgd|人民币)", "", text)
    per = None
    if lead := re.match(r"每(?:人|生|孩)?每?(月|天|日|小时|次|周|学期|年)", text):
        per, text = _UNIT_OF[lead[1]], text[lead.end() :]
    elif (lead := re.match(r"\D+", text)) and lead[0].rstrip(":") in units:
        per, text = units[lead[0].rstrip(":")], text[lead.end() :]
    match = re.fullmatch(
        rf"(?P<low>{NUMBER})(?P<unit1>{_YUAN})?[€£]?"
        rf"(?:{BETWEEN}[¥$€£]?(?P<high>{NUMBER})(?P<unit2>{_YUAN})?[€£]?)?(?P<tail>\D*)",
        text,
    )
    if match is None:
        raise UnreadableError(N_("“%(value)s” is not an amount."), value=shown(cell))
    if tail := re.sub(r"^(?:[/·.]|每|per|a|生|人|孩|child)+", "", match["tail"]):
        per = units.get(tail, units.get(match["tail"], _UNIT_OF.get(tail)))
        if per is None:
            raise UnreadableError(N_("“%(value)s” is counted by something unknown."), value=shown(cell))
    words = dict(_SUFFIXES)
    last = words.get(match["unit2"] or match["unit1"] or "", unit)
    first = words.get(match["unit1"] or "", last)
    low = _fen(match["low"], first, cell)
    high = _fen(match["high"], last, cell) if match["high"] else low
    if high < low:
        raise UnreadableError(N_("The upper amount is below the lower one."))
    return Money(low, high, per)


def _fen(digits: str, unit: str, cell: Cell) -> int:
    fen = Decimal(digits.replace(",", "")) * MONEY[unit]
    if fen != fen.to_integral_value():
        raise UnreadableError(N_("“%(value)s” is finer than a fen."), value=shown(cell))
    return int(fen)


YES = frozenset(["是", "有", "yes", "y", "true", "1", "√", "✓", "✔", "对"])
NO = frozenset(["否", "没有", "不是", "no", "n", "false", "0", "×", "✗", "✘", "x"])


def flag_of(cell: Cell) -> bool:
    """Return yes or no."""
    text = narrow(text_of(cell)).lower()
    if text in YES:
        return True
    if text in NO:
        return False
    raise UnreadableError(
        N_("“%(value)s” is not yes or no. Leave the cell empty if unknown."), value=shown(cell)
    )


def parts_of(cell: Cell) -> list[str]:
    """Return the parts of a cell that lists several values."""
    return [part.strip() for part in re.split(r"[|、,，;；/\n]+", text_of(cell)) if part.strip()]
