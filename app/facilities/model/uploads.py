"""Tables of the import screens: files that wait to be read in, and profiles made at the counter."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Instant
from app.extensions import Base


class Upload(Base):
    """A ledger or a register snapshot that somebody brought to the counter, and how far it has come.

    The file and what was found in it lie sealed beside the database (`service.uploads.shelf`); a row keeps
    their ids, the choices of the worker and counts. Neither names nor numbers of the file stand here.
    """

    __tablename__ = "upload"
    __table_args__ = (Index("ix_upload_area", "kind", "area", "id"), Index("ix_upload_state", "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    """`ledger` or `register`."""
    area: Mapped[str] = mapped_column(ForeignKey("area.code"))
    file: Mapped[str] = mapped_column(Text)
    """What the file is called, made harmless."""
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(Text)
    """Account that brought it."""
    made_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant, index=True)
    """When file and findings are erased."""
    state: Mapped[str] = mapped_column(Text)
    """As `rules.uploads.State`."""
    task: Mapped[str] = mapped_column(Text)
    """As `rules.uploads.Task`: what the job worker is asked to do, or did last."""
    step: Mapped[int]
    """Which part of the task is being done, from 1; 0 before it begins."""
    tries: Mapped[int]
    version: Mapped[int]
    """Grows with every change of a person's choices; a form of an older one is answered with both."""
    profile: Mapped[str] = mapped_column(Text)
    """Name of a shipped profile or of one of the place; empty: not chosen yet."""
    on: Mapped[date | None] = mapped_column("day")
    choices: Mapped[dict[str, str]] = mapped_column(JSON)
    """Row → a facility's id, `new` or `skip`; of a snapshot: county that is whole → `rules.uploads.Whole`."""
    layout: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """Which sheet is read and where its headings stand, as `rules.uploads.Layout`; None: found by itself."""
    asked_by: Mapped[str] = mapped_column(Text)
    """Account that asked for the task."""
    stamp: Mapped[str] = mapped_column(Text)
    """Digest of the plan as it is shown; only this very plan is applied."""
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    trouble: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """Why it cannot go on: a msgid and its values."""
    blob: Mapped[str] = mapped_column(Text)
    """The sealed file; empty once it is erased."""
    survey: Mapped[str] = mapped_column(Text)
    """What its columns look like, sealed."""
    plan: Mapped[str] = mapped_column(Text)
    """What it would do, sealed."""
    ledger: Mapped[int | None]
    """The import it became: of a ledger, or the number of the snapshot in the mirror."""


class FilingBefore(Base):
    """A row of the mirror as it was before a snapshot touched it; kept for as long as that can be undone."""

    __tablename__ = "filing_before"

    snapshot: Mapped[int] = mapped_column(ForeignKey("snapshot.id"), primary_key=True)
    facility: Mapped[str] = mapped_column(Text, primary_key=True)
    filing: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """The columns of `Filed`; None: there was no such row, and the snapshot made the facility."""
    place: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """Where the facility stood and where the snapshot put it: `before` and `after`, [area, pack, zoning]."""


class LedgerProfile(Base):
    """A profile that a place made for its ledgers: the same data as a file of `content/profiles/`."""

    __tablename__ = "ledger_profile"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    area: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    title: Mapped[str] = mapped_column(Text)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    version: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    changed_by: Mapped[str] = mapped_column(Text)
