"""What the job worker does for this room."""

from app.guide.service.indexing import rebuild


def keep_index_fresh() -> int | None:
    """Rebuild the text index if other texts are published. Returns the count, None if it was fresh."""
    return rebuild(if_stale=True)


def keep_days() -> int | None:
    """Publish what is due today and take away what is over. Returns how many texts changed, None if none."""
    from app.guide.service.timing import due

    return due()


def check_links() -> int | None:
    """Ask some addresses that texts lead to whether they still stand. Returns how many; None: none."""
    from app.guide.service.linking import check

    return check()
