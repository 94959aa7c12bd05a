"""Writing a text behind the counter: kept as a draft, sent to a second person, published, brought back.

Nothing that somebody wrote is overwritten by somebody else: a draft is changed in place only by its own
author, and only as they last saw it; whatever else is saved becomes a revision of its own.
"""

from dataclasses import dataclass, replace
from datetime import date

from app.core import audit, clock
from app.core.db import touch_data
from app.core.i18n import SOURCE
from app.extensions import db
from app.guide.model import GuideRevision
from app.guide.queries.checking import check
from app.guide.queries.signers import Signer
from app.guide.rules import editing, gates
from app.guide.rules.texts import Words, change_class
from app.guide.service import feedback, linking, vouching
from app.guide.service.revising import CONTENT, Draft
from app.guide.service.table import Kept, Refused, Seen, Stale, Table, reckon, refuse, words_of


def save(slug: str, language: str, author: str, seen: Seen, words: Words) -> Kept:
    """Keep what somebody typed as a draft. Commits. Raises `LookupError`.

    If the text is not as they saw it any more, theirs is kept beside what others wrote. Saving what stands
    already changes nothing.
    """
    table = Table.open(slug, language)
    head, clash = table.head, not table.is_as(seen)
    if head is not None and _same(words_of(head), words):
        db.session.rollback()
        return Kept(head.n)
    if head is not None and not clash and head.state in editing.OPEN and head.author == author:
        row = _changed(table, head, words)
    else:
        begun = head if not clash else db.session.get(GuideRevision, seen.id)
        row = _new(table, author, words, begun)
    linking.note(words)
    audit.record("guide.saved", subject=slug, data={"language": language, "n": row.n})
    db.session.commit()
    return Kept(row.n, head.n if clash and head is not None else None)


def _same(one: Words, other: Words) -> bool:
    """Tell whether two texts say the same; how many empty lines stand between their blocks says nothing."""
    plain = [
        (words.title, words.summary, editing.body_of(editing.pieces(words.body), placed=True)[0])
        for words in (one, other)
    ]
    return plain[0] == plain[1]


def _changed(table: Table, row: GuideRevision, words: Words) -> GuideRevision:
    row.title, row.summary, row.body = words.title, words.summary, words.body
    row.state, row.publish_on, row.version = "draft", None, row.version + 1
    vouching.forget(row)
    reckon(table, row)
    table.text.version += 1
    return row


def _new(table: Table, author: str, words: Words, base: GuideRevision | None) -> GuideRevision:
    is_source = table.language == SOURCE
    made_of = base.of_id if base is not None else (table.source.id if table.source else None)
    draft = Draft(
        slug=table.text.slug,
        language=table.language,
        words=words,
        made_by=base.made_by if base is not None else "people",
        author=author,
        change="substance",
        record=table.record if is_source else None,
        of_id=None if is_source else made_of,
        base_id=base.id if base is not None else None,
    )
    return table.desk.add(draft)


