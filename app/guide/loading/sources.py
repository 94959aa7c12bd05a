"""Reads the texts of the source language: their record, their words, and what only these must keep."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.areas.rules import CATEGORIES, normalise
from app.core.faults import N_
from app.guide.loading.checks import Known, Teller, check_blocks, check_words
from app.guide.loading.front import Page
from app.guide.loading.ledger import ALL
from app.guide.rules import blocks, vocabulary
from app.guide.rules.blocks import Block
from app.guide.rules.sentences import unfounded
from app.guide.rules.states import next_review
from app.guide.rules.texts import Record, Words

NEEDED: Final = ("topic", "kind", "bands", "audience", "risk", "written_on", "title", "summary")
FIELDS: Final = (
    "topic", "kind", "bands", "audience", "risk", "review_months", "category", "tool", "related", "sources",
    "place", "written_on", "valid_until", "change", "made_by", "title", "summary",
)  # fmt: skip
_FIRST_DAY: Final = date(2000, 1, 1)
"""No text here is older, and none ended before."""
_ECHOED: Final = 40
"""Characters of a wrong value that a fault repeats."""
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text of the source language as its file has it."""

    slug: str
    record: Record
    words: Words
    blocks: tuple[Block, ...]
    made_by: str
    change: str
    """What its author says of the last change: a class, or "" for the default."""
    page: Page


def read_source(page: Page, language: str, known: Known) -> SourceText:
    """Check a text of the source language and return it; what is wrong stands in the faults of its page."""
    slug = page.path.stem
    if not _SLUG.fullmatch(slug):
        page.faults.add(
            page.path, 1, N_("The name of the file is made of small letters, digits and hyphens.")
        )
    if slug in vocabulary.RESERVED:
        sentence = N_("“%(slug)s” is the address of another page; give the file another name.")
        page.faults.add(page.path, 1, sentence, slug=slug)
    for name in page.fields:
        if name not in FIELDS:
            page.bad(
                name, N_("There is no field of this name. They are: %(names)s."), names=", ".join(FIELDS)
            )
    for name in NEEDED:
        if not page.fields.get(name):
            page.bad(name, N_("This field must not be empty."))
    record = _record(page, known)
    words = Words(page.text("title"), page.text("summary"), page.body)
    parted = check_words(words, language, known, page)
    check_text(words, record, parted.blocks, known, page)
    made_by = _one_of(page, "made_by", vocabulary.MAKERS) or "assisted"
    change = _one_of(page, "change", vocabulary.CHANGES)
    return SourceText(slug, record, words, parted.blocks, made_by, change, page)


def check_text(words: Words, record: Record, parted: Sequence[Block], known: Known, tell: Teller) -> None:
    """Check what a source text must hold besides good words, wherever it was written."""
    check_blocks(parted, record.risk, tell)
    _check_lengths(words, record, tell)
    _check_founded(words, record, parted, tell)
    _check_present(record, parted, known, tell)


def is_overdue(text: SourceText, known: Known) -> bool:
    """Tell whether a text should have been looked at again."""
    return next_review(text.record.written_on, text.record.review_months) < known.today


def _record(page: Page, known: Known) -> Record:
    risk = _one_of(page, "risk", vocabulary.RISKS)
    return Record(
        topic=_one_of(page, "topic", known.topics),
        kind=_one_of(page, "kind", vocabulary.KINDS),
        bands=_all_of(page, "bands", known.bands | {ALL}),
        audience=_all_of(page, "audience", vocabulary.AUDIENCES),
        risk=risk,
        review_months=_months(page) or vocabulary.REVIEW_MONTHS.get(risk, 12),
        category=_one_of(page, "category", frozenset(CATEGORIES)) or None,
        tool=_one_of(page, "tool", vocabulary.TOOLS) or None,
        related=_related(page, known),
        sources=_sources(page, known),
        place=_place(page, known) or None,
        written_on=_day(page, "written_on", known) or known.today,
        valid_until=_day(page, "valid_until", None),
    )


