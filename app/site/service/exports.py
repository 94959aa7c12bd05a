"""Exports: asked for, written by the worker, fetched for a day, erased; every step is in the audit.

One with ways to reach residents is allowed by a second person first, and kept sealed like all of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from flask import current_app
from sqlalchemy import select, update

from app.accounts.queries import Staff
from app.accounts.rules import may
from app.areas import queries as areas
from app.core import audit, clock, codes, limits, sealing
from app.core.blobs import BlobError, Shelves
from app.core.pages import direction
from app.extensions import db
from app.site.model import Export
from app.site.queries import exports as reads
from app.site.rules import exporting as rules
from app.site.rules.exporting import Kind, State, Table
from app.site.service import workbook

_PURPOSE = "export"
_TWICE = timedelta(minutes=10)
"""The same file asked for again so soon, while it waits, is the same request: a double click."""


class Why(StrEnum):
    """Why something was refused; `app.site.forms.export_words` has the words."""

    KIND = "kind"
    AREA = "area"
    PURPOSE = "purpose"
    SHORT = "reason-short"
    LONG = "reason-long"
    OWN = "own"
    DECIDED = "decided"
    SLOW = "slow"


class Refused(Exception):  # noqa: N818 - refusing is right
    """Nothing was done, and why."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for; `language` is that of the headings."""

    kind: Kind
    form: rules.Form
    area: str
    language: str
    purpose: str = ""
    reason: str = ""


def ask(staff: Staff, wanted: Wanted) -> str:
    """Ask for a file and return the id of the request. Commits. Raises `Refused`."""
    _check(staff, wanted)
    now = clock.now()
    same = select(Export.id).where(
        Export.by == staff.id,
        Export.kind == wanted.kind,
        Export.form == wanted.form,
        Export.area == wanted.area,
        Export.state.in_((State.ASKED, State.WAITING)),
        Export.at > now - _TWICE,
    )
    known = db.session.scalar(same.limit(1))
    if known:
        return known
    if not limits.allow("export.ask", staff.id):
        raise Refused(Why.SLOW)
    personal = wanted.kind in rules.PERSONAL
    place = areas.place_of(wanted.area)
    row = Export(
        id=codes.mint(),
        kind=wanted.kind.value,
        form=wanted.form.value,
        language=wanted.language,
        area=wanted.area,
        place=place.area if place else wanted.area,
        by=staff.id,
        at=now,
        state=(State.ASKED if personal else State.WAITING).value,
        purpose=wanted.purpose if personal else "",
        reason=None,
        cut=False,
    )
    if personal:
        row.reason = sealing.seal_text(wanted.reason.strip(), reads.reason_context(row.id))
    db.session.add(row)
    _note("asked", row, by=staff.id)
    db.session.commit()
    return row.id


def _check(staff: Staff, wanted: Wanted) -> None:
    if not may(staff.grants, rules.RIGHTS[wanted.kind]):
        raise Refused(Why.KIND)
    if not rules.within(wanted.area, staff.grants, rules.RIGHTS[wanted.kind]):
        raise Refused(Why.AREA)
    if wanted.kind in rules.PERSONAL:
        if wanted.purpose not in rules.PURPOSES:
            raise Refused(Why.PURPOSE)
        length = len(wanted.reason.strip())
        if length < rules.SHORTEST_REASON:
            raise Refused(Why.SHORT)
        if length > rules.LONGEST_REASON:
            raise Refused(Why.LONG)


def decide(staff: Staff, identity: str, *, allow: bool) -> None:
    """Allow or decline a file with ways to reach residents. Commits. Raises `LookupError`, `Refused`."""
    row = db.session.get(Export, identity, with_for_update=True, populate_existing=True)
    if row is None or not rules.may_decide(staff.grants, row.place, own=False):
        raise LookupError(identity)
    if row.by == staff.id:
        db.session.rollback()
        raise Refused(Why.OWN)
    if row.state != State.ASKED:
        db.session.rollback()
        raise Refused(Why.DECIDED)
    row.state = (State.WAITING if allow else State.DECLINED).value
    row.decided_by, row.decided_at = staff.id, clock.now()
    _note("allowed" if allow else "declined", row, by=staff.id)
    db.session.commit()


