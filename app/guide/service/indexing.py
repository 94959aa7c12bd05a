"""Rebuilding the text index from the record; it may be deleted at any time."""

from app.guide.index import documents, embedded, is_fresh, wanted_version


def rebuild(*, if_stale: bool = False) -> int | None:
    """Build the index anew beside the old one and swap. Returns the count, None if it was fresh already."""
    if if_stale and is_fresh():
        return None
    return embedded().rebuild(documents(), wanted_version())
