"""Tables of pages that join rooms: exports."""

from datetime import datetime

from sqlalchemy import LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Instant
from app.extensions import Base


class Export(Base):
    """A file that somebody asked for. The row stays when the file is erased."""

    __tablename__ = "export"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    form: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    """The language of its headings."""
    area: Mapped[str] = mapped_column(Text)
    """Division code that it is limited to."""
    place: Mapped[str] = mapped_column(Text)
    """Division code of the place whose second person decides."""
    by: Mapped[str] = mapped_column(Text, index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(Text, index=True)
    purpose: Mapped[str] = mapped_column(Text)
    reason: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Why, in words, sealed."""
    decided_by: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    expires_at: Mapped[datetime | None] = mapped_column(Instant)
    blob: Mapped[str | None] = mapped_column(Text)
    """Name of the sealed file in the folder `exports` of the data directory."""
    rows: Mapped[int | None]
    size: Mapped[int | None]
    """Bytes."""
    cut: Mapped[bool]
    """There were more rows than a file may have."""
