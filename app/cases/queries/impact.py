"""What a proposed change of a place would do: open cases, dates, answers of the place. Nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, select

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
from app.cases.rules.impact import Said, Shift, Term
from app.cases.rules.states import OPEN
from app.core import clock
from app.extensions import db
from app.facilities.rules.vocabulary import Form, Kind

if TYPE_CHECKING:
    from app.core.workdays import Calendar

MOST = 50
"""Cases that a page lists."""
_PARTS = 5
_USUAL_KIND, _USUAL_FORM = Kind.NURSERY.value, Form.FOR_PROFIT.value
_URGENCY = {code: subject.severity for code, subject in SUBJECTS.items()}
"""The usual question on a subject: as urgent as it usually is, about the commonest kind of facility."""


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
class Local:
    """Answers that would be others in a part of the place only."""

    names: Mapping[str, str]
    usual: tuple[Shift, ...]
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """How many open cases there are and would be touched, those the reader may see, and the changed answers.

    `usual` are the changed answers to the usual question on each of the `subjects`, `shifts` all others,
    `local` the same in areas of offices that are changed; `terms` is what new reports would owe in another
    time. `asked` is how many questions were compared, over as many `severities`, `kinds` and `forms`, or
    `purposes`; `offices` has the names of the offices named.
    """

    kind: str
    open: int = 0
    touched: int = 0
    moved: tuple[Moved, ...] = ()
    dated: tuple[Dated, ...] = ()
    usual: tuple[Shift, ...] = ()
    shifts: tuple[Shift, ...] = ()
    local: tuple[Local, ...] = ()
    terms: tuple[Term, ...] = ()
    asked: int = 0
    offices: Mapping[str, Mapping[str, str]] | None = None
    subjects: int = len(SUBJECTS)
    severities: int = len(SEVERITIES)
    kinds: int = len(Kind)
    forms: int = len(Form)
    purposes: int = len(area_rules.PURPOSES)


def impact(staff: Staff, owner: str, name: str, rows: Rows) -> Impact:
    """Return what a change of a table would do. Raises `FaultyFiles` where the table would not be right."""
    if name.startswith(f"{CALENDAR}:"):
        return _of_calendar(staff, owner, name, rows)
    if name in {"routing", "units"}:
        return _of_rules(staff, owner, name, rows)
    if name == "clocks":
        return _of_clocks(owner, name, rows)
    return Impact("")


def _of_rules(staff: Staff, place: str, name: str, rows: Rows) -> Impact:
    edition, offices = proposed.edition_with(place, name, rows)
    held, coming = route_desk(place), desk_of(edition, offices)
    before = held.desk if held else routing.Desk(place, (), {}, {})
    after, today = coming.desk, clock.today()
    cases = db.session.execute(
        select(Case.number, Case.area, Case.category, Case.kind, Case.form, Case.severity, Case.about)
        .where(*_open(place))
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

    def shifts(area: str) -> tuple[tuple[Shift, ...], tuple[Shift, ...]]:
        found = rules.shifts(before, after, SUBJECTS, SEVERITIES, kinds, forms, today, area)
        usual, others = rules.parted(found, _URGENCY, _USUAL_KIND, _USUAL_FORM)
        return tuple(usual), tuple(others)

    usual, others = shifts(place)
    parts = _parts(place, rows if name == "units" else {})
    return Impact(
        "rules",
        len(cases),
        len(moved),
        tuple(Moved(*each) for each in moved if each[0] in mine)[:MOST],
        usual=usual,
        shifts=others,
        local=tuple(Local(card.names, *found) for card in parts if any(found := shifts(card.code))),
        asked=len(SUBJECTS) * len(SEVERITIES) * len(kinds) * len(forms),
        offices={each.code: each.names for each in (*areas.offices(place), *offices)},
    )


def _parts(place: str, rows: Rows) -> list[areas.AreaCard]:
    """Return the areas within a place whose own offices are changed; not more than a page can hold."""
    codes = dict.fromkeys(area_rules.area_of(row["unit"]) for row in rows.values() if row and "unit" in row)
    found = (areas.area(code) for code in codes if code != place)
    return [card for card in found if card][:_PARTS]


def _of_clocks(place: str, name: str, rows: Rows) -> Impact:
    """Return what new reports would owe in another time; a case keeps the times it was taken in with."""
    held, coming = route_desk(place), desk_of(*proposed.edition_with(place, name, rows)).clocks
    before = held.clocks if held else ()
    query = select(Case.category, Case.purpose, Case.severity).where(*_open(place))
    cases = db.session.execute(query).all()
    purposes = area_rules.PURPOSES
    return Impact(
        name,
        len(cases),
        sum(rules.owes_otherwise(before, coming, (row[0], row[1], row[2])) for row in cases),
        terms=tuple(rules.terms(before, coming, SUBJECTS, purposes, SEVERITIES)),
        asked=len(SUBJECTS) * len(purposes) * len(SEVERITIES),
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


def _open(place: str) -> tuple[ColumnElement[bool], ...]:
    return Case.place == place, Case.state.in_([state.value for state in OPEN])


def _visible(staff: Staff, place: str = "") -> frozenset[str]:
    query = select(Case.number).where(access.visible(staff.grants))
    return frozenset(db.session.scalars(query.where(Case.place == place) if place else query))
