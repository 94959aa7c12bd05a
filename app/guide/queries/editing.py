"""Reads texts as their writers need them: what stands, what is being written, and who did what when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app
from markupsafe import Markup
from sqlalchemy import select

from app.accounts import queries as accounts
from app.accounts.rules import Target
from app.core import clock
from app.core.i18n import SOURCE
from app.extensions import db
from app.guide.model import GuideRevision, GuideText
from app.guide.queries import ledger, rendering
from app.guide.queries.revisions import languages_of
from app.guide.rules import editing
from app.guide.rules.ledger import figures_of
from app.guide.rules.states import next_review
from app.guide.rules.texts import Record, Words
from app.guide.rules.vocabulary import SHOWN


@dataclass(frozen=True, slots=True)
class Revision:
    """A text in one language at a moment. `base_id` is the revision that it was edited from."""

    id: int
    n: int
    language: str
    words: Words
    record: Record | None
    """Of a source revision."""
    figures: Mapping[str, list[str]]
    state: str
    author: str
    """Id of an account; `content` for what came with the program."""
    made_by: str
    change: str
    note: str
    of_id: int | None
    base_id: int | None
    version: int
    created_at: datetime
    published_at: datetime | None
    second_reader: str
    reviewer: str
    reviewed_on: date | None
    publish_on: date | None
    expires_on: date | None

    @property
    def is_open(self) -> bool:
        """Tell whether readers have not seen it yet."""
        return self.state in editing.OPEN


@dataclass(frozen=True, slots=True)
class Desk:
    """A text in one language as its writers find it. Revisions are newest first."""

    slug: str
    topic: str
    kind: str
    risk: str
    place: str | None
    bands: tuple[str, ...]
    title: Markup
    titled_in: str
    """The language of the title: this one, or the source's where it has none."""
    language: str
    revisions: tuple[Revision, ...]
    live: Revision | None
    head: Revision | None
    """What somebody goes on from: the newest draft, else what is published."""
    source: Revision | None
    """What is published in the language that all others are translated from."""
    made_of: Revision | None
    """The source revision that the head was made of, if it is a translation and that is known."""

    @property
    def is_source(self) -> bool:
        """Tell whether all other languages follow this one."""
        return self.language == SOURCE

    @property
    def record(self) -> Record:
        """Return what is the same in every language."""
        found = self.source or next((each for each in self.revisions if each.record), None)
        if found is None or found.record is None:
            raise LookupError(f"{self.slug} has no source text.")
        return found.record

    @property
    def drafts(self) -> tuple[Revision, ...]:
        """Return the unpublished revisions that are not what somebody goes on from, newest first."""
        live = self.live.n if self.live else 0
        head = self.head.id if self.head else 0
        return tuple(each for each in self.revisions if each.is_open and each.n > live and each.id != head)

    def is_older(self, draft: Revision) -> bool:
        """Tell whether a draft was begun before what is published now, which it therefore does not know."""
        return self.live is not None and (self.live.published_at or self.live.created_at) > draft.created_at

    def is_behind(self, draft: Revision) -> bool:
        """Tell whether the source says something else now than when a translation was made of it."""
        if self.is_source or self.source is None or draft.of_id == self.source.id:
            return False
        made_of = self.made_of
        return made_of is None or (made_of.words, made_of.figures) != (self.source.words, self.source.figures)

    def revision(self, n: int) -> Revision | None:
        """Return the revision of a number."""
        return next((each for each in self.revisions if each.n == n), None)

    def figures(self, words: Words) -> Mapping[str, list[str]]:
        """Return what the facts of a text state now."""
        return figures_of(words.keys, ledger.facts())


def target(slug: str) -> Target | None:
    """Return what rights to a text depend on; None if there is no such text."""
    row = db.session.execute(select(GuideText.place).where(GuideText.slug == slug)).first()
    return None if row is None else target_of(row.place)


def target_of(place: str | None) -> Target:
    """Return what rights to the texts of a place, or to those of all places, depend on."""
    return Target(place=place or "", area=place or "", shared=place is None)


def desk(slug: str, language: str) -> Desk:
    """Return a text in a language. Raises `LookupError` if there is no such text."""
    text = db.session.get(GuideText, slug)
    if text is None:
        raise LookupError(slug)
    query = select(GuideRevision).where(
        GuideRevision.slug == slug, GuideRevision.language.in_({language, SOURCE})
    )
    rows = [revision_of(row) for row in db.session.scalars(query.order_by(GuideRevision.n))]
    mine = [row for row in rows if row.language == language]
    sources = [row for row in rows if row.language == SOURCE]
    at = editing.head([row.state for row in mine])
    head = mine[at] if at is not None else None
    made_of = head.of_id if head and language != SOURCE else None
    named = _live(mine) or _live(sources) or (head if head and head.words.title else sources[-1])
    return Desk(
        slug=slug,
        topic=text.topic,
        kind=text.kind,
        risk=text.risk,
        place=text.place,
        bands=tuple(text.bands),
        title=rendering.inline(named.words.title, rendering.setting_of(named.language, ledger.facts())),
        titled_in=named.language,
        language=language,
        revisions=tuple(reversed(mine)),
        live=_live(mine),
        head=head,
        source=_live(sources),
        made_of=next((row for row in sources if row.id == made_of), None),
    )


def revision_of(row: GuideRevision) -> Revision:
    """Return a row as a value."""
    return Revision(
        id=row.id,
        n=row.n,
        language=row.language,
        words=Words(row.title, row.summary, row.body),
        record=Record.from_json(row.record) if row.record else None,
        figures=row.figures,
        state=row.state,
        author=row.author,
        made_by=row.made_by,
        change=row.change,
        note=row.note,
        of_id=row.of_id,
        base_id=row.base_id,
        version=row.version,
        created_at=row.created_at,
        published_at=row.published_at,
        second_reader=row.second_reader,
        reviewer=row.reviewer,
        reviewed_on=row.reviewed_on,
        publish_on=row.publish_on,
        expires_on=row.expires_on,
    )


def _live(rows: Iterable[Revision]) -> Revision | None:
    return max((row for row in rows if row.state == "published"), key=lambda row: row.n, default=None)


def names(ids: Iterable[str]) -> dict[str, Mapping[str, str]]:
    """Return the names of accounts, as far as there are such accounts."""
    found = {each: accounts.person(each) for each in set(ids) if each and ":" not in each}
    return {each: person.names for each, person in found.items() if person is not None}


def affected(slug: str, risk: str) -> tuple[str, ...]:
    """Return the languages besides the source's that readers are given a text in."""
    codes: tuple[str, ...] = current_app.extensions["languages"].codes
    had = languages_of({slug: risk}, codes, clock.today())[slug]
    return tuple(code for code in codes if code != SOURCE and had.state(code) in SHOWN)


def taken_away(desk: Desk) -> int:
    """Return the number of the published revision that readers are not given all the same; 0: they are.

    Its day is over, a change of safety of the source took it away, or the source itself is not shown.
    """
    codes = {desk.language, SOURCE}
    had = languages_of({desk.slug: desk.risk}, codes, clock.today())[desk.slug]
    if desk.live is None or (had.live if desk.is_source else had.state(desk.language) in SHOWN):
        return 0
    return desk.live.n


def due(record: Record, reviewed_on: date | None) -> date:
    """Return the day by which a text is to be looked at again."""
    return next_review(max(filter(None, (reviewed_on, record.written_on))), record.review_months)
