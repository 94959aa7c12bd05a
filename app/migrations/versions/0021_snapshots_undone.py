"""Register snapshots that can be taken back: what was before them, who recorded what; layouts of ledgers."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("snapshot", sa.Integer(), nullable=True))
        batch_op.create_index(op.f("ix_observation_snapshot"), ["snapshot"], unique=False)
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("upload", sa.Integer(), nullable=True))
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.add_column(sa.Column("layout", sa.JSON(), nullable=True))
    op.create_table(
        "filing_before",
        sa.Column("snapshot", sa.Integer(), nullable=False),
        sa.Column("facility", sa.Text(), nullable=False),
        sa.Column("filing", sa.JSON(), nullable=True),
        sa.Column("place", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["snapshot"], ["snapshot.id"], name=op.f("fk_filing_before_snapshot")),
        sa.PrimaryKeyConstraint("snapshot", "facility", name=op.f("pk_filing_before")),
    )


def downgrade() -> None:
    op.drop_table("filing_before")
    op.drop_column("upload", "layout")
    op.drop_column("snapshot", "upload")  # not in a batch: other tables point to this one
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_observation_snapshot"))
        batch_op.drop_column("snapshot")
