"""No source, no sentence: which sentences of a text that saves lives rest on nothing."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from app.guide.rules.blocks import PLACEHOLDER, Block, placeholders, units, without_marks

_SENTENCE: Final = re.compile(r"[^。！？!?…\n]*(?:[。！？!?…]+[”’」）)»]*(?:\s*\{\{claim:[^{}]+\}\})*|\n|$)")
"""A sentence with the marks of sources that follow its full stop."""
_LETTER: Final = re.compile(r"\w")


def unfounded(blocks: Iterable[Block]) -> Iterator[tuple[int, str]]:
    """Yield the sentences without a fact or claim: line within the body, and the words.

    An item of a list or a row of a table is one sentence. Headings and questions need no source.
    """
    for block in blocks:
        for unit in units(block):
            if unit.kind == "heading":
                continue
            for sentence in (unit.text,) if unit.kind != "words" else _SENTENCE.findall(unit.text):
                words = without_marks(sentence).strip()
                if _LETTER.search(words) and not _question(sentence) and not _founded(sentence):
                    yield unit.line, words


def _founded(sentence: str) -> bool:
    return any(each.kind in {"fact", "claim"} for each in placeholders(sentence))


def _question(sentence: str) -> bool:
    return PLACEHOLDER.sub("", sentence).rstrip(" \n”’」）)*").endswith(("？", "?"))
