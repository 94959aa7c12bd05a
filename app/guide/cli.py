"""`flask guide …`: bring texts and facts in, give them back, list them, say where a fact is used."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import AppGroup

from app.core import clock
from app.core.cli import in_the_operators_language, tell
from app.core.faults import FaultyFiles

if TYPE_CHECKING:
    from app.core.faults import Fault
    from app.settings import Settings

guide = AppGroup("guide", help="Guidance: texts, their translations, and the ledger of facts.")


@guide.command("import")
@click.option("--dry-run", is_flag=True, help="Check every file and say what would change, write nothing.")
@click.option("--partial", is_flag=True, help="Bring in the good files although others are faulty.")
@click.option("--notices", is_flag=True, help="Also print what is not wrong but should be known.")
def import_(*, dry_run: bool, partial: bool, notices: bool) -> None:
    """Import content/guide/: all of it, or nothing if a file is faulty.

    Texts that were edited here stay; the file's text is kept beside them as a draft and told as a conflict.
    """
    from app.guide.service.importing import import_guide

    try:
        done = import_guide(
            _settings().content,
            languages=_languages(),
            glossary=_settings().translations / "glossary.csv",
            now=clock.now(),
            dry_run=dry_run,
            partial=partial,
        )
    except FaultyFiles as error:
        raise tell(error) from error
    _print(done.faults)
    _print(done.told)
    _print(done.waiting)
    if notices:
        _print(done.notices)
    for name in done.conflicts:
        click.echo(f"  conflict: {name} was edited here; the file's words are kept as a draft.")
    for name in done.withdrawn:
        click.echo(f"  withdrawn: {name}; its file is gone.")
    left = f"; {len({fault.path for fault in done.faults})} files left out" if done.faults else ""
    if not done.changed:
        click.echo(f"Guidance: unchanged{left}.")
        return
    verb = "would import" if dry_run else "imported"
    click.echo(
        f"Guidance: {verb} {len(done.published)} texts, {len(done.facts)} facts, "
        f"{len(done.sources)} sources; {len(done.followed)} texts follow a changed fact{left}."
    )


@guide.command()
@click.option("--if-stale", is_flag=True, help="Do nothing if it was built from the texts as they are now.")
def index(*, if_stale: bool) -> None:
    """Build the text index of the guidance anew; it may be deleted at any time."""
    from app.guide.service.indexing import rebuild

    count = rebuild(if_stale=if_stale)
    click.echo("Index of guidance: fresh already." if count is None else f"Index of guidance: {count} texts.")


@guide.command()
@click.option(
    "--to", type=click.Path(file_okay=False, path_type=Path), help="Folder; default: content/guide."
)
def export(to: Path | None) -> None:
    """Write what stands in the database as files; what did not change keeps its bytes."""
    from app.guide.service.exporting import export_guide

    folder = to or _settings().content / "guide"
    done = export_guide(_settings().content, folder, _languages())
    for name in done.written:
        click.echo(f"  {name}")
    click.echo(f"Guidance: {done.files} files, {len(done.written)} written to {folder}.")


@guide.command()
@click.argument("again", nargs=-1, metavar="[LANGUAGE/SLUG]…")
def stamp(again: tuple[str, ...]) -> None:
    """Write into translations which source text they were made of, where that is empty.

    Name a translation to say that it was read against the present source text and is right.
    """
    from app.guide.service.stamping import stamp_files

    settings = _settings()
    glossary = settings.translations / "glossary.csv"
    done = stamp_files(settings.content, _languages(), glossary, again, clock.today())
    _print(list(done.faults))
    for path in done.older:
        click.echo(f"  older: {path.parent.name}/{path.stem} is of an older source text; read it first.")
    click.echo(f"Stamped {len(done.written)} translations.")


@guide.command()
def signers() -> None:
    """Enter the people of the fictional county who sign texts, so that signing can be tried."""
    from app.guide.service.signers import enter_shipped

    try:
        made, there = enter_shipped(_settings().content)
    except FaultyFiles as error:
        raise tell(error) from error
    click.echo(f"Signers of texts of the fictional county: entered {made}, left {there} as they were.")


@guide.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects.")
def list_(*, as_json: bool) -> None:
    """List the texts and what each language has of them."""
    from app.guide.queries.listing import inventory

    rows = inventory(_languages(), clock.today())
    if as_json:
        click.echo(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=1))
        return
    for row in rows:
        states = " ".join(f"{language}:{state}" for language, state in row.languages.items())
        click.echo(f"{row.slug} [{row.topic} {row.kind} {row.risk}] {states}")


@guide.command()
@click.option("--where-used", "key", help="Key of a fact: print the texts that refer to it.")
def facts(key: str | None) -> None:
    """List the facts of the ledger, or the texts that use one."""
    from app.guide.queries import ledger

    known = ledger.facts()
    if key is None:
        for fact in known.values():
            figure = "–".join(filter(None, (fact.low, fact.high)))
            click.echo(f"{fact.key}: {figure} {fact.unit} [{fact.source} {fact.clause}]".replace("  ", " "))
        return
    if key not in known:
        raise click.ClickException(f"There is no fact {key}.")
    for use in ledger.where_used(key):
        click.echo(f"{use.language}/{use.slug}")


def _settings() -> "Settings":
    found: Settings = current_app.extensions["settings"]
    return found


def _languages() -> tuple[str, ...]:
    """Return the codes of the languages offered, the source language first."""
    codes: tuple[str, ...] = current_app.extensions["languages"].codes
    return codes


def _print(faults: "list[Fault]") -> None:
    with in_the_operators_language() as translate:
        for fault in faults:
            click.echo(fault.text(translate), err=True)
