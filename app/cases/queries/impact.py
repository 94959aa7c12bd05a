"""What a proposed change of a place would do: open cases, dates, answers of the place. Nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.accounts.queries import Staff
from app.areas import queries as areas
from app.areas import rules as area_rules
from app.areas.queries import proposed
from app.areas.rules.edits import CALENDAR, Rows
from app.cases.model import Case, CaseClock
from app.cases.queries import access
from app.cases.queries.routing import desk_of, route_desk
from app.cases.rules import clocks as clock_rules
from app.cases.rules import impact as rules
from app.cases.rules import routing
from app.cases.rules.categories import SEVERITIES, SUBJECTS
from app.cases.rules.impact import Said, Shift
from app.cases.rules.states import OPEN
from app.core import clock
from app.extensions import db
from app.facilities.rules.vocabulary import Form, Kind

if TYPE_CHECKING:
    from app.core.workdays import Calendar

MOST = 50
"""Cases that a page lists."""


@dataclass(frozen=True, slots=True)
class Moved:
    """An open case that would go elsewhere if it came today."""

    number: str
    before: Said
    after: Said


@dataclass(frozen=True, slots=True)
class Dated:
    """An open case that would owe something on another day; `name` is a code of `case-clock`."""

    number: str
    name: str
    before: date
    after: date


@dataclass(frozen=True, slots=True)
class Impact:
    """How many open cases there are and would be touched, those the reader may see, and the changed answers.

    `asked` is how many questions were compared, over as many `severities`, `kinds` and `forms`; `offices` has
    the names of the offices that are named.
    """

    kind: str
    open: int = 0
    touched: int = 0
    moved: tuple[Moved, ...] = ()
    dated: tuple[Dated, ...] = ()
    shifts: tuple[Shift, ...] = ()
    asked: int = 0
    offices: Mapping[str, Mapping[str, str]] | None = None
    severities: int = 0
    kinds: int = 0
    forms: int = 0


def impact(staff: Staff, owner: str, name: str, rows: Rows) -> Impact:
    """Return what a change of a table would do. Raises `FaultyFiles` where the table would not be right."""
    if name.startswith(f"{CALENDAR}:"):
        return _of_calendar(staff, owner, name, rows)
    if name in {"routing", "units"}:
        return _of_rules(staff, owner, name, rows)
    return Impact("")


def _of_rules(staff: Staff, place: str, name: str, rows: Rows) -> Impact:
    edition, offices = proposed.edition_with(place, name, rows)
    held, coming = route_desk(place), desk_of(edition, offices)
    before = held.desk if held else routing.Desk(place, (), {}, {})
    after, today = coming.desk, clock.today()
    cases = db.session.execute(
        select(Case.number, Case.area, Case.category, Case.kind, Case.form, Case.severity, Case.about)
        .where(Case.place == place, Case.state.in_([state.value for state in OPEN]))
        .order_by(Case.number)
    ).all()
    questions = (
        (
            row.number,
            routing.Question(row.area, row.category, row.kind, row.form, row.severity, today, row.about),
        )
        for row in cases
    )
    moved = rules.moved(questions, before.choose, after.choose)
    mine = _visible(staff, place)
    kinds, forms = [kind.value for kind in Kind], [form.value for form in Form]
    return Impact(
        "rules",
        len(cases),
        len(moved),
        tuple(Moved(*each) for each in moved if each[0] in mine)[:MOST],
        shifts=tuple(rules.shifts(before, after, SUBJECTS, SEVERITIES, kinds, forms, today)),
        asked=len(SUBJECTS) * len(SEVERITIES) * len(kinds) * len(forms),
        offices={each.code: each.names for each in (*areas.offices(place), *offices)},
        severities=len(SEVERITIES),
        kinds=len(kinds),
        forms=len(forms),
    )


def _of_calendar(staff: Staff, region: str, name: str, rows: Rows) -> Impact:
    calendars: dict[str, Calendar] = {}
    touched: set[str] = set()
    seen: set[str] = set()
    dated: list[Dated] = []
    running = db.session.execute(
        select(CaseClock, Case.number, Case.area)
        .join(Case, Case.id == CaseClock.case_id)
        .where(
            CaseClock.stopped_at.is_(None),
            CaseClock.due_at > clock.now(),
            Case.state.in_([state.value for state in OPEN]),
        )
        .order_by(Case.number, CaseClock.id)
    ).all()
    named = areas.calendars_of({row.area for row in running})
    for row in running:
        used = named[row.area]
        if region not in area_rules.calendar_layers(used):
            continue
        if used not in calendars:
            calendars[used] = proposed.calendar_with(used, name, rows)
        seen.add(row.number)
        held: CaseClock = row[0]
        extra = held.paused_days + held.extended_days
        owed = clock_rules.again(
            held.name, held.started_at, held.amount, held.measure, extra, calendars[used]
        )
        if owed is not None and owed.at != held.due_at and held.overdue_at is None:
            touched.add(row.number)
            days = clock_rules.day_of(held.due_at), clock_rules.day_of(owed.at)
            dated.append(Dated(row.number, held.name, *days))
    proposed.year_with(name, rows)
    mine = _visible(staff)
    return Impact(
        CALENDAR, len(seen), len(touched), dated=tuple(each for each in dated if each.number in mine)[:MOST]
    )


def _visible(staff: Staff, place: str = "") -> frozenset[str]:
    query = select(Case.number).where(access.visible(staff.grants))
    return frozenset(db.session.scalars(query.where(Case.place == place) if place else query))
