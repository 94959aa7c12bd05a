"""How far the job worker is with a file, for the page that waits: beside the database, which it may lock."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

from flask import current_app

_PAUSE = 0.5
"""Seconds between two notes."""


def _path() -> Path:
    return Path(current_app.extensions["settings"].data) / "imports.progress"


def noting(upload: int) -> Callable[[int, int], None]:
    """Return what notes how many rows of a file are done, of how many; seldom enough to cost nothing."""
    path, last = _path(), 0.0

    def note(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _PAUSE and done < total:
            return
        last = now
        beside = path.with_suffix(".new")
        beside.write_text(json.dumps([upload, done, total]), "ascii")
        os.replace(beside, path)  # noqa: PTH105 - the same in one step

    return note


def forget() -> None:
    """Forget what was noted: that part of the task is over."""
    _path().unlink(missing_ok=True)


def noted(upload: int) -> tuple[int, int] | None:
    """Return how many rows of a file are done, of how many; None if that is not known."""
    try:
        number, done, total = json.loads(_path().read_text("ascii"))
    except (OSError, ValueError):
        return None
    return (done, total) if number == upload else None
