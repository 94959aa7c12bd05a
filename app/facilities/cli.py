"""`flask facilities …` and `flask search …`."""

from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.core import clock
from app.core.cli import tell
from app.core.faults import FaultyFiles

facilities = AppGroup("facilities", help="Facilities: the register's mirror and the listing beside it.")
search = AppGroup("search", help="The text index; it can be deleted and rebuilt at any time.")


@facilities.command()
@click.option("--dry-run", is_flag=True, help="Check every file, write nothing.")
def load(*, dry_run: bool) -> None:
    """Load the register rows and the facilities that ship in content/."""
    from app.facilities.service.shipped import load_shipped

    settings = current_app.extensions["settings"]
    try:
        done = load_shipped(settings.content, sample=settings.sample, now=clock.now(), dry_run=dry_run)
    except FaultyFiles as error:
        raise tell(error) from error
    if not done.changed:
        click.echo("Facilities: unchanged.")
        return
    if done.register:
        _tell(done.register, dry_run=dry_run)
    for area, count in done.packs.items():
        click.echo(f"Pack {area}: {count} facilities{' would be' if dry_run else ''} loaded.")


@facilities.command("import-register")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--snapshot", type=click.DateTime(["%Y-%m-%d"]), help="Day of the snapshot; default: its newest filing."
)
@click.option("--complete", is_flag=True, help="The file is the whole country: what it lacks is gone.")
@click.option("--dry-run", is_flag=True, help="Say what would change, write nothing.")
def import_register(file: Path, snapshot: datetime | None, *, complete: bool, dry_run: bool) -> None:
    """Mirror a snapshot of the filing register (CSV, also .gz) and tell what is new, renamed, moved, gone."""
    from app.facilities.loading.register import load_register
    from app.facilities.service import register

    try:
        read = load_register(file)
    except FaultyFiles as error:
        raise tell(error) from error
    taken_on = snapshot.date() if snapshot else read.newest or clock.today()
    if taken_on > clock.today():
        raise click.ClickException(f"The snapshot's day, {taken_on}, is in the future.")
    source = register.SourceOfRegister(f"register-{taken_on.isoformat()}", _NAMES, taken_on)
    try:
        done = register.import_register(
            read, source, now=clock.now(), by="command line", complete=complete, dry_run=dry_run
        )
    except register.OlderSnapshotError as error:
        raise click.ClickException(str(error)) from error
    click.echo(
        f"{file.name}: {done.rows} entries of {taken_on}, {read.duplicates} repeated rows, "
        f"{read.invalid} codes invalid, {read.refused} codes refused (shaped like an identity number)."
    )
    _tell(done, dry_run=dry_run)
    if not dry_run and not done.already:
        click.echo("The text index follows within a minute (job worker) or by `flask search rebuild`.")


@facilities.command()
@click.argument("count", type=click.IntRange(1, 1000), default=1)
def mint(count: int) -> None:
    """Print new ids for facilities that are to be written into content/."""
    from app.core import codes

    for _each in range(count):
        click.echo(codes.mint())


_NAMES = {
    "zh-Hans": "全国托育机构备案公示",
    "ug": "مەملىكەتلىك بالا بېقىش ئاپپاراتلىرى ئەن ئېلانى",
    "en": "National childcare filing register",
}


def _tell(done: "object", *, dry_run: bool) -> None:
    from app.facilities.service.register import Imported

    assert isinstance(done, Imported)  # noqa: S101 - for the type checker
    if done.already:
        click.echo("Register: these very rows are imported already; nothing to do.")
        return
    parts = [f"{count} {kind}" for kind, count in done.changes.items() if count]
    verb = "would change" if dry_run else "changed"
    click.echo(
        f"Register: {done.rows} entries, {done.unchanged} unchanged, "
        f"{verb}: {', '.join(parts) or 'nothing'}; "
        f"{done.branches} entries share a code with another; {done.unplaced} stand in no known province."
    )
    if done.partial:
        click.echo(
            "  Of these counties the file has less than half of what was held; nothing there is called gone: "
            f"{', '.join(done.partial)}. If it is complete all the same, say --complete."
        )
    for kind, name in done.examples:
        if kind != "new":
            click.echo(f"  {kind}: {name}")


@search.command()
@click.option("--if-stale", is_flag=True, help="Do nothing if the index is up to date.")
def rebuild(*, if_stale: bool) -> None:
    """Build the text index from the database."""
    from app.facilities.service.indexing import rebuild as rebuild_index

    count = rebuild_index(if_stale=if_stale)
    click.echo("Index: up to date." if count is None else f"Index: {count} documents.")


@search.command()
@click.argument("text")
def find(text: str) -> None:
    """Print the facilities a text finds, best first."""
    from app.facilities.queries.search import by_text

    for card in by_text(text, limit=20):
        click.echo(f"{card.id} {card.name}")


GROUPS = (facilities, search)
