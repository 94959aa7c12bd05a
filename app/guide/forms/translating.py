"""A text side by side for its translator: the source now, what changed in it, the translation, by block."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.core.differing import Change, compare
from app.core.i18n import SOURCE
from app.guide.forms.editing import Problem, Typed
from app.guide.queries.picking import Printed, printed, read_out
from app.guide.queries.translating import Term, terms
from app.guide.rules import alongside, editing, marks
from app.guide.rules.blocks import links, without_marks
from app.guide.rules.editing import Piece
from app.guide.rules.texts import Words

FIELDS = ("title", "summary")
_PUT: Final = re.compile(r"(mark|frame)-(title|summary|text-(\d{1,3}))(?:-(\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class Mark:
    """Braces or a link of the source that the translation still lacks: what to put in, and what it is.

    `at` is its number in its block; `words` are those of a link in the source.
    """

    at: int
    put: str
    prints: Printed | None
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """A block, or the title or summary, in three columns. `at` is the number of its fields; -1: no block.

    `then` is how the source differs from what was translated, empty where it does not; `typed` is the
    translation.
    """

    name: str
    at: int
    kind: str
    now: str
    then: tuple[Change, ...]
    is_new: bool
    typed: Piece
    problems: tuple[Problem, ...]
    terms: tuple[Term, ...]
    has_heading: bool = False
    untouched: bool = False
    """Nothing is translated yet: no word stands there, or the source's own still do."""
    marks: tuple[Mark, ...] = ()
    frame: str = ""
    """What the block is written around, offered while nothing stands there."""

    @property
    def changed(self) -> bool:
        """Tell whether the translator has to look at it."""
        return self.is_new or bool(self.then)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a text, and what of its translation belongs to no block any more."""

    rows: tuple[Row, ...]
    left: tuple[Piece, ...]

    @property
    def changed(self) -> int:
        """Return how many rows the translator has to look at."""
        return sum(row.changed for row in self.rows)

    @property
    def done(self) -> int:
        """Return how many rows are translated."""
        return sum(not row.untouched for row in self.rows)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong in what was translated; what nobody began is not told as wrong."""
        return tuple(each for row in self.rows for each in row.problems)


def put(typed: Typed, act: str, now: Words) -> Typed | None:
    """Return a translation after a button that puts something of the source in; None for any other button."""
    found = _PUT.fullmatch(act)
    if found is None:
        return None
    pieces = editing.pieces(now.body)
    at = int(found[3]) if found[3] else -1
    if at >= min(len(pieces), len(typed.pieces)):
        return typed
    source = getattr(now, found[2]) if at < 0 else _whole(pieces[at])
    if found[1] == "frame":
        words = marks.frame(source if at < 0 else pieces[at].text)
    else:
        words = dict(enumerate(marks.marks(source))).get(int(found[4] or 0), "")
    if at < 0:
        if found[2] == "title":
            return replace(typed, title=_after(typed.title, words))
        return replace(typed, summary=_after(typed.summary, words))
    mine = typed.pieces[at]
    changed = replace(mine, text=_after(mine.text, words))
    return replace(typed, pieces=(*typed.pieces[:at], changed, *typed.pieces[at + 1 :]))


def _after(text: str, words: str) -> str:
    kept = text.rstrip("\n")
    return f"{kept}{' ' if kept and not kept.endswith(' ') else ''}{words}"


def beside(typed: Typed, now: Words, then: Words | None) -> tuple[Typed, tuple[Piece, ...]]:
    """Return a translation with a piece for each block of the source, and what is left over."""
    old = editing.pieces(then.body) if then is not None else None
    found = alongside.laid(typed.pieces, old, editing.pieces(now.body))
    return replace(typed, pieces=found.pieces), found.left


def sheet(
    typed: Typed,
    left: Sequence[Piece],
    sources: tuple[Words, Words | None],
    problems: Iterable[Problem],
    language: str,
) -> Sheet:
    """Return a translation beside its source; `sources` are those of now and then."""
    now, then = sources
    told = list(problems)
    pieces = editing.pieces(now.body)
    earlier = editing.pieces(then.body) if then is not None else ()
    was = alongside.pairs(earlier, pieces)

    def row(name: str, at: int, kind: str, texts: tuple[str, str | None], piece: Piece) -> Row:
        source, before = texts
        said = _whole(piece)
        untouched = _is_untouched(said, source.strip())
        return Row(
            name=name,
            at=at,
            kind=kind,
            now=read_out(source, SOURCE),
            then=_changes(before, source) if before is not None else (),
            is_new=then is not None and before is None,
            typed=piece,
            problems=() if untouched else tuple(each for each in told if each.anchor == name),
            terms=terms(without_marks(source), said, language),
            untouched=untouched,
            marks=_lacking(source, said, language),
            frame="" if said else marks.frame(pieces[at].text if at >= 0 else source),
            has_heading=kind == "text" and at >= 0 and bool(pieces[at].heading or piece.heading),
        )

    rows = [
        row(
            name,
            -1,
            name,
            (getattr(now, name), getattr(then, name) if then is not None else None),
            Piece(text=getattr(typed, name)),
        )
        for name in FIELDS
    ]
    for at, piece in enumerate(pieces):
        old = was[at]
        texts = (_whole(piece), _whole(earlier[old]) if old is not None else None)
        rows.append(row(f"text-{at}", at, piece.kind, texts, typed.pieces[at]))
    return Sheet(tuple(rows), tuple(left))


def _is_untouched(said: str, source: str) -> bool:
    if said == source and marks.has_words(source):
        return True
    return not (marks.has_words(said) if marks.has_words(source) else said)


def _lacking(source: str, said: str, language: str) -> tuple[Mark, ...]:
    every = marks.marks(source)
    if not every:
        return ()
    there, told = Counter(marks.marks(said)), set[str]()
    prints = {f"{{{{{each.code}}}}}": each for each in printed(source, language)}
    words = {f"[]({target})": read_out(each, SOURCE) for each, target in links(source)}
    found = []
    for at, mark in enumerate(every):
        there[mark] -= 1
        if there[mark] < 0 and mark not in told:
            told.add(mark)
            found.append(Mark(at, mark, prints.get(mark), words.get(mark, "")))
    return tuple(found)


def _whole(piece: Piece) -> str:
    return "\n\n".join(filter(None, (piece.heading.strip(), piece.text.strip())))


def _changes(before: str, source: str) -> tuple[Change, ...]:
    if before.split() == source.split():
        return ()
    return tuple(compare(read_out(before, SOURCE), read_out(source, SOURCE)))
