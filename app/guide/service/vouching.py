"""Somebody's word for a revision: given once by each person, and the name that stands under a text then."""

from sqlalchemy import delete, select

from app.core import audit, clock
from app.core.db import touch_data
from app.core.i18n import SOURCE
from app.extensions import db
from app.guide.model import GuideRevision, GuideVouch
from app.guide.queries import signers
from app.guide.queries.signers import Signer
from app.guide.rules import editing, gates
from app.guide.rules.gates import How, Part, Vouch, Words
from app.guide.service.table import Seen, Stale, Table, refuse


def of(row: GuideRevision) -> tuple[Vouch, ...]:
    """Return who vouched for a revision."""
    return signers.vouches(signers.given(row.id))


def words_of(table: Table, row: GuideRevision) -> Words:
    """Return what is vouched for, as the rules judge it."""
    return Words(table.text.risk, row.language, row.language == SOURCE, signers.authors(row.id))


def forget(row: GuideRevision) -> None:
    """Take every word for a draft back: its words are others now."""
    db.session.execute(delete(GuideVouch).where(GuideVouch.revision_id == row.id))


def add(table: Table, row: GuideRevision, by: Signer, part: Part, how: How, back: str = "") -> None:
    """Write down somebody's word for a revision. Raises `Refused`."""
    words = words_of(table, row)
    hindrance = gates.hindrance(by.person, part, how, words, of(row))
    if hindrance:
        refuse("second" if hindrance == "own" and part == "second" else hindrance)
    db.session.add(
        GuideVouch(
            revision_id=row.id,
            account=by.account,
            part=part,
            how=how,
            back=back,
            named=gates.names(by.person, how, words),
            name=by.name,
            title=by.title,
            organisation=by.organisation,
            at=clock.now(),
        )
    )
    db.session.flush()
    if part == "second":
        row.second_reader = by.account


def carry(old: GuideRevision, new: GuideRevision, by: str) -> None:
    """Keep what people gave their word for, for the same words as a new revision; `by` gives it anew."""
    query = select(GuideVouch).where(GuideVouch.revision_id == old.id, GuideVouch.account != by)
    for each in db.session.scalars(query).all():
        cells = {column.key: getattr(each, column.key) for column in GuideVouch.__table__.columns}
        db.session.add(GuideVouch(**{**cells, "revision_id": new.id}))
    db.session.flush()


def sign(table: Table, row: GuideRevision) -> bool:
    """Let the name of who vouched for a revision stand under it, once the rules allow. Tells whether."""
    found = gates.signatory(words_of(table, row), of(row))
    if found is None or row.reviewer:
        return False
    put_name(row, found.account)
    return True


def put_name(row: GuideRevision, account: str) -> None:
    """Let the name of somebody who vouched for a revision stand under it, with the day of today."""
    vouch = db.session.get_one(GuideVouch, (row.id, account))
    row.reviewer, row.reviewer_title = vouch.name, vouch.title
    row.reviewer_organisation, row.reviewed_on = vouch.organisation, clock.today()


def vouch(slug: str, language: str, by: Signer, seen: Seen, part: Part, how: How, back: str = "") -> bool:
    """Vouch for what somebody saw: a draft, or the text that is published. Commits.

    Returns whether a name stands under the text now. Twice is once. Raises `Stale`, `Refused`, `LookupError`.
    """
    table = Table.open(slug, language)
    row = next((each for each in table.desk.of(slug, language) if each.id == seen.id), None)
    if row is not None and any(each.account == by.account and each.part == part for each in of(row)):
        db.session.rollback()
        return bool(row.reviewer)
    stands = row is not None and (row.state == "published" or row.state in editing.OPEN)
    if row is None or not stands or row.version != seen.version:
        db.session.rollback()
        raise Stale
    if how == "back" and not back.strip():
        refuse("back")
    if part not in (gates.wanted(table.text.risk) or ("reviewer",)):
        refuse("part")
    add(table, row, by, part, how, back if how == "back" else "")
    signed = sign(table, row)
    row.version += 1
    table.text.version += 1
    data = {"language": language, "n": row.n, "part": part, "how": how, "signed": signed}
    audit.record("guide.vouched", subject=slug, data=data)
    if signed and row.state == "published":
        touch_data()
    db.session.commit()
    return signed
