"""Tables of the counter: edits and what was taken back of them, records that wait for their day, photos."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Instant
from app.extensions import Base


class Edit(Base):
    """One act of somebody behind the counter: a field of one facility, or of several at once."""

    __tablename__ = "facility_edit"

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(Text, unique=True)
    """Of the form: what is sent twice is done once."""
    what: Mapped[str] = mapped_column(Text)
    """`one` or `several`."""
    field: Mapped[str] = mapped_column(Text)
    facilities: Mapped[list[str]] = mapped_column(JSON)
    observed_on: Mapped[date]
    account: Mapped[str] = mapped_column(Text, index=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(Text)
    """`applied` or `undone`."""
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
    undone_by: Mapped[str | None] = mapped_column(Text)


class TakenBack(Base):
    """An observation that was taken back. It counts for nothing any more, and is kept to be seen."""

    __tablename__ = "observation_taken_back"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    """The number it had as an observation; another one may have it now."""
    facility: Mapped[str] = mapped_column(ForeignKey("facility.id", ondelete="CASCADE"), index=True)
    field: Mapped[str] = mapped_column(Text)
    value: Mapped[Any] = mapped_column(JSON(none_as_null=False), nullable=True)
    source: Mapped[str] = mapped_column(Text)
    observed_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(Text)
    edit: Mapped[int | None]
    taken_at: Mapped[datetime] = mapped_column(Instant)
    taken_by: Mapped[str] = mapped_column(Text)
    """Account that took it back."""


class Recorded(Base):
    """An assessment, inspection or the like that is public from a day on; before, nothing public has it."""

    __tablename__ = "facility_record"
    __table_args__ = (Index("ix_facility_record_state", "state", "publish_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    facility: Mapped[str] = mapped_column(ForeignKey("facility.id", ondelete="CASCADE"), index=True)
    row: Mapped[dict[str, Any]] = mapped_column(JSON)
    """As a row of the field `records`."""
    publish_on: Mapped[date]
    token: Mapped[str] = mapped_column(Text, unique=True)
    state: Mapped[str] = mapped_column(Text)
    """`waiting`, `published` or `withdrawn`."""
    account: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(Text)
    """Role and office, as of an observation."""
    made_at: Mapped[datetime] = mapped_column(Instant)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)


class Photo(Base):
    """A photo of a facility, in the order of `place`. Of one that was removed no picture is left."""

    __tablename__ = "facility_photo"
    __table_args__ = (Index("ix_facility_photo_facility", "facility", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    facility: Mapped[str] = mapped_column(ForeignKey("facility.id", ondelete="CASCADE"))
    place: Mapped[int]
    view: Mapped[str] = mapped_column(Text)
    """Sealed file of the picture made anew; empty once it was removed."""
    thumb: Mapped[str] = mapped_column(Text)
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]
    """Bytes of the large picture."""
    says: Mapped[dict[str, str]] = mapped_column(JSON)
    """What is to be seen, by language; in Chinese always."""
    taken_on: Mapped[date | None]
    token: Mapped[str] = mapped_column(Text, unique=True)
    account: Mapped[str] = mapped_column(Text)
    """Who added it and vouched that no child can be recognised and the owner agrees."""
    added_at: Mapped[datetime] = mapped_column(Instant)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)
    removed_by: Mapped[str | None] = mapped_column(Text)
