"""What the job worker does for this room."""

from app.guide.service.indexing import rebuild


def keep_index_fresh() -> int | None:
    """Rebuild the text index if other texts are published. Returns the count, None if it was fresh."""
    return rebuild(if_stale=True)
