"""Edits of facilities behind the counter, what was taken back of them, photos, records with a day to come."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("edit", sa.Integer(), nullable=True))
        batch_op.create_index(op.f("ix_observation_edit"), ["edit"], unique=False)
    op.create_table(
        "facility_edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("facilities", sa.JSON(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("undone_at", INSTANT, nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facility_edit")),
        sa.UniqueConstraint("token", name=op.f("uq_facility_edit_token")),
    )
    with op.batch_alter_table("facility_edit", schema=None) as batch_op:
        batch_op.create_index(op.f("ix_facility_edit_account"), ["account"], unique=False)
    op.create_table(
        "observation_taken_back",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("facility", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("edit", sa.Integer(), nullable=True),
        sa.Column("taken_at", INSTANT, nullable=False),
        sa.Column("taken_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["facility"],
            ["facility.id"],
            name=op.f("fk_observation_taken_back_facility"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation_taken_back")),
    )
    with op.batch_alter_table("observation_taken_back", schema=None) as batch_op:
        batch_op.create_index(op.f("ix_observation_taken_back_facility"), ["facility"], unique=False)
    op.create_table(
        "facility_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility", sa.Text(), nullable=False),
        sa.Column("row", sa.JSON(), nullable=False),
        sa.Column("publish_on", sa.Date(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["facility"], ["facility.id"], name=op.f("fk_facility_record_facility"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facility_record")),
        sa.UniqueConstraint("token", name=op.f("uq_facility_record_token")),
    )
    with op.batch_alter_table("facility_record", schema=None) as batch_op:
        batch_op.create_index(op.f("ix_facility_record_facility"), ["facility"], unique=False)
        batch_op.create_index("ix_facility_record_state", ["state", "publish_on"], unique=False)
    op.create_table(
        "facility_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("view", sa.Text(), nullable=False),
        sa.Column("thumb", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("says", sa.JSON(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("removed_at", INSTANT, nullable=True),
        sa.Column("removed_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["facility"], ["facility.id"], name=op.f("fk_facility_photo_facility"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facility_photo")),
        sa.UniqueConstraint("token", name=op.f("uq_facility_photo_token")),
    )
    with op.batch_alter_table("facility_photo", schema=None) as batch_op:
        batch_op.create_index("ix_facility_photo_facility", ["facility", "place"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("facility_photo", schema=None) as batch_op:
        batch_op.drop_index("ix_facility_photo_facility")
    op.drop_table("facility_photo")
    with op.batch_alter_table("facility_record", schema=None) as batch_op:
        batch_op.drop_index("ix_facility_record_state")
        batch_op.drop_index(op.f("ix_facility_record_facility"))
    op.drop_table("facility_record")
    with op.batch_alter_table("observation_taken_back", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_observation_taken_back_facility"))
    op.drop_table("observation_taken_back")
    with op.batch_alter_table("facility_edit", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_facility_edit_account"))
    op.drop_table("facility_edit")
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_observation_edit"))
        batch_op.drop_column("edit")
