"""What of a block is the same in every language: braces, links, the marks of its lists and tables."""

import re
from typing import Final

from app.guide.rules.blocks import HEADING, ITEM, LINK, PLACEHOLDER, placeholders, without_marks

_MARK: Final = re.compile(f"{LINK.pattern}|{PLACEHOLDER.pattern}")
_ROW: Final = re.compile(r"\s*\|.*\|\s*")
_RULE: Final = re.compile(r"[\s|:-]+")


def marks(text: str) -> tuple[str, ...]:
    """Return the braces of a text, and its links without their words (`[](guide:fever)`), in order."""
    found = [(each.start(), str(placeholders(each[0])[0])) for each in PLACEHOLDER.finditer(text)]
    found += [(each.start(), f"[]({each[2]})") for each in LINK.finditer(text)]
    return tuple(mark for _at, mark in sorted(found))


def has_words(text: str) -> bool:
    """Tell whether a text says anything besides its braces, links and marks."""
    return any(letter.isalpha() for letter in without_marks(text))


def frame(text: str) -> str:
    """Return a block without its words: its items, rows, braces and links, to be written around.

    "" for one that is nothing but words. A heading is a field of its own and stands in no frame.
    """
    lines = [_line(line) for line in text.split("\n") if not HEADING.match(line)]
    made = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    return made if made.strip() else ""


def _line(line: str) -> str:
    if _RULE.fullmatch(line) and "|" in line:
        return line
    if _ROW.fullmatch(line):
        return f"| {' | '.join(_kept(cell) for cell in line.strip().strip('|').split('|'))} |"
    item = ITEM.match(line)
    return f"{item[0] if item else ''}{_kept(line)}"


def _kept(words: str) -> str:
    return " ".join(_one(each) for each in _MARK.finditer(words))


def _one(found: re.Match[str]) -> str:
    link = LINK.fullmatch(found[0])
    return f"[{_kept(link[1])}]({link[2]})" if link else found[0]
