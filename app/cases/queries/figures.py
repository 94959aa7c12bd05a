"""Public figures of a place: what came in, what became of it; small numbers hidden. No case is named."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from app.areas import queries as areas
from app.areas.rules import CATEGORIES
from app.cases.model import Case, CaseClock, CaseEvent
from app.cases.rules import figures as rules
from app.cases.rules.acts import Event
from app.cases.rules.clocks import end_of
from app.cases.rules.figures import TOTAL
from app.cases.rules.periods import QUARTERS, Period, quarter_of
from app.cases.rules.states import State
from app.core import clock
from app.core.workdays import Calendar
from app.extensions import db

_ANSWERS = (Event.NOT_ACCEPT.value, Event.REFER.value)
"""Steps that answer a resident without a reply: the office says why it will not act, and what they can do."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number that may be shown: exact where both ends agree, `high` None where it is that many or more."""

    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """What is shown of a subject. None: fewer than five, or hidden so that others cannot be reckoned."""

    category: str
    count: Count
    in_time: int | None
    """Per cent answered within the first date, of those answered or over that date; steps of five."""
    days: float | None
    """Median of working days from report to answer."""
    satisfied: int | None
    """Per cent of ratings of four and five; those who did not rate are not counted."""
    reopened: int | None
    """Per cent of the answered that residents sent back."""
    enforcement: bool