def write_waiting(make: Callable[[Kind, Staff, str, str], Table]) -> int | None:
    """Write the files that wait, each in a transaction of its own; a job. Returns how many, or nothing.

    `make` gives the table of a kind for somebody in an area, in a language.
    """
    ids = db.session.scalars(select(Export.id).where(Export.state == State.WAITING).order_by(Export.at)).all()
    db.session.rollback()
    for identity in ids:
        _write(identity, make)
    return len(ids) or None


def _write(identity: str, make: Callable[[Kind, Staff, str, str], Table]) -> None:
    """Write one file; what goes wrong is logged by the worker, and the one who asked reads that it failed."""
    row = db.session.get_one(Export, identity)
    kind, by, area, language, form = Kind(row.kind), row.by, row.area, row.language, row.form
    staff = reads.acting(by)
    if staff is None or not rules.within(area, staff.grants, rules.RIGHTS[kind]):
        _end(identity, State.REFUSED)
        return
    try:
        table = make(kind, staff, area, language)
        rtl = direction(language) == "rtl"
        data = workbook.write(form, table.title, table.header, table.rows, rtl=rtl)
        blob = _shelves().put(data, _PURPOSE)
    except Exception:
        db.session.rollback()
        _end(identity, State.FAILED)
        raise
    db.session.rollback()
    done = db.session.execute(
        update(Export)
        .where(Export.id == identity, Export.state == State.WAITING)
        .values(
            state=State.READY.value,
            blob=blob,
            rows=len(table.rows),
            size=len(data),
            cut=table.cut,
            expires_at=clock.now() + rules.LIFE,
        )
    )
    if not done.rowcount:  # type: ignore[attr-defined]  # an update has one
        db.session.rollback()
        _shelves().delete(blob)
        return
    row = db.session.get_one(Export, identity, populate_existing=True)
    _note("made", row, by=audit.SYSTEM, rows=len(table.rows), bytes=len(data))
    db.session.commit()


def _end(identity: str, state: State) -> None:
    row = db.session.get_one(Export, identity, populate_existing=True)
    row.state = state.value
    if state is State.REFUSED:
        _note("refused", row, by=audit.SYSTEM)
    db.session.commit()


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is sent."""

    name: str
    mimetype: str
    data: bytes


def fetch(staff: Staff, identity: str) -> File:
    """Return a file to the one who asked for it, and record that. Commits. Raises `LookupError`.

    One with ways to reach residents ends ten minutes after it was first fetched.
    """
    row = db.session.get(Export, identity)
    now = clock.now()
    if row is None or row.by != staff.id or row.state != State.READY or row.blob is None:
        raise LookupError(identity)
    if row.expires_at is None or row.expires_at <= now:
        raise LookupError(identity)
    if not rules.within(row.area, staff.grants, rules.RIGHTS[Kind(row.kind)]):
        raise LookupError(identity)
    try:
        data = _shelves().get(row.blob, _PURPOSE)
    except BlobError as error:
        raise LookupError(identity) from error
    day = row.at.astimezone(clock.ZONE).strftime("%Y%m%d")
    name = f"{row.area}-{row.kind}-{day}.{row.form}"
    found = File(name, workbook.TYPES[row.form], data)
    if row.kind in rules.PERSONAL:
        row.expires_at = min(row.expires_at, now + rules.AGAIN)
    _note("read", row, by=staff.id, rows=row.rows, bytes=row.size)
    db.session.commit()
    return found


def erase_old() -> int | None:
    """Erase files whose day is over; a job. Returns how many, or nothing. The rows stay."""
    old = (
        select(Export)
        .where(Export.state == State.READY, Export.expires_at <= clock.now())
        .order_by(Export.at)
    )
    rows = db.session.scalars(old).all()
    for row in rows:
        blob, row.blob, row.state = row.blob, None, State.GONE.value
        _note("erased", row, by=audit.SYSTEM)
        db.session.commit()
        if blob:
            _shelves().delete(blob)
    return len(rows) or None


def _shelves() -> Shelves:
    settings = current_app.extensions["settings"]
    return Shelves(settings.data / "exports", sealing.keyring())


def _note(step: str, row: Export, *, by: str, **more: int | None) -> None:
    data = {"kind": row.kind, "form": row.form, "area": row.area, "purpose": row.purpose, **more}
    audit.record(f"export.{step}", actor=by, subject=f"{row.place}/{row.id}", data=data)
