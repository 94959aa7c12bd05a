"""The counter's list: what lies with whom, what is due first. No word of a resident is read here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy import case as when
from sqlalchemy.orm import aliased

from app.accounts.queries import Staff
from app.areas import queries as areas
from app.cases.model import Case, CaseClock, CaseEvent, CaseProposal, CaseTask
from app.cases.queries import access
from app.cases.rules import access as rights
from app.cases.rules import clocks as rules
from app.cases.rules.alarms import WINDOWS
from app.cases.rules.states import ANSWERED, ENDED, OPEN, State
from app.core import clock
from app.core.workdays import Calendar
from app.extensions import db
from app.facilities.queries.listing import cards
from app.facilities.queries.search import by_text

PAGE_SIZE = 20
SOON = 2
"""Working days before the due day from which a case is listed as due soon."""
TABS = ("open", "sign", "work", "approve", "due", "tasks", "desk", "answered", "ended", "all")
SEEN = "alarm-seen"
"""Event by which a named officer takes note of a case that cannot wait."""
_MOST_FACILITIES = 200
_MOST_ALARMS = 5


@dataclass(frozen=True, slots=True)
class Question:
    """What the list is asked for. Empty means: whatever there is."""

    tab: str = TABS[0]
    area: str = ""
    category: str = ""
    facility: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Due:
    """When something is owed, and how many working days are left; negative when it is over."""

    on: date
    at: datetime
    first_on: date
    left: int
    provisional: bool
    paused: bool
    over: bool
    name: str
    """Name of the clock: a code of the labels `case-clock`."""
    to_the_minute: bool
    """Counted in hours or minutes, so that the time of day matters."""

    @property
    def tone(self) -> str:
        """Return the colour of the date; the words beside it say the same."""
        if self.paused:
            return "i"
        if self.over:
            return "bad"
        return "w" if self.left <= SOON else "ok"


@dataclass(frozen=True, slots=True)
class Row:
    """One case of the list."""

    number: str
    category: str
    severity: str
    state: str
    received: date
    due: Due | None
    """What is owed first by an office, as far as the reader may know it."""
    facility: str
    """Name of the listed facility, else empty."""
    area_names: Mapping[str, str]
    unit_names: Mapping[str, str]
    alarm: bool
    """Cannot wait, and nobody has taken note of it yet."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of the list, and how many cases lie behind each tab."""

    rows: tuple[Row, ...]
    count: int
    pages: int
    counts: Mapping[str, int]
    alarms: tuple[Row, ...]
    places: tuple[str, ...] = field(default=())


def inbox(staff: Staff, question: Question) -> Inbox:
    """Return what somebody's list shows."""
    seen = access.visible(staff.grants)
    tabs = conditions(staff)
    columns = [func.coalesce(func.sum(when((tabs[name], 1), else_=0)), 0) for name in TABS]
    counted = db.session.execute(select(*columns).select_from(Case).where(seen)).one()
    asked = and_(seen, tabs[question.tab], *_filters(question))
    count = db.session.scalar(select(func.count()).select_from(Case).where(asked)) or 0
    start = (question.page - 1) * PAGE_SIZE
    found = db.session.execute(_ordered(asked, staff).offset(start).limit(PAGE_SIZE)).all()
    unseen = _ordered(and_(seen, unacknowledged()), staff).limit(_MOST_ALARMS)
    return Inbox(
        rows=_rows(found),
        count=count,
        pages=max(1, -(-count // PAGE_SIZE)),
        counts=dict(zip(TABS, map(int, counted), strict=True)),
        alarms=_rows(db.session.execute(unseen).all()),
        places=tuple(db.session.scalars(select(Case.place).where(seen).distinct().order_by(Case.place))),
    )


def conditions(staff: Staff) -> dict[str, ColumnElement[bool]]:
    """Return what each tab holds, of the cases somebody sees at all."""
    return {**by_state(staff), "due": _due_soon(staff)}


def by_state(staff: Staff) -> dict[str, ColumnElement[bool]]:
    """Return what the tabs hold that need no calendar."""
    mine, desk = access.led_by(staff.grants), access.at_desk(staff.grants)
    proposed = exists().where(
        CaseProposal.case_id == Case.id, CaseProposal.state == "open", CaseProposal.by != staff.id
    )
    asked = exists().where(
        CaseTask.case_id == Case.id,
        CaseTask.state == "open",
        CaseTask.unit.in_(rights.offices(staff.grants)),
    )
    waiting = or_(Case.state == State.REPLY_REVIEW.value, proposed)
    at_desk = Case.state.in_([State.TRIAGE.value, State.RETURN_REQUESTED.value, State.DISPUTE.value])
    reviewing = and_(Case.state == State.REVIEW.value, access.reviewed_by(staff.grants))
    work = [State.ACCEPTED, State.IN_PROGRESS, State.JOINT, State.PAUSED, State.REOPENED]
    return {
        "open": Case.state.in_([*OPEN, State.REVIEW.value]),
        "sign": and_(mine, Case.state == State.DISPATCHED.value),
        "work": and_(mine, Case.state.in_(work)),
        "approve": and_(or_(mine, desk), waiting),
        "tasks": asked,
        "desk": or_(and_(desk, at_desk), reviewing),
        "answered": Case.state.in_([*ANSWERED]),
        "ended": Case.state.in_([*ENDED, State.DISPOSED.value]),
        "all": Case.id.is_not(None),
    }


def unacknowledged() -> ColumnElement[bool]:
    """Return the condition of a case that cannot wait and that no officer has taken note of."""
    noted = exists().where(CaseEvent.case_id == Case.id, CaseEvent.event == SEEN)
    return and_(Case.severity == "e1", Case.state.in_([*OPEN]), ~noted)


def overdue(staff: Staff) -> ColumnElement[bool]:
    """Return the condition of something owed whose time is over."""
    late = aliased(CaseClock)
    return exists().where(_owed(late, staff), late.paused_at.is_(None), late.due_at <= clock.now())


def _due_soon(staff: Staff) -> ColumnElement[bool]:
    """Return the condition of something owed that ends within two working days of its own calendar."""
    today = clock.today()
    soonest = aliased(CaseClock)
    places = db.session.scalars(select(Case.place).where(Case.state.in_([*OPEN])).distinct()).all()
    soon = [
        and_(
            Case.place == place,
            exists().where(
                _owed(soonest, staff),
                soonest.paused_at.is_(None),
                soonest.due_at <= rules.end_of(areas.work_calendar(place).add(today, SOON).on),
            ),
        )
        for place in places
    ]
    return or_(*soon) if soon else false()


def _owed(row: Any, staff: Staff) -> ColumnElement[bool]:
    """Return the condition of a clock by which an office still owes something, as far as somebody sees it.

    Whoever sees a whole case sees all its dates; all others the resident's, and those of their own office.
    """
    whole = or_(access.led_by(staff.grants), access.at_desk(staff.grants), access.reviewed_by(staff.grants))
    return and_(
        row.case_id == Case.id,
        row.stopped_at.is_(None),
        row.name.not_in(WINDOWS),
        or_(row.name == "reply", row.unit.in_(rights.offices(staff.grants)), whole),
    )


def _filters(question: Question) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if question.area:
        found.append(Case.area.startswith(question.area, autoescape=True))
    if question.category:
        found.append(Case.category == question.category)
    if question.state:
        found.append(Case.state == question.state)
    if question.facility:
        ids = [card.id for card in by_text(question.facility, _MOST_FACILITIES)]
        found.append(Case.facility.in_([*ids, question.facility]))
    if question.since:
        found.append(Case.registered_at >= _begins(question.since))
    if question.until:
        found.append(Case.registered_at < _begins(question.until + timedelta(days=1)))
    return found


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), clock.ZONE)


