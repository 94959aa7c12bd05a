"""When the words of a case must go: by what its place says, from the day it really ended."""

from datetime import datetime

from app.areas import queries as areas
from app.cases.model import Case
from app.cases.rules import retention as rules
from app.cases.rules.states import ENDED, State
from app.extensions import db

_LONGEST_CHAIN = 20


def ended_at(case: Case) -> datetime | None:
    """Return when a case ended, a merged one when the case it went into did; None while it goes on."""
    latest: datetime | None = None
    for _step in range(_LONGEST_CHAIN):
        if case.ended_at is None or State(case.state) not in ENDED | {State.DISPOSED}:
            return None
        latest = max(case.ended_at, latest or case.ended_at)
        if case.merged_into is None:
            return latest
        case = db.session.get_one(Case, case.merged_into)
    return latest


def contact_due(case: Case) -> datetime | None:
    """Return the moment from which the contact of a case must be gone; None while it goes on."""
    ended = ended_at(case)
    return rules.contact_due(ended, _terms(case)) if ended else None


def words_due(case: Case) -> datetime | None:
    """Return the moment from which the words and files of a case must be gone; None while it goes on."""
    ended = ended_at(case)
    return rules.words_due(ended, _terms(case)) if ended else None


def _terms(case: Case) -> rules.Terms:
    return rules.Terms.of(areas.retention_of(case.place))
