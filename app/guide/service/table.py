"""A text at the counter: its revisions, locked, as a command finds them; and why one writes nothing."""

from dataclasses import dataclass
from typing import NoReturn

from sqlalchemy import select

from app.core import clock
from app.core.i18n import SOURCE
from app.extensions import db
from app.guide.model import GuideRevision, GuideText
from app.guide.rules import editing
from app.guide.rules.ledger import figures_of
from app.guide.rules.texts import Record, Words
from app.guide.service.revising import Desk


class Stale(Exception):  # noqa: N818 - nobody made an error
    """Somebody saved or published the text since the page was shown; nothing was written."""


class Refused(Exception):  # noqa: N818
    """It cannot be done.

    `code`: `faults`, `same` (there is no draft), `source` (the source text is not published), `day` (a day
    that is over), or one of `rules.gates`: the part that is missing (`clinician`, `reviewer`, `second`), or
    why somebody may not take it (`own`, `both`, `native`, `language`).
    """

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody saw when they began: a revision and its version; 0 and 0 where there was none."""

    id: int
    version: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a text that was saved. `beside`: somebody else's newer revision stays beside it."""

    n: int
    beside: int | None = None


@dataclass(slots=True)
class Table:
    """The revisions of a text in a language, locked, and the ones that count."""

    text: GuideText
    desk: Desk
    language: str
    head: GuideRevision | None
    source: GuideRevision | None

    @classmethod
    def open(cls, slug: str, language: str) -> "Table":
        """Lock a text and read it anew. Raises `LookupError`."""
        found = select(GuideText).where(GuideText.slug == slug).with_for_update()
        text = db.session.scalar(found.execution_options(populate_existing=True))
        if text is None:
            raise LookupError(slug)
        db.session.expire_all()
        desk = Desk.open(clock.now(), slug)
        rows = desk.of(slug, language)
        at = editing.head([row.state for row in rows])
        return cls(text, desk, language, rows[at] if at is not None else None, desk.live(slug, SOURCE))

    def is_as(self, seen: Seen) -> bool:
        """Tell whether the text stands as somebody saw it."""
        if self.head is None:
            return not seen.id
        return (self.head.id, self.head.version) == (seen.id, seen.version)

    def head_as(self, seen: Seen) -> GuideRevision:
        """Return the revision that somebody saw. Raises `Stale`."""
        if self.head is None or not self.is_as(seen):
            db.session.rollback()
            raise Stale
        return self.head

    def stale(self) -> NoReturn:
        """Write nothing: the text changed since it was shown. Raises `Stale`."""
        db.session.rollback()
        raise Stale

    @property
    def record(self) -> Record:
        """Return what is the same in every language, as it stands now."""
        rows = self.desk.of(self.text.slug, SOURCE)
        row = self.source or next(row for row in reversed(rows) if row.record)
        return Record.from_json(row.record)


def words_of(row: GuideRevision) -> Words:
    """Return the words of a revision."""
    return Words(row.title, row.summary, row.body)


def reckon(table: Table, row: GuideRevision) -> None:
    """Write down what a source revision states now, by the ledger of today."""
    if table.language == SOURCE:
        words = words_of(row)
        row.record = table.record.as_json()
        row.figures = figures_of(words.keys, table.desk.facts)
        row.says = words.stamp(table.desk.facts)


def refuse(code: str) -> NoReturn:
    """Write nothing and say why. Raises `Refused`."""
    db.session.rollback()
    raise Refused(code)
