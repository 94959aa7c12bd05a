"""Tables of staff: accounts, what they may do, their sessions, invitations and recovery codes.

Residents have no accounts. No address, no browser and no time of a read is kept of anybody. Units, areas and
facilities are codes, not references: packs are loaded anew as a whole.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Instant
from app.extensions import Base


class Account(Base):
    """A member of staff. State: invited, active or disabled."""

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    handle: Mapped[str] = mapped_column(Text, unique=True)
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(Text)
    password: Mapped[str | None] = mapped_column(Text)
    """Argon2id, with its parameters."""
    totp: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The secret of the authenticator, sealed; nobody reads it back, administrators included."""
    totp_step: Mapped[int] = mapped_column(BigInteger)
    """Number of the newest 30-second step whose code was used: no code is taken twice (RFC 6238, 5.2)."""
    session_stamp: Mapped[int]
    """Grows when every session must end; sessions carry the stamp they began with."""
    fictional: Mapped[bool]
    """Made for the fictional county; cannot sign in where that county is left out."""
    created: Mapped[datetime] = mapped_column(Instant)
    changed: Mapped[datetime] = mapped_column(Instant)


class AccountGrant(Base):
    """A role of an account, for a unit, an area and, for providers, a facility; "" where there is none."""

    __tablename__ = "account_grant"

    account: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True)
    role: Mapped[str] = mapped_column(Text, primary_key=True)
    unit: Mapped[str] = mapped_column(Text, primary_key=True)
    area: Mapped[str] = mapped_column(Text, primary_key=True)
    facility: Mapped[str] = mapped_column(Text, primary_key=True)


class StaffSession(Base):
    """Somebody who signed in, or stands between password and one-time code (`half`)."""

    __tablename__ = "staff_session"

    token: Mapped[str] = mapped_column(Text, primary_key=True)
    """Keyed hash of what the browser holds."""
    account: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    half: Mapped[bool]
    stamp: Mapped[int]
    created: Mapped[datetime] = mapped_column(Instant)
    confirmed: Mapped[datetime] = mapped_column(Instant)
    """When this person last proved to be there, with a code or a password."""


class RecoveryCode(Base):
    """Keyed hash of a code that stands in for the authenticator, once. A used one is deleted."""

    __tablename__ = "recovery_code"

    account: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)


class Invitation(Base):
    """The one-time link of an account that is to choose a password. An account has one at most."""

    __tablename__ = "invitation"

    account: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True)
    token: Mapped[str] = mapped_column(Text, unique=True)
    """Keyed hash of what the link, and later the browser, holds."""
    expires: Mapped[datetime] = mapped_column(Instant)


class Cover(Base):
    """Rights that somebody hands to a colleague from one day to another, both included."""

    __tablename__ = "cover"
    __table_args__ = (Index("ix_cover_taker_state", "taker", "state"),)

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    request: Mapped[str] = mapped_column(Text, unique=True)
    """Hash of the form that asked for it, so that a form sent twice is one cover."""
    giver: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    taker: Mapped[str] = mapped_column(ForeignKey("account.id"))
    grants: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """What is lent (`rules.cover.as_json`); what of it holds is reckoned each time."""
    first: Mapped[date]
    last: Mapped[date]
    reason: Mapped[bytes] = mapped_column(LargeBinary)
    """Sealed."""
    state: Mapped[str] = mapped_column(Text, index=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[str | None] = mapped_column(Text)
    """Account that agreed or declined; None where nobody needed to."""
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_by: Mapped[str | None] = mapped_column(Text)
