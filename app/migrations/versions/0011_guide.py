"""Guidance: sources, the ledger of facts, texts and their revisions."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "guide_source",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("publishers", sa.JSON(), nullable=False),
        sa.Column("issued_on", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("read", sa.Text(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_source")),
    )
    op.create_table(
        "guide_fact",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("says", sa.JSON(), nullable=False),
        sa.Column("low", sa.Text(), nullable=True),
        sa.Column("high", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("bands", sa.JSON(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("superseded_by", sa.Text(), nullable=True),
        sa.Column("see_also", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("quotes", sa.JSON(), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_guide_fact")),
    )
    op.create_index(op.f("ix_guide_fact_source"), "guide_fact", ["source"], unique=False)
    op.create_table(
        "guide_fact_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_fact_change")),
    )
    op.create_index(op.f("ix_guide_fact_change_key"), "guide_fact_change", ["key"], unique=False)
    op.create_table(
        "guide_text",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("bands", sa.JSON(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("risk", sa.Text(), nullable=False),
        sa.Column("review_months", sa.Integer(), nullable=False),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("tool", sa.Text(), nullable=True),
        sa.Column("related", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_guide_text")),
    )
    op.create_index(op.f("ix_guide_text_topic"), "guide_text", ["topic"], unique=False)
    op.create_index(op.f("ix_guide_text_place"), "guide_text", ["place"], unique=False)
    op.create_table(
        "guide_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("of_id", sa.Integer(), nullable=True),
        sa.Column("base_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("publish_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("reviewer_title", sa.Text(), nullable=False),
        sa.Column("reviewer_organisation", sa.Text(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("second_reader", sa.Text(), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=True),
        sa.Column("front", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["base_id"], ["guide_revision.id"], name=op.f("fk_guide_revision_base_id")),
        sa.ForeignKeyConstraint(["of_id"], ["guide_revision.id"], name=op.f("fk_guide_revision_of_id")),
        sa.ForeignKeyConstraint(["slug"], ["guide_text.slug"], name=op.f("fk_guide_revision_slug")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_revision")),
        sa.UniqueConstraint("slug", "language", "n", name=op.f("uq_guide_revision_slug_language_n")),
    )
    op.create_index("ix_guide_revision_state", "guide_revision", ["state", "language"], unique=False)
    op.create_table(
        "guide_acknowledgement",
        sa.Column("translation_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["guide_revision.id"], name=op.f("fk_guide_acknowledgement_source_id")
        ),
        sa.ForeignKeyConstraint(
            ["translation_id"], ["guide_revision.id"], name=op.f("fk_guide_acknowledgement_translation_id")
        ),
        sa.PrimaryKeyConstraint("translation_id", "source_id", name=op.f("pk_guide_acknowledgement")),
    )


def downgrade() -> None:
    op.drop_table("guide_acknowledgement")
    op.drop_index("ix_guide_revision_state", table_name="guide_revision")
    op.drop_table("guide_revision")
    op.drop_index(op.f("ix_guide_text_place"), table_name="guide_text")
    op.drop_index(op.f("ix_guide_text_topic"), table_name="guide_text")
    op.drop_table("guide_text")
    op.drop_index(op.f("ix_guide_fact_change_key"), table_name="guide_fact_change")
    op.drop_table("guide_fact_change")
    op.drop_index(op.f("ix_guide_fact_source"), table_name="guide_fact")
    op.drop_table("guide_fact")
    op.drop_table("guide_source")
