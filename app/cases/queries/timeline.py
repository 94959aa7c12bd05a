"""What was said and done in a case, in order; who may read each entry is part of it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.accounts.queries import person
from app.cases.model import Case, CaseEvent, CaseFile, CaseMessage
from app.cases.rules import contexts
from app.core import sealing
from app.extensions import db

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A step or words. `public` ones are on the resident's page; all others stay with the offices."""

    at: datetime
    kind: str
    """`step`, or the kind of a message."""
    code: str
    """Code of the step; empty for words."""
    author: str
    """`resident`, `unit` or `system`."""
    names: Names
    """Name of the officer, for colleagues."""
    unit_names: Names
    public: bool
    text: str
    text_public: bool
    """The step may be on the resident's page and its reason not."""
    parts: Mapping[str, str]
    """Elements of a reply; empty for anything else."""
    data: Mapping[str, Any]
    hidden: bool
    """There are words that may not be read now."""
    files: tuple[str, ...] = ()


def timeline(case: Case, named: Mapping[str, Names], *, resident_words: bool) -> tuple[Entry, ...]:
    """Return everything, oldest first. Without `resident_words` what a resident wrote is left closed."""
    people = _people()
    files: dict[int, list[str]] = {}
    for file in db.session.scalars(select(CaseFile).where(CaseFile.case_id == case.id)):
        if file.message is not None:
            files.setdefault(file.message, []).append(file.id)
    messages = list(db.session.scalars(select(CaseMessage).where(CaseMessage.case_id == case.id)))
    told = {row.id: row for row in messages}
    entries: list[tuple[datetime, int, Entry]] = []
    spoken: set[int] = set()
    for step in db.session.scalars(
        select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.seq)
    ):
        said = told.get(step.data.get("message", 0))
        if said is not None:
            spoken.add(said.id)
        entries.append((step.at, step.seq, _step(case, step, said, named, people, closed=not resident_words)))
    for row in messages:
        if row.id not in spoken:
            entry = _words(case, row, named, people, tuple(files.get(row.id, ())), closed=not resident_words)
            entries.append((row.at, 0, entry))
    return tuple(entry for _at, _seq, entry in sorted(entries, key=lambda each: each[:2]))


def _people() -> Callable[[str | None], Names]:
    """Return a look-up of officers' names that asks for each person once."""
    known: dict[str, Names] = {}

    def names(account: str | None) -> Names:
        if not account:
            return {}
        if account not in known:
            found = person(account)
            known[account] = found.names if found else {}
        return known[account]

    return names


def _step(
    case: Case,
    step: CaseEvent,
    said: CaseMessage | None,
    named: Mapping[str, Names],
    people: Callable[[str | None], Names],
    *,
    closed: bool,
) -> Entry:
    hidden = said is not None and (said.words is None or (closed and said.author == "resident"))
    return Entry(
        at=step.at,
        kind="step",
        code=step.event,
        author=step.actor,
        names=people(step.account),
        unit_names=named.get(step.unit, {}),
        public=step.public,
        text="" if said is None or hidden else read(case, said),
        text_public=said is not None and said.visibility == "public",
        parts={},
        data={**step.data, "to_names": named.get(step.data.get("to") or "", {})},
        hidden=hidden,
    )


def _words(
    case: Case,
    row: CaseMessage,
    named: Mapping[str, Names],
    people: Callable[[str | None], Names],
    files: tuple[str, ...],
    *,
    closed: bool,
) -> Entry:
    hidden = row.words is None or (closed and row.author == "resident")
    text = "" if hidden else read(case, row)
    parts = _parts(text) if row.kind == "reply" else {}
    return Entry(
        at=row.at,
        kind=row.kind,
        code="",
        author=row.author,
        names=people(row.account),
        unit_names=named.get(row.unit, {}),
        public=row.visibility == "public",
        text="" if parts else text,
        text_public=row.visibility == "public",
        parts=parts,
        data={},
        hidden=hidden,
        files=() if hidden else files,
    )


def read(case: Case, row: CaseMessage) -> str:
    """Return the words of a message; empty when they were erased."""
    return sealing.open_text(row.words, contexts.words(case.number, row.id)) if row.words else ""


def _parts(text: str) -> dict[str, str]:
    """Return the elements of a reply; a decision of a review is plain words and has none."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
