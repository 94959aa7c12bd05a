"""Telling the job worker that a file waits."""

import logging

from flask import current_app

JOB = "facilities.read_uploads"
"""Name of the job; it also runs once a minute, so that nothing waits for ever."""
log = logging.getLogger("tuoyu")


def call_worker() -> None:
    """Ask for the job at once. Where that fails, the next minute does it."""
    from app.core import jobs  # noqa: PLC0415 - heavy: only where a file was brought

    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - the proxy's own way
    try:
        jobs.soon(app, JOB)
    except Exception:
        log.exception("the job worker was not called", extra={"endpoint": JOB})
