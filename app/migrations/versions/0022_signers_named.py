"""Signers of texts have their name, title and organisation in other languages too."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("guide_signer", sa.Column("others", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("guide_signer", "others")
