"""What of facilities is on somebody's desk today, and which facts of a facility have become old."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, case, exists, false, func, or_, select

from app.accounts.queries import Staff
from app.accounts.queries import reporting as accounts
from app.accounts.rules import Action, rights
from app.core.i18n import SOURCE
from app.extensions import db
from app.facilities.model import Facility, Observed, Proposal, Source
from app.facilities.queries.observed import fields_of
from app.facilities.queries.supply import takes_children
from app.facilities.rules.projection import STALE_DAYS
from app.facilities.rules.proposals import By, State

FACTS: Final = ("care", "fees", "opening", "phone")
"""Facts that families ask for first; how old places free are is told apart."""
_PLACES: Final = "bands"


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many: proposals of the public and of facilities; facilities whose facts or places free are old."""

    reported: int
    proposed: int
    facts: int
    vacancies: int
    silent: int
    """Facilities that report for themselves, among those with something old."""


@dataclass(frozen=True, slots=True)
class Old:
    """Facts of a facility that nobody has confirmed for half a year, with their day, the oldest first."""

    id: str
    name: str
    facts: tuple[tuple[str, date], ...]


def waiting(staff: Staff, today: date) -> Waiting:
    """Return what of the facilities of somebody's area is on their desk."""
    mine = _reached(staff, Action.FACILITY_EDIT)
    facts, vacancies = _old_facts(today), _old_vacancies(today)
    own = Facility.id.in_(accounts.reporting())
    sums = [_count(facts), _count(vacancies), _count(and_(own, or_(facts, vacancies)))]
    proposed = [
        select(func.count())
        .select_from(Proposal)
        .join(Facility, Facility.id == Proposal.facility)
        .where(Proposal.state == State.OPEN.value, asks, mine)
        .scalar_subquery()
        for asks in (Proposal.by == By.PUBLIC.value, Proposal.by != By.PUBLIC.value)
    ]
    query = select(*proposed, *sums).select_from(Facility).where(mine, takes_children(today))
    return Waiting(*(int(each) for each in db.session.execute(query).one()))


def old_of_own(staff: Staff, today: date) -> tuple[Old, ...]:
    """Return the facilities that somebody reports for and whose facts have become old."""
    ids = [each.facility for each in staff.grants if each.facility and Action.FACILITY_OWN in rights(each)]
    named = select(Facility.id, Facility.name).where(Facility.id.in_(ids)).order_by(Facility.sort_key)
    rows = db.session.execute(named).all()
    known = fields_of([row.id for row in rows], today)
    found = []
    for identity, name in rows:
        fields = known[identity]
        facts = [
            (field, on)
            for field in (*FACTS, _PLACES)
            if fields[field].stale and (on := fields[field].observed_on)
        ]
        if facts:
            found.append(Old(identity, name, tuple(sorted(facts, key=lambda each: each[1]))))
    return tuple(found)


def find(identity: str) -> accounts.Facility | None:
    """Return where a facility lies and what it is called, for the accounts that report for it."""
    row = db.session.get(Facility, identity)
    if row is None:
        return None
    return accounts.Facility(row.township_code or row.area_code, {SOURCE: row.name, **row.names})


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _reached(staff: Staff, action: Action) -> ColumnElement[bool]:
    codes = [grant.area for grant in staff.grants if grant.area and action in rights(grant)]
    area = func.coalesce(Facility.township_code, Facility.area_code)
    return or_(*(area.startswith(code, autoescape=True) for code in codes)) if codes else false()


def _old_vacancies(today: date) -> ColumnElement[bool]:
    return Facility.vacancies_on < today - timedelta(days=STALE_DAYS)


def _old_facts(today: date) -> ColumnElement[bool]:
    newest = (
        select(Observed.field)
        .join(Source, Source.key == Observed.source)
        .where(
            Observed.facility == Facility.id,
            Observed.field.in_(FACTS),
            Source.kind.not_in(["register", "inferred"]),
        )
        .group_by(Observed.field)
        .having(func.max(Observed.observed_on) < today - timedelta(days=STALE_DAYS))
    )
    return exists(newest.correlate(Facility))
