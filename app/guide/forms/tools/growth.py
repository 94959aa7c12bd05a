"""A child's measures, read from a form: up to six days, each with what was measured."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.guide.forms.tools.reading import Problem, Reader
from app.guide.rules.growth import (
    DAYS_A_MONTH,
    Measure,
    counted_days,
)

if TYPE_CHECKING:
    from datetime import date

    from werkzeug.datastructures import MultiDict

MOST_ROWS = 6
"""Days of measuring that one form takes."""
OLDEST = 60
"""Months of age that the standards reach."""
PARTS = {"weight": (0.3, 40), "length": (25, 130), "head": (20, 65)}
"""Smallest and largest measure that is read at all: kilograms, centimetres."""
METHODS = ("", "lying", "standing")
SEXES = ("boy", "girl")
STANDARDS = ("china", "who")
_WEEKS = (22, 44)


@dataclass(frozen=True, slots=True)
class Grown:
    """A child with its measures, oldest first. `weeks` is the length of pregnancy where it was given."""

    sex: str
    born: "date"
    weeks: int | None
    standard: str
    measures: tuple[Measure, ...]

    @property
    def corrected(self) -> bool:
        """Whether some measure is compared at a corrected age."""
        return any(counted_days(each.days, self.weeks) != each.days for each in self.measures)


def read_growth(form: "MultiDict[str, str]", today: "date") -> tuple[Grown | None, tuple[Problem, ...]]:
    """Return the child, or everything that is wrong with the form."""
    reader = Reader(form)
    sex = reader.choice("sex", SEXES)
    if not sex and not reader.problems:
        reader.bad("sex", _("Choose boy or girl: the standards differ."))
    born = reader.born("born", today)
    weeks = reader.whole("weeks", *_WEEKS)
    standard = reader.choice("standard", STANDARDS, STANDARDS[0])
    measures = []
    for number in range(1, MOST_ROWS + 1):
        found = _row(reader, number, born, today)
        if found is not None:
            measures.append(found)
    if not measures and not reader.problems:
        reader.bad("day-1", _("Give at least one day with one measure."))
    if not reader.problems and born and any(counted_days(each.days, weeks) < 0 for each in measures):
        reader.bad(
            "weeks",
            _("On one of the days the child was not yet due to be born. The standards begin at that day."),
        )
    if born is None or not sex or reader.problems:
        return None, tuple(reader.problems)
    return Grown(sex, born, weeks, standard, tuple(sorted(measures, key=lambda each: each.days))), ()


def _row(reader: Reader, number: int, born: "date | None", today: "date") -> Measure | None:
    name = f"day-{number}"
    day = reader.day(name)
    values = {part: reader.measure(f"{part}-{number}", low, high) for part, (low, high) in PARTS.items()}
    method = reader.choice(f"method-{number}", METHODS)
    typed = any(reader.text(f"{part}-{number}") for part in PARTS)
    if day is None:
        if typed and not reader.text(name):
            reader.bad(name, _("Give the day of these measures."))
        return None
    if day > today:
        reader.bad(name, _("This day lies in the future."))
    elif born and day < born:
        reader.bad(name, _("This day is before the birth."))
    elif born and (day - born).days > OLDEST * DAYS_A_MONTH:
        reader.bad(name, _("The standards used here end at five years."))
    elif not typed:
        reader.bad(f"weight-{number}", _("Give at least one measure of this day."))
    elif born:
        return Measure(
            number,
            (day - born).days,
            values["weight"],
            values["length"],
            values["head"],
            {"lying": True, "standing": False}.get(method),
        )
    return None
