"""A translation beside its source: which block of it belongs to which block of the source, then and now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from app.guide.rules.editing import Piece


@dataclass(frozen=True, slots=True)
class Laid:
    """A translation laid beside the source of now: a piece for each of its blocks, and what is left over."""

    pieces: tuple[Piece, ...]
    left: tuple[Piece, ...]


def pairs(then: Sequence[Piece], now: Sequence[Piece]) -> tuple[int | None, ...]:
    """Return for each block of now the number of the block it was then; None for one that is new.

    Blocks that say the same belong together; between them, those of the same kind in the same order do.
    """
    found: list[int | None] = [None] * len(now)
    matcher = SequenceMatcher(None, _keys(then), _keys(now), autojunk=False)
    for what, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        if what == "equal":
            for step in range(to_new - from_new):
                found[from_new + step] = from_old + step
        elif what == "replace":
            free = list(range(from_old, to_old))
            for at in range(from_new, to_new):
                same = next((old for old in free if then[old].kind == now[at].kind), None)
                if same is not None:
                    found[at] = same
                    free = [old for old in free if old > same]
    return tuple(found)


def _keys(pieces: Sequence[Piece]) -> list[tuple[str, str, str]]:
    return [(each.kind, each.heading.strip(), each.text.strip()) for each in pieces]


def laid(translation: Sequence[Piece], then: Sequence[Piece] | None, now: Sequence[Piece]) -> Laid:
    """Lay a translation beside the source of now.

    One that has its blocks already stays as it is. One with the blocks of the source it was made of follows
    them; a block that is new is empty, of its kind, and one that went is left over.
    """
    kinds = [each.kind for each in translation]
    order: tuple[int | None, ...]
    if kinds == [each.kind for each in now]:
        order = tuple(range(len(now)))
    elif then is not None and kinds == [each.kind for each in then]:
        order = pairs(then, now)
    else:
        order = tuple(at if at < len(translation) else None for at in range(len(now)))
    pieces = tuple(
        _placed(translation[old] if old is not None else Piece(each.kind), each)
        for old, each in zip(order, now, strict=True)
    )
    left = tuple(piece for at, piece in enumerate(translation) if at not in order and not piece.is_empty)
    return Laid(pieces, left)


def _placed(piece: Piece, source: Piece) -> Piece:
    """Return a piece of a translation; one that says nothing has the kind of its source."""
    if piece.is_empty:
        return replace(source, heading="", text="")
    return piece if piece.heading.strip() else replace(piece, rank=source.rank)
