"""Who has opened unusually many cases, for those who look after a place or its accounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app.accounts.queries import Staff, person
from app.accounts.rules import Action, Target
from app.core import clock
from app.core.audit import SYSTEM, Audit
from app.extensions import db

READS = ("case.read", "sealed.read")
"""What the audit calls the reading of a case."""
MASS_READING = "watch.mass-reading"
_SHOWN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class MassReading:
    """Somebody who opened so many different cases within the hour before a moment."""

    names: Mapping[str, str]
    handle: str
    count: int
    at: datetime


def mass_readings(staff: Staff) -> tuple[MassReading, ...]:
    """Return those of the last seven days, newest first, that somebody has to look into.

    These are the coordinating office of a place whose cases were read, and those who close its accounts.
    """
    if not staff.may(Action.CASE_REVEAL_APPROVE) and not staff.may(Action.ACCOUNT_DISABLE):
        return ()
    query = (
        select(Audit.subject, Audit.at, Audit.data)
        .where(Audit.actor == SYSTEM, Audit.action == MASS_READING, Audit.at > clock.now() - _SHOWN)
        .order_by(Audit.id.desc())
    )
    return tuple(
        MassReading(found.names, found.handle, row.data["cases"], row.at)
        for row in db.session.execute(query)
        if any(_looks_after(staff, place) for place in row.data["places"])
        and (found := person(row.subject)) is not None
    )


def _looks_after(staff: Staff, place: str) -> bool:
    return staff.may(Action.CASE_REVEAL_APPROVE, Target(place=place)) or staff.may(
        Action.ACCOUNT_DISABLE, Target(area=place)
    )
