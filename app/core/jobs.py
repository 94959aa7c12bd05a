"""The job worker: schedules that run beside the web workers. Imported by the worker only."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask
from huey import SqliteHuey, crontab
from huey.consumer import Consumer

log = logging.getLogger("tuoyu")

Job = Callable[[], Any]


def queue(app: Flask) -> SqliteHuey:
    """Return the job queue in the data directory."""
    settings = app.extensions["settings"]
    return SqliteHuey("tuoyu", filename=str(settings.data / "jobs.db"), results=False, fsync=True)


def run_once(app: Flask, jobs: Mapping[str, Job]) -> None:
    """Run every job now, one after the other; one that fails is logged and does not stop the others."""
    for name, job in jobs.items():
        _guarded(app, name, job)


def work(app: Flask, jobs: Mapping[str, Job]) -> None:
    """Run the schedule until the process is told to stop. Each job runs once a minute at most."""
    huey = scheduled(app, jobs)
    run_once(app, jobs)
    consumer = Consumer(huey, workers=1, periodic=True, check_worker_health=True)
    consumer.run()


def scheduled(app: Flask, jobs: Mapping[str, Job]) -> SqliteHuey:
    """Return the queue with its schedule: each job by its name, also when `soon` asks for it."""
    huey = queue(app)
    for name, job in jobs.items():
        huey.periodic_task(crontab(), name=name)(lambda name=name, job=job: _guarded(app, name, job))
    return huey


def soon(app: Flask, name: str) -> None:
    """Ask the worker for a job of its schedule at once, beside the schedule. What it does is the worker's."""
    huey = queue(app)
    try:
        huey.periodic_task(crontab(), name=name)(lambda: None)()
    finally:
        huey.storage.close()


def _guarded(app: Flask, name: str, job: Job) -> None:
    with app.app_context():
        try:
            done = job()
        except Exception:
            log.exception("job failed", extra={"endpoint": name})
        else:
            if done is not None:
                log.info("job done", extra={"endpoint": name})
