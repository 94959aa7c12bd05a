"""What the job worker does with files at the counter, one after the other; a power cut is a second try."""

import fcntl
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select

from app.core import audit, clock
from app.core.blobs import BlobError
from app.core.faults import N_
from app.core.progress import telling
from app.core.sealing import SealError
from app.extensions import db
from app.facilities.loading import how_far, kept
from app.facilities.model import Upload
from app.facilities.rules.uploads import MOST_TRIES, OPEN, Kind, State, Task
from app.facilities.service.ledgers import BusyError
from app.facilities.service.unmirroring import forget
from app.facilities.service.uploads import ledger_steps, register_steps
from app.facilities.service.uploads.outcome import Outcome, refused

log = logging.getLogger("tuoyu")

Step = Callable[[int], None]
Doing = Callable[[Upload, bytes, Step], Outcome]
_DOING: Mapping[tuple[Kind, Task], Doing] = {
    (Kind.LEDGER, Task.SURVEY): ledger_steps.survey,
    (Kind.LEDGER, Task.PLAN): ledger_steps.plan,
    (Kind.LEDGER, Task.APPLY): ledger_steps.apply,
    (Kind.LEDGER, Task.UNDO): ledger_steps.undo,
    (Kind.REGISTER, Task.PLAN): register_steps.plan,
    (Kind.REGISTER, Task.APPLY): register_steps.apply,
    (Kind.REGISTER, Task.UNDO): register_steps.undo,
}
_GIVEN_UP = N_("Reading this file stopped again and again without an answer. Part it, or ask for help.")
_LOST = N_("The file is no longer there. Bring it again.")


def work() -> int:
    """Do all tasks that wait, oldest first; erase what is over. Returns how many were done.

    One process does this at a time: whoever finds another at it goes away, and what stands as begun when
    nobody is at it was begun by one that was killed.
    """
    with _alone() as alone:
        if not alone:
            return 0
        kept.clear_scratch()
        _forget(clock.now())
        done = 0
        while (identity := _oldest()) is not None:
            if not _do(identity):
                break
            done += 1
        return done


@contextmanager
def _alone() -> Iterator[bool]:
    folder = Path(current_app.extensions["settings"].data)
    with (folder / "imports.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _oldest() -> int | None:
    db.session.rollback()
    query = select(Upload.id).where(Upload.state == State.WAITING).order_by(Upload.id)
    return db.session.scalar(query.limit(1))


def _do(identity: int) -> bool:
    """Do the task of one file. Returns False where the database is busy: the next minute tries again."""
    row = db.session.get_one(Upload, identity, populate_existing=True)
    row.tries += 1
    tries, task = row.tries, Task(row.task)
    db.session.commit()
    if tries > MOST_TRIES:
        _finish(identity, task, refused(_GIVEN_UP))
        return True
    try:
        outcome = _outcome(identity)
    except BusyError:
        db.session.rollback()
        db.session.get_one(Upload, identity, populate_existing=True).tries -= 1
        db.session.commit()
        return False
    except Exception:
        db.session.rollback()
        log.exception("a file at the counter stopped its job", extra={"endpoint": f"upload.{task}"})
        return True
    _finish(identity, task, outcome)
    return True


def _outcome(identity: int) -> Outcome:
    row = db.session.get_one(Upload, identity, populate_existing=True)
    kind, task = Kind(row.kind), Task(row.task)
    try:
        data = kept.fetch(row.blob, kept.FILE) if row.blob else b""
    except (BlobError, SealError):
        data = b""
    if not data and task is not Task.UNDO:
        return refused(_LOST)

    def step(number: int) -> None:
        how_far.forget()
        db.session.rollback()
        db.session.get_one(Upload, identity, populate_existing=True).step = number
        db.session.commit()

    step(1)
    try:
        with telling(how_far.noting(identity)):
            return _DOING[kind, task](db.session.get_one(Upload, identity), data, step)
    finally:
        how_far.forget()


def _finish(identity: int, task: Task, outcome: Outcome) -> None:
    """Write down what came of it; sealed files that are no longer needed go afterwards."""
    new = {name: kept.keep_json(value, purpose) for name, (value, purpose) in outcome.files.items()}
    db.session.rollback()
    row = db.session.get_one(Upload, identity, populate_existing=True)
    gone = [getattr(row, name) for name in new]
    if outcome.state in {State.APPLIED, State.UNDONE} and row.blob:
        gone.append(row.blob)
        new["blob"] = ""
    values: dict[str, Any] = {**outcome.values, **new, "state": outcome.state, "trouble": outcome.trouble}
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.step = 0
    if task in {Task.APPLY, Task.UNDO}:
        audit.record(
            f"upload.{outcome.state}",
            actor=row.asked_by,
            subject=f"upload:{identity}",
            data={"kind": row.kind, "area": row.area, "ledger": row.ledger},
        )
    db.session.commit()
    kept.erase(*gone)


def _forget(now: datetime) -> None:
    """Erase files nobody applied in time, and what was found in files long applied."""
    over = select(Upload).where(Upload.ends_at < now, (Upload.blob != "") | (Upload.plan != ""))
    for row in db.session.scalars(over.where(Upload.state != State.WAITING)).all():
        gone = (row.blob, row.survey, row.plan)
        row.blob = row.survey = row.plan = ""
        forget(row.id)
        if row.state in OPEN:
            row.state = State.DROPPED
            row.version += 1
        db.session.commit()
        kept.erase(*gone)
