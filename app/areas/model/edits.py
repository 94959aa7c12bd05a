"""Tables of what is edited behind the counter: what the files said, and what was changed since."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Instant
from app.extensions import Base


class PackFile(Base):
    """A table of a pack as its file said when it was last loaded, cell by cell."""

    __tablename__ = "pack_file"

    place: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    rows: Mapped[list[dict[str, str]]] = mapped_column(JSON)


class PlaceChange(Base):
    """A change of one table of a place: rows by key, a row of None is taken out. Never deleted.

    Not a foreign key to the place: changes outlive their pack.
    """

    __tablename__ = "place_change"
    __table_args__ = (Index("ix_place_change_place_name", "place", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    """The table: `routing`, `hotlines` …, or `calendar:<region>:<year>`."""
    state: Mapped[str] = mapped_column(Text)
    """`draft`, `proposed`, `applied`, `discarded`."""
    version: Mapped[int] = mapped_column()
    """Grows with each step, so that nobody overwrites another's."""
    rows: Mapped[dict[str, Any]] = mapped_column(JSON)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The same rows as they stood when somebody first touched them."""
    base: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The same rows as the files said when the change was applied."""
    author: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)
    note: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    undoes: Mapped[int | None]
    """The change that this one takes back."""
    edition: Mapped[str] = mapped_column(Text)
    """Version of the rules that came of it; empty where there is none."""

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - so that nobody overwrites another's step
