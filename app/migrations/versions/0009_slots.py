"""Places free for a day, the day a facility opens, its places, and how many people live in an area."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "population",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("figure", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["place"], ["place.area"], name=op.f("fk_population_place")),
        sa.PrimaryKeyConstraint("area", "year", name=op.f("pk_population")),
    )
    op.create_table(
        "slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("band", sa.Text(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=True),
        sa.Column("closes", sa.Integer(), nullable=True),
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=False),
        sa.Column("confirmed_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["facility"], ["facility.id"], name=op.f("fk_slot_facility"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot")),
        sa.UniqueConstraint("facility", "date", "band", name=op.f("uq_slot_facility_date_band")),
    )
    op.create_index("ix_slot_expires_at", "slot", ["expires_at"], unique=False)
    op.add_column("facility", sa.Column("places", sa.Integer(), nullable=True))
    op.add_column("facility", sa.Column("vacancies_on", sa.Date(), nullable=True))
    op.add_column("facility", sa.Column("opens_on", sa.Date(), nullable=True))
    # What ships is read again, so that the new columns are filled.
    op.execute("DELETE FROM content_load WHERE name = 'facilities'")


def downgrade() -> None:
    for name in ("opens_on", "vacancies_on", "places"):
        op.drop_column("facility", name)
    op.drop_index("ix_slot_expires_at", table_name="slot")
    op.drop_table("slot")
    op.drop_table("population")
