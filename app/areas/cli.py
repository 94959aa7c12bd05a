"""`flask areas …`: load the country, the places and their packs."""

import click
from flask import current_app
from flask.cli import AppGroup

from app.core.cli import tell
from app.core.faults import FaultyFiles
from app.settings import Settings

areas = AppGroup("areas", help="Areas, offices, numbers and targets.")


def settings() -> Settings:
    """Return the settings of the running program."""
    found: Settings = current_app.extensions["settings"]
    return found


@areas.command()
@click.option("--dry-run", is_flag=True, help="Check every file, write nothing.")
def load(*, dry_run: bool) -> None:
    """Load divisions, national numbers and locality packs from content/."""
    from app.areas import service

    try:
        loaded = service.load_content(settings().content, sample=settings().sample, dry_run=dry_run)
    except FaultyFiles as error:
        raise tell(error) from error
    if not loaded.changed:
        click.echo("Areas and packs: unchanged.")
        return
    verb = "would load" if dry_run else "loaded"
    click.echo(f"Areas and packs: {verb} {loaded.areas} areas and the packs {', '.join(loaded.packs)}.")


@areas.command()
@click.argument("code")
def show(code: str) -> None:
    """Print an area, its place and its townships."""
    from app.areas import queries, rules
    from app.core.i18n import pick

    normal = rules.normalise(code)
    found = queries.area(normal) if normal else None
    if found is None:
        raise click.ClickException(f"No area has the code {code}.")

    trail = " › ".join(str(pick(each.names, "zh-Hans")) for each in queries.path(found.code))
    click.echo(f"{found.code} {trail} ({found.kind})")
    for child in queries.children(found.code):
        click.echo(f"  {child.code} {pick(child.names, 'zh-Hans')}")
