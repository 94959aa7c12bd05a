"""`flask events …`."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.core.cli import tell
from app.core.faults import FaultyFiles

events = AppGroup("events", help="Events for families and the people who advise.")


@events.command()
@click.option("--dry-run", is_flag=True, help="Check every file, write nothing.")
def load(*, dry_run: bool) -> None:
    """Load the events and experts of the fictional county."""
    from app.events.service.shipped import load_shipped

    try:
        done = load_shipped(current_app.extensions["settings"].content, dry_run=dry_run)
    except FaultyFiles as error:
        raise tell(error) from error
    if not done.changed:
        click.echo("Events: unchanged.")
        return
    would = " would be" if dry_run else ""
    click.echo(f"Events: {done.events} events and {done.experts} experts{would} loaded.")


@events.command()
@click.option("--area", "code", required=True, help="Division code of the place.")
@click.option("--to", "folder", required=True, type=click.Path(file_okay=False, path_type=Path))
def export(code: str, folder: Path) -> None:
    """Write the experts of a place as they stand as a file of its pack."""
    from app.events.service.exporting import export_experts

    click.echo(str(export_experts(code, folder)))
