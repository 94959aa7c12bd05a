"""Reading a question to the finder from an address, and writing it back."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from flask_babel import gettext as _

from app.areas.rules import normalise
from app.core.geo import Point
from app.facilities.rules.criteria import MAX_RADIUS_KM, RADIUS_KM, Criteria, Sort
from app.facilities.rules.opening import parse_clock
from app.facilities.rules.vocabulary import MAX_AGE, Care, CarerLanguage, Food, Form, Kind, Need, Status, Unit

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

T = TypeVar("T")

PARAMETERS = frozenset(
    [
        "q",
        "area",
        "care",
        "kind",
        "form",
        "status",
        "inclusive",
        "age",
        "start",
        "max_price",
        "price_unit",
        "open_from",
        "open_until",
        "open_days",
        "food",
        "language",
        "needs",
        "vacancy",
        "near",
        "radius",
        "unknown",
        "sort",
        "page",
        "view",
    ]
)
PROMISED = frozenset({"near2", "near3", "days", "hours", "meals", "max_cost"})
"""Parameters of the monthly-cost and several-places questions, which are not answered yet."""
_WEEKDAYS = frozenset("1234567")
_MAX_YUAN = 1_000_000
_MAX_PAGE = 10**9
LONGEST_TEXT = 100
"""Characters of a text search."""


def printable(text: str) -> str:
    """Return a text without control characters and unpaired surrogates, which no page may show."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one part of a question, in the reader's language."""

    field: str
    sentence: str


class _Reader:
    """Reads values out of an address and keeps every problem."""

    def __init__(self, args: "MultiDict[str, str]") -> None:
        self.args = args
        self.problems: list[Problem] = []

    def bad(self, field: str, sentence: str) -> None:
        self.problems.append(Problem(field, sentence))

    def one(self, field: str) -> str:
        values = {printable(value).strip() for value in self.args.getlist(field)} - {""}
        if len(values) > 1:
            self.bad(
                field, _("This part of the question was given twice with different values. Keep one of them.")
            )
            return ""
        return next(iter(values), "")

    def text(self, field: str) -> str:
        text = self.one(field)
        if len(text) > LONGEST_TEXT:
            self.bad(field, _("Type at most %(count)s characters.", count=LONGEST_TEXT))
        return text[:LONGEST_TEXT]

    def codes(self, field: str, kind: type[StrEnum]) -> tuple[str, ...]:
        allowed = [value.value for value in kind]
        chosen = {printable(value).strip() for value in self.args.getlist(field)} - {""}
        wrong = sorted(value for value in chosen if value not in allowed)
        if wrong:
            self.bad(
                field,
                _(
                    "“%(value)s” is not one of the choices: %(choices)s.",
                    value=wrong[0][:40],
                    choices=", ".join(allowed),
                ),
            )
        return tuple(value for value in allowed if value in chosen)

    def whole(self, field: str, low: int, high: int) -> int | None:
        text = self.one(field)
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) <= 10 and low <= int(text) <= high:  # noqa: PLR2004 - fits 10⁹
            return int(text)
        self.bad(
            field,
            _(
                "“%(value)s” is not a whole number from %(low)s to %(high)s.",
                value=text[:40],
                low=low,
                high=high,
            ),
        )
        return None

    def choice(self, field: str, choices: Mapping[str, T]) -> T | None:
        text = self.one(field)
        if not text:
            return None
        if text not in choices:
            self.bad(
                field,
                _(
                    "“%(value)s” is not one of the choices: %(choices)s.",
                    value=text[:40],
                    choices=", ".join(choices),
                ),
            )
        return choices.get(text)

    def yuan(self, field: str) -> int | None:
        text = self.one(field)
        if not text:
            return None
        try:
            amount = Decimal(text)
        except InvalidOperation:
            amount = Decimal(-1)
        if (
            amount.is_finite()
            and 0 <= amount <= _MAX_YUAN
            and amount * 100 == (amount * 100).to_integral_value()
        ):
            return int(amount * 100)
        self.bad(field, _("“%(value)s” is not an amount in yuan, such as 1500.", value=text[:40]))
        return None

    def clock(self, field: str) -> int | None:
        text = self.one(field)
        if not text:
            return None
        minutes = parse_clock(text)
        if minutes is None:
            self.bad(field, _("“%(value)s” is not a time of day, such as 07:30.", value=text[:40]))
        return minutes

    def month(self, field: str) -> date | None:
        text = self.one(field)
        if not text:
            return None
        try:
            return date.fromisoformat(f"{text}-01")
        except ValueError:
            self.bad(field, _("“%(value)s” is not a month, such as 2027-03.", value=text[:40]))
            return None

    def days(self, field: str) -> tuple[int, ...]:
        chosen = {value.strip() for value in self.args.getlist(field)} - {""}
        if chosen - _WEEKDAYS:
            self.bad(field, _("Weekdays are numbers from 1 (Monday) to 7 (Sunday)."))
            return ()
        return tuple(sorted(int(value) for value in chosen))

    def point(self, field: str) -> Point | None:
        text = self.one(field)
        if not text:
            return None
        parts = text.split(",")
        try:
            lat, lon = (float(part) for part in parts)
        except ValueError:
            lat = lon = math.nan
        if len(parts) == 2 and -90 <= lat <= 90 and -180 <= lon <= 180:  # noqa: PLR2004 - degrees
            return Point(round(lat, 3), round(lon, 3))
        self.bad(field, _("A position is a latitude and a longitude, such as 29.71,120.25."))
        return None

    def distance(self, field: str) -> float:
        text = self.one(field)
        if not text:
            return RADIUS_KM
        try:
            km = float(text)
        except ValueError:
            km = math.nan
        if 0 < km <= MAX_RADIUS_KM:
            return km
        self.bad(field, _("A distance is more than 0 and at most %(km)s km.", km=f"{MAX_RADIUS_KM:g}"))
        return RADIUS_KM


