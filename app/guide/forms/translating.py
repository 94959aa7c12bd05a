"""A text side by side for its translator: the source now, what changed in it, the translation, by block."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.core.differing import Change, compare
from app.core.i18n import SOURCE
from app.guide.forms.editing import Problem, Typed
from app.guide.queries.picking import read_out
from app.guide.queries.translating import Term, terms
from app.guide.rules import alongside, editing
from app.guide.rules.blocks import without_marks
from app.guide.rules.editing import Piece
from app.guide.rules.texts import Words

FIELDS = ("title", "summary")


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
    """The words of the source still stand in place of a translation."""

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


def filled(typed: Typed, now: Words) -> Typed:
    """Return what was typed, with the source's words in emptied blocks, so that all keep their place."""
    pieces = editing.pieces(now.body)
    if len(pieces) != len(typed.pieces):
        return typed
    kept = (piece if mine.is_empty else mine for mine, piece in zip(typed.pieces, pieces, strict=True))
    return replace(typed, pieces=tuple(kept))


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
        return Row(
            name=name,
            at=at,
            kind=kind,
            now=read_out(source, SOURCE),
            then=_changes(before, source) if before is not None else (),
            is_new=then is not None and before is None,
            typed=piece,
            problems=tuple(each for each in told if each.anchor == name),
            terms=terms(without_marks(source), said, language),
            untouched=said == source.strip(),
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


def _whole(piece: Piece) -> str:
    return "\n\n".join(filter(None, (piece.heading.strip(), piece.text.strip())))


def _changes(before: str, source: str) -> tuple[Change, ...]:
    if before.split() == source.split():
        return ()
    return tuple(compare(read_out(before, SOURCE), read_out(source, SOURCE)))
