"""Tables of events, bookings and experts."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Instant
from app.extensions import Base


class Event(Base):
    """Something families can come to, or a round of home visits. Times are moments; places count families."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_place_starts_at", "place", "starts_at"),)

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    place: Mapped[str] = mapped_column(ForeignKey("area.code"))
    township: Mapped[str | None] = mapped_column(ForeignKey("area.code"))
    kind: Mapped[str] = mapped_column(Text)
    topic: Mapped[str] = mapped_column(Text)
    titles: Mapped[dict[str, str]] = mapped_column(JSON)
    about: Mapped[dict[str, str]] = mapped_column(JSON)
    venues: Mapped[dict[str, str]] = mapped_column(JSON)
    organiser: Mapped[str | None] = mapped_column(Text)
    """Code of the office that holds it."""
    phone: Mapped[str] = mapped_column(Text)
    expert: Mapped[str | None] = mapped_column(Text)
    languages: Mapped[list[str]] = mapped_column(JSON)
    from_months: Mapped[int | None]
    to_months: Mapped[int | None]
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    places: Mapped[int | None]
    booking_from: Mapped[datetime | None] = mapped_column(Instant)
    booking_until: Mapped[datetime | None] = mapped_column(Instant)
    status: Mapped[str] = mapped_column(Text)
    reasons: Mapped[dict[str, str]] = mapped_column(JSON)
    """Why it was cancelled."""
    families: Mapped[int | None]
    children: Mapped[int | None]
    sequence: Mapped[int]
    """Grows with each change, for calendars that hold it (RFC 5545, SEQUENCE)."""
    pack: Mapped[str | None] = mapped_column(Text)
    """The pack that shipped it, none for one made here."""


class Booking(Base):
    """A family's place. Of who they are it holds a telephone number at most, sealed and soon erased."""

    __tablename__ = "booking"

    id: Mapped[int] = mapped_column(primary_key=True)
    event: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    request: Mapped[str] = mapped_column(Text, unique=True)
    """Hash of the form that made it, so that a form sent twice is one booking."""
    code: Mapped[str] = mapped_column(Text, unique=True)
    """Keyed hash of the code."""
    adults: Mapped[int]
    children: Mapped[int]
    telephone: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Instant)


class Expert(Base):
    """Somebody who advises families and agreed to stand here."""

    __tablename__ = "expert"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    place: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    position: Mapped[int]
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    titles: Mapped[dict[str, str]] = mapped_column(JSON)
    organisations: Mapped[dict[str, str]] = mapped_column(JSON)
    about: Mapped[dict[str, str]] = mapped_column(JSON)
    field: Mapped[str] = mapped_column(Text)
    topics: Mapped[list[str]] = mapped_column(JSON)
    languages: Mapped[list[str]] = mapped_column(JSON)
    agreed_on: Mapped[date]
    """The day on which the person agreed to be named here."""
    pack: Mapped[str | None] = mapped_column(Text)
    """The pack that shipped it; none once it was made or changed behind the counter."""
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    """Grows with each change."""
    withdrawn: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The person agrees no longer; the row stays so that a pack does not bring them back."""
