"""Which texts wait for the name of somebody who signs. No text is rendered."""

from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from app.accounts.queries import Staff
from app.accounts.rules import Action
from app.core.i18n import SOURCE
from app.extensions import db
from app.guide.model import GuideRevision, GuideSigner, GuideText, GuideVouch
from app.guide.queries.editing import target_of
from app.guide.queries.revisions import waits
from app.guide.queries.signers import authors_of, signer
from app.guide.rules import gates
from app.guide.rules.gates import Vouch, Words


@dataclass(frozen=True, slots=True)
class ToSign:
    """Texts by slug: drafts that are not published without such a word; what readers get with no name."""

    drafts: frozenset[str] = frozenset()
    live: frozenset[str] = frozenset()


def signs(staff: Staff) -> bool:
    """Tell whether somebody is in the list of those who sign."""
    row = db.session.get(GuideSigner, staff.id)
    return row is not None and row.ended_at is None


def to_sign(staff: Staff) -> ToSign:
    """Return the texts that somebody may put their name under and that nobody has.

    It is what the page where they sign says of each: within reach, and a part that is open to them.
    """
    if not signs(staff):
        return ToSign()
    columns = (
        GuideRevision.id, GuideRevision.slug, GuideRevision.language, GuideRevision.state, GuideText.risk,
        GuideText.place,
    )  # fmt: skip
    bare = and_(
        GuideRevision.state == "published", GuideRevision.language == SOURCE, GuideRevision.reviewer == ""
    )
    query = (
        select(*columns)
        .join(GuideText, GuideText.slug == GuideRevision.slug)
        .where(or_(waits(), bare), GuideText.risk.in_(_WANTED))
    )
    rows = [row for row in db.session.execute(query) if _reached(staff, row.place, row.language)]
    given, authors = _given(), authors_of([row.id for row in rows])
    people = {place: signer(staff, target_of(place)).person for place in {row.place for row in rows}}
    found: dict[str, set[str]] = {"in_review": set(), "published": set()}
    for row in rows:
        words = Words(row.risk, row.language, row.language == SOURCE, authors[row.id])
        vouches = given.get(row.id, [])
        parts = gates.parts_of(people[row.place], words, vouches)
        wanted = gates.missing(row.risk, vouches) if row.state == "in_review" else gates.wanted(row.risk)[:1]
        if set(parts) & set(wanted):
            found[row.state].add(row.slug)
    return ToSign(frozenset(found["in_review"]), frozenset(found["published"]))


def _reached(staff: Staff, place: str | None, language: str) -> bool:
    actions = (Action.GUIDE_REVIEW, Action.GUIDE_SOURCE if language == SOURCE else Action.GUIDE_EDIT)
    return all(staff.may(action, target_of(place)) for action in actions)


_WANTED = tuple(risk for risk in ("R1", "R2", "R3") if gates.wanted(risk))
"""Risks whose texts are not published without somebody's word."""


def _given() -> dict[int, list[Vouch]]:
    """Return the words that stand, by revision."""
    found: dict[int, list[Vouch]] = {}
    for row in db.session.scalars(select(GuideVouch)):
        for part in gates.PARTS:
            for how in gates.HOWS:
                if (part, how) == (row.part, row.how):
                    found.setdefault(row.revision_id, []).append(Vouch(row.account, part, how, row.named))
    return found
