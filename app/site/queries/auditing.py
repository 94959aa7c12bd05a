"""Reads of the audit as far as an auditor's place reaches: its lines, and who read data of children.

A line belongs to a place if somebody of the place did it, or if it is about an account, case, facility or
event of the place. What commands do to texts and calendars that all places share is shown to all, and so are
tries to sign in with a name that nobody has. Names of residents are in no line; those shown are of staff.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from app.accounts.model import Account, AccountGrant
from app.accounts.queries import named as names_of
from app.accounts.rules import Action, Grant, rights
from app.areas.queries.people import office_names
from app.cases.model import Case
from app.core import clock
from app.core.audit import RESIDENT, SYSTEM, Audit
from app.events.model import Event
from app.extensions import db
from app.facilities.model import Facility
from app.site.rules import auditing as rules

PAGE = 50
UNKNOWN = "unknown"
"""Actor of a try to sign in with a name that nobody has."""
NOBODY = (SYSTEM, RESIDENT, UNKNOWN)
"""Actors that are no account."""
_SHARED = ("guide.", "calendar.", "routing.")
_PEOPLE = ("giver", "taker", "for")
"""Details that are accounts: who lends, who borrows, whose right it was."""
_WHERE = ("unit", "area", "place", "to")
"""Details that may be codes of areas or offices."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which lines: by day (of the country's zone), who, a group of actions, what about; older than a line.

    Who is an account's id or handle, or one of `NOBODY`. What is empty asks for whatever there is.
    """

    since: date | None = None
    until: date | None = None
    actor: str = ""
    group: str = ""
    subject: str = ""
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the audit. `names` of who did it: empty where it was no account."""

    id: int
    at: datetime
    actor: str
    names: Mapping[str, str]
    handle: str
    action: str
    subject: str
    about: Mapping[str, str]
    """Names of the subject, where it is an account."""
    data: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, newest first, and the number that the next page ends before; nothing on the last."""

    lines: tuple[Line, ...]
    older: int | None
    names: Mapping[str, Mapping[str, str]]
    """Names of the areas and offices that details are about, by code."""


def places(grants: Iterable[Grant]) -> tuple[str, ...]:
    """Return the places whose audit somebody reads."""
    return tuple(
        sorted({grant.area for grant in grants if grant.area and Action.AUDIT_READ in rights(grant)})
    )


def page(codes: Sequence[str], question: Question) -> Page:
    """Return a page of the audit of some places."""
    query = select(Audit.__table__).where(_of(codes), *_asked(question)).order_by(Audit.id.desc())
    rows = db.session.execute(query.limit(PAGE + 1)).mappings().all()
    shown = rows[:PAGE]
    told = {str(row["data"][name]) for row in shown for name in _PEOPLE if name in row["data"]}
    named = _accounts(told | {row[name] for row in shown for name in ("actor", "subject")})
    lines = tuple(_line(row, named) for row in shown)
    where = {str(row["data"][name]) for row in shown for name in _WHERE if name in row["data"]}
    return Page(lines, shown[-1]["id"] if len(rows) > PAGE else None, names_of(where))


def actors(codes: Sequence[str]) -> list[tuple[str, Mapping[str, str], str]]:
    """Return id, names and handle of the accounts of some places, by handle."""
    query = select(Account).where(Account.id.in_(_people(codes))).order_by(Account.handle)
    return [(row.id, row.names, row.handle) for row in db.session.scalars(query)]


def reads(codes: Sequence[str], year: int) -> list[rules.Read]:
    """Return who read what residents said, in which role and office they stood at that moment."""
    start = datetime(year, 1, 1, tzinfo=clock.ZONE)
    end = datetime(year + 1, 1, 1, tzinfo=clock.ZONE)
    query = (
        select(Audit.at, Audit.actor, Audit.action, Audit.data)
        .where(_of(codes), Audit.action.in_(rules.READS), Audit.at >= start, Audit.at < end)
        .order_by(Audit.id)
    )
    found = [
        (row, what)
        for row in db.session.execute(query)
        if (what := rules.what_was_read(row.action, row.data))
    ]
    stood = _History({row.actor for row, _what in found}, end)
    return [rules.Read(what, row.at, *stood.at(row.actor, row.at)) for row, what in found]


def office_names_of(table: rules.Yearly) -> dict[str, Mapping[str, str]]:
    """Return the names of the offices of a table."""
    return office_names({unit for _role, unit in table.rows if unit})


class _History:
    """In which role and office accounts stood: what the audit says of it, else what stands today."""

    def __init__(self, accounts: set[str], until: datetime) -> None:
        self._steps: dict[str, list[tuple[datetime, str, str]]] = {}
        granted = (
            select(Audit.at, Audit.subject, Audit.data)
            .where(
                Audit.subject.in_(accounts),
                Audit.action.in_(("account.invited", "account.granted", "account.role-taken")),
                Audit.at < until,
            )
            .order_by(Audit.id)
        )
        for row in db.session.execute(granted):
            stood = row.data.get("left", row.data)
            step = (row.at, str(stood.get("role", "")), str(stood.get("unit", "")))
            self._steps.setdefault(row.subject, []).append(step)
        present = select(AccountGrant).where(AccountGrant.account.in_(accounts)).order_by(AccountGrant.role)
        self._now = {row.account: (row.role, row.unit) for row in db.session.scalars(present)}

    def at(self, account: str, moment: datetime) -> tuple[str, str]:
        """Return role and office; both "" for somebody of whom nothing is known."""
        known = [(role, unit) for since, role, unit in self._steps.get(account, ()) if since <= moment]
        return known[-1] if known else self._now.get(account, ("", ""))


def _of(codes: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition of a line of some places."""
    people = _people(codes)
    cases = select(Case.number).where(Case.place.in_(codes))
    facilities = select(Facility.id).where(_below(Facility.area_code, codes))
    events = select(Event.id).where(Event.place.in_(codes))
    return or_(
        Audit.actor.in_(people),
        *(Audit.subject.in_(found) for found in (people, cases, facilities, events)),
        *(or_(Audit.subject == code, *_parts(code)) for code in codes),
        Audit.actor == UNKNOWN,
        and_(Audit.actor == SYSTEM, or_(*(Audit.action.startswith(start) for start in _SHARED))),
    )


