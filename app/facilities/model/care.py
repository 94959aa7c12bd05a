"""Tables of care: sources, observations, the register's mirror, and the present record they add up to."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import SORTED, Instant
from app.extensions import Base


class Source(Base):
    """Who says so: a register snapshot, a county, a provider, or our own inference."""

    __tablename__ = "source"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    dated: Mapped[date | None]


_ASKED = (
    "area_code", "township_code", "status", "kind", "form", "inclusive", "care_mask", "age_mask",
    "food_mask", "language_mask", "need_mask", "day_mask", "opens", "closes", "opens_on", "band_mask",
    "vacancy_known_mask", "vacancy_yes_mask", "precision", "pack", "sort_key", "id",
)  # fmt: skip
"""What the finder filters, counts and orders by, so that its questions read this index and not the rows."""


class Facility(Base):
    """A place of care as it stands: a projection of its observations, rebuilt whenever they change."""

    __tablename__ = "facility"
    __table_args__ = (
        Index("ix_facility_area_name", "area_code", "sort_key", "id"),
        Index("ix_facility_township", "township_code"),
        Index("ix_facility_name", "sort_key", "id"),
        Index("ix_facility_updated", "updated_on", "id"),
        Index("ix_facility_asked", *_ASKED),
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    pack: Mapped[str | None] = mapped_column(Text, index=True)
    """The locality pack that ships this facility, if one does."""
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    township_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"))
    township_by: Mapped[str] = mapped_column(Text)
    zoning: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    aliases: Mapped[list[str]] = mapped_column(JSON)
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    readings: Mapped[str] = mapped_column(Text)
    """Pinyin of name and aliases, made when they are written."""
    sort_key: Mapped[str] = mapped_column(SORTED)
    kind: Mapped[str] = mapped_column(Text)
    kind_inferred: Mapped[bool]
    form: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    filing_number: Mapped[str | None] = mapped_column(Text)
    filed_on: Mapped[date | None]
    credit_code: Mapped[str | None] = mapped_column(Text, index=True)
    credit_state: Mapped[str] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column(Text)
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    precision: Mapped[str] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    opening: Mapped[str | None] = mapped_column(Text)
    opens: Mapped[int | None]
    closes: Mapped[int | None]
    day_mask: Mapped[int | None]
    holidays: Mapped[str | None] = mapped_column(Text)
    inclusive: Mapped[bool | None]
    demonstration: Mapped[bool | None]
    care_mask: Mapped[int | None]
    food_mask: Mapped[int | None]
    language_mask: Mapped[int | None]
    need_mask: Mapped[int | None]
    age_mask: Mapped[int | None] = mapped_column(BigInteger)
    band_mask: Mapped[int | None]
    vacancy_known_mask: Mapped[int]
    vacancy_yes_mask: Mapped[int]
    vacancies_on: Mapped[date | None]
    """The day of what the masks say: the newest day of a place free, else the oldest of a full class."""
    places: Mapped[int | None]
    """Places of all classes; None unless every class has reported its own."""
    opens_on: Mapped[date | None]
    """The first day on which it takes children, where one was announced."""
    updated_on: Mapped[date]
    source: Mapped[str] = mapped_column(ForeignKey("source.key"))


class Observed(Base):
    """One field of one facility as one source gave it on one day. Rows are added, never changed."""

    __tablename__ = "observation"
    __table_args__ = (Index("ix_observation_facility", "facility", "field", "observed_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    facility: Mapped[str] = mapped_column(ForeignKey("facility.id"))
    field: Mapped[str] = mapped_column(Text)
    value: Mapped[Any] = mapped_column(JSON(none_as_null=False))
    source: Mapped[str] = mapped_column(ForeignKey("source.key"))
    observed_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(Text)
    ledger: Mapped[int | None] = mapped_column(index=True)
    """The import of a ledger that recorded it; such rows go when that import is undone."""
    edit: Mapped[int | None] = mapped_column(index=True)
    """The edit behind the counter that recorded it, see `Edit`."""
    snapshot: Mapped[int | None] = mapped_column(index=True)
    """The register snapshot at the counter that recorded it; such rows go when it is taken back."""


class Fee(Base):
    """A published price, projected from the observed fees for filtering and sorting. `*` covers all."""

    __tablename__ = "fee"
    __table_args__ = (Index("ix_fee_facility", "facility", "component", "unit"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    facility: Mapped[str] = mapped_column(ForeignKey("facility.id"))
    care: Mapped[str] = mapped_column(Text)
    band: Mapped[str] = mapped_column(Text)
    component: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(Text)
    min_fen: Mapped[int]
    max_fen: Mapped[int]
    voluntary: Mapped[bool]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class Slot(Base):
    """Places free for a day of temporary care, as somebody confirmed them; nothing after `expires_at`."""

    __tablename__ = "slot"
    __table_args__ = (UniqueConstraint("facility", "date", "band"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    facility: Mapped[str] = mapped_column(ForeignKey("facility.id", ondelete="CASCADE"))
    on: Mapped[date] = mapped_column("date")
    band: Mapped[str] = mapped_column(Text)
    """Class band, or `*` for any age."""
    places: Mapped[int]
    opens: Mapped[int | None]
    """Minutes after midnight; None: from the opening."""
    closes: Mapped[int | None]
    said_by: Mapped[str] = mapped_column(Text)
    """Code of who said so; never a name."""
    confirmed_by: Mapped[str] = mapped_column(Text)
    """Account that confirmed it."""
    confirmed_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)


class SearchText(Base):
    """Folded texts of a document, as the SQL engine of `app.search` reads them."""

    __tablename__ = "search_text"

    kind: Mapped[str] = mapped_column(String, primary_key=True)
    doc_id: Mapped[str] = mapped_column(String, primary_key=True)
    folded: Mapped[str] = mapped_column(Text)
    pinyin: Mapped[str] = mapped_column(Text)


class Snapshot(Base):
    """One import of the filing register."""

    __tablename__ = "snapshot"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(ForeignKey("source.key"))
    taken_on: Mapped[date]
    digest: Mapped[str] = mapped_column(Text, unique=True)
    rows: Mapped[int]
    imported_at: Mapped[datetime]
    upload: Mapped[int | None]
    """The file at the counter that it came in; only such a snapshot can be taken back."""


class Filed(Base):
    """The register's row behind a facility: mirrored, never edited."""

    __tablename__ = "filing"
    __table_args__ = (UniqueConstraint("facility"), Index("ix_filing_zoning", "zoning"))

    id: Mapped[int] = mapped_column(primary_key=True)
    facility: Mapped[str] = mapped_column(ForeignKey("facility.id"))
    name: Mapped[str] = mapped_column(Text)
    alias: Mapped[str] = mapped_column(Text)
    credit_code: Mapped[str] = mapped_column(Text)
    code_state: Mapped[str] = mapped_column(Text)
    nature: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    filed_at: Mapped[datetime | None]
    zoning: Mapped[str] = mapped_column(Text)
    first_snapshot: Mapped[int] = mapped_column(ForeignKey("snapshot.id"))
    last_snapshot: Mapped[int] = mapped_column(ForeignKey("snapshot.id"))
    gone_in: Mapped[int | None] = mapped_column(ForeignKey("snapshot.id"))


