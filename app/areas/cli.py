"""`flask areas …`: load the country, the places and their packs; count working days."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import AppGroup

from app.core import clock
from app.core.cli import tell
from app.core.faults import FaultyFiles
from app.settings import Settings

if TYPE_CHECKING:
    from app.areas.queries import AreaCard

_MOST_DAYS = 1000
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
    for line in loaded.conflicts:
        click.echo(f"  {line}: edited on the site, and the file says something else; the site's words stand.")


@areas.command()
@click.option("--area", "code", required=True, help="Division code of the place.")
@click.option("--to", "folder", required=True, type=click.Path(file_okay=False, path_type=Path))
def export(code: str, folder: Path) -> None:
    """Write the tables of a place as they stand, edited rows too, as files of its pack."""
    from app.areas.service import exporting

    written = exporting.export_place(_area(code).code, folder, settings().content)
    if not written:
        raise click.ClickException(f"No place that runs this site has the code {code}.")
    for path in written:
        click.echo(str(path))


@areas.command()
@click.argument("code")
def show(code: str) -> None:
    """Print an area, its place and its townships."""
    from app.areas import queries
    from app.core.i18n import pick

    found = _area(code)
    trail = " › ".join(str(pick(each.names, "zh-Hans")) for each in queries.path(found.code))
    click.echo(f"{found.code} {trail} ({found.kind})")
    for child in queries.children(found.code):
        click.echo(f"  {child.code} {pick(child.names, 'zh-Hans')}")


@areas.command()
@click.option("--area", "code", required=True, help="Division code of the place whose calendar counts.")
@click.option("--from", "start", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Day 0, not counted.")
@click.option("--days", required=True, type=click.IntRange(1, _MOST_DAYS), help="How many working days.")
@click.option("--json", "as_json", is_flag=True, help="Print an object with the fields due and status.")
def workdays(code: str, start: datetime, days: int, *, as_json: bool) -> None:
    """Print the day on which a term of working days ends."""
    from app.areas import queries

    found = _area(code)
    try:
        due = queries.work_calendar(found.code).add(start.date(), days)
    except OverflowError as error:
        raise click.ClickException(f"The term ends after the last day of all calendars: {error}.") from error
    if as_json:
        click.echo(json.dumps({"due": due.on.isoformat(), "status": due.status}))
        return
    term = f"{days} working day{'s' if days > 1 else ''} after {start.date()}"
    click.echo(f"{term} is {due.on} ({due.status}, calendar {queries.calendar_of(found.code)}).")


@areas.command("import-calendar")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--region", required=True, help="CN, or CN- and two digits for a province's own holidays.")
@click.option("--year", required=True, type=click.IntRange(2000, 2199), help="Year of the notice.")
@click.option("--status", required=True, type=click.Choice(["official", "provisional"]))
@click.option("--source", default="", help="Address or number of the notice; official years need one.")
@click.option("--dry-run", is_flag=True, help="Say which days would change, write nothing.")
def import_calendar(file: Path, region: str, year: int, status: str, source: str, *, dry_run: bool) -> None:
    """Enter the notice of a year (CSV, or JSON of holiday-cn) and tell which days it changes."""
    from app.areas import queries, rules, service
    from app.areas.loading.calendars import load_year

    if not rules.is_calendar(region):
        raise click.BadParameter("Say CN, or CN- and the two digits of a province.", param_hint="--region")
    province = region.partition("-")[2]
    if province and queries.area(province) is None:
        raise click.BadParameter(f"No province has the code {province}.", param_hint="--region")
    official = status == "official"
    if official and not source.strip():
        raise click.BadParameter("An official year needs its notice.", param_hint="--source")
    try:
        read = load_year(file, region, year, "official" if official else "provisional", source.strip())
    except FaultyFiles as error:
        raise tell(error) from error
    done = service.import_year(read, now=clock.now(), dry_run=dry_run)
    for change in done.days:
        sign = "+" if change.before is None else "-" if change.after is None else "~"
        turned = " → ".join(kind for kind in (change.before, change.after) if kind)
        click.echo(f"  {sign} {change.on} {turned}")
    verb = "would change" if dry_run else "changed"
    known = status if done.before == status else f"{done.before or 'not known'} → {status}"
    count = f"{len(done.days)} day{'' if len(done.days) == 1 else 's'}"
    click.echo(f"{region} {year} ({known}): {count} {verb}.")


def _area(code: str) -> "AreaCard":
    """Return the area of a code in any of its forms. Raises a sentence for the operator."""
    from app.areas import queries, rules

    normal = rules.normalise(code)
    found = queries.area(normal) if normal else None
    if found is None:
        raise click.ClickException(f"No area has the code {code}.")
    return found
