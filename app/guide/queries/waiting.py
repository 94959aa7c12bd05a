"""What of guidance is on somebody's desk today. No text is rendered and no word of a reader is opened."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, func, or_, select

from app.accounts.queries import Staff
from app.accounts.rules import Action, rights
from app.core.i18n import SOURCE
from app.extensions import db
from app.guide.model import GuideFeedback, GuideRevision, GuideText
from app.guide.queries.revisions import languages_of, waits
from app.guide.rules.states import next_review
from app.guide.rules.vocabulary import State

STALE: Final[tuple[State, State]] = ("withdrawn", "needs_update")
"""States of a translation that somebody has to bring up to date, the graver first."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many texts: to be looked at again, reported, with a draft of somebody else to approve."""

    overdue: int
    reported: int
    drafts: int


def waiting(staff: Staff, today: date) -> Waiting:
    """Return what of guidance is on somebody's desk."""
    mine = _reached(staff)
    reported = (
        select(func.count(GuideFeedback.slug.distinct()))
        .join(GuideText, GuideText.slug == GuideFeedback.slug)
        .where(mine, GuideFeedback.state == "open")
        .scalar_subquery()
    )
    drafts = (
        select(func.count(GuideRevision.slug.distinct()))
        .join(GuideText, GuideText.slug == GuideRevision.slug)
        .where(mine, waits(), GuideRevision.author != staff.id)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            GuideText.written_on,
            GuideText.review_months,
            func.max(GuideRevision.reviewed_on),
            reported,
            drafts,
        )
        .join(
            GuideRevision,
            (GuideRevision.slug == GuideText.slug)
            & (GuideRevision.language == SOURCE)
            & (GuideRevision.state == "published"),
        )
        .where(mine)
        .group_by(GuideText.slug, GuideText.written_on, GuideText.review_months)
    ).all()
    if not rows:
        return Waiting(0, 0, 0)
    late = sum(_due(row[0], row[1], row[2]) < today for row in rows)
    return Waiting(late, rows[0][3], rows[0][4])


def behind(staff: Staff, languages: Iterable[str], today: date) -> Counter[tuple[str, State]]:
    """Return how many translations somebody may change are older than the Chinese text, or were taken away.

    By language and state.
    """
    risks = dict(db.session.execute(select(GuideText.slug, GuideText.risk).where(_reached(staff))).all())
    codes = [code for code in languages if code != SOURCE]
    had = languages_of(risks, [SOURCE, *codes], today).values() if risks else ()
    states = ((code, each.state(code)) for each in had for code in codes)
    return Counter(found for found in states if found[1] in STALE)


def _due(written_on: date, months: int, reviewed_on: date | None) -> date:
    return next_review(max(filter(None, (reviewed_on, written_on))), months)


def _reached(staff: Staff) -> ColumnElement[bool]:
    """Return, as a condition, what `may` says of the texts that somebody may change."""
    codes = [grant.area for grant in staff.grants if grant.area and Action.GUIDE_EDIT in rights(grant)]
    places = [GuideText.place.startswith(code, autoescape=True) for code in codes]
    return or_(GuideText.place.is_(None), *places) if codes else GuideText.slug.is_(None)
