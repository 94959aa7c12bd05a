"""How far a file that was brought to the counter has come, and what may be done with it then. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Kind(StrEnum):
    """What is brought."""

    LEDGER = "ledger"
    REGISTER = "register"


class State(StrEnum):
    """How far it has come."""

    WAITING = "waiting"
    """The job worker is to do `Upload.task`, or is doing it."""
    MATCHING = "matching"
    """Somebody has to say which profile reads it."""
    READY = "ready"
    """It was compared with the record; somebody has to look."""
    FAILED = "failed"
    """It cannot be read as it is; another profile may help."""
    APPLIED = "applied"
    UNDONE = "undone"
    DROPPED = "dropped"
    """Taken away by whoever brought it, or erased after its days."""


class Whole(StrEnum):
    """Why a snapshot that names less than half of a county's entries names all that there are."""

    CONFIRMED = "confirmed"
    """The office that keeps the register says so."""
    CLOSED = "closed"
    """Many have closed."""
    CLEANED = "cleaned"
    """Entries that were wrong have been taken out."""
    DIVIDED = "divided"
    """Divisions changed: others list them now."""


class Task(StrEnum):
    """What the job worker does with it."""

    SURVEY = "survey"
    """Look at its columns."""
    PLAN = "plan"
    """Read it and compare it with the record."""
    APPLY = "apply"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table stands in its file; by default it is found."""

    sheet: str = ""
    """Name of the sheet; empty: the first that is shown."""
    row: int = 0
    """Row of the headings, from 1; 0: found by what stands in it."""
    rows: int = 1
    """Rows that the headings take."""


MOST_HEADING_ROWS = 3
LAST_HEADING_ROW = 100
STEPS: Mapping[Task, int] = {Task.SURVEY: 1, Task.PLAN: 2, Task.APPLY: 2, Task.UNDO: 1}
"""Parts of a task that a page of progress tells apart."""
KEPT = timedelta(days=7)
"""How long a file waits that nobody applies."""
LOOKED_AT = timedelta(days=30)
"""How long what an applied file did can be looked at: as long as it can be undone."""
MOST_TRIES = 3
"""A task that stopped so often without an answer (the power, the memory) is given up."""
MOST_WAITING = 20
"""Files of one area that wait at once; more is a mistake or an attack on the disk."""

_NEXT: Mapping[State, frozenset[Task]] = {
    State.WAITING: frozenset(),
    State.MATCHING: frozenset({Task.SURVEY, Task.PLAN}),
    State.READY: frozenset({Task.SURVEY, Task.PLAN, Task.APPLY}),
    State.FAILED: frozenset({Task.SURVEY, Task.PLAN}),
    State.APPLIED: frozenset({Task.UNDO}),
    State.UNDONE: frozenset(),
    State.DROPPED: frozenset(),
}
OPEN = frozenset({State.WAITING, State.MATCHING, State.READY, State.FAILED})
"""States in which the file is still there."""


def may_ask(state: State, task: Task) -> bool:
    """Tell whether a task may be asked for in a state."""
    return task in _NEXT[state]


def may_drop(state: State) -> bool:
    """Tell whether the file can be taken away: not while it is worked on, not once it is applied."""
    return state in {State.MATCHING, State.READY, State.FAILED}
