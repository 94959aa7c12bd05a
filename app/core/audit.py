"""What was done, by whom, in a chain that shows if it was touched.

    audit.record("account.disabled", actor=staff.id, subject=account.id)
    db.session.commit()

A row is written in the caller's transaction and carries the keyed hash of itself and of the row before it.
The newest hash also stands in a row of its own (it puts appends in order) and, once a minute, in a file
beside the keys: without it, cutting off the newest rows would show nowhere. `verify` reads the whole chain.
Rows hold codes and ids, never names, words of residents, addresses or secrets.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from flask import current_app, g
from sqlalchemy import JSON, RowMapping, Text, func, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Instant
from app.extensions import Base, db
from app.settings import Settings, secret

SYSTEM = "system"
"""Actor of what a command or a job did."""
RESIDENT = "resident"
"""Actor of what somebody without an account did."""
_HEAD = 1
_BATCH = 1000


class Audit(Base):
    """One thing that was done. Never changed and never deleted."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    actor: Mapped[str] = mapped_column(Text, index=True)
    action: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text, index=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(Text)


class AuditHead(Base):
    """The end of the chain: number and hash of the newest row. There is one, made by the migration."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(Text)


class AuditError(RuntimeError):
    """The chain cannot be continued, so nothing that must be recorded may be done."""


class Why(StrEnum):
    """What is wrong with a chain."""

    EDITED = "edited"
    """The row does not match its hash, or not the row before it."""
    MISSING = "missing"
    """There is no row of this number."""
    ADDED = "added"
    """The row stands outside the chain."""
    HEAD = "head"
    """The end of the chain is not what its own row says."""
    CUT = "cut"
    """The chain is shorter than, or different from, what was anchored beside the keys."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the chain holds, how many rows were read, and the first one that is wrong."""

    ok: bool
    count: int
    first_bad_id: int | None = None
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class _End:
    """A point of the chain: the number of a row and its hash."""

    seq: int = 0
    hash: str = ""


def record(
    action: str, *, actor: str | None = None, subject: str = "", data: Mapping[str, object] | None = None
) -> int:
    """Append a row in the present transaction and return its number; the caller commits.

    Without an actor it is the staff member of this request (`g.audit_actor`), else the system. What they do
    with a right that somebody lent them says for whom (`g.audit_for`). Appends wait for one another until the
    transaction ends. Raises `AuditError` if the end of the chain is gone.
    """
    actor = actor or g.get("audit_actor") or SYSTEM
    lender = {"for": g.audit_for} if g.get("audit_for") and actor == g.get("audit_actor") else {}
    head = AuditHead.__table__
    step = update(AuditHead).where(head.c.id == _HEAD).values(seq=head.c.seq + 1)
    end = db.session.execute(
        step.returning(head.c.seq, head.c.hash).execution_options(synchronize_session=False)
    ).one_or_none()
    if end is None:
        raise AuditError("The end of the audit chain is missing. Run: flask audit verify")
    row = {
        "id": end.seq,
        "at": clock.now(),
        "actor": actor,
        "action": action,
        "subject": subject,
        "data": json.loads(json.dumps({**(data or {}), **lender})),
        "previous": end.hash,
    }
    found = _hash(_key(), row)
    db.session.execute(insert(Audit), {**row, "hash": found})
    db.session.execute(
        update(AuditHead)
        .where(head.c.id == _HEAD)
        .values(hash=found)
        .execution_options(synchronize_session=False)
    )
    return int(end.seq)


def verify() -> Verdict:
    """Read the whole chain and compare it with its end and with the anchor beside the keys."""
    reader = _Reader(_read_anchor(_anchor_file()) or _End())
    try:
        reader.read()
    except _BadRow as bad:
        return Verdict(ok=False, count=reader.end.seq, first_bad_id=bad.id, why=bad.why)
    return Verdict(ok=True, count=reader.end.seq)


