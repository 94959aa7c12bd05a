"""Tables of guidance: sources, the ledger of facts, texts and their revisions.

Topics and age bands are small lists of the content files and are read from them (`loading/lists.py`).
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Instant
from app.extensions import Base


class GuideSource(Base):
    """A document that facts and texts rest on."""

    __tablename__ = "guide_source"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    position: Mapped[int]
    titles: Mapped[dict[str, str]] = mapped_column(JSON)
    number: Mapped[str] = mapped_column(Text)
    publishers: Mapped[dict[str, str]] = mapped_column(JSON)
    issued_on: Mapped[str] = mapped_column(Text)
    """A day, a month or a year (`2022-11-19`, `2025-02`, `2020`), as far as it is known; "" is not at all."""
    status: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    read: Mapped[str] = mapped_column(Text)
    notes: Mapped[dict[str, str]] = mapped_column(JSON)
    stamp: Mapped[str] = mapped_column(Text)
    """Digest of the row of the file it came from; a row that says something else now was edited here."""
    version: Mapped[int] = mapped_column(default=1)


class GuideFact(Base):
    """A figure or a statement, said once for all languages."""

    __tablename__ = "guide_fact"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    theme: Mapped[str] = mapped_column(Text)
    position: Mapped[int]
    says: Mapped[dict[str, str]] = mapped_column(JSON)
    low: Mapped[str | None] = mapped_column(Text)
    """The number as it is written, with a decimal point; None for a statement."""
    high: Mapped[str | None] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(Text)
    bands: Mapped[list[str]] = mapped_column(JSON)
    source: Mapped[str] = mapped_column(Text, index=True)
    """Id of a source, `national:<id>` or `<area>:<id>` of a document of the country or a place."""
    clause: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    superseded_by: Mapped[str | None] = mapped_column(Text)
    see_also: Mapped[str | None] = mapped_column(Text)
    confidence: Mapped[str] = mapped_column(Text)
    checked_on: Mapped[date]
    quotes: Mapped[dict[str, str]] = mapped_column(JSON)
    stamp: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)


class GuideFactChange(Base):
    """What a fact said before and after a change. Rows are only ever added."""

    __tablename__ = "guide_fact_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, index=True)
    """Not a foreign key: the history outlives the fact."""
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(Text)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class GuideText(Base):
    """What is the same in all languages of a text: the record of its source revision that stands."""

    __tablename__ = "guide_text"

    slug: Mapped[str] = mapped_column(Text, primary_key=True)
    topic: Mapped[str] = mapped_column(Text, index=True)
    kind: Mapped[str] = mapped_column(Text)
    bands: Mapped[list[str]] = mapped_column(JSON)
    audience: Mapped[list[str]] = mapped_column(JSON)
    risk: Mapped[str] = mapped_column(Text)
    review_months: Mapped[int]
    category: Mapped[str | None] = mapped_column(Text)
    tool: Mapped[str | None] = mapped_column(Text)
    related: Mapped[list[str]] = mapped_column(JSON)
    sources: Mapped[list[str]] = mapped_column(JSON)
    place: Mapped[str | None] = mapped_column(Text, index=True)
    written_on: Mapped[date]
    valid_until: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    """Grows with every change of the text in any language: a form that shows an older one is stale."""


class GuideRevision(Base):
    """A text in one language as it stood at a moment. What was published is never changed, only replaced."""

    __tablename__ = "guide_revision"
    __table_args__ = (
        UniqueConstraint("slug", "language", "n"),
        Index("ix_guide_revision_state", "state", "language"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(ForeignKey("guide_text.slug"))
    language: Mapped[str] = mapped_column(Text)
    n: Mapped[int]
    """Number within the text and language, from 1."""
    title: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    record: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Of a source revision: the fields of `GuideText` that it brings. Empty in translations."""
    figures: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    """Of a source revision: what its facts stated then (`loading.ledger.Fact.figure`)."""
    says: Mapped[str] = mapped_column(Text)
    """Of a source revision: its stamp (`rules.stamps.stamp`), which translations name. Else ""."""
    made_by: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(Text)
    """Role and office or id of an account; `content` for what came from a file."""
    note: Mapped[str] = mapped_column(Text)
    change: Mapped[str] = mapped_column(Text)
    of_id: Mapped[int | None] = mapped_column(ForeignKey("guide_revision.id"))
    """The source revision that a translation was made of; None: not known, or a source."""
    base_id: Mapped[int | None] = mapped_column(ForeignKey("guide_revision.id"))
    """The revision that this one was edited from, or that it brings back."""
    state: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)
    """Of a draft: grows with each saving, so that nobody writes over another."""
    created_at: Mapped[datetime] = mapped_column(Instant)
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    publish_on: Mapped[date | None]
    """Of a draft that is ready: the day on which it is published."""
    expires_on: Mapped[date | None]
    """The first day on which it is not shown any more."""
    reviewer: Mapped[str] = mapped_column(Text)
    reviewer_title: Mapped[str] = mapped_column(Text)
    reviewer_organisation: Mapped[str] = mapped_column(Text)
    reviewed_on: Mapped[date | None]
    second_reader: Mapped[str] = mapped_column(Text)
    stamp: Mapped[str | None] = mapped_column(Text)
    """Digest of the file it came from; None: it was made here."""
    front: Mapped[str] = mapped_column(Text)
    """The front matter of that file as it stood there, so that an export gives it back; "" without one."""