def _one_of(page: Page, name: str, allowed: frozenset[str]) -> str:
    value = page.text(name)
    if value and value not in allowed:
        sentence = N_("“%(value)s” is not one of: %(allowed)s.")
        page.bad(name, sentence, value=value, allowed=", ".join(sorted(allowed)))
    return value


def _all_of(page: Page, name: str, allowed: frozenset[str]) -> tuple[str, ...]:
    for value in page.many(name):
        if value not in allowed:
            sentence = N_("“%(value)s” is not one of: %(allowed)s.")
            page.bad(name, sentence, value=value, allowed=", ".join(sorted(allowed)))
    return page.many(name)


def _months(page: Page) -> int | None:
    value = page.text("review_months")
    if not value:
        return None
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 60:  # noqa: PLR2004 - five years
        page.bad("review_months", N_("“%(value)s” is not a number of months from 1 to 60."), value=value)
        return None
    return int(value)


def _day(page: Page, name: str, known: Known | None) -> date | None:
    value = page.text(name)
    if not value:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        page.bad(name, N_("“%(value)s” is not a date like 2026-01-30."), value=value[:_ECHOED])
        return None
    if day < _FIRST_DAY:
        page.bad(name, N_("%(date)s lies before %(first)s."), date=day, first=_FIRST_DAY)
        return None
    if known and day > known.today:
        page.bad(name, N_("%(date)s is in the future."), date=day)
    return day


def _related(page: Page, known: Known) -> tuple[str, ...]:
    for slug in page.many("related"):
        if slug not in known.slugs or slug == page.path.stem:
            page.bad("related", N_("There is no other text “%(slug)s”."), slug=slug)
    return page.many("related")


def _sources(page: Page, known: Known) -> tuple[str, ...]:
    for source in page.many("sources"):
        if not known.ledger.is_source(source):
            page.bad("sources", N_("There is no source “%(id)s”."), id=source)
    return page.many("sources")


def _place(page: Page, known: Known) -> str:
    value = page.text("place")
    code = normalise(value) or ""
    if value and code not in known.places:
        page.bad("place", N_("No place has the code %(code)s."), code=value)
    return code


def _check_lengths(words: Words, record: Record, page: Teller) -> None:
    length = _length(words.summary)
    if length > vocabulary.LONGEST_SUMMARY:
        sentence = N_("The summary has %(got)s characters, at most %(most)s fit.")
        page.bad("summary", sentence, got=length, most=vocabulary.LONGEST_SUMMARY)
    length = _length(blocks.without_marks(words.body))
    if record.kind == "card" and length > vocabulary.LONGEST_CARD:
        sentence = N_("The card has %(got)s characters, one page holds %(most)s.")
        page.wrong(1, sentence, got=length, most=vocabulary.LONGEST_CARD)


def _length(text: str) -> int:
    """Count the characters of a text; braces count as three, which is what a figure takes."""
    return len("".join(blocks.PLACEHOLDER.sub("\ue000" * 3, text).replace(":::", "").split()))


def _check_founded(words: Words, record: Record, parted: Sequence[Block], page: Teller) -> None:
    if record.kind == "card" or record.risk == "R1":
        for line, sentence in unfounded(parted):
            page.wrong(line, N_("No source, no sentence: “%(words)s”"), words=" ".join(sentence.split()))
    if not words.keys and not record.sources and record.kind != "faq":
        page.bad("sources", N_("The text rests on no source."))


def _check_present(record: Record, parted: Sequence[Block], known: Known, page: Teller) -> None:
    """Refuse a figure of yesterday where health hangs on it; source and note are there to explain it."""
    if record.risk == "R3":
        return
    for block in parted:
        if block.kind in {"source", "note"}:
            continue
        for number, line in enumerate(block.text.split("\n"), block.line):
            for each in blocks.placeholders(line):
                fact = known.ledger.facts.get(each.key) if each.kind in {"fact", "claim"} else None
                if fact and fact.over(known.today):
                    page.wrong(number, N_("The fact “%(key)s” does not hold any more."), key=each.key)
