"""`flask audit …`: whether what was done was written down and stands as it was written."""

import click
from flask.cli import AppGroup

group = AppGroup("audit", help="The record of what was done, and whether it was touched.")


@group.command()
def verify() -> None:
    """Read the whole audit; exit code 1 names the first row that was touched."""
    tell()


def tell() -> None:
    """Print whether the audit is whole. Raises `ClickException` where it is not."""
    from app.core import audit  # noqa: PLC0415 - most commands ask nothing of it

    try:
        verdict = audit.verify()
    except audit.AuditError as error:
        raise click.ClickException(str(error)) from error
    if not verdict.ok:
        raise click.ClickException(
            f"The audit was touched: row {verdict.first_bad_id} ({verdict.why}). "
            f"{verdict.count} rows before it are as they were written."
        )
    click.echo(f"The audit is whole: {verdict.count} rows.")
