"""Rebuilding the text index from the record; it may be deleted at any time."""

from app.core.db import text_version
from app.facilities.index import embedded, is_fresh
from app.facilities.service.recording import documents


def rebuild(*, if_stale: bool = False) -> int | None:
    """Build the index anew beside the old one and swap. Returns the count, None if it was fresh already."""
    if if_stale and is_fresh():
        return None
    return embedded().rebuild(documents(), text_version())
