"""Reading a question to the finder from an address, and writing it back."""

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from app.areas.rules import normalise
from app.facilities.forms.near import read_places
from app.facilities.forms.pattern import PATTERN, check_halves, read_parts, write_parts
from app.facilities.forms.reading import LONGEST_TEXT, Problem, Reader, printable
from app.facilities.rules.criteria import Criteria, Sort
from app.facilities.rules.near import SLOTS
from app.facilities.rules.vocabulary import MAX_AGE, Care, CarerLanguage, Food, Form, Kind, Need, Status, Unit

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

__all__ = [
    "LONGEST_TEXT",
    "PARAMETERS",
    "Problem",
    "not_understood",
    "printable",
    "read_criteria",
    "write_criteria",
]

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
        *PATTERN,
        "max_cost",
        "open_from",
        "open_until",
        "open_days",
        "food",
        "language",
        "needs",
        "vacancy",
        *SLOTS,
        "radius",
        "unknown",
        "similar",
        "sort",
        "page",
        "view",
        "why",
    ]
)
_MAX_PAGE = 10**9
_UNASKED = Criteria()
_OTHERS_ADD = frozenset({"_", "from", "isappinstalled", "fbclid", "gclid", "spm", "list", "id"})
"""Parameters of other pages, and those that messengers and advertisements append; they ask for nothing."""
_LONGEST_NAME = 30


def not_understood(args: "MultiDict[str, str]") -> tuple[str, ...]:
    """Return the parameters that ask for what this site does not know, such as those of an older link."""
    names = {printable(name)[:_LONGEST_NAME] for name in args if not name.startswith("utm_")}
    return tuple(sorted(names - PARAMETERS - _OTHERS_ADD))


def read_criteria(args: "MultiDict[str, str]") -> tuple[Criteria, list[Problem]]:
    """Read a question. Whatever cannot be understood becomes a problem; nothing is guessed or dropped.

    The area is only checked for its shape here; whether it exists is for the caller to ask.
    """
    reader = Reader(args)
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
        **read_parts(reader),
        max_cost=reader.yuan("max_cost"),
        open_from=reader.clock("open_from"),
        open_until=reader.clock("open_until"),
        open_days=reader.days("open_days"),
        food=reader.codes("food", Food),
        language=reader.codes("language", CarerLanguage),
        needs=reader.codes("needs", Need),
        vacancy=bool(reader.choice("vacancy", {"1": True, "0": False})),
        near=read_places(args, reader.bad),
        radius=reader.distance("radius"),
        unknown=bool(reader.choice("unknown", {"show": True, "hide": False})),
        similar=bool(reader.choice("similar", {"1": True, "0": False})),
        sort=reader.choice("sort", {sort.value: sort for sort in Sort}),
        page=reader.whole("page", 1, _MAX_PAGE) or 1,
        view=reader.choice("view", {"list": "list", "map": "map"}) or "list",
        why=reader.text("why"),
    )
    if criteria.sort is Sort.DISTANCE and not criteria.near and not reader.problems:
        reader.bad("sort", _("To sort by distance, choose a place to measure from."))
    if criteria.sort is Sort.RELEVANCE and not criteria.q and not reader.problems:
        reader.bad("sort", _("To sort by how well the words fit, type some words."))
    begin, end = criteria.open_from, criteria.open_until
    if begin is not None and end is not None and end <= begin:
        reader.bad("open_until", _("It must end later than it begins."))
    _check_pattern(criteria, reader)
    return criteria, reader.problems


def _check_pattern(criteria: Criteria, reader: Reader) -> None:
    """Ask for the other half of a pattern, and for all of it where a monthly cost depends on it."""
    if {problem.field for problem in reader.problems} & {"days", "hours"}:
        return
    costs = criteria.max_cost is not None or criteria.sort is Sort.COST
    check_halves(criteria.days, criteria.minutes, reader, wanted=costs)


def write_criteria(criteria: Criteria) -> list[tuple[str, str]]:
    """Return the address parameters of a question; reading them gives the same question."""
    pairs: list[tuple[str, str]] = []

    def put(name: str, value: Any, text: str) -> None:
        if value != getattr(_UNASKED, name):
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
    pairs.extend(write_parts(criteria))
    put("max_cost", criteria.max_cost, _yuan(criteria.max_cost))
    put("open_from", criteria.open_from, _clock(criteria.open_from))
    put("open_until", criteria.open_until, _clock(criteria.open_until))
    put("vacancy", criteria.vacancy, "1")
    pairs.extend((anchor.name, anchor.text) for anchor in criteria.near)
    put("radius", criteria.radius, f"{criteria.radius:g}")
    put("unknown", criteria.unknown, "show")
    put("similar", criteria.similar, "1")
    put("sort", criteria.sort, criteria.sort.value if criteria.sort else "")
    put("page", criteria.page, str(criteria.page))
    put("view", criteria.view, criteria.view)
    put("why", criteria.why, criteria.why)
    return pairs


def _yuan(fen: int | None) -> str:
    return "" if fen is None else f"{fen // 100}" if fen % 100 == 0 else f"{fen / 100:.2f}"


def _clock(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes // 60:02d}:{minutes % 60:02d}"
