"""A pattern of care in an address: `days`, `hours`, `meals`, `extra`, `spread`, with `age` and `start`."""

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from app.core import clock
from app.facilities.forms.reading import Problem, Reader
from app.facilities.rules.pattern import MOST_DAYS, Pattern, start_months
from app.facilities.rules.vocabulary import MAX_AGE, Extra

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from app.facilities.rules.criteria import Criteria

PATTERN = ("days", "hours", "meals", "extra", "spread")
"""Parameters of a pattern, besides the age and the start that every question to the finder may have."""
_YES = {"1": True, "0": False}


def read_parts(reader: Reader) -> dict[str, Any]:
    """Return the parts of a pattern by the names that `Criteria` has for them; look at the start as well."""
    check_start(reader)
    return {
        "days": reader.whole("days", 1, MOST_DAYS),
        "minutes": reader.hours("hours"),
        "meals": bool(reader.choice("meals", _YES)),
        "extra": reader.codes("extra", Extra),
        "spread": bool(reader.choice("spread", _YES)),
    }


def check_start(reader: Reader) -> None:
    """Refuse a month of start that is past, or so far ahead that no price can be meant for it."""
    start = Reader(reader.args).month("start")
    first, last = start_months(clock.today())
    if start is not None and not first <= start <= last:
        reader.bad(
            "start",
            _(
                "Care starts this month or later, at most five years ahead: from %(first)s to %(last)s.",
                first=f"{first:%Y-%m}",
                last=f"{last:%Y-%m}",
            ),
        )


def check_halves(days: int | None, minutes: int | None, reader: Reader, *, wanted: bool = False) -> None:
    """Ask for what a pattern lacks: both or neither, both where a monthly cost is `wanted`."""
    if days is None and (wanted or minutes is not None):
        reader.bad("days", _("For a monthly cost, say how many days a week."))
    if minutes is None and (wanted or days is not None):
        reader.bad("hours", _("For a monthly cost, say how many hours a day."))


def read_pattern(args: "MultiDict[str, str]") -> tuple[Pattern | None, list[Problem]]:
    """Read the pattern of an address: None if none is given, and every problem with it."""
    reader = Reader(args)
    age, start = reader.whole("age", 0, MAX_AGE), reader.month("start")
    parts = read_parts(reader)
    days, minutes = parts["days"], parts["minutes"]
    if not reader.problems:
        check_halves(days, minutes, reader)
    if reader.problems or days is None or minutes is None:
        return None, reader.problems
    return Pattern(days, minutes, age, parts["meals"], start, parts["extra"], parts["spread"]), []


def write_pattern(pattern: Pattern) -> list[tuple[str, str]]:
    """Return the address parameters of a pattern; reading them gives the same pattern."""
    pairs = _pairs(pattern.days, pattern.minutes, pattern.meals, pattern.extras, pattern.spread)
    if pattern.age is not None:
        pairs.append(("age", str(pattern.age)))
    if pattern.start is not None:
        pairs.append(("start", pattern.start.strftime("%Y-%m")))
    return pairs


def write_parts(criteria: "Criteria") -> list[tuple[str, str]]:
    """Return the parameters of a question's pattern, without age and start."""
    return _pairs(criteria.days, criteria.minutes, criteria.meals, criteria.extra, criteria.spread)


def _pairs(
    days: int | None,
    minutes: int | None,
    meals: bool,  # noqa: FBT001 - one of several parts
    extra: tuple[str, ...],
    spread: bool,  # noqa: FBT001
) -> list[tuple[str, str]]:
    pairs = []
    if days is not None:
        pairs.append(("days", str(days)))
    if minutes is not None:
        pairs.append(("hours", hours_text(minutes)))
    if meals:
        pairs.append(("meals", "1"))
    pairs.extend(("extra", each) for each in extra)
    if spread:
        pairs.append(("spread", "1"))
    return pairs


def hours_text(minutes: int) -> str:
    """Return minutes as hours, such as `4` or `4.5`."""
    return f"{minutes / 60:g}"