def _parts(code: str) -> list[ColumnElement[bool]]:
    """Return the conditions of a subject that names something by the code of a place: an office, a year."""
    return [Audit.subject.startswith(f"{code}{mark}") for mark in (".", " ", "/", ":")]


def _people(codes: Sequence[str]) -> Any:
    return select(AccountGrant.account).where(_below(AccountGrant.area, codes))


def _below(column: Any, codes: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(column.startswith(code, autoescape=True) for code in codes)) if codes else column.is_(None)


def _asked(question: Question) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if question.since:
        found.append(Audit.at >= _begins(question.since))
    if question.until:
        found.append(Audit.at < _begins(question.until + timedelta(days=1)))
    if question.actor:
        named = select(Account.id).where(Account.handle == question.actor)
        found.append(or_(Audit.actor == question.actor, Audit.actor.in_(named)))
    if question.group:
        found.append(_in_group(question.group))
    if question.subject:
        named = select(Account.id).where(Account.handle == question.subject)
        found.append(or_(Audit.subject == question.subject, Audit.subject.in_(named)))
    if question.before is not None:
        found.append(Audit.id < question.before)
    return found


def _in_group(group: str) -> ColumnElement[bool]:
    """Return the condition of `rules.group_of`: the longest beginning that fits decides."""
    mine = rules.GROUPS.get(group, ())
    others = [start for name, starts in rules.GROUPS.items() if name != group for start in starts]
    parts: list[ColumnElement[bool]] = []
    for start in mine:
        closer = [each for each in others if each.startswith(start) and each not in mine]
        parts.append(
            and_(Audit.action.startswith(start), *(~Audit.action.startswith(each) for each in closer))
        )
    return or_(*parts) if parts else and_(*(~Audit.action.startswith(start) for start in others))


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), clock.ZONE)


def _accounts(ids: Iterable[str]) -> dict[str, tuple[Mapping[str, str], str]]:
    rows = db.session.execute(
        select(Account.id, Account.names, Account.handle).where(Account.id.in_(set(ids)))
    )
    return {row.id: (row.names, row.handle) for row in rows}


def _line(row: Any, named: Mapping[str, tuple[Mapping[str, str], str]]) -> Line:
    names, handle = named.get(row["actor"], ({}, ""))
    about, other = named.get(row["subject"], ({}, ""))
    data = tuple(
        (name, named[value][1] if name in _PEOPLE and value in named else _told(value))
        for name, value in sorted(row["data"].items())
        if value not in ("", None)
    )
    return Line(
        row["id"], row["at"], row["actor"], names, handle, row["action"], other or row["subject"], about, data
    )


def _told(value: object) -> str:
    if isinstance(value, Mapping):
        return " · ".join(f"{name}: {_told(each)}" for name, each in value.items())
    return ", ".join(map(_told, value)) if isinstance(value, list | tuple) else str(value)