def bring_back(slug: str, language: str, author: str, n: int) -> Kept:
    """Make an older revision a new draft. Commits. Raises `LookupError`.

    A draft of these very words that somebody would go on from already stays the only one.
    """
    table = Table.open(slug, language)
    old = next((row for row in table.desk.of(slug, language) if row.n == n), None)
    if old is None:
        db.session.rollback()
        raise LookupError(n)
    head = table.head
    if (
        head is not None
        and head.state in editing.OPEN
        and head.of_id == old.of_id
        and _same(words_of(head), words_of(old))
    ):
        db.session.rollback()
        return Kept(head.n)
    row = _new(table, author, words_of(old), old)
    audit.record("guide.brought-back", subject=slug, data={"language": language, "n": row.n, "of": n})
    db.session.commit()
    return Kept(row.n)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a change: its class, and a note for colleagues."""

    change: str = ""
    note: str = ""
    compared: bool = False
    """Of a translation: it was read against the source text of today."""
    publish_on: date | None = None
    """The day on which it is published; None: now."""
    expires_on: date | None = None
    """The first day on which readers do not get it any more."""


def submit(slug: str, language: str, seen: Seen, said: Said) -> None:
    """Send a draft to a second person. Commits. Raises `Stale`, `Refused`, `LookupError`."""
    table = Table.open(slug, language)
    row = _ready(table, seen, said)
    _say(table, row, said)
    row.state, row.version = "in_review", row.version + 1
    audit.record("guide.submitted", subject=slug, data={"language": language, "n": row.n})
    db.session.commit()


def give_back(slug: str, language: str, seen: Seen, note: str) -> None:
    """Return a draft to its author with a note. Commits. Raises `Stale`, `LookupError`."""
    table = Table.open(slug, language)
    row = table.head_as(seen)
    if row.state in editing.OPEN:
        row.state, row.note, row.version = "draft", note, row.version + 1
        row.publish_on = None
        audit.record("guide.returned", subject=slug, data={"language": language, "n": row.n})
    db.session.commit()


def publish(slug: str, language: str, by: Signer, seen: Seen, said: Said) -> int:
    """Publish a draft, now or on a day, and return its number. Commits.

    Whoever publishes a text about health vouches for it; what else its risk asks for has been done before.
    A source text is to be looked at again so many months from today.
    Raises `Stale`, `Refused`, `LookupError`.
    """
    table = Table.open(slug, language)
    row = _ready(table, seen, said)
    today = clock.today()
    wrong = said.publish_on is not None and said.publish_on < today
    if wrong or (said.expires_on is not None and said.expires_on <= max(today, said.publish_on or today)):
        refuse("day")
    part = gates.publisher_part(table.text.risk)
    if part in gates.missing(table.text.risk, vouching.of(row)) and part is not None:
        vouching.add(table, row, by, part, "reads")
    for lacking in gates.missing(table.text.risk, vouching.of(row)):
        refuse(lacking)
    _say(table, row, said)
    vouching.sign(table, row)
    row.expires_on = said.expires_on
    if language == SOURCE:
        row.record = replace(table.record, written_on=today).as_json()
    row.version += 1
    data = {"language": language, "n": row.n, "change": row.change, "author": row.author}
    if said.publish_on and said.publish_on > today:
        row.state, row.publish_on = "in_review", said.publish_on
        audit.record("guide.scheduled", subject=slug, data={**data, "day": said.publish_on.isoformat()})
    else:
        table.text.version += 1
        table.desk.publish(row)
        audit.record("guide.published", subject=slug, data=data)
        touch_data()
    db.session.commit()
    return row.n


def _ready(table: Table, seen: Seen, said: Said) -> GuideRevision:
    """Return the draft that somebody saw if readers may have it. Raises `Stale`, `Refused`."""
    row = table.head_as(seen)
    if row.state not in editing.OPEN:
        refuse("same")
    source = None
    if table.language != SOURCE:
        if table.source is None:
            refuse("source")
        else:
            of = None if said.compared or row.of_id is None else db.session.get(GuideRevision, row.of_id)
            source = words_of(of or table.source)
    if check(words_of(row), table.language, table.record, source):
        refuse("faults")
    return row


def _say(table: Table, row: GuideRevision, said: Said) -> None:
    """Write down what was said of a change; a source's class is never less than its figures allow."""
    row.note = said.note
    reckon(table, row)
    live = table.desk.live(row.slug, row.language)
    if table.language == SOURCE:
        row.change = change_class(
            table.text.risk,
            said.change,
            words=live is None or not _same(words_of(live), words_of(row)),
            figures=live is not None and live.figures != row.figures,
        )
    elif said.compared and table.source is not None:
        row.of_id = table.source.id


def close_report(identity: int, account: str) -> None:
    """Say that somebody has read what a reader wrote, and erase its words. Commits; twice is harmless."""
    if feedback.close(identity, account):
        audit.record("guide.report-read", subject=str(identity))
    db.session.commit()


__all__ = [
    "CONTENT", "Kept", "Refused", "Said", "Seen", "Stale", "bring_back", "close_report", "give_back",
    "publish", "save", "submit", "words_of",
]  # fmt: skip