class _BadRow(Exception):  # noqa: N818 - it is the row that is wrong
    """The first row that is wrong."""

    def __init__(self, number: int, why: Why) -> None:
        self.id = number
        self.why = why
        super().__init__(number, why)


class _Reader:
    """Reads the chain from its first row; `end` is how far it holds."""

    def __init__(self, anchor: _End) -> None:
        self.end = _End()
        self._anchor = anchor

    def read(self) -> None:
        """Read to the end; what was appended meanwhile is read too. Raises `_BadRow`."""
        outside: int | None = 1
        while outside is not None:
            head = self._read_to_head()
            outside = db.session.scalar(
                select(func.min(Audit.id)).where((Audit.id > head.seq) | (Audit.id < 1))
            )
            if outside is not None and _head() == head:
                raise _BadRow(outside, Why.ADDED)
        if self.end.seq < self._anchor.seq:
            raise _BadRow(self.end.seq + 1, Why.CUT)

    def _read_to_head(self) -> _End:
        head = _head()
        if head is None:
            raise _BadRow(self.end.seq + 1, Why.HEAD)
        for row in _rows(self.end.seq, head.seq):
            why = _fault(row, self.end)
            if why:
                raise _BadRow(self.end.seq + 1 if why == Why.MISSING else row["id"], why)
            if row["id"] == self._anchor.seq and row["hash"] != self._anchor.hash:
                raise _BadRow(row["id"], Why.CUT)
            self.end = _End(row["id"], row["hash"])
        if self.end.seq < head.seq:
            raise _BadRow(self.end.seq + 1, Why.MISSING)
        if self.end.hash != head.hash:
            raise _BadRow(self.end.seq, Why.HEAD)
        return head


def anchor() -> int | None:
    """Write the end of the chain beside the keys; a job. Returns its number, or nothing if it stands there.

    The anchor only moves along the chain: raises `AuditError` where the rows since the last do not follow.
    """
    path = _anchor_file()
    old, head = _read_anchor(path) or _End(), _head()
    if head == old:
        return None
    end = old
    for row in _rows(old.seq, head.seq if head else 0):
        if _fault(row, end):
            break
        end = _End(row["id"], row["hash"])
    if head is None or end != head:
        raise AuditError("The audit chain does not follow from its anchor. Run: flask audit verify")
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump({"seq": end.seq, "hash": end.hash, "at": clock.now().isoformat()}, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return end.seq


def _rows(after: int, to: int) -> Iterator[RowMapping]:
    """Yield the rows of a stretch of the chain, in order, a batch at a time."""
    while after < to:
        part = (
            select(Audit.__table__).where(Audit.id > after, Audit.id <= to).order_by(Audit.id).limit(_BATCH)
        )
        rows = db.session.execute(part).mappings().all()
        if not rows:
            return
        yield from rows
        after = rows[-1]["id"]


def _fault(row: RowMapping, before: _End) -> Why | None:
    """Say what is wrong with a row that should follow `before`."""
    if row["id"] != before.seq + 1:
        return Why.MISSING
    whole = row["previous"] == before.hash and hmac.compare_digest(row["hash"], _hash(_key(), row))
    return None if whole else Why.EDITED


def _head() -> _End | None:
    found = db.session.execute(
        select(AuditHead.seq, AuditHead.hash).where(AuditHead.id == _HEAD)
    ).one_or_none()
    return _End(found.seq, found.hash) if found else None


def _hash(key: bytes, row: Mapping[str, Any] | RowMapping) -> str:
    parts = [row["id"], row["at"].isoformat(), *(row[name] for name in _WORDS)]
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


_WORDS = ("actor", "action", "subject", "data", "previous")


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _key() -> bytes:
    return secret(_settings(), "audit").encode()


def _anchor_file() -> Path:
    return _settings().keys / "audit-head"


def _read_anchor(path: Path) -> _End | None:
    try:
        raw = json.loads(path.read_text("utf-8"))
        return _End(int(raw["seq"]), str(raw["hash"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise AuditError(f"{path} cannot be read; restore it from a copy of the keys.") from error
