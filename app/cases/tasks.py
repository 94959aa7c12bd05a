"""What the job worker does for this room: the ladder, steps that only wait for a day, letters, disposal."""

import logging

log = logging.getLogger("tuoyu")


def sweep() -> int | None:
    """Climb the ladder, reckon dates anew where a calendar changed, take the steps due: in this order.

    Returns for how many cases something was done, None if nothing was.
    """
    from app.cases.service import sweep as parts

    return sum(part() or 0 for part in (parts.climb, parts.recompute, parts.advance)) or None


def send_letters() -> int | None:
    """Send the notices to offices that are due. Returns how many left."""
    from app.cases.forms.letters import letter
    from app.core import outbox

    return outbox.deliver(letter)


def forget_drafts() -> int | None:
    """Throw away drafts whose day is over. Returns how many."""
    from app.cases.service import drafts

    return drafts.sweep() or None


def once_a_day() -> int | None:
    """Erase what need not be kept, then compare rows and files. Returns of how many cases something went."""
    from app.cases.service import disposal, reconcile
    from app.cases.service import sweep as parts
    from app.core import outbox

    if parts.done_today("daily"):
        return None
    erased = disposal.dispose()
    outbox.forget_old()
    parts.mark_done("daily")
    found = reconcile.reconcile()
    if found.troubles:
        log.error(
            "rows and files do not agree", extra={"error": f"{found.troubles}: run flask cases reconcile"}
        )
    return erased
