"""A case, the units that have it, and its steps."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Instant
from app.extensions import Base


class Case(Base):
    """A report in the hands of an office. What routed it stays with it, whatever the tables say later."""

    __tablename__ = "case"
    __table_args__ = (
        Index("ix_case_place_state", "place", "state"),
        Index("ix_case_lead_state", "lead", "state"),
        Index("ix_case_facility", "facility"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(Text, unique=True)
    access_hash: Mapped[str] = mapped_column(Text, unique=True)
    version: Mapped[int] = mapped_column()
    place: Mapped[str] = mapped_column(Text)
    area: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(Text)
    severity: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    form: Mapped[str] = mapped_column(Text)
    facility: Mapped[str | None] = mapped_column(Text)
    about: Mapped[str | None] = mapped_column(Text)
    """Unit a case of conduct is about; it never sees the case."""
    language: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(Text)
    """`web`, or `phone` when a worker took it down; no account is kept with it."""
    anonymous: Mapped[bool]
    sensitive: Mapped[bool]
    child_safety: Mapped[str] = mapped_column(Text)
    """`danger`, `past`, `none` or `unsure`, as the resident answered."""
    emergency_call: Mapped[str] = mapped_column(Text)
    """`called`, `cannot`, `not-needed`; asked for the gravest cases."""
    state: Mapped[str] = mapped_column(Text)
    lead: Mapped[str | None] = mapped_column(Text)
    no_return: Mapped[bool]
    rule_version: Mapped[str] = mapped_column(Text)
    rule: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The route as it was chosen: units, basis, clocks."""
    registered_at: Mapped[datetime] = mapped_column(Instant)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    """Set by every step, so that the version grows even where the state stays."""
    replied_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    reopened: Mapped[int]
    extended: Mapped[bool]
    rating: Mapped[int | None]
    """One to five as rated; none stays none and is never counted as satisfied."""
    solved: Mapped[str] = mapped_column(Text)
    """`yes`, `no`, `partly` or empty, as the resident said."""
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    outcome: Mapped[dict[str, str]] = mapped_column(JSON)
    """Outcome cleared for the public, by language; empty until somebody has cleared it."""
    outcome_on: Mapped[date | None]
    told: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Sealed: what happened, where, when, name of the facility as typed."""
    contact: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Sealed apart: name and ways to reach the resident, if given."""
    hold_reason: Mapped[str] = mapped_column(Text)
    contact_erased_on: Mapped[date | None]
    disposed_on: Mapped[date | None]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - so that nobody overwrites another's step


class CaseUnit(Base):
    """A unit's time with a case: who had it, in which part, from when to when (the relay)."""

    __tablename__ = "case_unit"
    __table_args__ = (Index("ix_case_unit_unit_role", "unit", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    unit: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    """`lead`, `co`, `inform` or `territory`."""
    since: Mapped[datetime] = mapped_column(Instant)
    until: Mapped[datetime | None] = mapped_column(Instant)


class CaseEvent(Base):
    """One step, in order. Coded facts only: words of people are messages, and sealed."""

    __tablename__ = "case_event"
    __table_args__ = (UniqueConstraint("case_id", "seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    event: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(Text)
    account: Mapped[str | None] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    target: Mapped[str] = mapped_column(Text)
    public: Mapped[bool]
    data: Mapped[dict[str, Any]] = mapped_column(JSON)


class CaseClock(Base):
    """A date that is owed. The first date stays for ever beside the present one."""

    __tablename__ = "case_clock"
    __table_args__ = (Index("ix_case_clock_stopped_at_due_at", "stopped_at", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(Text)
    task: Mapped[int | None]
    started_at: Mapped[datetime] = mapped_column(Instant)
    amount: Mapped[int]
    measure: Mapped[str] = mapped_column(Text)
    first_due_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    status: Mapped[str] = mapped_column(Text)
    paused_at: Mapped[datetime | None] = mapped_column(Instant)
    paused_days: Mapped[int]
    extended_days: Mapped[int]
    stopped_at: Mapped[datetime | None] = mapped_column(Instant)
    overdue_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the sweep first saw it late; never taken back."""


class CaseAlarm(Base):
    """A rung of the ladder that has been climbed: once a clock and rung, whatever stops in between."""

    __tablename__ = "case_alarm"

    clock: Mapped[int] = mapped_column(ForeignKey("case_clock.id"), primary_key=True)
    rung: Mapped[str] = mapped_column(Text, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    unit: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)
    meant_for: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime | None] = mapped_column(Instant)
    seen_by: Mapped[str | None] = mapped_column(Text)
