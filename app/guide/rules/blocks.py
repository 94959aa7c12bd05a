"""Parts a body into typed blocks and finds what stands in its double braces and links."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from app.guide.rules.vocabulary import BLOCKS, TEXT

Kind = Literal["fact", "claim", "tel", "year", "date", "month", "number"]
PLACEHOLDER: Final = re.compile(
    r"\{\{(fact|claim|tel|year|date|month|number):([^{}|\s][^{}|\n]*)(?:\|(number))?\}\}"
)
LINK: Final = re.compile(r"\[([^\[\]]*)\]\(([^()\s]*)\)")
BRACES: Final = re.compile(r"\{\{|\}\}")
HEADING: Final = re.compile(r"#{1,6}(\s|$)")
ITEM: Final = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")
"""Where an item of a list begins."""
_FENCE: Final = re.compile(r"\s*:::\s*(.*?)\s*")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One pair of braces: what it asks for, of what, and whether it wants the number without its unit."""

    kind: str
    key: str
    bare: bool = False

    def __str__(self) -> str:
        return f"{{{{{self.kind}:{self.key}{'|number' if self.bare else ''}}}}}"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a body. `line` is that of its first line in the body, from 1; `text` is without fences.

    A block of kind `text` runs from a heading or the end of a container to the next of either, and begins
    with its heading.
    """

    kind: str
    text: str
    line: int

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """Return what stands in its braces, in order."""
        return placeholders(self.text)

    @property
    def heading(self) -> str:
        """Return the words of its heading; "" if it has none."""
        first = self.text.partition("\n")[0]
        return first.lstrip("#").strip() if HEADING.match(first) else ""


@dataclass(frozen=True, slots=True)
class Broken:
    """Something of a body that cannot be parted: its line, what is wrong, and the word that it is about."""

    line: int
    why: Literal["unknown", "nested", "open", "stray"]
    word: str = ""


@dataclass(frozen=True, slots=True)
class Parted:
    """The blocks of a body and what is wrong with its fences."""

    blocks: tuple[Block, ...]
    broken: tuple[Broken, ...] = ()


def placeholders(text: str) -> tuple[Placeholder, ...]:
    """Return what stands in the braces of a text, in order; braces of another shape are not among them."""
    return tuple(
        Placeholder(found[1], found[2].strip(), bare=found[3] == "number")
        for found in PLACEHOLDER.finditer(text)
    )


def links(text: str) -> tuple[tuple[str, str], ...]:
    """Return the links of a text as (words, target), in order."""
    return tuple((found[1], found[2]) for found in LINK.finditer(text))


def without_marks(text: str) -> str:
    """Return a text without braces, targets of links and marks of Markdown: what stands there as words."""
    bare = PLACEHOLDER.sub(" ", LINK.sub(r"\1", text))
    lines = (re.sub(r"^#{1,6}\s+", "", ITEM.sub("", line)) for line in bare.split("\n"))
    return "\n".join(lines).replace("**", "")


class _Parter:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.broken: list[Broken] = []
        self._kind = TEXT
        self._opened = 0
        self._lines: list[str] = []
        self._from = 1

    def close(self, next_line: int) -> None:
        """End the block that is open, unless nothing stands in it."""
        while self._lines and not self._lines[0].strip():
            self._lines.pop(0)
            self._from += 1
        text = "\n".join(self._lines).rstrip()
        if text or self._kind != TEXT:
            self.blocks.append(Block(self._kind, text, self._from if text else self._opened))
        self._lines, self._from = [], next_line

    def fence(self, number: int, word: str) -> None:
        """Take a line of three colons: the beginning of a container with a word, its end without."""
        if word:
            if self._kind != TEXT:
                self.broken.append(Broken(number, "nested", word))
            if word not in BLOCKS:
                self.broken.append(Broken(number, "unknown", word))
        elif self._kind == TEXT:
            self.broken.append(Broken(number, "stray"))
        self.close(number + 1)
        self._kind, self._opened = word or TEXT, number

    def line(self, number: int, line: str) -> None:
        """Take a line that is no fence."""
        if self._kind == TEXT and HEADING.match(line):
            self.close(number)
        self._lines.append(line)

    def end(self) -> None:
        """Take the end of the body."""
        if self._kind != TEXT:
            self.broken.append(Broken(self._opened, "open", self._kind))
        self.close(0)


def part(body: str) -> Parted:
    """Part a body into its blocks. What is wrong with its fences is told beside them, never raised."""
    parter = _Parter()
    for number, line in enumerate(body.split("\n"), 1):
        fence = _FENCE.fullmatch(line)
        if fence:
            parter.fence(number, fence[1])
        else:
            parter.line(number, line)
    parter.end()
    return Parted(tuple(parter.blocks), tuple(parter.broken))


@dataclass(frozen=True, slots=True)
class Unit:
    """A heading, an item of a list, a row of a table or a stretch of paragraphs; `line` within the body."""

    kind: Literal["heading", "item", "row", "words"]
    text: str
    line: int


_ROW: Final = re.compile(r"\s*\|")
_RULE: Final = re.compile(r"[\s|:-]+")


def units(block: Block) -> tuple[Unit, ...]:
    """Part a block into headings, items, rows and paragraphs. A line belongs to the item it goes on with."""
    found: list[Unit] = []
    goes_on = False
    for number, line in enumerate(block.text.split("\n"), block.line):
        if not line.strip():
            goes_on = False
            continue
        kind: Literal["heading", "item", "row", "words"] = "words"
        if HEADING.match(line):
            kind = "heading"
        elif ITEM.match(line):
            kind = "item"
        elif _ROW.match(line):
            if _RULE.fullmatch(line):
                continue
            kind = "row"
        if kind == "words" and goes_on and found[-1].kind in {"item", "words"}:
            last = found[-1]
            found[-1] = Unit(last.kind, f"{last.text}\n{line}", last.line)
        else:
            found.append(Unit(kind, line, number))
        goes_on = True
    return tuple(found)
