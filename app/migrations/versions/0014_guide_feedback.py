"""What readers say of texts of guidance."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "guide_feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["slug"], ["guide_text.slug"], name=op.f("fk_guide_feedback_slug")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_feedback")),
    )
    with op.batch_alter_table("guide_feedback", schema=None) as batch_op:
        batch_op.create_index("ix_guide_feedback_state", ["state", "slug"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("guide_feedback", schema=None) as batch_op:
        batch_op.drop_index("ix_guide_feedback_state")
    op.drop_table("guide_feedback")
