"""What every text must keep, whoever wrote it: blocks, braces, links and letters; figures in the ledger."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Protocol

from app.areas.rules import CATEGORIES
from app.core.faults import N_
from app.core.letters import HAN, INVISIBLE, letter_faults
from app.guide.loading.ledger import Ledger, host_of
from app.guide.rules import blocks, numerals, vocabulary
from app.guide.rules.blocks import Block, Parted, Placeholder
from app.guide.rules.texts import Words

_BRACED: Final = re.compile(r"\{\{.*?\}\}")
_TAG: Final = re.compile(r"<(?:[a-zA-Z/!?])")
_FORMS: Final = {
    "year": re.compile(r"[12]\d{3}"),
    "month": re.compile(r"[12]\d{3}-(?:0[1-9]|1[0-2])"),
    "date": re.compile(r"[12]\d{3}-\d{2}-\d{2}"),
}
HEADINGS: Final = N_("A heading begins with ## or ### and a space.")
_OFFICIAL: Final = (".gov.cn", ".who.int")
_FENCES: Final = {
    "unknown": N_("“%(word)s” is no kind of block. They are: %(known)s."),
    "nested": N_("The block “%(word)s” begins before the one above has ended."),
    "open": N_("The block “%(word)s” has no end: a line of three colons."),
    "stray": N_("Three colons without a word end a block, and none is open."),
}


class Teller(Protocol):
    """Where faults go: those of a field, and those of a line of the body, counted from its first."""

    def bad(self, column: str, sentence: str, **values: object) -> None:
        """Record a fault of a field."""

    def wrong(self, line: int, sentence: str, **values: object) -> None:
        """Record a fault of a line of the body."""


@dataclass(frozen=True, slots=True)
class Known:
    """What texts may refer to."""

    ledger: Ledger
    topics: frozenset[str]
    bands: frozenset[str]
    slugs: frozenset[str]
    phones: frozenset[str]
    """Kinds of the nation's telephone numbers."""
    places: frozenset[str]
    """Codes of the areas that a text may be for."""
    today: date
    forbidden: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By language: words of the glossary that must not be used, each with the word to use."""

    @property
    def figures(self) -> frozenset[numerals.Meant]:
        """Return the numbers and units of the whole ledger."""
        return meant(self, tuple(self.ledger.facts))


def meant(known: Known, keys: Sequence[str]) -> frozenset[numerals.Meant]:
    """Return the numbers and units that facts state."""
    facts = [known.ledger.facts[key] for key in keys if key in known.ledger.facts]
    known_figures = [fact.figure for fact in facts]
    return frozenset(
        (end, each.unit) for each in known_figures for end in (each.low, each.high) if end is not None
    )


def check_words(words: Words, language: str, known: Known, tell: Teller) -> Parted:
    """Check the words of a text in a language and return its blocks."""
    parted = blocks.part(words.body)
    for broken in parted.broken:
        allowed = ", ".join(sorted(vocabulary.BLOCKS))
        tell.wrong(broken.line, _FENCES[broken.why], word=broken.word, known=allowed)
    for column, text in (("title", words.title), ("summary", words.summary)):
        if not text:
            tell.bad(column, N_("This field must not be empty."))
        for _line, sentence, values in _faults(text, language, known, inline=True):
            tell.bad(column, sentence, **values)
    for line, sentence, values in _faults(words.body, language, known, inline=False):
        tell.wrong(line, sentence, **values)
    _check_marks(words.body, tell)
    return parted


def check_blocks(parted: Sequence[Block], risk: str, tell: Teller) -> None:
    """Check that a text has its one key block, and where health is concerned when to see a doctor."""
    kinds = [block.kind for block in parted]
    if kinds.count("key") != 1:
        tell.wrong(
            1, N_("A text has exactly one block “key”; this one has %(count)s."), count=kinds.count("key")
        )
    if risk in {"R1", "R2"} and "doctor" not in kinds:
        tell.wrong(1, N_("A text of risk %(risk)s says when to see a doctor: a block “doctor”."), risk=risk)
    for block in parted:
        if not block.text:
            tell.wrong(block.line, N_("The block “%(kind)s” is empty."), kind=block.kind)


_Found = tuple[int, str, dict[str, object]]


def _faults(text: str, language: str, known: Known, *, inline: bool) -> Iterator[_Found]:
    """Yield what is wrong with the words of a field or a body: line, sentence and its values."""
    for number, line in enumerate(text.split("\n"), 1):
        for sentence, values in (
            *_braces(line, known),
            *_links(line, known),
            *_letters(line, language, known),
        ):
            yield number, sentence, values
        if inline and (blocks.LINK.search(line) or "**" in line):
            yield number, N_("There is no link and no bold here."), {}
    for number, found in numerals.digits(text):
        sentence = N_("“%(figure)s” must be a fact of the ledger: {{fact:…}}, or {{year:…}}, {{date:…}}.")
        yield number, sentence, {"figure": found}
    if language.startswith("zh"):
        keys = Words("", "", text).keys
        for number, found in numerals.numerals(text, known.figures, meant(known, keys)):
            yield (
                number,
                N_("“%(figure)s” states a figure of the ledger; write {{fact:…}}."),
                {"figure": found},
            )


def _braces(line: str, known: Known) -> Iterator[tuple[str, dict[str, object]]]:
    for found in _BRACED.finditer(line):
        whole = blocks.PLACEHOLDER.fullmatch(found[0])
        if whole is None:
            yield N_("“%(text)s” is not understood. Write for example {{fact:some-key}}."), {"text": found[0]}
            continue
        for each in blocks.placeholders(found[0]):
            yield from _brace(each, known)
    if blocks.BRACES.search(_BRACED.sub("", line)):
        yield N_("Two braces are open or closed here without the other two."), {}


def _brace(each: Placeholder, known: Known) -> Iterator[tuple[str, dict[str, object]]]:
    if each.kind in {"fact", "claim"}:
        fact = known.ledger.facts.get(each.key)
        if each.key in known.ledger.faulty:
            yield N_("The fact “%(key)s” has a fault of its own."), {"key": each.key}
        elif fact is None:
            yield N_("There is no fact “%(key)s”."), {"key": each.key}
        elif each.kind == "fact" and fact.low is None:
            yield N_("“%(key)s” states no figure; write {{claim:%(key)s}}."), {"key": each.key}
    elif each.kind == "tel" and each.key not in known.phones:
        yield N_("No telephone number is of the kind “%(key)s”."), {"key": each.key}
    elif each.kind in _FORMS and not _is_time(each):
        yield N_("“%(text)s” is not a %(kind)s."), {"text": each.key, "kind": each.kind}
    if each.bare and each.kind != "fact":
        yield N_("Only a fact has a number to show alone."), {}


def _is_time(each: Placeholder) -> bool:
    if not _FORMS[each.kind].fullmatch(each.key):
        return False
    try:
        date.fromisoformat(f"{each.key}-01-01"[:10] if each.kind == "year" else f"{each.key}-01"[:10])
    except ValueError:
        return False
    return True


def _links(line: str, known: Known) -> Iterator[tuple[str, dict[str, object]]]:
    for _words, target in blocks.links(line):
        scheme, _, value = target.partition(":")
        if scheme == "https":
            host = host_of(target)
            if host not in known.ledger.hosts and not f".{host}".endswith(_OFFICIAL):
                yield N_("%(host)s is no official site and no site of our sources."), {"host": host or target}
        elif scheme not in vocabulary.LINKS:
            yield N_("A link leads to guide:, tool:, report:, find:, verify:, area: or https://."), {}
        elif scheme == "guide" and value not in known.slugs:
            yield N_("There is no text “%(slug)s”."), {"slug": value}
        elif scheme == "tool" and value not in vocabulary.TOOLS:
            yield N_("There is no tool “%(code)s”."), {"code": value}
        elif scheme == "report" and value and value not in CATEGORIES:
            yield N_("There is no category “%(code)s”."), {"code": value}


def _letters(line: str, language: str, known: Known) -> Iterator[tuple[str, dict[str, object]]]:
    if INVISIBLE.search(line):
        yield N_("An invisible character stands here."), {}
    bare = blocks.without_marks(line)
    if language == "ug":
        for reason in letter_faults(bare):
            yield N_("Wrong letter: %(reason)s"), {"reason": reason}
    if not language.startswith(("zh", "ja")) and (left := "".join(HAN.findall(bare))):
        yield N_("Chinese characters are left: %(letters)s."), {"letters": left}
    for variant, right in known.forbidden.get(language, {}).items():
        pattern = rf"\b{re.escape(variant)}\b" if bare.isascii() or language == "en" else re.escape(variant)
        allowed = bare.replace(right, "") if variant in right else bare
        if re.search(pattern, allowed, re.IGNORECASE):
            yield N_("“%(variant)s” is not our word; the glossary says “%(right)s”."), {
                "variant": variant, "right": right,
            }  # fmt: skip


def _check_marks(body: str, tell: Teller) -> None:
    """Refuse what texts have no use for: HTML, pictures, a heading of the first or a deep rank, code."""
    for number, line in enumerate(body.split("\n"), 1):
        if _TAG.search(line):
            tell.wrong(number, N_("HTML is not allowed."))
        if "![" in line:
            tell.wrong(number, N_("Pictures are not allowed."))
        if blocks.HEADING.match(line) and not re.match(r"#{2,3}\s+\S", line):
            tell.wrong(number, HEADINGS)
        if line.startswith(("```", "~~~", "    ", "\t")) or line.count("**") % 2:
            tell.wrong(number, N_("Code is not allowed, and ** stands before and after what is bold."))
