"""The age on the start day: month of birth and month of start in, completed months out; nothing is kept."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.facilities.forms.pattern import PATTERN, check_start
from app.facilities.forms.question import PARAMETERS
from app.facilities.forms.reading import Problem, Reader
from app.facilities.rules.pattern import completed_months
from app.facilities.rules.vocabulary import MAX_AGE

if TYPE_CHECKING:
    from collections.abc import Mapping

BACK: "Mapping[str, str]" = {
    "find": "facilities.find",
    "facility": "facilities.facility",
    "cost": "facilities.cost",
}
"""Pages that send a reader here and get the age back."""
CARRIED = frozenset({"back", "id", "list", "hour", "half", "full", "meal", *PARAMETERS, *PATTERN}) - {
    "age",
    "start",
    "page",
}
"""Parameters that travel along; everything else is dropped."""
_MOST_CARRIED = 60
_EARLIEST = 2000


@dataclass(frozen=True, slots=True)
class Born:
    """What was worked out: completed months and the month of start."""

    age: int
    start: date


def carried(args: "MultiDict[str, str]") -> list[tuple[str, str]]:
    """Return the parameters of the page a reader came from."""
    return [(name, value) for name, value in args.items(multi=True) if name in CARRIED][:_MOST_CARRIED]


def read_age(form: "MultiDict[str, str]", today: date) -> tuple[Born | None, list[Problem]]:
    """Return the age in the month of start (none given: this month), or what is wrong with the months."""
    reader = Reader(MultiDict((name, form.get(name, "")) for name in ("born", "start")))
    born, start = reader.month("born"), reader.month("start")
    check_start(reader)
    if not reader.problems and born is None:
        reader.bad("born", _("Choose the month of birth."))
    if reader.problems or born is None:
        return None, reader.problems
    start = start or today.replace(day=1)
    age = completed_months(born, start)
    if age < 0:
        reader.bad("start", _("The start lies before the month of birth."))
    elif age > MAX_AGE or born.year < _EARLIEST:
        reader.bad("born", _("At the start the child would be older than %(months)s months.", months=MAX_AGE))
    return (None if reader.problems else Born(age, start)), reader.problems
