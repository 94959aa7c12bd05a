"""What the finder asks of a facility, in one index."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ASKED = [
    "area_code", "township_code", "status", "kind", "form", "inclusive", "care_mask", "age_mask",
    "food_mask", "language_mask", "need_mask", "day_mask", "opens", "closes", "opens_on", "band_mask",
    "vacancy_known_mask", "vacancy_yes_mask", "precision", "pack", "sort_key", "id",
]  # fmt: skip


def upgrade() -> None:
    op.create_index("ix_facility_asked", "facility", ASKED, unique=False)


def downgrade() -> None:
    op.drop_index("ix_facility_asked", table_name="facility")
