"""`flask db …`, `flask keys …`: keeping the database new, turning keys; how faults are told."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import force_locale, gettext

from app.core import audit_cli
from app.core.faults import FaultyFiles
from app.core.i18n import SOURCE, Languages

database = AppGroup("db", help="Tables of the database.")
keys = AppGroup("keys", help="Secrets in the keys directory.")


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


@keys.command()
def rotate() -> None:
    """Seal with a new key from now on. The former one is kept: what it sealed still opens."""
    from app.core import sealing

    former = sealing.keyring().rotate()
    click.echo(
        f"New envelopes have a new key. The former one is kept as sealing.{former}. Copy the keys now."
    )


@contextmanager
def in_the_operators_language() -> Iterator[Callable[[str], str]]:
    """Give the function that translates into TUOYU_LANG (default: the source language)."""
    languages: Languages = current_app.extensions["languages"]
    code = languages.match_tag(os.environ.get("TUOYU_LANG", SOURCE)) or SOURCE
    with current_app.test_request_context(), force_locale(code.replace("-", "_")):
        yield gettext


def tell(error: FaultyFiles, limit: int = 500) -> click.ClickException:
    """Print every fault of some files, one a line, in TUOYU_LANG (default: the source language)."""
    with in_the_operators_language() as translate:
        for fault in error.faults[:limit]:
            click.echo(fault.text(translate), err=True)
        summary = gettext("%(count)s faults; nothing was written.", count=len(error.faults))
    return click.ClickException(summary)


GROUPS = (database, keys, audit_cli.group)