class RegisterChange(Base):
    """How an entry of the register differed from the snapshot before."""

    __tablename__ = "register_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    snapshot: Mapped[int] = mapped_column(ForeignKey("snapshot.id"), index=True)
    facility: Mapped[str] = mapped_column(ForeignKey("facility.id"), index=True)
    kind: Mapped[str] = mapped_column(Text)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class LedgerImport(Base):
    """One ledger that was applied; its rows say what became of each entry."""

    __tablename__ = "ledger_import"
    __table_args__ = (Index("ix_ledger_import_source", "source", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(Text)
    """SHA-256 of the file."""
    file: Mapped[str] = mapped_column(Text)
    profile: Mapped[str] = mapped_column(Text)
    profile_digest: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(ForeignKey("source.key"))
    area: Mapped[str] = mapped_column(ForeignKey("area.code"))
    observed_on: Mapped[date]
    imported_at: Mapped[datetime] = mapped_column(Instant)
    imported_by: Mapped[str] = mapped_column(Text)
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(Text)
    """`applied` or `undone`."""
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
    undone_by: Mapped[str | None] = mapped_column(Text)


class LedgerRow(Base):
    """What became of one entry of a ledger; a worker's decision holds in later editions too."""

    __tablename__ = "ledger_row"
    __table_args__ = (UniqueConstraint("ledger", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ledger: Mapped[int] = mapped_column(ForeignKey("ledger_import.id"))
    row: Mapped[int]
    key: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    verdict: Mapped[str] = mapped_column(Text)
    """`certain`, `new`, `decided`, `decided-new`, `skipped` or `needs-worker` (still waiting)."""
    facility: Mapped[str | None] = mapped_column(Text, index=True)
    made: Mapped[bool]
    """Whether this import made the facility."""
    decided_by: Mapped[str | None] = mapped_column(Text)


class Proposal(Base):
    """A change of one fact that somebody asks for. State: open, approved or declined."""

    __tablename__ = "proposal"
    __table_args__ = (Index("ix_proposal_state_facility", "state", "facility"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    facility: Mapped[str] = mapped_column(ForeignKey("facility.id"))
    field: Mapped[str] = mapped_column(Text)
    value: Mapped[Any] = mapped_column(JSON(none_as_null=False), nullable=True)
    """What is right, as `rules.proposals` says: the value of the field, or one row of it."""
    before: Mapped[Any] = mapped_column(JSON(none_as_null=False), nullable=True)
    reason: Mapped[bytes | None]
    """How they know, sealed; erased once it is decided."""
    by: Mapped[str] = mapped_column(Text)
    """public, provider or staff"""
    account: Mapped[str | None] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[str | None] = mapped_column(Text)
    why: Mapped[str | None] = mapped_column(Text)
    note: Mapped[bytes | None]
    """What whoever decided wrote to colleagues, sealed."""


FACILITY = Facility.__table__.c
FEE = Fee.__table__.c
"""Plain columns: questions that read no objects are put in these, which costs less."""
