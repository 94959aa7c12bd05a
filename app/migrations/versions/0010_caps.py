"""What care may cost at most in a place."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("care", sa.Text(), nullable=False),
        sa.Column("band", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=True),
        sa.Column("percent", sa.Double(), nullable=True),
        sa.Column("figure_fen", sa.Integer(), nullable=True),
        sa.Column("figure_year", sa.Integer(), nullable=True),
        sa.Column("figure_source", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["place"], ["place.area"], name=op.f("fk_cap_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cap")),
    )
    op.create_index(op.f("ix_cap_place"), "cap", ["place"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_cap_place"), table_name="cap")
    op.drop_table("cap")
