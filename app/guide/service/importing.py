"""Brings `content/guide/` into the database: what the files say newly, and never over a local edit.

One transaction. A text whose file changed gets a new revision, published as unsigned. If somebody edited
the text here since it last came from its file, the edit stands and the file's text is kept as a draft: a
conflict, told once. A file that says what readers have already is none, wherever that was written. A fact
that changed makes a new source revision of each text that uses it, so that translations of it become what
`rules.states` says in that very moment.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from app.core import audit
from app.core.clock import ZONE
from app.core.db import touch_data
from app.core.faults import N_, Fault, FaultyFiles
from app.core.i18n import SOURCE
from app.extensions import db
from app.guide.loading.shelf import Shelf, load_shelf
from app.guide.loading.sources import SourceText
from app.guide.loading.translations import Translation
from app.guide.model import GuideAcknowledgement, GuideRevision
from app.guide.rules.ledger import figures_of
from app.guide.rules.stamps import digest
from app.guide.rules.texts import Record, Words, change_class
from app.guide.rules.vocabulary import Stored, default_change
from app.guide.service import ledgering
from app.guide.service.revising import CONTENT, Desk, Draft

GONE: Final = "file gone"
CONFLICT: Final = "conflict"
_HIDDEN: Final = N_("Its source text was taken away; the translation is not shown.")
_UNKNOWN: Final = N_("No source text that was ever here has the stamp %(stamp)s; it counts as older.")
_TOLD: Final = 50
"""How many names one audit row holds; counts are always whole."""


@dataclass(slots=True)
class Imported:
    """What an import did. Texts are named `<language>/<slug>`, facts and sources by key and id."""

    published: list[str] = field(default_factory=list)
    followed: list[str] = field(default_factory=list)
    """Source texts with a new revision because a fact of theirs changed."""
    looked_at: list[str] = field(default_factory=list)
    """Translations whose file names a later source text, with the same words: nothing need be changed."""
    withdrawn: list[str] = field(default_factory=list)
    """Texts whose file is gone."""
    conflicts: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    """With `partial`: what was left out."""
    notices: list[Fault] = field(default_factory=list)
    told: list[Fault] = field(default_factory=list)
    """What stops nothing and is told all the same: texts out of date, translations of nobody knows what."""
    waiting: list[Fault] = field(default_factory=list)
    """Translations of a text that is not shown: they are kept as drafts."""
    quiet: bool = False
    """Something was written that no reader sees."""

    @property
    def changed(self) -> bool:
        """Tell whether anything that readers see is new."""
        parts = (self.published, self.followed, self.looked_at, self.withdrawn, self.facts, self.sources)
        return any(parts)


def import_guide(
    content: Path,
    *,
    languages: tuple[str, ...],
    glossary: Path,
    now: datetime,
    dry_run: bool = False,
    partial: bool = False,
) -> Imported:
    """Import the guidance of a content folder. Idempotent.

    Raises `FaultyFiles` with every fault of every file; nothing is written then. With `partial` the good
    files are brought in all the same, and the faulty ones stay as the database has them.
    """
    shelf = load_shelf(content, languages, glossary, now.astimezone(ZONE).date())
    if shelf.faults and not partial:
        raise FaultyFiles(shelf.faults)
    done = Imported(faults=shelf.faults, notices=shelf.notices, told=shelf.due)
    entered = ledgering.enter(shelf.ledger, now=now, by=CONTENT, whole=not shelf.faults)
    done.facts, done.sources, done.conflicts = entered.facts, entered.sources, entered.conflicts
    done.quiet = entered.moved
    _Import(shelf, Desk.open(now), done, languages).run(whole=not shelf.faults)
    if dry_run:
        db.session.rollback()
        return done
    if done.changed or done.conflicts:
        audit.record("guide.import", subject="guide", data=_told(done))
    if done.changed:
        touch_data()
    if done.changed or done.conflicts or done.quiet:
        db.session.commit()
    return done


class _Import:
    """One import: texts, then what follows from facts, then translations, then what is gone."""

    def __init__(self, shelf: Shelf, desk: Desk, done: Imported, languages: Iterable[str]) -> None:
        self._shelf, self._desk, self._done, self._languages = shelf, desk, done, set(languages)

    def run(self, *, whole: bool) -> None:
        for text in self._shelf.texts.values():
            self._text(text)
        followed = self._desk.follow_facts(CONTENT)
        self._done.followed += [f"{row.language}/{row.slug}" for row in followed]
        for translation in self._shelf.translations.values():
            self._translation(translation)
        if whole:
            self._gone()

    def _text(self, text: SourceText) -> None:
        stamp = digest([text.record.as_json(), _words(text.words), text.made_by])
        live = self._desk.live(text.slug, SOURCE)
        came, local = _history(self._desk.of(text.slug, SOURCE))
        if self._agrees(live, stamp, text) or self._stands(came, stamp, text.page.front):
            return
        before = live or came
        words = before is None or _words(text.words) != _words(_of(before))
        figures = before is not None and before.figures != figures_of(text.words.keys, self._desk.facts)
        change = (
            default_change(text.record.risk)
            if before is None
            else change_class(text.record.risk, text.change, words=words, figures=figures)
        )
        draft = Draft(
            slug=text.slug,
            language=SOURCE,
            words=text.words,
            made_by=text.made_by,
            author=CONTENT,
            change=change,
            record=text.record,
            base_id=came.id if came else None,
            note=CONFLICT if local else "",
            stamp=stamp,
            front=text.page.front,
        )
        self._add(draft, conflict=local)

    def _translation(self, text: Translation) -> None:
        stamp = digest([_words(text.words), text.made_by])
        came, local = _history(self._desk.of(text.slug, text.language))
        of = self._made_of(text, came)
        if text.of and of is None:
            path, line = text.page.path.relative_to(text.page.faults.root), text.page.lines.get("of", 1)
            self._done.told.append(Fault(path, line, _UNKNOWN, {"stamp": text.of}, "of"))
        hidden = self._desk.live(text.slug, SOURCE) is None
        if hidden:
            path = text.page.path.relative_to(text.page.faults.root)
            self._done.waiting.append(Fault(path, 1, _HIDDEN))
        live = self._desk.live(text.slug, text.language)
        if self._agrees(live, stamp, text):
            came = live
        elif not self._stands(came, stamp, text.page.front):
            self._translated(text, stamp, came, of, conflict=local or hidden)
            return
        if came is not None and of is not None:
            self._look_at(came, of)

    def _translated(
        self,
        text: Translation,
        stamp: str,
        came: GuideRevision | None,
        of: GuideRevision | None,
        *,
        conflict: bool,
    ) -> None:
        """Add what a file says newly; what is of a source text that nobody published waits as a draft."""
        draft = Draft(
            slug=text.slug,
            language=text.language,
            words=text.words,
            made_by=text.made_by,
            author=CONTENT,
            change="substance",
            of_id=of.id if of else None,
            base_id=came.id if came else None,
            stamp=stamp,
            front=text.page.front,
        )
        waits = of is not None and of.published_at is None
        self._add(draft, conflict=conflict or waits)

    def _add(self, draft: Draft, *, conflict: bool) -> None:
        state: Stored = "draft" if conflict else "published"
        self._desk.add(draft, state)
        name = f"{draft.language}/{draft.slug}"
        (self._done.conflicts if conflict else self._done.published).append(name)

    def _agrees(self, live: GuideRevision | None, stamp: str, text: SourceText | Translation) -> bool:
        """Tell whether a file says what readers have; from then on that counts as come from the file.

        So an edit that was exported and put among the files is the common ground of both sides. The body
        takes over the empty lines at the ends of the file's, which say nothing.
        """
        if live is None or _stamp_of(live) != stamp:
            return False
        if live.stamp is None:
            live.body = text.words.body
        if (live.stamp, live.front) != (stamp, text.page.front):
            live.stamp, live.front, self._done.quiet = stamp, text.page.front, True
        return True

    def _stands(self, came: GuideRevision | None, stamp: str, front: str) -> bool:
        """Tell whether a file says what came from it last; how its front matter is written is kept."""
        if came is None or came.stamp != stamp or (came.state == "withdrawn" and came.note == GONE):
            return False
        if came.front != front:
            came.front, self._done.quiet = front, True
        return True

    def _made_of(self, text: Translation, came: GuideRevision | None) -> GuideRevision | None:
        """Return the source revision that a translation says it was made of; None if nobody knows it.

        Several may say the same, since old words can be brought back. Then it is the one that the earlier
        revision was made of if it is among them: nobody has looked at the others. Else the newest that was
        published; a draft only where nothing else says so, and then the translation waits. Without a stamp
        it is the one that its earlier revision was made of, else the one that stands.
        """
        sources = self._desk.of(text.slug, SOURCE)
        if text.of:
            same = [row for row in reversed(sources) if row.says == text.of]
            kept = [row for row in same if came is not None and row.id == came.of_id]
            shown = [row for row in same if row.published_at is not None]
            return next(iter([*kept, *shown, *same]), None)
        if came is not None:
            return next((row for row in sources if row.id == came.of_id), None)
        return self._desk.live(text.slug, SOURCE)

    def _look_at(self, came: GuideRevision, of: GuideRevision) -> None:
        """Note that a translation was compared with a later source text that was published."""
        if of.published_at is None:
            return
        made = next((row for row in self._desk.of(of.slug, SOURCE) if row.id == came.of_id), None)
        if made is not None and of.n <= made.n:
            return
        if db.session.get(GuideAcknowledgement, (came.id, of.id)) is None:
            seen = GuideAcknowledgement(
                translation_id=came.id, source_id=of.id, by=CONTENT, at=self._desk.now
            )
            db.session.add(seen)
            self._done.looked_at.append(f"{came.language}/{came.slug}")

    def _gone(self) -> None:
        for slug, language in sorted(self._desk.revisions):
            live = self._desk.live(slug, language)
            came = live is not None and live.stamp is not None
            if live and came and language in self._languages and (language, slug) not in self._shelf.present:
                self._desk.withdraw(live, GONE)
                self._done.withdrawn.append(f"{language}/{slug}")


def _history(revisions: list[GuideRevision]) -> tuple[GuideRevision | None, bool]:
    """Return the newest revision that came from a file, and whether somebody decided otherwise since.

    That is: there is a revision made here that is newer than the last one that was published from a file,
    or a hand withdrew that one.
    """
    came = [row for row in revisions if row.stamp is not None]
    stood = next((row for row in reversed(came) if row.state != "draft"), None)
    if stood is None:
        return (came[-1] if came else None), bool(revisions)
    newer = any(row.stamp is None and row.n > stood.n for row in revisions)
    return came[-1], newer or (stood.state == "withdrawn" and stood.note != GONE)


def _stamp_of(row: GuideRevision) -> str:
    """Return the stamp that a file with the words of a revision has."""
    record = [Record.from_json(row.record).as_json()] if row.language == SOURCE else []
    return digest([*record, _words(_of(row)), row.made_by])


def _of(row: GuideRevision) -> Words:
    return Words(row.title, row.summary, row.body)


def _words(words: Words) -> list[str]:
    return [words.title, words.summary, words.body.strip()]


def _told(done: Imported) -> dict[str, object]:
    """Return counts, and names up to a limit, for the audit."""
    lists = {
        name: getattr(done, name)
        for name in ("published", "followed", "looked_at", "withdrawn", "conflicts", "facts", "sources")
    }
    return {name: {"count": len(names), "names": names[:_TOLD]} for name, names in lists.items() if names}
