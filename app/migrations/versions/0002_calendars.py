"""Work calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "workyear",
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("region", "year", name=op.f("pk_workyear")),
    )
    op.create_table(
        "workday",
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region", "year"], ["workyear.region", "workyear.year"], name=op.f("fk_workday_region_year")
        ),
        sa.PrimaryKeyConstraint("region", "year", "date", name=op.f("pk_workday")),
    )
    # The next load fills the tables, also when the files are those of before.
    op.execute("DELETE FROM content_load WHERE name = 'areas'")


def downgrade() -> None:
    op.drop_table("workday")
    op.drop_table("workyear")
