"""`flask jobs …`: the job worker."""

import click
from flask import current_app
from flask.cli import AppGroup

jobs = AppGroup("jobs", help="Work that is done beside the web pages.")


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