class GuideAcknowledgement(Base):
    """Somebody looked at a translation and at a later source revision: nothing need be changed."""

    __tablename__ = "guide_acknowledgement"

    translation_id: Mapped[int] = mapped_column(ForeignKey("guide_revision.id"), primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("guide_revision.id"), primary_key=True)
    by: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)


class GuideSigner(Base):
    """Somebody who may put their name under texts, as the health commission entered them."""

    __tablename__ = "guide_signer"

    account: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    organisation: Mapped[str] = mapped_column(Text)
    field: Mapped[str] = mapped_column(Text)
    """What they know about (`rules.gates.FIELDS`); `medicine` makes them a clinician."""
    reads: Mapped[list[str]] = mapped_column(JSON)
    """Languages besides the source's that they read as their own."""
    proof: Mapped[str] = mapped_column(Text)
    """How that is known: which paper somebody saw, and when. Not shown to readers."""
    others: Mapped[dict[str, dict[str, str]] | None] = mapped_column(JSON)
    """`name`, `title` and `organisation` in other languages, by language, as far as they are given."""
    entered_by: Mapped[str] = mapped_column(Text)
    entered_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    """Since when they sign nothing any more; what they signed stays signed."""


class GuideVouch(Base):
    """Somebody's word for one revision, in one part. It goes when the words of a draft change."""

    __tablename__ = "guide_vouch"

    revision_id: Mapped[int] = mapped_column(ForeignKey("guide_revision.id"), primary_key=True)
    account: Mapped[str] = mapped_column(Text, primary_key=True)
    part: Mapped[str] = mapped_column(Text)
    how: Mapped[str] = mapped_column(Text)
    back: Mapped[str] = mapped_column(Text)
    """The translation back that a clinician read instead of the translation; kept on file."""
    named: Mapped[bool]
    name: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    organisation: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)


class GuideLink(Base):
    """An address outside that texts lead to, and how it answered. Nothing of what it answered is kept."""

    __tablename__ = "guide_link"

    address: Mapped[str] = mapped_column(Text, primary_key=True)
    state: Mapped[str] = mapped_column(Text)
    """`new`, `fine`, `gone` (it answered that there is nothing), `silent` (no answer), `inside` (not asked:
    it leads to a private network)."""
    status: Mapped[int]
    """Of its last answer; 0 without one."""
    checked_at: Mapped[datetime | None] = mapped_column(Instant)
    failing_since: Mapped[datetime | None] = mapped_column(Instant)


class GuideFeedback(Base):
    """What a reader says of a text: whether it helped, or what is wrong in a translation. Nothing of who."""

    __tablename__ = "guide_feedback"
    __table_args__ = (Index("ix_guide_feedback_state", "state", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(ForeignKey("guide_text.slug"))
    language: Mapped[str] = mapped_column(Text)
    """Of the words that were read."""
    revision: Mapped[int]
    """Number of the revision that was read, within the text and language."""
    kind: Mapped[str] = mapped_column(Text)
    """`helpful` or `translation`."""
    helpful: Mapped[bool | None]
    words: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Sealed JSON of what was written (`queries.feedback`); None: nothing, or erased once it was decided."""
    state: Mapped[str] = mapped_column(Text)
    """`open`: somebody should read it; `done`: it was read, or there is nothing to read."""
    made_at: Mapped[datetime] = mapped_column(Instant)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[str | None] = mapped_column(Text)
    """Account of who read it."""
