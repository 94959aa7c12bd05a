"""Makes revisions: the one way a text comes to be or changes, from a file or from a hand.

Nothing here commits; the caller does, after `touch_data` where what is published changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from app.core.i18n import SOURCE
from app.extensions import db
from app.guide.model import GuideRevision, GuideText
from app.guide.queries.ledger import facts as ledger_facts
from app.guide.rules.ledger import Fact, figures_of
from app.guide.rules.texts import Record, Words, change_class
from app.guide.rules.vocabulary import Change, Stored

CONTENT: Final = "content"
"""Author of what came from a file."""
UNSIGNED: Final[dict[str, Any]] = {
    "reviewer": "", "reviewer_title": "", "reviewer_organisation": "", "reviewed_on": None,
    "second_reader": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """What a new revision says. `stamp` and `front` are those of the file it came from, if it did."""

    slug: str
    language: str
    words: Words
    made_by: str
    author: str
    change: Change
    record: Record | None = None
    """Of a source revision."""
    of_id: int | None = None
    base_id: int | None = None
    note: str = ""
    stamp: str | None = None
    front: str = ""


@dataclass(slots=True)
class Desk:
    """The revisions of all texts, read once, and the ledger as it stands; new ones are added here."""

    now: datetime
    facts: Mapping[str, Fact]
    revisions: dict[tuple[str, str], list[GuideRevision]] = field(default_factory=dict)

    @classmethod
    def open(cls, now: datetime, slug: str | None = None) -> "Desk":
        """Read the revisions of one text, or of all, and the ledger."""
        desk = cls(now, ledger_facts())
        query = select(GuideRevision).order_by(GuideRevision.slug, GuideRevision.language, GuideRevision.n)
        for row in db.session.scalars(query if slug is None else query.where(GuideRevision.slug == slug)):
            desk.revisions.setdefault((row.slug, row.language), []).append(row)
        return desk

    def of(self, slug: str, language: str) -> list[GuideRevision]:
        """Return the revisions of a text in a language, oldest first."""
        return self.revisions.get((slug, language), [])

    def live(self, slug: str, language: str) -> GuideRevision | None:
        """Return the newest published revision."""
        return next((row for row in reversed(self.of(slug, language)) if row.state == "published"), None)

    def add(self, draft: Draft, state: Stored = "draft") -> GuideRevision:
        """Add a revision; a published one replaces the one before, and its record becomes the text's."""
        earlier = self.of(draft.slug, draft.language)
        figures = figures_of(draft.words.keys, self.facts) if draft.record else {}
        text = db.session.get(GuideText, draft.slug)
        if text is None:
            if draft.record is None:
                raise LookupError(f"There is no text {draft.slug}.")
            text = GuideText(slug=draft.slug, version=0, **_columns(draft.record))
            db.session.add(text)
        text.version += 1
        db.session.flush()
        row = GuideRevision(
            slug=draft.slug,
            language=draft.language,
            n=earlier[-1].n + 1 if earlier else 1,
            title=draft.words.title,
            summary=draft.words.summary,
            body=draft.words.body,
            record=draft.record.as_json() if draft.record else {},
            figures=figures,
            says=draft.words.stamp(self.facts) if draft.record else "",
            made_by=draft.made_by,
            author=draft.author,
            note=draft.note,
            change=draft.change,
            of_id=draft.of_id,
            base_id=draft.base_id,
            state="draft",
            created_at=self.now,
            expires_on=None,
            publish_on=None,
            stamp=draft.stamp,
            front=draft.front,
            **UNSIGNED,
        )
        db.session.add(row)
        db.session.flush()
        self.revisions.setdefault((draft.slug, draft.language), []).append(row)
        if state == "published":
            self.publish(row)
        return row

    def publish(self, row: GuideRevision) -> None:
        """Publish a revision in place of the one that stands."""
        for other in self.of(row.slug, row.language):
            if other.state == "published":
                other.state = "replaced"
        row.state, row.published_at, row.publish_on = "published", self.now, None
        text = db.session.get(GuideText, row.slug)
        if row.language == SOURCE and text is not None:
            for name, value in _columns(Record.from_json(row.record)).items():
                setattr(text, name, value)
        db.session.flush()

    def withdraw(self, row: GuideRevision, note: str) -> None:
        """Take a revision away from readers."""
        row.state, row.note = "withdrawn", note
        db.session.flush()

    def follow_facts(self, author: str) -> list[GuideRevision]:
        """Make a new source revision of every text whose facts state something else than when it came out.

        The words stay; the change is of the default class of the text's risk, and nobody has signed it yet.
        """
        made = []
        for slug, language in sorted(self.revisions):
            live = self.live(slug, language) if language == SOURCE else None
            if live is None:
                continue
            words = Words(live.title, live.summary, live.body)
            figures = figures_of(words.keys, self.facts)
            if figures == live.figures:
                continue
            changed = sorted(
                key for key in {*figures, *live.figures} if figures.get(key) != live.figures.get(key)
            )
            record = Record.from_json(live.record)
            draft = Draft(
                slug=slug,
                language=language,
                words=words,
                made_by=live.made_by,
                author=author,
                change=change_class(record.risk, "", words=False, figures=True),
                record=record,
                base_id=live.id,
                note=f"facts: {' '.join(changed)}",
                stamp=live.stamp,
                front=live.front,
            )
            made.append(self.add(draft, "published"))
        return made


def _columns(record: Record) -> dict[str, Any]:
    """Return a record as the columns of its text."""
    return record.as_json() | {"written_on": record.written_on, "valid_until": record.valid_until}
