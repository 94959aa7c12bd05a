"""`flask jobs …`, the job worker; `flask prepare`, what a start needs."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import current_app
from flask.cli import AppGroup

jobs = AppGroup("jobs", help="Work that is done beside the web pages.")

STEPS = (
    ("Bringing the database to the newest tables", "db upgrade"),
    ("Loading areas and places", "areas load"),
    ("Loading the register of facilities", "facilities load"),
    ("Loading the events of the fictional county", "events load"),
    ("Loading the guidance", "guide import --partial"),
    ("Making the accounts of the fictional county", "accounts demo"),
    ("Entering who signs texts in the fictional county", "guide signers"),
    ("Building the search index", "search rebuild --if-stale"),
)
"""What each command is for, in the order in which one needs the other."""


@jobs.command()
@click.option("--once", is_flag=True, help="Do what is due and stop.")
def work(*, once: bool) -> None:
    """Run the schedule until told to stop."""
    from app.core import jobs as worker
    from app.site.tasks import EVERY_MINUTE

    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - the worker outlives this context
    if once:
        worker.run_once(app, EVERY_MINUTE)
    else:
        worker.work(app, EVERY_MINUTE)


@click.command()
@click.pass_context
def prepare(context: click.Context) -> None:
    """Bring tables, content and index up to date: the commands of a start, one after the other.

    In one process, which reads the program once. Each step is a command of its own and may be run by hand.
    """
    program = context.find_root().command
    app = context.obj.load_app()
    for purpose, command in STEPS:
        with _told(purpose, command), app.app_context():
            program.main(command.split(), prog_name="flask", standalone_mode=False, obj=context.obj)


@contextmanager
def _told(purpose: str, command: str) -> Iterator[None]:
    """Say which step it was if something goes wrong in it; what went wrong is told after that."""
    done = False
    try:
        yield
        done = True
    finally:
        if not done:
            click.echo(f"{purpose} failed (“flask {command}”):", err=True)
