"""`flask facilities …` and `flask search …`."""

from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.core import clock
from app.core.cli import in_the_operators_language, tell
from app.core.faults import N_, Fault, FaultyFiles

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


@facilities.command("import")
@click.argument("ledger", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--profile", required=True, help="A name in content/profiles/, or a path to a .toml.")
@click.option("--area", required=True, help="Code of the county (or prefecture) the ledger is about.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Day of the ledger; default: today.")
@click.option("--decide", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="CSV of a worker's decisions: row, then a facility's id, new or skip.")  # fmt: skip
@click.option("--by", default="command line", help="Who imports, for the record.")
@click.option("--dry-run", is_flag=True, help="Say what would change, write nothing.")
@click.option("--json", "json_", is_flag=True, help="Answer in JSON (app/facilities/forms/ledger_report.py).")
def import_ledger(
    ledger: Path,
    profile: str,
    area: str,
    day: datetime | None,
    decide: Path | None,
    by: str,
    *,
    dry_run: bool,
    json_: bool,
) -> None:
    """Import a county's ledger (CSV, XLSX, ODS) by a profile: all of it in one transaction, or nothing.

    Exit code 0: applied, would be, or was already. 1: errors; nothing was written.
    """
    import json

    from app.facilities.forms.decisions import read_decisions
    from app.facilities.forms.ledger_lines import as_lines, outcome
    from app.facilities.forms.ledger_report import as_json, refused_as_json
    from app.facilities.service import ledgers

    folder = current_app.extensions["settings"].content / "profiles"
    try:
        opened = ledgers.open_ledger(ledger, profile, area, folder)
        decisions = read_decisions(decide) if decide else {}
    except (FaultyFiles, ledgers.UnknownAreaError) as error:
        faults = (
            error.faults if isinstance(error, FaultyFiles) else [Fault(ledger, 0, _NO_AREA, {"area": area})]
        )
        if not json_:
            raise tell(FaultyFiles(faults)) from error
        with in_the_operators_language() as translate:
            refused = refused_as_json(ledger.name, profile, area, faults, translate)
        click.echo(json.dumps(refused, ensure_ascii=False, indent=1))
        click.get_current_context().exit(1)
    on = day.date() if day else None
    if dry_run:
        plan = ledgers.preview(opened, decisions=decisions, by=by, day=on)
        done = ledgers.Done(plan, plan.already, applied=False, made={})
    else:
        try:
            done = ledgers.apply(opened, now=clock.now(), by=by, decisions=decisions, day=on)
        except ledgers.BusyError as error:
            raise _busy() from error
    with in_the_operators_language() as translate:
        told = as_json(done.plan, translate, applied=done.applied, identity=done.id, made=done.made)
        if json_:
            click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        else:
            for line in as_lines(told):
                click.echo(line)
            click.echo(outcome(told, already=done.plan.already, dry_run=dry_run))
    if told["errors"]:
        click.get_current_context().exit(1)


_NO_AREA = N_("There is no area %(area)s.")
_UNDONE = N_("Import %(id)s is undone. Facilities removed: %(removed)s; as before: %(restored)s.")
_BUSY = N_("Another import, or other work, is writing to the database. Nothing was written; try again later.")
_WRITTEN = N_("%(file)s is written. Import it with --profile %(profile)s.")


def _busy() -> click.ClickException:
    with in_the_operators_language() as translate:
        return click.ClickException(translate(_BUSY))


@facilities.command("undo-import")
@click.argument("identity", type=int, metavar="ID")
@click.option("--by", default="command line", help="Who undoes it, for the record.")
def undo_import(identity: int, by: str) -> None:
    """Take an import of a ledger back, exactly, within 30 days."""
    from app.facilities.service import ledgers

    try:
        done = ledgers.undo(identity, now=clock.now(), by=by)
    except ledgers.BusyError as error:
        raise _busy() from error
    except ledgers.CannotUndoError as error:
        with in_the_operators_language() as translate:
            raise click.ClickException(translate(error.sentence) % error.values) from error
    with in_the_operators_language() as translate:
        said = {"id": done.id, "removed": done.removed, "restored": done.restored}
        click.echo(translate(_UNDONE) % said)


@facilities.command()
@click.option("--area", default="", help="Only of this area and what lies in it.")
@click.option("--json", "json_", is_flag=True, help="Answer in JSON.")
def imports(area: str, *, json_: bool) -> None:
    """List the imports of ledgers, newest first."""
    import dataclasses
    import json

    from app.facilities.service import ledgers

    found = ledgers.imports(area)
    if json_:
        rows = [dataclasses.asdict(each) for each in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=lambda moment: moment.isoformat()))
        return
    for each in found:
        counts = ", ".join(f"{count} {what}" for what, count in each.counts.items() if count)
        when = each.imported_at.astimezone(clock.ZONE)
        click.echo(
            f"{each.id} {each.state} {when:%Y-%m-%d %H:%M} {each.area} {each.profile} {each.file}: {counts}"
        )


@facilities.command()
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--area", default="", help="Code of the county, for its name and its townships.")
@click.option("--profile", default="county", help="Profile whose columns the sheet gets.")
def template(out: Path, area: str, profile: str) -> None:
    """Write an empty ledger as XLSX: columns of a profile, lists to choose from, instructions, an example."""
    from app.facilities.service.ledger_template import write_template

    folder = current_app.extensions["settings"].content / "profiles"
    try:
        write_template(out, folder, profile, area)
    except FaultyFiles as error:
        raise tell(error) from error
    except LookupError as error:
        with in_the_operators_language() as translate:
            raise click.ClickException(translate(_NO_AREA) % {"area": area}) from error
    with in_the_operators_language() as translate:
        click.echo(translate(_WRITTEN) % {"file": out, "profile": profile})


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
