"""What a person says about a file at the counter: this profile, these matches, apply, take it back."""

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import CursorResult, update

from app.core import audit
from app.extensions import db
from app.facilities.loading import kept
from app.facilities.model import Upload
from app.facilities.rules.uploads import Layout, State, Task, Whole, may_ask, may_drop
from app.facilities.service.uploads.calling import call_worker


class TooLate(Exception):  # noqa: N818 - nobody made an error
    """The file has moved on: it is being worked on, applied, or gone. Nothing was changed."""


class Stale(Exception):  # noqa: N818
    """Somebody else changed the choices meanwhile. Nothing was changed."""


def choose(identity: int, profile: str, on: date | None, seen: int, by: str) -> None:
    """Let a profile read the file, as of a day. Raises `TooLate`, `Stale`."""
    row = _row(identity)
    _check(row, Task.PLAN, seen)
    _step(row, seen, State.WAITING, Task.PLAN, by, profile=profile, on=on)
    _done("upload.read", row, by, {"profile": profile})


def look(identity: int, layout: Layout, seen: int, by: str) -> None:
    """Look at the columns once more, where somebody says that they stand. Raises `TooLate`, `Stale`."""
    row = _row(identity)
    _check(row, Task.SURVEY, seen)
    _step(row, seen, State.WAITING, Task.SURVEY, by, layout=dataclasses.asdict(layout))
    _done("upload.read", row, by, {"profile": ""})


def decide(identity: int, choices: Mapping[int, str], seen: int, by: str) -> None:
    """Keep decisions about rows (an empty one takes a decision back), and compare anew.

    Raises `TooLate`, `Stale`.
    """
    row = _row(identity)
    _check(row, Task.PLAN, seen)
    kept_ = {number: choice for number, choice in row.choices.items() if int(number) not in choices}
    kept_ |= {str(number): choice for number, choice in choices.items() if choice}
    if kept_ == row.choices:
        return
    _step(row, seen, State.WAITING, Task.PLAN, by, choices=kept_)
    _done("upload.decided", row, by, {"rows": len(choices)})


def speak_for(identity: int, county: str, why: Whole | None, seen: int, by: str) -> None:
    """Say why a snapshot holds a county whole, or take that back; it is compared anew.

    Raises `TooLate`, `Stale`.
    """
    row = _row(identity)
    _check(row, Task.PLAN, seen)
    kept_ = {code: held for code, held in row.choices.items() if code != county}
    if why is not None:
        kept_[county] = why.value
    if kept_ == row.choices:
        return
    _step(row, seen, State.WAITING, Task.PLAN, by, choices=kept_)
    _done("upload.spoken-for", row, by, {"area": county, "why": why.value if why else None})


def ask(identity: int, task: Task, seen: int, by: str) -> None:
    """Ask the worker for a task. Asking twice is harmless. Raises `TooLate`, `Stale`."""
    row = _row(identity)
    if row.state == State.WAITING and row.task == task:
        return
    _check(row, task, seen)
    _step(row, seen, State.WAITING, task, by)
    _done(f"upload.{task}-asked", row, by, {})


def drop(identity: int, by: str) -> None:
    """Take a file away that is not applied; its contents are erased. Raises `TooLate`."""
    row = _row(identity)
    if row.state == State.DROPPED:
        return
    if not may_drop(State(row.state)):
        raise TooLate
    gone = (row.blob, row.survey, row.plan)
    _step(row, row.version, State.DROPPED, Task(row.task), by, blob="", survey="", plan="")
    audit.record("upload.dropped", actor=by, subject=f"upload:{identity}")
    db.session.commit()
    kept.erase(*gone)


def _row(identity: int) -> Upload:
    row = db.session.get(Upload, identity, populate_existing=True)
    if row is None:
        raise TooLate
    return row


def _check(row: Upload, task: Task, seen: int) -> None:
    if not may_ask(State(row.state), task):
        raise TooLate
    if row.version != seen:
        raise Stale


def _step(row: Upload, seen: int, state: State, task: Task, by: str, **values: Any) -> None:
    """Change a row if nobody has since it was read: of two clicks one counts."""
    was = State(row.state)
    changed: CursorResult[Any] = db.session.execute(  # type: ignore[assignment]
        update(Upload)
        .where(Upload.id == row.id, Upload.version == seen, Upload.state == was)
        .values(
            state=state, task=task, asked_by=by, step=0, tries=0, trouble=None, version=seen + 1, **values
        )
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:
        db.session.rollback()
        raise Stale
    db.session.expire(row)


def _done(action: str, row: Upload, by: str, data: Mapping[str, object]) -> None:
    audit.record(action, actor=by, subject=f"upload:{row.id}", data=data)
    db.session.commit()
    call_worker()
