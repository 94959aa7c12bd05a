"""How gunicorn serves the site: `gunicorn --config scripts/server.py wsgi:app`, as `scripts/run` does."""

import logging
from threading import Thread
from typing import Any

from gunicorn.http import message

LONGEST_ADDRESS = 64 * 1024
"""Bytes of a request's first line. Gunicorn stops at 8,190, whatever it is told, with an answer of five
words; up to here the program says what is too long. A front server may stop earlier."""

message.MAX_REQUEST_LINE = LONGEST_ADDRESS + 1

limit_request_line = LONGEST_ADDRESS
worker_class = "sync"
preload_app = True
control_socket_disable = True
timeout = 60
graceful_timeout = 20
loglevel = "warning"


def post_worker_init(worker: Any) -> None:
    """Open the text index of a new process beside its first requests, so that none of them waits for it."""
    Thread(target=_warm, args=(worker.wsgi,), daemon=True).start()


def _warm(app: Any) -> None:
    from app.facilities.queries.warming import warm  # noqa: PLC0415 - where workers start, not here

    try:
        with app.app_context():
            warm()
    except Exception:
        logging.getLogger("tuoyu").exception("the text index could not be opened beforehand")
