"""Taking a file in at the counter: is it a table, is it small enough, then sealed and put in line."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.core import audit, clock
from app.core.codes import without_identity_numbers
from app.extensions import db
from app.facilities.loading import kept
from app.facilities.loading.ledger.container import kind_of
from app.facilities.model import Upload
from app.facilities.queries.uploads import waiting_in
from app.facilities.rules.uploads import KEPT, MOST_WAITING, OPEN, Kind, State, Task
from app.facilities.service.uploads.calling import call_worker

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Brought:
    """A file as it came."""

    kind: Kind
    area: str
    name: str
    data: bytes
    on: date | None = None


class TooManyWait(Exception):  # noqa: N818 - nobody made an error
    """So many files of this area wait already that another is refused."""


def bring(file: Brought, by: str) -> int:
    """Keep a file and ask the worker to look at it. Returns its number; the same file sent twice is one.

    Raises `RefusedFileError` before anything is unpacked, `TooManyWait`, `StorageFull`.
    """
    name = harmless(file.name)
    with kept.opened(file.data, "file") as path:
        kind_of(path, name)
    digest = hashlib.sha256(file.data).hexdigest()
    same = select(Upload.id).where(
        Upload.kind == file.kind,
        Upload.area == file.area,
        Upload.digest == digest,
        Upload.by == by,
        Upload.state.in_(OPEN),
    )
    there = db.session.scalar(same.order_by(Upload.id.desc()))
    if there is not None:
        return there
    if waiting_in(file.kind, file.area) >= MOST_WAITING:
        raise TooManyWait
    now = clock.now()
    row = Upload(
        kind=file.kind,
        area=file.area,
        file=name,
        size=len(file.data),
        digest=digest,
        by=by,
        asked_by=by,
        made_at=now,
        ends_at=now + KEPT,
        state=State.WAITING,
        task=Task.SURVEY if file.kind is Kind.LEDGER else Task.PLAN,
        step=0,
        tries=0,
        version=1,
        profile="",
        on=file.on,
        choices={},
        layout=None,
        stamp="",
        counts={},
        trouble=None,
        blob=kept.keep(file.data, kept.FILE),
        survey="",
        plan="",
        ledger=None,
    )
    db.session.add(row)
    db.session.flush()
    audit.record(
        "upload.brought", actor=by, subject=f"upload:{row.id}", data={"kind": file.kind, "area": file.area}
    )
    db.session.commit()
    call_worker()
    return row.id


def harmless(name: str) -> str:
    """Return what a file is called, as it may be shown and recorded: no path, no number of a person."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    text = "".join(each for each in without_identity_numbers(last) if each.isprintable()).strip(" .")
    stem, dot, ending = text.rpartition(".")
    if not dot:
        return text[:_LONGEST] or "ledger"
    return f"{stem[:_LONGEST]}.{ending[:8]}"
