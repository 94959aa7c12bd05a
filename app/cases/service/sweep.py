"""What becomes due while nobody looks: rungs of the ladder, steps of the system, calendars that changed.

Each part may run twice, or not for days, without harm. A case that fails is logged by its class of error and
number, and stops no other.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, time
from functools import partial

from sqlalchemy import select

from app.areas import queries as areas
from app.cases.model import Case, CaseClock
from app.cases.queries.owing import TOLD
from app.cases.rules.acts import Event, Refused
from app.cases.rules.states import ANSWERED, State
from app.cases.service import acting, clocks, ladder, record
from app.cases.service.acting import SYSTEM, Changed
from app.core import clock
from app.core.db import Meta
from app.core.workdays import Calendar
from app.extensions import db

log = logging.getLogger("tuoyu")
_CALENDARS = "cases.calendars"
"""Digest of the calendars that all running clocks were reckoned by."""


def each(part: str, cases: Iterable[int], do: Callable[[int], object]) -> tuple[int, int]:
    """Do something for each case; returns for how many it did something, and for how many it failed."""
    done = failed = 0
    for case_id in cases:
        try:
            done += bool(do(case_id))
        except (Changed, Refused):
            db.session.rollback()  # somebody was faster; what is still due is due in a minute
        except Exception as error:  # noqa: BLE001 - one case never stops the others
            db.session.rollback()
            failed += 1
            log.error(  # noqa: TRY400 - a traceback names values of the case
                "case not swept", extra={"endpoint": f"cases.{part}", "error": _said(case_id, error)}
            )
    return done, failed


def _said(case_id: int, error: Exception) -> str:
    number = db.session.scalar(select(Case.number).where(Case.id == case_id))
    db.session.rollback()
    return f"{type(error).__name__} {number}"


def climb() -> int | None:
    """Climb the ladder of everything that is late; a job. Returns for how many cases a rung was new."""
    return each("climb", ladder.waiting(), ladder.climb)[0] or None


def advance() -> int | None:
    """Take the steps that only wait for a day; a job. Returns how many were taken."""
    steps: tuple[tuple[Event, list[int]], ...] = (
        (Event.FOLLOW_UP, _to_follow_up()),
        (Event.LAPSE, _over("rating", ANSWERED)),
        (Event.RESUME, _over("pause", {State.PAUSED})),
    )
    done = 0
    for event, cases in steps:
        done += each(event.value, cases, partial(_take, event))[0]
    done += each("reopen-end", _over("reopen", {State.CLOSED}), _end_reopening)[0]
    return done or None


def _take(event: Event, case_id: int) -> Case:
    return acting.act(case_id, event, SYSTEM)


def _to_follow_up() -> list[int]:
    """Return the answered cases whose answer is from an earlier working day: the next one has begun."""
    today, found, calendars = clock.today(), [], dict[str, Calendar]()
    query = select(Case.id, Case.place, Case.replied_at).where(
        Case.state == State.REPLIED.value, Case.replied_at < _midnight()
    )
    for row in db.session.execute(query):
        answered = row.replied_at.astimezone(clock.ZONE).date()
        if row.place not in calendars:
            calendars[row.place] = areas.work_calendar(row.place)
        if calendars[row.place].add(answered, 1).on <= today:
            found.append(row.id)
    return found


def _midnight() -> datetime:
    return datetime.combine(clock.today(), time(), clock.ZONE)


def _over(name: str, states: Iterable[State]) -> list[int]:
    """Return the cases in these states that have a clock of that name whose time is over."""
    query = (
        select(Case.id)
        .join(CaseClock, CaseClock.case_id == Case.id)
        .where(
            CaseClock.name == name,
            CaseClock.stopped_at.is_(None),
            CaseClock.due_at <= clock.now(),
            Case.state.in_([state.value for state in states]),
        )
    )
    return list(db.session.scalars(query.distinct().order_by(Case.id)))


def _end_reopening(case_id: int) -> bool:
    clocks.stop(db.session.get_one(Case, case_id), "reopen")
    db.session.commit()
    return True


def recompute() -> int | None:
    """Reckon running clocks anew once a calendar has changed; a job. Returns for how many cases one moved.

    Runs after `climb`, so that what is late by the old calendar has been seen late and stays so.
    """
    digest = areas.calendar_digest()
    known = db.session.get(Meta, _CALENDARS)
    if known is not None and known.value == digest:
        return None
    running = select(CaseClock.case_id).where(CaseClock.stopped_at.is_(None)).distinct()
    moved, failed = each("recompute", list(db.session.scalars(running)), _recompute)
    if not failed:
        db.session.merge(Meta(key=_CALENDARS, value=digest))
        db.session.commit()
    return moved or None


def _recompute(case_id: int) -> int:
    """Reckon a case's clocks anew; each date that moved is an event that the resident reads."""
    case = db.session.get_one(Case, case_id, populate_existing=True)
    moved = 0
    for row in db.session.scalars(
        select(CaseClock)
        .where(CaseClock.case_id == case.id, CaseClock.stopped_at.is_(None), CaseClock.due_at > clock.now())
        .order_by(CaseClock.id)
    ).all():
        change = clocks.recompute(row, case)
        if change is not None:
            before, after = (moment.isoformat() for moment in change)
            data = {"clock": row.name, "before": before, "after": after, "status": row.status}
            record.event(case, "recomputed", actor="system", public=row.name in TOLD, data=data)
            moved += 1
    db.session.commit()
    return moved


def done_today(name: str) -> bool:
    """Tell whether something that is due once a day has been done today."""
    row = db.session.get(Meta, f"cases.{name}", populate_existing=True)
    return row is not None and row.value >= clock.today().toordinal()


def mark_done(name: str) -> None:
    """Note that something has been done today. Commits."""
    db.session.merge(Meta(key=f"cases.{name}", value=clock.today().toordinal()))
    db.session.commit()
