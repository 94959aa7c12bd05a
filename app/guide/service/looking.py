"""Saying that a text was read and is right as it is: only the day of its next review moves."""

from dataclasses import replace

from app.core import audit, clock
from app.core.db import touch_data
from app.core.i18n import SOURCE
from app.extensions import db
from app.guide.model import GuideRevision
from app.guide.queries import signers
from app.guide.queries.signers import Signer
from app.guide.rules import gates
from app.guide.rules.ledger import figures_of
from app.guide.rules.texts import Record, change_class
from app.guide.service import vouching
from app.guide.service.revising import UNSIGNED, Draft
from app.guide.service.table import Seen, Table, refuse, words_of


def look_at(slug: str, by: Signer, seen: Seen) -> int:
    """Say that a source text was read today and is right, and return the number of its new revision. Commits.

    Its words and their author, its signature and its translations stay as they are; the day from which its
    next review is counted is today. Whoever looks gives their word for it in the part that the text's risk
    asks for (`gates.look`), as if they published it anew; whose name stands under it already signs with the
    day of today. Said twice of the same revision on one day it is one look.
    Raises `LookupError`, `Stale`, and `Refused`: `same` if it is not published or somebody is writing at it,
    else what `gates.look` says.
    """
    table = Table.open(slug, SOURCE)
    if table.head is not None and _is_own_look(table.head, by.account, seen):
        db.session.rollback()
        return table.head.n
    row = table.head_as(seen)
    if row.state != "published":
        refuse("same")
    words = vouching.words_of(table, row)
    part, hindrance = gates.look(by.person, words, vouching.of(row), row.second_reader)
    if hindrance:
        refuse(hindrance)
    new = _again(table, row, by.account)
    if part is not None:
        vouching.add(table, new, by, part, "reads")
        had = {(each.account, each.name) for each in signers.given(row.id) if each.part == part}
        if by.person.named and (by.account, row.reviewer) in had:
            vouching.put_name(new, by.account)
        else:
            vouching.sign(table, new)
    new.second_reader = by.account
    audit.record("guide.looked-at", subject=slug, data={"n": new.n, "part": part or ""})
    touch_data()
    db.session.commit()
    return new.n


def _again(table: Table, row: GuideRevision, by: str) -> GuideRevision:
    """Return a published revision of the same words whose review is counted from today.

    What people gave their word for stays so, unless a fact states something else than it did then.
    """
    record = replace(table.record, written_on=clock.today())
    figures = row.figures != figures_of(words_of(row).keys, table.desk.facts)
    draft = Draft(
        slug=row.slug,
        language=SOURCE,
        words=words_of(row),
        made_by=row.made_by,
        author=row.author,
        change=change_class(record.risk, "", words=False, figures=figures),
        record=record,
        base_id=row.id,
    )
    new = table.desk.add(draft, "published")
    new.expires_on = row.expires_on
    if not figures:
        for name in UNSIGNED:
            setattr(new, name, getattr(row, name))
        vouching.carry(row, new, by)
    return new


def _is_own_look(row: GuideRevision, by: str, seen: Seen) -> bool:
    """Tell whether what stands is what the same look made a moment ago."""
    if row.state != "published" or (row.second_reader, row.base_id) != (by, seen.id):
        return False
    of = db.session.get(GuideRevision, seen.id)
    day = Record.from_json(row.record).written_on
    return of is not None and words_of(of) == words_of(row) and day == clock.today()
