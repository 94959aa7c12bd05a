"""What a resident has typed so far: kept sealed for a day, under a hash of what only their browser holds."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from app.cases.model import CaseDraft, CaseFile
from app.cases.rules.report import Report
from app.core import blobs, clock, photos, sealing
from app.extensions import db

LIFE = timedelta(hours=24)
AFTER_SENDING = timedelta(hours=1)
"""How long the receipt of a sent report can be shown again to the same browser."""
ORIGINAL, VIEW, THUMB = "case-original", "case-view", "case-thumb"


class DraftGone(Exception):  # noqa: N818 - it went, by rule
    """There is no such draft, or its day is over."""


class TooMany(Exception):  # noqa: N818 - a limit, told beforehand
    """There are as many files of a kind as may be sent."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a draft or case, as pages show it."""

    id: str
    kind: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft and its files."""

    report: Report
    files: tuple[Attached, ...]
    expires_at: datetime
    sent: bool


def key_of(token: str) -> str:
    """Return the key under which a browser's draft is kept."""
    return sealing.keyed_hash("drafts", token)


def begin(**answers: Any) -> str:
    """Make a draft and return the token that only the browser will hold."""
    token = secrets.token_urlsafe(24)
    now = clock.now()
    row = CaseDraft(
        key=key_of(token), touched_at=now, expires_at=now + LIFE, case_id=None, confirmed=False, words=None
    )
    db.session.add(row)
    _write(row, Report(**answers))
    db.session.commit()
    return token


def row_of(token: str, *, lock: bool = False) -> CaseDraft:
    """Return the row of a draft. Raises `DraftGone`."""
    row = db.session.get(CaseDraft, key_of(token), with_for_update=lock or None) if token else None
    if row is None or row.expires_at <= clock.now() or (row.words is None and row.case_id is None):
        raise DraftGone
    return row


def load(token: str) -> Draft:
    """Return a draft. Raises `DraftGone`."""
    row = row_of(token)
    return Draft(read(row), files(draft=row.key), row.expires_at, sent=row.case_id is not None)


def read(row: CaseDraft) -> Report:
    """Return what a draft holds."""
    return Report.read(sealing.open_json(row.words, f"draft:{row.key}")) if row.words else Report()


def save(token: str, answers: Mapping[str, Any]) -> Draft:
    """Add answers to a draft and let its day start anew. Raises `DraftGone`, also for one that was sent."""
    row = row_of(token)
    if row.case_id is not None:
        raise DraftGone
    _write(row, Report.read({**asdict(read(row)), **answers}))
    row.touched_at = clock.now()
    row.expires_at = row.touched_at + LIFE
    db.session.commit()
    return load(token)


def _write(row: CaseDraft, report: Report) -> None:
    row.words = sealing.seal_json(asdict(report), f"draft:{row.key}")


def add_file(token: str, kind: str, name: str, data: bytes) -> None:
    """Add a photo or paper. Raises `DraftGone`, `TooMany`, `photos.FileRefused`, `blobs.StorageFull`."""
    row = row_of(token)
    here = [item for item in files(draft=row.key) if item.kind == kind]
    if len(here) >= (photos.PHOTOS if kind == "photo" else photos.PDFS):
        raise TooMany
    file = store(kind, name, data)
    file.draft, file.position = row.key, len(here)
    db.session.add(file)
    db.session.commit()


def store(kind: str, name: str, data: bytes) -> CaseFile:
    """Check a file, seal its original, make a clean picture of a photo; returns a row not yet added."""
    view = thumb = None
    if kind == "photo":
        photo = photos.read_photo(data, name)
        view, thumb = blobs.put(photo.jpeg, VIEW), blobs.put(photo.thumbnail, THUMB)
    else:
        photos.read_pdf(data, name)
    original = blobs.put(data, ORIGINAL)
    file = CaseFile(
        id=secrets.token_hex(12),
        kind=kind,
        size=len(data),
        original=original,
        view=view,
        thumb=thumb,
        position=0,
        added_at=clock.now(),
    )
    file.name = sealing.seal_text(name[-120:], f"file:{file.id}")
    return file


def files(*, draft: str | None = None, case: int | None = None) -> tuple[Attached, ...]:
    """Return the files of a draft or of a case, in order."""
    query = select(CaseFile).order_by(CaseFile.added_at, CaseFile.position)
    query = query.where(CaseFile.draft == draft) if draft else query.where(CaseFile.case_id == case)
    return tuple(attached(row) for row in db.session.scalars(query))


def attached(row: CaseFile) -> Attached:
    """Return a file as pages show it."""
    return Attached(row.id, row.kind, sealing.open_text(row.name, f"file:{row.id}"), row.size)


def picture(token: str, file_id: str) -> bytes:
    """Return the small picture of a draft's photo. Raises `DraftGone`, `LookupError`."""
    row = row_of(token)
    file = db.session.get(CaseFile, file_id)
    if file is None or file.draft != row.key or file.thumb is None:
        raise LookupError(file_id)
    return blobs.get(file.thumb, THUMB)


def remove_file(token: str, file_id: str) -> None:
    """Remove a file of a draft; one that is not there is fine. Raises `DraftGone`."""
    row = row_of(token)
    file = db.session.get(CaseFile, file_id)
    if file is not None and file.draft == row.key:
        _forget([file], [])


def discard(token: str) -> None:
    """Throw a draft away with its files."""
    try:
        row = row_of(token)
    except DraftGone:
        return
    unsent = select(CaseFile).where(CaseFile.draft == row.key, CaseFile.case_id.is_(None))
    _forget(list(db.session.scalars(unsent)), [row.key])


def _forget(files: list[CaseFile], keys: list[str]) -> None:
    """Delete rows first, then the sealed files: what is left over by a crash is swept as an orphan."""
    gone = [blob for row in files for blob in (row.original, row.view, row.thumb) if blob]
    for row in files:
        db.session.delete(row)
    db.session.flush()
    db.session.execute(delete(CaseDraft).where(CaseDraft.key.in_(keys)))
    db.session.commit()
    for blob in gone:
        blobs.delete(blob)


def sweep() -> int:
    """Throw away drafts whose day is over; returns how many."""
    over = select(CaseDraft.key).where(CaseDraft.expires_at <= clock.now())
    keys = list(db.session.scalars(over))
    if keys:
        unsent = select(CaseFile).where(CaseFile.draft.in_(keys), CaseFile.case_id.is_(None))
        _forget(list(db.session.scalars(unsent)), keys)
    return len(keys)
