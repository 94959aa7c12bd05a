"""Bringing the database to the newest tables. Imported by the command line and readiness check only."""

import re
from pathlib import Path

from flask import Flask

from app.core import outbox  # noqa: F401 - its table, which no web page asks for

FOLDER = Path(__file__).resolve().parent.parent / "migrations"
_REVISION = re.compile(r"^(\d{4})_\w+\.py$")


def newest() -> str:
    """Return the number of the newest migration, read from the file names."""
    return max(match[1] for path in (FOLDER / "versions").iterdir() if (match := _REVISION.match(path.name)))


def upgrade(app: Flask, revision: str = "head") -> None:
    """Run the migrations up to a revision. Idempotent."""
    from alembic import command  # noqa: PLC0415 - web workers must stay light
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["app"] = app
    command.upgrade(config, revision)


def downgrade(app: Flask, revision: str) -> None:
    """Take migrations back to a revision (`base` for none)."""
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["app"] = app
    command.downgrade(config, revision)
