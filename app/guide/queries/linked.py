"""Addresses outside that texts lead to and that do not answer as they should."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.extensions import db
from app.guide.model import GuideLink, GuideRevision


@dataclass(frozen=True, slots=True)
class Broken:
    """An address, what it last answered, since when it fails, and the texts that lead there."""

    address: str
    state: str
    status: int
    checked_at: datetime | None
    failing_since: datetime | None
    texts: tuple[tuple[str, str, str], ...]
    """Slug, language and title."""


def broken() -> tuple[Broken, ...]:
    """Return the addresses that were asked and are not fine, those that are gone first."""
    wrong = GuideLink.state.in_(("gone", "silent", "inside"))
    rows = list(db.session.scalars(select(GuideLink).where(wrong).order_by(GuideLink.address)))
    if not rows:
        return ()
    query = select(GuideRevision.slug, GuideRevision.language, GuideRevision.title, GuideRevision.body)
    texts = db.session.execute(
        query.where(GuideRevision.state == "published").order_by(GuideRevision.slug, GuideRevision.language)
    ).all()
    found = [
        Broken(
            row.address,
            row.state,
            row.status,
            row.checked_at,
            row.failing_since,
            tuple((slug, code, title) for slug, code, title, body in texts if f"({row.address})" in body),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda each: each.state != "gone"))
