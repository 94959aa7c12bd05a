"""The question a list came from: kept in its address, so that the way back and the comparison know it.

Here a part that cannot be read is named and left out; a list that somebody sent must open all the same.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.facilities.forms.chosen import address, list_of
from app.facilities.forms.labels import LABELS
from app.facilities.forms.question import read_criteria, write_criteria
from app.facilities.queries.near import looked_up
from app.facilities.rules.criteria import Criteria

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.datastructures import MultiDict


@dataclass(frozen=True, slots=True)
class Carried:
    """A question as far as it could be read, how it is written, and what was left out of it."""

    criteria: Criteria
    pairs: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    problems: tuple[tuple[str, str], ...]
    """(parameter, sentence) of each part that could not be read, for the fields of a form."""


def read_carried(args: "MultiDict[str, str]") -> Carried:
    """Return the question of an address."""
    criteria, problems = read_criteria(args)
    anchors, lost = looked_up(criteria.near)
    criteria = replace(criteria, near=anchors)
    wrong = tuple((problem.field, problem.sentence) for problem in problems)
    named = dict.fromkeys([*(problem.field for problem in problems), *(anchor.name for anchor, _why in lost)])
    notes = [
        _(
            "Left out of your question, because it could not be read: %(part)s",
            part=LABELS["filter"].get(name, name),
        )
        for name in named
    ]
    return Carried(criteria, tuple(write_criteria(criteria)), tuple(notes), wrong)


def way_back(criteria: Criteria, ids: "Sequence[str]") -> str:
    """Return the address of the results that a list came from, with the list in hand."""
    return address("facilities.find", (), [*write_criteria(criteria), *list_of(ids)])
