"""What events bring to the page of the day."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import ngettext

from app.accounts.queries import Staff
from app.accounts.rules import Action
from app.accounts.rules.today import Kind, Thing
from app.accounts.staff import bring
from app.events.queries.waiting import not_counted


@bring(Action.EVENT_EDIT, order=40)
def events(staff: Staff) -> Iterator[Thing]:
    """Bring events that are over and not counted."""
    count = not_counted(staff)
    yield Thing(
        Kind.WAITS,
        count,
        ngettext(
            "%(num)s event is over; write down who came",
            "%(num)s events are over; write down who came",
            count,
        ),
        url_for("events_staff.listing", past=1),
    )
