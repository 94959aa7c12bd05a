"""Drafts of residents, and what the counter records about a case."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Instant
from app.extensions import Base


class CaseGate(Base):
    """That police, civil affairs, education or the prosecutor were told, or why not."""

    __tablename__ = "case_gate"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    told: Mapped[str] = mapped_column(Text)
    """`police`, `civil-affairs`, `education`, `prosecutor`, or `none` with a reason."""
    told_at: Mapped[datetime] = mapped_column(Instant)
    receipt: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)
    words: Mapped[bytes | None] = mapped_column(LargeBinary)


class CaseReveal(Base):
    """Somebody asked to read sealed words: why, who allowed it, until when."""

    __tablename__ = "case_reveal"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    what: Mapped[str] = mapped_column(Text)
    """`contact`, `told` or `originals`."""
    by: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)
    reason: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(Text)
    """`asked`, `allowed`, `declined`, `urgent` (read at once, looked at afterwards) or `confirmed`."""
    decided_by: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    expires_at: Mapped[datetime | None] = mapped_column(Instant)


class CaseNotice(Base):
    """A notice to the facility, made from a template that knows nothing of the resident."""

    __tablename__ = "case_notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    by: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)
    due_on: Mapped[date]
    words: Mapped[bytes] = mapped_column(LargeBinary)


class CaseDraft(Base):
    """What a resident has typed so far, sealed, for a day. The key is a hash of what their browser holds."""

    __tablename__ = "case_draft"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    touched_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    confirmed: Mapped[bool]
    words: Mapped[bytes | None] = mapped_column(LargeBinary)


class CaseInbox(Base):
    """An operator's word on whether a place takes cases; it stands above what the pack says."""

    __tablename__ = "case_inbox"

    place: Mapped[str] = mapped_column(Text, primary_key=True)
    state: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)
