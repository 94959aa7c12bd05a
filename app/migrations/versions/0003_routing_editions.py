"""Editions of who answers what; what a telephone number is for."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "routing_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_edition")),
    )
    with op.batch_alter_table("routing_edition", schema=None) as batch_op:
        batch_op.create_index("ix_routing_edition_place_version", ["place", "version"], unique=False)
    op.drop_table("routing")
    with op.batch_alter_table("hotline", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.Text(), nullable=False, server_default=""))
    read_content_again()


def downgrade() -> None:
    with op.batch_alter_table("hotline", schema=None) as batch_op:
        batch_op.drop_column("kind")
    op.create_table(
        "routing",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["place"], ["place.area"], name=op.f("fk_routing_place")),
        sa.PrimaryKeyConstraint("place", "priority", name=op.f("pk_routing")),
    )
    with op.batch_alter_table("routing_edition", schema=None) as batch_op:
        batch_op.drop_index("ix_routing_edition_place_version")
    op.drop_table("routing_edition")
    read_content_again()


def read_content_again() -> None:
    """Forget which content is loaded: the next `areas load` fills the tables that are empty now."""
    op.execute("DELETE FROM content_load WHERE name = 'areas'")