def read_criteria(args: "MultiDict[str, str]") -> tuple[Criteria, list[Problem]]:
    """Read a question. Whatever cannot be understood becomes a problem; nothing is guessed or dropped.

    The area is only checked for its shape here; whether it exists is for the caller to ask.
    """
    reader = _Reader(args)
    for field in sorted(PROMISED & set(args)):
        reader.bad(field, _("This part of the question cannot be answered yet."))
    area = reader.one("area") or None
    if area and normalise(area) != area:
        reader.bad("area", _("“%(value)s” is not the code of an area.", value=area[:40]))
        area = None
    criteria = Criteria(
        q=reader.text("q"),
        area=area,
        care=reader.codes("care", Care),
        kind=reader.codes("kind", Kind),
        form=reader.codes("form", Form),
        status=reader.codes("status", Status),
        inclusive=reader.choice("inclusive", {"1": True, "0": False}),
        age=reader.whole("age", 0, MAX_AGE),
        start=reader.month("start"),
        max_price=reader.yuan("max_price"),
        price_unit=reader.choice("price_unit", {unit.value: unit for unit in Unit}) or Unit.MONTH,
        open_from=reader.clock("open_from"),
        open_until=reader.clock("open_until"),
        open_days=reader.days("open_days"),
        food=reader.codes("food", Food),
        language=reader.codes("language", CarerLanguage),
        needs=reader.codes("needs", Need),
        vacancy=bool(reader.choice("vacancy", {"1": True, "0": False})),
        near=reader.point("near"),
        radius=reader.distance("radius"),
        unknown=bool(reader.choice("unknown", {"show": True, "hide": False})),
        sort=reader.choice("sort", {sort.value: sort for sort in Sort}),
        page=reader.whole("page", 1, _MAX_PAGE) or 1,
        view=reader.choice("view", {"list": "list", "map": "map"}) or "list",
    )
    if criteria.sort is Sort.DISTANCE and criteria.near is None and not reader.problems:
        reader.bad("sort", _("To sort by distance, choose a place to measure from."))
    if criteria.sort is Sort.RELEVANCE and not criteria.q and not reader.problems:
        reader.bad("sort", _("To sort by how well the words fit, type some words."))
    return criteria, reader.problems


def write_criteria(criteria: Criteria) -> list[tuple[str, str]]:
    """Return the address parameters of a question; reading them gives the same question."""
    default = Criteria()
    pairs: list[tuple[str, str]] = []

    def put(name: str, value: Any, text: str) -> None:
        if value != getattr(default, name):
            pairs.append((name, text))

    put("q", criteria.q, criteria.q)
    put("area", criteria.area, criteria.area or "")
    for name in ("care", "kind", "form", "status", "food", "language", "needs", "open_days"):
        pairs.extend((name, str(value)) for value in getattr(criteria, name))
    put("inclusive", criteria.inclusive, "1" if criteria.inclusive else "0")
    put("age", criteria.age, str(criteria.age))
    put("start", criteria.start, criteria.start.strftime("%Y-%m") if criteria.start else "")
    put("max_price", criteria.max_price, _yuan(criteria.max_price))
    put("price_unit", criteria.price_unit, criteria.price_unit.value)
    put("open_from", criteria.open_from, _clock(criteria.open_from))
    put("open_until", criteria.open_until, _clock(criteria.open_until))
    put("vacancy", criteria.vacancy, "1")
    put("near", criteria.near, f"{criteria.near.lat:g},{criteria.near.lon:g}" if criteria.near else "")
    put("radius", criteria.radius, f"{criteria.radius:g}")
    put("unknown", criteria.unknown, "show")
    put("sort", criteria.sort, criteria.sort.value if criteria.sort else "")
    put("page", criteria.page, str(criteria.page))
    put("view", criteria.view, criteria.view)
    return pairs


def _yuan(fen: int | None) -> str:
    return "" if fen is None else f"{fen // 100}" if fen % 100 == 0 else f"{fen / 100:.2f}"


def _clock(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes // 60:02d}:{minutes % 60:02d}"