def _ordered(asked: ColumnElement[bool], staff: Staff) -> Select[Case, CaseClock, bool]:
    """Order: what cannot wait and nobody noted, then what is due first; last what rests and what has ended.

    The date of a case is the soonest of what is owed; a clock that rests counts where no other runs.
    """
    other = aliased(CaseClock)
    rests = when((other.paused_at.is_(None), 0), else_=1)
    first = (
        select(other.id)
        .where(_owed(other, staff))
        .order_by(rests, other.due_at, other.id)
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )
    noted = unacknowledged()
    return (
        select(Case, CaseClock, noted.label("alarm"))
        .outerjoin(CaseClock, CaseClock.id == first)
        .where(asked)
        .order_by(
            when((noted, 0), else_=1),
            when((CaseClock.id.is_(None), 2), (CaseClock.paused_at.is_not(None), 1), else_=0),
            CaseClock.due_at,
            Case.registered_at.desc(),
            Case.id,
        )
    )


def _rows(found: Sequence[Any]) -> tuple[Row, ...]:
    named = areas.areas(case.area for case, _clock, _alarm in found)
    places = {case.place for case, _clock, _alarm in found}
    offices = {office.code: office.names for place in places for office in areas.offices(place)}
    calendars = {place: areas.work_calendar(place) for place in places}
    wanted = sorted({case.facility for case, _clock, _alarm in found if case.facility})
    names = {card.id: card.name for card in cards(wanted, None, None, {}, ())} if wanted else {}
    return tuple(
        Row(
            number=case.number,
            category=case.category,
            severity=case.severity,
            state=case.state,
            received=case.registered_at.astimezone(clock.ZONE).date(),
            due=due(running, calendars[case.place]) if running else None,
            facility=names.get(case.facility or "", ""),
            area_names=named[case.area].names if case.area in named else {},
            unit_names=offices.get(case.lead or "", {}),
            alarm=bool(alarm),
        )
        for case, running, alarm in found
    )


def due(running: CaseClock, calendar: Calendar) -> Due:
    """Return a running clock as pages show it."""
    now = clock.now()
    return Due(
        on=rules.day_of(running.due_at),
        at=running.due_at,
        first_on=rules.day_of(running.first_due_at),
        left=rules.remaining(now, running.due_at, calendar),
        provisional=running.status == "provisional",
        paused=running.paused_at is not None,
        over=running.due_at <= now and running.paused_at is None,
        name=running.name,
        to_the_minute=running.measure not in {rules.Measure.WORKDAYS, rules.Measure.DAYS},
    )
