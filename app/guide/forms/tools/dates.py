"""Birth, choices and doses given, read from a form; and the entries of a calendar file in words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask_babel import format_date
from flask_babel import gettext as _

from app.core.i18n import pick
from app.core.pages import direction, language
from app.core.sealing import keyed_hash
from app.guide.forms.tools.labels import LABELS
from app.guide.forms.tools.reading import Problem, Reader
from app.guide.rules.checks import DueCheck, Standing
from app.guide.rules.ics import Entry, in_order
from app.guide.rules.schedule import State
from app.guide.rules.vaccines import Child, Planned, Schedule

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

GIVEN = "given-"
"""Before the id of a dose: the day it was given."""
_HOST = "tuoyu"
_ALONE = re.compile(r"(?<!\S)[A-Za-z0-9][A-Za-z0-9/–-]*(?![^\s.,;،؛()])")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form says: the child, or why there is none."""

    child: Child | None
    problems: tuple[Problem, ...]


def read_child(form: "MultiDict[str, str]", schedule: Schedule, today: date) -> Asked:
    """Read birth, chosen vaccines and, with `record`, the days on which doses were given."""
    reader = Reader(form)
    born = reader.born("born", today)
    wanted = frozenset(
        reader.choice(name, {each.id for each in group}, group[0].id)
        for name, group in schedule.choices().items()
    )
    given: dict[str, date] | None = None
    if born and form.get("record"):
        given = {}
        for vaccine in schedule.chosen(wanted):
            last: date | None = None
            for dose in vaccine.doses:
                day = reader.day(GIVEN + dose.id)
                if day is None:
                    continue
                if day < born:
                    reader.bad(GIVEN + dose.id, _("This day is before the birth."))
                elif day > today:
                    reader.bad(GIVEN + dose.id, _("This day lies in the future."))
                elif last and day <= last:
                    reader.bad(GIVEN + dose.id, _("This day is not after the dose before."))
                else:
                    given[dose.id] = last = day
    if born is None or reader.problems:
        return Asked(None, tuple(reader.problems))
    return Asked(Child(born, today, wanted, given), ())


def read_birth(form: "MultiDict[str, str]", today: date) -> tuple[date | None, tuple[Problem, ...]]:
    """Read the date of birth alone."""
    reader = Reader(form)
    born = reader.born("born", today)
    return (None if reader.problems else born), tuple(reader.problems)


def dose_name(planned: Planned) -> str:
    """Return a dose in words, for places that hold no markup."""
    name = pick(planned.vaccine.names, language()).text
    return str(_("%(vaccine)s, dose %(number)s", vaccine=name, number=planned.dose.number))


def vaccine_entries(schedule: Schedule, child: Child, planned: Iterable[Planned]) -> list[Entry]:
    """Return the doses that may be given now, on the present day, and those still to come.

    Where nobody said what was given, a dose whose time is over is left out: the booklet knows of it.
    """
    found = []
    for each in planned:
        if each.state == State.GIVEN or (each.state == State.LATE and child.given is None):
            continue
        open_now = each.earliest < child.today and child.given is None
        booklet = _("Look in the booklet first: it may have been given.") if open_now else ""
        until = _("Recommended until %(day)s.", day=_plain(each.latest)) if each.latest else ""
        sure = (
            ""
            if schedule.verified
            else _("The ages have not yet been compared with the printed official text.")
        )
        edition = _("By: %(edition)s.", edition=_in_order(pick(each.edition.names, language()).text))
        day = max(each.earliest, child.today)
        starts = _("From %(day)s.", day=_plain(day))
        found.append(
            Entry(
                _uid(each.dose.id, child.born),
                day,
                schedule.sequence,
                schedule.gathered_on,
                _("Vaccine: %(dose)s", dose=_in_order(dose_name(each))),
                " ".join(filter(None, (starts, until, booklet, edition, _clinic(), sure))),
            )
        )
    return found


def check_entries(due: Iterable[DueCheck], born: date, changed: date) -> list[Entry]:
    """Return the checks that are open or to come."""
    words: Mapping[str, object] = LABELS["check-content"]
    return [
        Entry(
            _uid(each.check.id, born),
            each.day,
            each.check.sequence,
            changed,
            _("Health check: %(check)s", check=_in_order(pick(each.check.names, language()).text)),
            " ".join(
                [
                    _("From %(day)s.", day=_plain(each.day)),
                    _(
                        "What is looked at: %(list)s.",
                        list=_listed(str(words[code]) for code in each.check.contents),
                    ),
                    _clinic(),
                ]
            ),
        )
        for each in due
        if each.standing == Standing.COMING
    ]


def _clinic() -> str:
    return str(_("What counts is the appointment of your clinic and what stands in the child’s booklet."))


def _listed(parts: Iterable[str]) -> str:
    return ("、" if language().startswith("zh") else "، " if direction() == "rtl" else "; ").join(parts)


def _plain(day: date) -> str:
    """Return a date for plain text: in words, or right to left in figures that keep their order."""
    if direction() == "rtl":
        return in_order(day.isoformat(), rtl=True)
    return str(format_date(day, "long"))


def _in_order(text: str) -> str:
    """Return words in which numbers and Latin codes that stand alone keep their order right to left."""
    if direction() != "rtl":
        return text
    return _ALONE.sub(lambda found: in_order(found[0], rtl=True), text)


def _uid(name: str, born: date) -> str:
    """Return an id that stays the same for a child and says nothing of it: a hash under a key of ours."""
    return f"{name}-{keyed_hash('calendar', f'{name} {born.isoformat()}')[:24]}@{_HOST}"
