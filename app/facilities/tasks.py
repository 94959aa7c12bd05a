"""What the job worker does for this room."""

from app.facilities.service.indexing import rebuild


def keep_index_fresh() -> int | None:
    """Rebuild the text index if the data moved on. Returns the count of documents, None if it was fresh."""
    return rebuild(if_stale=True)


def forget_slots() -> int | None:
    """Erase offers of free places that are over; pages show them no longer anyway. Returns how many."""
    from app.facilities.service import slots

    return slots.forget_expired() or None


def read_uploads() -> int | None:
    """Do what people at the counter asked of the files they brought. Returns how many were worked on."""
    from app.facilities.service import uploads

    return uploads.work() or None


def publish_records() -> int | None:
    """Publish assessments, inspections and the like whose day has come. Returns how many."""
    from app.facilities.service import records

    return records.publish_due() or None
