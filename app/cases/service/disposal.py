"""Erasing what need not be kept: contact details first, years later words and files. The figures stay."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from app.cases.model import Case, CaseFile
from app.cases.rules.acts import Event
from app.cases.rules.states import ENDED
from app.cases.service import acting, endings, record, retention
from app.cases.service.sweep import each
from app.core import clock
from app.extensions import db

_SOONEST = timedelta(days=30)
"""No place keeps contact details for less (`areas.rules.RETENTION`)."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something of a case that must go: `contact` or `words`, since which day; held back by a legal hold."""

    number: str
    what: str
    on: date
    held: bool


def due() -> Iterator[Due]:
    """Yield what must go by now, case by case, what a legal hold keeps too."""
    for case_id in _ended():
        case = db.session.get_one(Case, case_id)
        for what, moment in (("contact", retention.contact_due(case)), ("words", retention.words_due(case))):
            if what == "contact" and case.contact is None:
                continue
            if moment is not None and moment <= clock.now():
                yield Due(case.number, what, moment.astimezone(clock.ZONE).date(), bool(case.hold_reason))


def dispose() -> int | None:
    """Erase what must go; a job. Returns of how many cases something went. A legal hold keeps everything."""
    return each("dispose", _ended(), _dispose)[0] or None


def _ended() -> list[int]:
    query = select(Case.id).where(
        Case.state.in_([state.value for state in ENDED]), Case.ended_at <= clock.now() - _SOONEST
    )
    return list(db.session.scalars(query.order_by(Case.id)))


def _dispose(case_id: int) -> bool:
    case = db.session.get_one(Case, case_id, populate_existing=True)
    now = clock.now()
    words, contact = retention.words_due(case), retention.contact_due(case)
    if case.hold_reason:
        return False
    if words is not None and words <= now:
        gone = _blobs(case)
        acting.act(case_id, Event.DISPOSE, acting.SYSTEM)
        endings.delete_blobs(gone)
        return True
    if contact is not None and contact <= now and case.contact is not None:
        endings.erase_contact(case)
        case.changed_at = now
        record.event(case, "contact-erased", actor="system")
        db.session.commit()
        return True
    return False


def _blobs(case: Case) -> list[str]:
    """Return the sealed files of a case, to be deleted after the commit.

    A crash in between leaves files without rows, which the daily sweep removes, never rows without files.
    """
    files = db.session.scalars(select(CaseFile).where(CaseFile.case_id == case.id))
    return [blob for row in files for blob in (row.original, row.view, row.thumb) if blob]