@dataclass(frozen=True, slots=True)
class Part:
    """The number of cases of a township in a year."""

    names: Mapping[str, str]
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a place and a period. `until` is the last day they cover."""

    place: str
    period: Period
    running: bool
    until: date
    rows: tuple[Row, ...]
    total: Count | None
    parts: tuple[Part, ...]
    hidden_parts: int


@dataclass(frozen=True, slots=True)
class _Told:
    """What figures know of a case."""

    area: str
    category: str
    registered: datetime
    answered: datetime | None
    due: datetime | None
    rating: int | None
    reopened: bool
    gone: bool
    """Withdrawn, or merged into another one and not answered: nobody owes it an answer of its own."""


def figures(place: str, period: Period) -> Figures:
    """Return what may be shown of a period that has begun."""
    today = clock.today()
    told = _told(place, Period(period.year))
    mine = [each for each in told if not period.quarter or quarter_of(each.registered) == period]
    counts, total = _counts(told, period, today)
    calendar = areas.work_calendar(place)
    rows = tuple(
        _row(category, counts[category], [each for each in mine if each.category == category], calendar)
        for category in CATEGORIES
        if category in counts
    )
    over = period.over(today)
    parts, hidden = _parts(place, told, total) if over and not period.quarter else ((), 0)
    return Figures(
        place=place,
        period=period,
        running=not over,
        until=min(period.last, today),
        rows=rows,
        total=total,
        parts=parts,
        hidden_parts=hidden,
    )


def _counts(told: Sequence[_Told], period: Period, today: date) -> tuple[dict[str, Count], Count | None]:
    """Return the number of each subject that may be shown, and their sum."""
    cells = Counter((each.category, str(quarter_of(each.registered).quarter)) for each in told)
    quarters = sum(quarter.over(today) for quarter in Period(period.year).quarters)
    known = rules.year(cells, CATEGORIES, quarters)
    if period.over(today):
        column = str(period.quarter) if period.quarter else TOTAL
        exact = {each: known[each, column] for each in (*CATEGORIES, TOTAL)}
        counts = {each: Count(number, number) for each, number in exact.items() if number is not None}
        return counts, counts.pop(TOTAL, None)
    now = str(quarter_of(today).quarter)
    steps = {each: rules.band(cells[each, now]) for each in CATEGORIES}
    if period.quarter:
        counts = {each: Count(*step) for each, step in steps.items() if step[0]}
    else:
        earlier = [str(quarter) for quarter in range(1, quarters + 1)]
        lows = {
            each: rules.at_least([*(known[each, q] for q in earlier), steps[each][0]]) for each in CATEGORIES
        }
        counts = {each: Count(low, None) for each, low in lows.items() if low}
    whole = sum(count.low for count in counts.values())
    return counts, Count(whole, None) if whole else None


def _row(category: str, count: Count, told: Sequence[_Told], calendar: Calendar) -> Row:
    now = clock.now()
    answered = [each for each in told if each.answered is not None]
    owed = [each for each in told if each.answered or (each.due and each.due <= now and not each.gone)]
    in_time = [each for each in answered if each.answered and each.due and each.answered <= each.due]
    rated = [each.rating for each in told if each.rating is not None]
    return Row(
        category=category,
        count=count,
        in_time=rules.share(len(in_time), len(owed)),
        days=rules.middle([_days(each, calendar) for each in answered]),
        satisfied=rules.share(sum(rating >= rules.SATISFIED for rating in rated), len(rated)),
        reopened=rules.share(sum(each.reopened for each in answered), len(answered)),
        enforcement=category in rules.ENFORCEMENT,
    )


def _days(told: _Told, calendar: Calendar) -> int:
    first, last = (
        moment.astimezone(clock.ZONE).date() for moment in (told.registered, told.answered or told.registered)
    )
    return calendar.between(first, last)


def _parts(place: str, told: Sequence[_Told], total: Count | None) -> tuple[tuple[Part, ...], int]:
    """Return the townships (of a prefecture: the counties) whose number of a whole year may be shown."""
    below = areas.children(place)
    numbers = dict.fromkeys([place, *(card.code for card in below)], 0)
    for each in told:
        numbers[next((card.code for card in below if each.area.startswith(card.code)), place)] += 1
    shown = rules.parts(numbers, total.low if total else None)
    parts = tuple(Part(card.names, number) for card in below if (number := shown[card.code]) is not None)
    return parts, len(below) - len(parts)


def _told(place: str, year: Period) -> list[_Told]:
    """Return the cases of a place that came in within a year."""
    first = (
        select(CaseEvent.case_id, func.min(CaseEvent.at).label("at"))
        .where(
            ((CaseEvent.event == Event.APPROVE.value) & (CaseEvent.target == State.REPLIED.value))
            | CaseEvent.event.in_(_ANSWERS)
        )
        .group_by(CaseEvent.case_id)
        .subquery()
    )
    clocks = (
        select(CaseClock.case_id, func.min(CaseClock.id).label("id"))
        .where(CaseClock.name == "reply")
        .group_by(CaseClock.case_id)
        .subquery()
    )
    begins = end_of(date.fromordinal(year.first.toordinal() - 1))
    query = (
        select(
            Case.area,
            Case.category,
            Case.registered_at,
            Case.replied_at,
            Case.rating,
            Case.reopened,
            Case.state,
            Case.merged_into,
            first.c.at,
            CaseClock.first_due_at,
        )
        .outerjoin(first, first.c.case_id == Case.id)
        .outerjoin(clocks, clocks.c.case_id == Case.id)
        .outerjoin(CaseClock, CaseClock.id == clocks.c.id)
        .where(Case.place == place, Case.registered_at >= begins, Case.registered_at < end_of(year.last))
        .order_by(Case.id)
    )
    return [
        _Told(
            area=row.area,
            category=row.category,
            registered=row.registered_at,
            answered=row.at or row.replied_at,
            due=row.first_due_at,
            rating=row.rating,
            reopened=row.reopened > 0,
            gone=row.state == State.WITHDRAWN.value or row.merged_into is not None,
        )
        for row in db.session.execute(query)
    ]


def periods(today: date) -> tuple[Period, ...]:
    """Return the periods that are offered: this year and the two before with their quarters, newest first."""
    found: list[Period] = []
    for year in range(today.year, today.year - 3, -1):
        found.append(Period(year))
        found += [Period(year, q) for q in range(QUARTERS, 0, -1) if Period(year, q).first <= today]
    return tuple(found)
