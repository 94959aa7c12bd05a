"""Compares what belongs together, after a crash or a restore: rows and files, sub-tasks and clocks, states.

What a crash can leave is put right: files that no row knows, half-written files, clocks of ended cases and of
sub-tasks that are done. What only a fault or a wrong restore can leave is counted, for a person to look at.
"""

from dataclasses import dataclass, fields
from datetime import timedelta

from sqlalchemy import ColumnElement, exists, func, select

from app.cases.model import Case, CaseClock, CaseEvent, CaseFile, CaseTask
from app.cases.rules.states import ENDED, OPEN, State
from app.core import blobs, clock
from app.extensions import db
from app.facilities.queries import photos as facility_photos

_OLD_ENOUGH = timedelta(days=2)
"""Age from which a file that no row knows is left over: a draft lives a day, its receipt an hour more."""
_AFTER_THE_END = frozenset({"rating", "reopen", "review"})
"""Clocks that an ended case may have: the resident's ways on."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was put right (the first four), and what a person must look at."""

    files_swept: int = 0
    parts_swept: int = 0
    clocks_stopped: int = 0
    task_clocks_stopped: int = 0
    files_missing: int = 0
    """Rows whose sealed file is gone: restore it from a backup."""
    cases_without_events: int = 0
    cases_without_clock: int = 0
    """Open cases that owe nothing to anybody: a half-written case, which one transaction cannot leave."""
    tasks_without_clock: int = 0

    @property
    def troubles(self) -> int:
        """Return how many things a person must look at."""
        mended = {"files_swept", "parts_swept", "clocks_stopped", "task_clocks_stopped"}
        return sum(getattr(self, each.name) for each in fields(self) if each.name not in mended)


def reconcile(*, older_than: timedelta = _OLD_ENOUGH) -> Found:
    """Put right what a crash left and count the rest. Commits. Raises `blobs.BlobError`.

    Files younger than `older_than` are left alone: somebody may be sending them now.
    """
    stopped, tasks_stopped = _stop_leftovers()
    known = known_blobs()
    swept = blobs.sweep(known, clock.now() - older_than)
    open_ones = Case.state.in_([state.value for state in OPEN])
    return Found(
        files_swept=swept.orphans,
        parts_swept=swept.parts,
        clocks_stopped=stopped,
        task_clocks_stopped=tasks_stopped,
        files_missing=len(blobs.missing(known)),
        cases_without_events=_count(~exists().where(CaseEvent.case_id == Case.id)),
        cases_without_clock=_count(
            open_ones & ~exists().where(CaseClock.case_id == Case.id, CaseClock.stopped_at.is_(None))
        ),
        tasks_without_clock=_tasks_without_clock(),
    )


def known_blobs() -> frozenset[str]:
    """Return every sealed file that a row knows, those of drafts and photos of facilities too."""
    rows = db.session.execute(select(CaseFile.original, CaseFile.view, CaseFile.thumb))
    return frozenset(blob for row in rows for blob in row if blob) | facility_photos.known_blobs()


def _stop_leftovers() -> tuple[int, int]:
    """Stop clocks that run on although what they are of is over."""
    ended = [state.value for state in ENDED | {State.DISPOSED}]
    running = select(CaseClock).where(CaseClock.stopped_at.is_(None)).with_for_update()
    over = running.join(Case).where(Case.state.in_(ended), CaseClock.name.not_in(_AFTER_THE_END))
    done = running.join(CaseTask, CaseTask.id == CaseClock.task).where(CaseTask.state != "open")
    counts = []
    for query in (over, done):
        rows = db.session.scalars(query).all()
        for row in rows:
            row.paused_at, row.stopped_at = None, clock.now()
        counts.append(len(rows))
    db.session.commit()
    return counts[0], counts[1]


def _tasks_without_clock() -> int:
    runs = exists().where(CaseClock.task == CaseTask.id, CaseClock.stopped_at.is_(None))
    open_case = exists().where(Case.id == CaseTask.case_id, Case.state == State.JOINT.value)
    query = select(func.count()).select_from(CaseTask).where(CaseTask.state == "open", open_case, ~runs)
    return db.session.scalar(query) or 0


def _count(where: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(Case).where(where)) or 0
