"""`flask db …`, `flask jobs …`: keeping the database new, doing what is due."""

import click
from flask import current_app
from flask.cli import AppGroup

database = AppGroup("db", help="Tables of the database.")


@database.command()
def upgrade() -> None:
    """Bring the tables to the newest migration. Idempotent."""
    from app.core import migrations

    migrations.upgrade(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001 - alembic needs the app itself
    click.echo(f"Tables are at migration {migrations.newest()}.")


@database.command()
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Take the tables back to a migration number, or `base`."""
    from app.core import migrations

    migrations.downgrade(current_app._get_current_object(), revision)  # type: ignore[attr-defined]  # noqa: SLF001
    click.echo(f"Tables are at migration {revision}.")


GROUPS = (database,)
