"""Saying that a text was read and is right as it is: only the day of its next review moves."""

from dataclasses import replace

from app.core import audit, clock
from app.core.db import touch_data
from app.core.i18n import SOURCE
from app.extensions import db
from app.guide.model import GuideRevision
from app.guide.rules import editing
from app.guide.rules.ledger import figures_of
from app.guide.rules.texts import Record, change_class
from app.guide.service.editing import Seen, Table, refuse, words_of
from app.guide.service.revising import UNSIGNED, Draft


def look_at(slug: str, by: str, seen: Seen) -> int:
    """Say that a source text was read today and is right, and return the number of its new revision. Commits.

    Its words, its signature and its translations stay as they are; the day from which its next review is
    counted is today. Raises `LookupError`, `Stale`, and `Refused`: `same` if it is not published or somebody
    is writing at it; `second` where life and death depend on the words and it is one's own. Said twice of
    the same revision on one day it is one look.
    """
    table = Table.open(slug, SOURCE)
    if table.head is not None and _is_own_look(table.head, by, seen):
        db.session.rollback()
        return table.head.n
    row = table.head_as(seen)
    if row.state != "published":
        refuse("same")
    if editing.needs_second(table.text.risk) and by in {row.author, row.second_reader}:
        refuse("second")
    record = replace(table.record, written_on=clock.today())
    figures = row.figures != figures_of(words_of(row).keys, table.desk.facts)
    draft = Draft(
        slug=slug,
        language=SOURCE,
        words=words_of(row),
        made_by=row.made_by,
        author=by,
        change=change_class(record.risk, "", words=False, figures=figures),
        record=record,
        base_id=row.id,
    )
    new = table.desk.add(draft, "published")
    new.expires_on = row.expires_on
    if not figures:
        for name in UNSIGNED:
            setattr(new, name, getattr(row, name))
    audit.record("guide.looked-at", subject=slug, data={"n": new.n})
    touch_data()
    db.session.commit()
    return new.n


def _is_own_look(row: GuideRevision, by: str, seen: Seen) -> bool:
    """Tell whether what stands is what the same look made a moment ago."""
    if row.state != "published" or (row.author, row.base_id) != (by, seen.id) or row.second_reader:
        return False
    of = db.session.get(GuideRevision, seen.id)
    day = Record.from_json(row.record).written_on
    return of is not None and words_of(of) == words_of(row) and day == clock.today()
