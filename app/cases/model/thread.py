"""Words, photos, tasks and replies. What people wrote is sealed."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Instant
from app.extensions import Base


class CaseMessage(Base):
    """Words: between office and resident (`public`) or inside the offices (`internal`)."""

    __tablename__ = "case_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    author: Mapped[str] = mapped_column(Text)
    """`resident`, `unit` or `system`."""
    account: Mapped[str | None] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(Text)
    visibility: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    """`message`, `question`, `answer`, `note`, `reason`, `reply`, `update`."""
    words: Mapped[bytes | None] = mapped_column(LargeBinary)


class CaseFile(Base):
    """A photo or paper. The original is sealed; what is shown of a photo is a picture made anew."""

    __tablename__ = "case_file"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    draft: Mapped[str | None] = mapped_column(Text, index=True)
    message: Mapped[int | None]
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(Text)
    """`photo` or `pdf`."""
    name: Mapped[bytes] = mapped_column(LargeBinary)
    """Sealed: the name it had."""
    size: Mapped[int]
    original: Mapped[str] = mapped_column(Text)
    view: Mapped[str | None] = mapped_column(Text)
    thumb: Mapped[str | None] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(Instant)


class CaseTask(Base):
    """What another unit contributes to a joint case, by its own date."""

    __tablename__ = "case_task"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    unit: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(Text)
    """`open`, `done` or `overridden`."""
    asked: Mapped[bytes] = mapped_column(LargeBinary)
    answer: Mapped[bytes | None] = mapped_column(LargeBinary)


class CaseReply(Base):
    """A reply and its way through approval."""

    __tablename__ = "case_reply"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    drafter: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(Text)
    """`draft`, `proposed`, `approved` or `returned`."""
    approvers: Mapped[list[str]] = mapped_column(JSON)
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    words: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Sealed: facts, grounds, basis, decision, remedies."""


class CaseProposal(Base):
    """A step that needs a second person: proposed by one, taken by another."""

    __tablename__ = "case_proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    event: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(Text)
    """`open`, `taken` or `declined`."""
    decided_by: Mapped[str | None] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text)
    days: Mapped[int]
    words: Mapped[bytes | None] = mapped_column(LargeBinary)
