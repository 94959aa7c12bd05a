"""What a resident reads of a case, in order: public steps and words. Nothing internal is even fetched."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.cases.model import Case, CaseEvent, CaseFile, CaseMessage
from app.cases.rules import contexts
from app.cases.rules.words import REPLY_PARTS
from app.core import sealing
from app.extensions import db

Names = Mapping[str, str]

SPOKEN = frozenset({"message", "question", "answer", "update", "reply"})
"""Kinds of words that are an entry of their own."""
UNSAID = frozenset({"approve"})
"""Public steps whose words say more: the reply itself is the entry."""


@dataclass(frozen=True, slots=True)
class File:
    """A photo or paper as its sender sees it."""

    id: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry: a step (`dispatch`, `sign` …) or words (`question`, `reply` …)."""

    at: datetime
    code: str
    mine: bool
    unit: Names
    to: Names
    text: str
    parts: Mapping[str, str]
    data: Mapping[str, Any]
    files: tuple[File, ...] = field(default=())


def files_of(case: Case) -> dict[int | None, tuple[File, ...]]:
    """Return the files of a case by the message they came with; None is the report itself."""
    query = select(CaseFile).where(CaseFile.case_id == case.id).order_by(CaseFile.added_at, CaseFile.position)
    found: dict[int | None, tuple[File, ...]] = {}
    for row in db.session.scalars(query):
        name = sealing.open_text(row.name, contexts.file_name(row.id))
        found[row.message] = (*found.get(row.message, ()), File(row.id, row.kind, name))
    return found


def happenings(case: Case, named: Mapping[str, Names]) -> tuple[Happening, ...]:
    """Return the public history of a case, oldest first."""
    query = select(CaseMessage).where(CaseMessage.case_id == case.id, CaseMessage.visibility == "public")
    words = {row.id: row for row in db.session.scalars(query.order_by(CaseMessage.id))}
    steps = list(
        db.session.scalars(
            select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.public).order_by(CaseEvent.seq)
        )
    )
    files = files_of(case)
    found: list[tuple[datetime, int, Happening]] = []
    said: set[int] = set()
    for step in steps:
        row = words.get(step.data.get("message") or 0)
        if row is not None:
            said.add(row.id)
        if step.event in UNSAID:
            continue
        if row is not None and step.event in SPOKEN:
            found.append((step.at, step.seq, _words(case, row, named, files)))
        else:
            found.append((step.at, step.seq, _step(case, step, row, named)))
    last = steps[-1].seq if steps else 0
    alone = (row for row in words.values() if row.id not in said and row.kind in SPOKEN)
    found += [(row.at, last, _words(case, row, named, files)) for row in alone]
    return tuple(each for _at, _seq, each in sorted(found, key=lambda entry: entry[:2]))


def _step(case: Case, step: CaseEvent, row: CaseMessage | None, named: Mapping[str, Names]) -> Happening:
    unit = step.unit or step.data.get("from") or ""
    return Happening(
        at=step.at,
        code=step.event,
        mine=step.actor == "resident",
        unit=named.get(unit, {}),
        to=named.get(step.data.get("to") or step.unit, {}),
        text=_read(case, row) if row else "",
        parts={},
        data=step.data,
    )


def _words(
    case: Case, row: CaseMessage, named: Mapping[str, Names], files: Mapping[int | None, tuple[File, ...]]
) -> Happening:
    text = _read(case, row)
    parts = _parts(text) if row.kind == "reply" else {}
    return Happening(
        at=row.at,
        code=row.kind,
        mine=row.author == "resident",
        unit=named.get(row.unit, {}),
        to={},
        text="" if parts else text,
        parts=parts,
        data={},
        files=files.get(row.id, ()),
    )


def _read(case: Case, row: CaseMessage) -> str:
    return sealing.open_text(row.words, contexts.words(case.number, row.id)) if row.words else ""


def _parts(text: str) -> dict[str, str]:
    """Return the elements of a reply in their order; a decision of a review is plain words and has none."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return {name: str(found.get(name, "")) for name in REPLY_PARTS} if isinstance(found, dict) else {}
