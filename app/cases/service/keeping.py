"""When nothing can be kept: a full disk, a locked database, a reader of photos that is away."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError

from app.core.blobs import StorageFull
from app.core.photos import ReaderUnavailable
from app.extensions import db

log = logging.getLogger("tuoyu")


class Unkept(Exception):  # noqa: N818 - what was sent was not kept; nobody made an error
    """Nothing was written. Answer 503 with the telephone numbers, and show again what was typed."""


@contextmanager
def keeping() -> Iterator[None]:
    """Turn what a full or locked storage raises into `Unkept`; nothing is half written."""
    try:
        yield
    except (StorageFull, ReaderUnavailable, OperationalError) as error:
        db.session.rollback()
        log.error("not kept", exc_info=error)  # noqa: TRY400 - the formatter prints frames, never values
        raise Unkept from error
