"""A body as the fields of a form: pieces that can be moved, and the body they make again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from app.guide.rules.blocks import HEADING, part
from app.guide.rules.vocabulary import TEXT, Change

Effect = Literal["nothing", "later", "notice", "withdrawn"]
"""What a change of the source does to a translation: nothing; its turn comes, and readers are told nothing;
readers are told that it is older; it is taken away until somebody has read it."""
DEFAULT_RANK: Final = 2
BLANK: Final = "#" * DEFAULT_RANK
"""A line that begins a text without a heading, where one is held open in a draft of a translation."""
OPEN: Final = frozenset({"draft", "in_review"})
"""States of a revision that readers have not seen yet."""
MOST: Final = 60
"""Pieces of a body; the longest text has a third of them."""
_BARE: Final = re.compile(r"^(\s*(?:[-*+]|\d+[.)]))$", re.MULTILINE)
"""The mark of an item that nothing follows yet; written on without a space it would be none."""
_RANK: Final = re.compile(r"(#{1,6})\s*(.*)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block as it is typed. Only one of kind `text` has a heading of its own; `rank` is that of it."""

    kind: str = TEXT
    heading: str = ""
    text: str = ""
    rank: int = DEFAULT_RANK

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing stands in it."""
        return not (self.heading.strip() or self.text.strip())


def pieces(body: str) -> tuple[Piece, ...]:
    """Return a body as pieces."""
    found = []
    for block in part(body).blocks:
        first, _newline, rest = block.text.partition("\n")
        if block.kind == TEXT and HEADING.match(first):
            marks = _RANK.match(first)
            rank, words = (len(marks[1]), marks[2]) if marks else (DEFAULT_RANK, first)
            found.append(Piece(TEXT, words.strip(), _BARE.sub(r"\1 ", rest.strip("\n")), rank))
        else:
            found.append(Piece(block.kind, "", _BARE.sub(r"\1 ", block.text)))
    return tuple(found)


def body_of(typed: Sequence[Piece], *, placed: bool = False) -> tuple[str, tuple[int, ...]]:
    """Return the body that pieces make, and the line in it at which each begins, from 1.

    Pieces without a word are left out; they have line 0. In a translation that is being written all are
    `placed`, so that each stays beside its block of the source: an empty text is a heading without words.
    """
    lines: list[str] = [""]
    starts = []
    before = ""
    for piece in typed:
        if piece.is_empty and not placed:
            starts.append(0)
            continue
        starts.append(len(lines) + 1)
        bare = piece.kind == TEXT and not piece.heading.strip()
        if placed and bare and (piece.is_empty or before == TEXT):
            lines += [BLANK, ""]
        if not piece.is_empty:
            lines += [*_lines(piece), ""]
        elif piece.kind != TEXT:
            lines += [f"::: {piece.kind}", ":::", ""]
        before = piece.kind
    return "\n".join(lines), tuple(starts)


def _lines(piece: Piece) -> list[str]:
    words = [line.rstrip() for line in piece.text.strip("\n").split("\n")]
    if piece.kind != TEXT:
        return [f"::: {piece.kind}", *words, ":::"]
    heading = " ".join(piece.heading.split())
    if not heading:
        return words
    head = f"{'#' * piece.rank} {heading}"
    return [head, "", *words] if piece.text.strip() else [head]


def moved(typed: Sequence[Piece], place: int, by: int) -> tuple[Piece, ...]:
    """Return pieces with the one at a place moved up (-1) or down (1); at the end it stays."""
    found, other = list(typed), place + by
    if 0 <= place < len(found) and 0 <= other < len(found):
        found[place], found[other] = found[other], found[place]
    return tuple(found)


def without(typed: Sequence[Piece], place: int) -> tuple[Piece, ...]:
    """Return pieces without the one at a place."""
    return tuple(piece for at, piece in enumerate(typed) if at != place)


def with_new(typed: Sequence[Piece], place: int) -> tuple[Piece, ...]:
    """Return pieces with an empty one after a place (-1: before all), unless there are too many."""
    if len(typed) >= MOST or not -1 <= place < len(typed):
        return tuple(typed)
    return (*typed[: place + 1], Piece(), *typed[place + 1 :])


def put_in(typed: Sequence[Piece], place: int, words: str) -> tuple[Piece, ...]:
    """Return pieces with words at the end of the one at a place."""
    return tuple(
        replace(piece, text=piece.text.rstrip("\n") + words) if at == place else piece
        for at, piece in enumerate(typed)
    )


def head(states: Sequence[str]) -> int | None:
    """Return which revision somebody goes on from; `states` are those of all, oldest first.

    It is the newest draft above the one that is published, else that one, else the newest of all.
    """
    live = max((at for at, state in enumerate(states) if state == "published"), default=-1)
    drafts = [at for at, state in enumerate(states) if state in OPEN and at > live]
    if drafts:
        return drafts[-1]
    if live >= 0:
        return live
    return len(states) - 1 if states else None


def effect(risk: str, change: Change) -> Effect:
    """Return what a change of the source does to a translation, as `translation_state` reckons it."""
    if change == "cosmetic":
        return "nothing"
    if change == "safety":
        return "withdrawn" if risk == "R1" else "notice"
    return "later" if risk == "R3" else "notice"


def offered(risk: str, *, words: bool, figures: bool) -> tuple[Change, ...]:
    """Return the classes somebody may choose for a change of the source, the default first.

    A figure that changed is never less than the default of the risk (`texts.change_class`).
    """
    if risk == "R1":
        return ("safety",) if figures else ("safety", "substance", "cosmetic")
    if figures:
        return ("substance", "safety")
    return ("substance", "safety", "cosmetic") if words else ("cosmetic",)
