"""A translation says neither more nor less than its source: block by block, item by item, mark by mark."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.guide.rules.blocks import Block, Unit, units
from app.guide.rules.marks import has_words, marks

Why = Literal["blocks", "kind", "empty", "items", "missing", "extra"]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a translation differs: its line in the body, how, what was wanted and what stands there."""

    line: int
    why: Why
    wanted: str
    got: str = ""


def differences(source: Sequence[Block], translation: Sequence[Block]) -> Iterator[Difference]:
    """Yield how the blocks of a translation differ from those of its source.

    Blocks stand in the same order and are of the same kind. A block has as many headings, items and rows, and
    each of them words, the same braces and the same links; within a sentence their order is the language's
    own.
    """
    if len(source) != len(translation):
        line = translation[-1].line if translation else 1
        kinds = (" ".join(each.kind for each in blocks) for blocks in (source, translation))
        yield Difference(line, "blocks", *kinds)
        return
    for wanted, got in zip(source, translation, strict=True):
        if wanted.kind != got.kind:
            yield Difference(got.line, "kind", wanted.kind, got.kind)
        elif has_words(wanted.text) and not has_words(got.text):
            yield Difference(got.line, "empty", "")
        else:
            yield from _within(wanted, got)


def _within(wanted: Block, got: Block) -> Iterator[Difference]:
    one, other = units(wanted), units(got)
    for kind in ("heading", "item", "row"):
        parts = [[each for each in these if each.kind == kind] for these in (one, other)]
        if len(parts[0]) != len(parts[1]):
            line = parts[1][-1].line if parts[1] else got.line
            yield Difference(line, "items", str(len(parts[0])), str(len(parts[1])))
            continue
        for first, second in zip(*parts, strict=True):
            if has_words(first.text) and not has_words(second.text):
                yield Difference(second.line, "empty", "")
            yield from braces(first.text, second.text, second.line)
    yield from braces(_words(one), _words(other), got.line)


def braces(wanted: str, got: str, line: int) -> Iterator[Difference]:
    """Yield the braces and links that one text has and the other lacks."""
    first, second = (Counter(marks(text)) for text in (wanted, got))
    for each in (first - second).elements():
        yield Difference(line, "missing", each)
    for each in (second - first).elements():
        yield Difference(line, "extra", "", each)


def _words(parts: Sequence[Unit]) -> str:
    return "\n".join(each.text for each in parts if each.kind == "words")
