"""What came of a task, before it is written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core.faults import N_, Fault
from app.facilities.rules.uploads import State
from app.facilities.service.uploads.telling import faults


@dataclass(frozen=True, slots=True)
class Outcome:
    """The state a file is in now, columns of its row that change, and what is to be sealed."""

    state: State
    values: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, tuple[Any, str]] = field(default_factory=dict)
    """Column → what it names, and the purpose it is sealed for."""
    trouble: dict[str, Any] | None = None


_SHOWN = 100
"""Rows that a refusal names one by one."""
_MORE = N_("And %(count)s more.")


def refused(
    sentence: str,
    values: Mapping[str, object] | None = None,
    state: State = State.FAILED,
    rows: Sequence[tuple[str, Mapping[str, object]]] = (),
) -> Outcome:
    """Return that a task cannot be done: a msgid and its values, and the same of each row it is about."""
    told = trouble(sentence, values)
    if rows:
        more = [trouble(each, of) for each, of in rows[:_SHOWN]]
        if len(rows) > _SHOWN:
            more.append(trouble(_MORE, {"count": len(rows) - _SHOWN}))
        told["more"] = more
    return Outcome(state, trouble=told)


def trouble(sentence: str, values: Mapping[str, object] | None = None) -> dict[str, Any]:
    """Return a sentence as a row keeps it."""
    shown = {key: value if isinstance(value, int) else str(value) for key, value in (values or {}).items()}
    return {"sentence": sentence, "values": shown}


def faulty(found: Sequence[Fault]) -> Outcome:
    """Return that files are wrong: the first faults, each with its row."""
    first, *more = faults(found)
    if len(more) > _SHOWN:
        more = [*more[:_SHOWN], trouble(_MORE, {"count": len(more) - _SHOWN})]
    return Outcome(State.FAILED, trouble={**first, "more": more})
