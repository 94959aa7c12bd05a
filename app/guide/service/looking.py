"""Saying that a text was read and is right as it is: only the day of its next review moves."""

from dataclasses import replace

from app.core import audit, clock
from app.core.db import touch_data
from app.core.i18n import SOURCE
from app.extensions import db
from app.guide.rules import editing
from app.guide.rules.ledger import figures_of
from app.guide.rules.texts import change_class
from app.guide.service.editing import Seen, Table, refuse, words_of
from app.guide.service.revising import UNSIGNED, Draft


def look_at(slug: str, by: str, seen: Seen) -> int:
    """Say that a source text was read today and is right, and return the number of its new revision. Commits.

    Its words, its signature and its translations stay as they are; the day from which its next review is
    counted is today. Raises `LookupError`, `Stale`, and `Refused`: `same` if it is not published or somebody
    is writing at it; `second` where life and death depend on the words and it is one's own.
    """
    table = Table.open(slug, SOURCE)
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
