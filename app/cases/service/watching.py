"""Watching over those who read: whoever opens unusually many cases within an hour is reported, once an hour.

Every read is in the audit already (`counter.note_read`); this only counts them. Nobody is stopped, since a
day of flood or fever may be a reason: the coordinating office and the administrators see it and ask.
"""

from datetime import timedelta

from sqlalchemy import func, select

from app.accounts.queries import Staff
from app.cases.model import Case
from app.cases.queries.watching import MASS_READING, READS
from app.core import audit, clock
from app.core.audit import Audit
from app.extensions import db

MOST = 60
"""Cases that somebody may open within an hour before it is unusual: one a minute, without a pause."""
WITHIN = timedelta(hours=1)


def note(staff: Staff) -> bool:
    """Report somebody who has opened too many different cases, unless they were just reported. Commits.

    Returns whether they were.
    """
    read = (Audit.id > _before_the_hour(), Audit.actor == staff.id, Audit.action.in_(READS))
    count = db.session.scalar(select(func.count(Audit.subject.distinct())).where(*read)) or 0
    if count <= MOST or _reported(staff.id):
        return False
    places = select(Case.place).where(Case.number.in_(select(Audit.subject).where(*read))).distinct()
    audit.record(
        MASS_READING,
        actor=audit.SYSTEM,
        subject=staff.id,
        data={"cases": count, "places": sorted(db.session.scalars(places))},
    )
    db.session.commit()
    return True


def _before_the_hour() -> int:
    """Return the number of the last row that is older; few rows are looked at."""
    older = select(Audit.id).where(Audit.at <= clock.now() - WITHIN).order_by(Audit.id.desc()).limit(1)
    return db.session.scalar(older) or 0


def _reported(account: str) -> bool:
    since = clock.now() - WITHIN
    query = select(Audit.id).where(Audit.subject == account, Audit.action == MASS_READING, Audit.at > since)
    return db.session.scalar(query.limit(1)) is not None
