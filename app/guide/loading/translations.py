"""Reads translations: their words, and that they say what their source says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.core.faults import N_
from app.guide.loading.checks import Known, Teller, check_words
from app.guide.loading.front import Page
from app.guide.loading.sources import SourceText
from app.guide.rules import vocabulary
from app.guide.rules.blocks import Block
from app.guide.rules.parity import Difference, Why, braces, differences
from app.guide.rules.stamps import LENGTH
from app.guide.rules.texts import Words

FIELDS: Final = ("title", "summary", "made_by", "of")
_STAMP: Final = re.compile(rf"[0-9a-f]{{{LENGTH}}}")
_SENTENCES: Final[Mapping[Why, str]] = {
    "blocks": N_("The blocks differ from the source's: there they are %(wanted)s, here %(got)s."),
    "kind": N_("This block is “%(got)s”, the source's is “%(wanted)s”."),
    "empty": N_("This part is not translated yet."),
    "items": N_("This block has %(got)s headings, items or rows of a kind, the source has %(wanted)s."),
    "missing": N_("%(wanted)s is missing here; the source has it."),
    "extra": N_("%(got)s is not in the source here."),
}


@dataclass(frozen=True, slots=True)
class Translation:
    """A translation as its file has it. `of` is the stamp of the source text it was made of, or ""."""

    slug: str
    language: str
    words: Words
    made_by: str
    of: str
    page: Page


def read_translation(page: Page, language: str, source: SourceText | None, known: Known) -> Translation:
    """Check a translation and return it; what is wrong stands in the faults of its page."""
    for name in page.fields:
        if name not in FIELDS:
            page.bad(
                name, N_("There is no field of this name. They are: %(names)s."), names=", ".join(FIELDS)
            )
    made_by, of = page.text("made_by"), page.text("of")
    if made_by not in vocabulary.MAKERS:
        allowed = ", ".join(sorted(vocabulary.MAKERS))
        page.bad("made_by", N_("“%(value)s” is not one of: %(allowed)s."), value=made_by, allowed=allowed)
    if of and not _STAMP.fullmatch(of):
        page.bad("of", N_("“%(value)s” is no stamp. Leave it empty, then run: flask guide stamp"), value=of)
    words = Words(page.text("title"), page.text("summary"), page.body)
    parted = check_words(words, language, known, page)
    if source is None:
        page.faults.add(page.path, 1, N_("There is no text of this name in the source language."))
    elif not parted.broken:
        check_translation(source.words, source.blocks, words, parted.blocks, page)
    return Translation(page.path.stem, language, words, made_by, of, page)


def check_translation(
    source: Words, there: Sequence[Block], words: Words, here: Sequence[Block], tell: Teller
) -> None:
    """Check that a translation says neither more nor less than its source, block by block."""
    for each in differences(there, here):
        tell.wrong(each.line, _SENTENCES[each.why], wanted=each.wanted, got=each.got)
    for column in ("title", "summary"):
        for each in braces(getattr(source, column), getattr(words, column), 1):
            _field(tell, column, each)


def _field(tell: Teller, column: str, each: Difference) -> None:
    tell.bad(column, _SENTENCES[each.why], wanted=each.wanted, got=each.got)
