"""The outbox: notices to offices, written with what they are about and sent afterwards.

    outbox.post("overdue", unit, dedupe=f"clock:{clock.id}:due", subject=case.number, data={...})
    db.session.commit()

A row is written in the caller's transaction, so a notice is neither lost nor sent for something that did not
happen. The job worker sends it by mail at least once; a second try carries the same Message-ID. A gateway
that is away delays letters and nothing else. Without one a notice is `kept`: it stands at the counter only.
Rows hold codes, case numbers and dates, never names or words of anybody.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask import current_app
from sqlalchemy import JSON, Index, Text, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Instant
from app.core.sealing import keyed_hash
from app.extensions import Base, db

if TYPE_CHECKING:
    from app.core.mail import Letter

WAITING, SENT, KEPT, FAILED = "waiting", "sent", "kept", "failed"
_BATCH = 50
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
_GIVE_UP = timedelta(days=7)
"""A letter that could not be sent for so long is `failed` and stays to be seen."""
_REMEMBERED = timedelta(days=180)


class Outbox(Base):
    """A notice to an office. State: waiting, sent, kept (no mail there) or failed."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_state_next_at", "state", "next_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe: Mapped[str] = mapped_column(Text, unique=True)
    """What makes it the same notice: the second one of a kind is not written."""
    kind: Mapped[str] = mapped_column(Text)
    to_unit: Mapped[str] = mapped_column(Text, index=True)
    subject: Mapped[str] = mapped_column(Text)
    """Number of the case, or another public key."""
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    created: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(Text)
    tries: Mapped[int]
    next_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    error: Mapped[str] = mapped_column(Text)
    """Class of the last error; its text may hold an address and is not kept."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as the counter and the letter's writer see it."""

    kind: str
    to_unit: str
    subject: str
    data: Mapping[str, Any]
    created: datetime
    state: str
    letter: str
    """Id of its letter."""


Compose = Callable[[Notice], "Letter | None"]
"""Writes the letter of a notice; None where the office has no address."""


def post(
    kind: str, to_unit: str, *, dedupe: str, subject: str = "", data: Mapping[str, Any] | None = None
) -> bool:
    """Write a notice in the present transaction unless it is there already; says whether it was written."""
    now = clock.now()
    build = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = build(Outbox).values(
        dedupe=dedupe, kind=kind, to_unit=to_unit, subject=subject, data=dict(data or {}), created=now,
        state=WAITING, tries=0, next_at=now, sent_at=None, error="",
    )  # fmt: skip
    written = db.session.execute(row.on_conflict_do_nothing(index_elements=["dedupe"]).returning(Outbox.id))
    return written.one_or_none() is not None


def notices(units: Iterable[str], *, since: datetime) -> tuple[Notice, ...]:
    """Return the notices to some offices since a moment, newest first."""
    rows = db.session.scalars(
        select(Outbox)
        .where(Outbox.to_unit.in_(list(units)), Outbox.created >= since)
        .order_by(Outbox.created.desc(), Outbox.id.desc())
    )
    return tuple(_notice(row) for row in rows)


def counts() -> Mapping[str, int]:
    """Return how many notices wait, were sent, are kept, have failed."""
    states = list(db.session.scalars(select(Outbox.state)))
    return {state: states.count(state) for state in (WAITING, SENT, KEPT, FAILED)}


def deliver(compose: Compose) -> int | None:
    """Send what is due; a job. Returns how many letters left, None if there was nothing to do.

    Each try is written down before it is made, so that a letter whose sender dies is sent again, later.
    """
    from smtplib import SMTPException, SMTPServerDisconnected  # noqa: PLC0415 - the job worker's, as `mail`

    from app.core.mail import Gateway, Unsafe  # noqa: PLC0415

    settings = current_app.extensions["settings"]
    if not settings.smtp:
        _keep_all()
        return None
    due = _due()
    if not due:
        return None
    gateway, sent = Gateway(settings.smtp, settings.mail_from), 0
    try:
        with gateway.open() as server:
            for key in due:
                row = _begin(key)
                if row is None:
                    continue
                try:
                    letter = compose(_notice(row))
                    if letter is not None:
                        gateway.send(server, letter)
                except SMTPServerDisconnected:
                    raise
                except (SMTPException, ValueError, LookupError) as error:
                    _settle(row, WAITING if isinstance(error, SMTPException) else FAILED, error)
                else:
                    _settle(row, SENT if letter else KEPT)
                    sent += letter is not None
    except (OSError, SMTPException, Unsafe) as error:
        db.session.rollback()
        _postpone(due, error)
    return sent or None


def _keep_all() -> None:
    waiting = update(Outbox).where(Outbox.state == WAITING).values(state=KEPT)
    db.session.execute(waiting.execution_options(synchronize_session=False))
    db.session.commit()


def _due() -> list[int]:
    now = clock.now()
    query = select(Outbox.id).where(Outbox.state == WAITING, Outbox.next_at <= now).order_by(Outbox.id)
    found = list(db.session.scalars(query.limit(_BATCH)))
    db.session.rollback()
    return found


def _begin(key: int) -> Outbox | None:
    """Note a try before it is made. None where another worker has begun it."""
    now = clock.now()
    row = db.session.get(Outbox, key, populate_existing=True, with_for_update=True)
    if row is None or row.state != WAITING or row.next_at > now:
        db.session.rollback()
        return None
    _put_off(row)
    db.session.commit()
    return row


def _put_off(row: Outbox) -> None:
    row.next_at = clock.now() + min(_FIRST_WAIT * 2 ** min(row.tries, 10), _LONGEST_WAIT)
    row.tries += 1


def _settle(row: Outbox, state: str, error: Exception | None = None) -> None:
    now = clock.now()
    row.state = FAILED if state == WAITING and now - row.created > _GIVE_UP else state
    row.sent_at = now if state == SENT else None
    row.error = type(error).__name__ if error else ""
    db.session.commit()


def _postpone(due: Iterable[int], error: Exception) -> None:
    """Put off what this connection did not come to. Those it did have their next moment already."""
    for key in due:
        row = db.session.get(Outbox, key, populate_existing=True, with_for_update=True)
        if row is not None and row.state == WAITING:
            if row.next_at <= clock.now():
                _put_off(row)
            _settle(row, WAITING, error)
    db.session.commit()


def forget_old() -> int | None:
    """Delete what was sent or kept half a year ago; a job. Returns how many, or nothing."""
    old = delete(Outbox).where(Outbox.state.in_([SENT, KEPT]), Outbox.created < clock.now() - _REMEMBERED)
    gone = db.session.execute(old.execution_options(synchronize_session=False))
    db.session.commit()
    return int(getattr(gone, "rowcount", 0)) or None


def _notice(row: Outbox) -> Notice:
    return Notice(
        kind=row.kind,
        to_unit=row.to_unit,
        subject=row.subject,
        data=row.data,
        created=row.created,
        state=row.state,
        letter=keyed_hash("letters", row.dedupe)[:32],
    )
