"""What of events is on somebody's desk today, counted in one question."""

from datetime import timedelta

from sqlalchemy import func, or_, select

from app.accounts.queries import Staff
from app.accounts.rules import Action, rights
from app.core import clock
from app.events.model import Event
from app.events.rules.vocabulary import Status
from app.extensions import db

_SINCE = timedelta(days=365)
"""Events that are over for longer are asked after no more."""


def not_counted(staff: Staff) -> int:
    """Return how many events of somebody's area took place of which nobody wrote down who came."""
    codes = [grant.area for grant in staff.grants if grant.area and Action.EVENT_EDIT in rights(grant)]
    if not codes:
        return 0
    area = func.coalesce(Event.township, Event.place)
    now = clock.now()
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Event)
            .where(
                or_(*(area.startswith(code, autoescape=True) for code in codes)),
                Event.ends_at <= now,
                Event.ends_at > now - _SINCE,
                Event.status == Status.PLANNED.value,
                Event.families.is_(None),
            )
        )
        or 0
    )
