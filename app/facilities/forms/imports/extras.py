"""What a page of columns says beside them: for every row, which rows are read, which words say nothing."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.codes import without_identity_numbers
from app.facilities.forms.imports.words import FLAGS, codes
from app.facilities.forms.reading import printable
from app.facilities.loading.ledger.cells import NO, YES
from app.facilities.loading.ledger.fields import CODES
from app.facilities.rules.guessing import plain

FIXED = (
    "form", "kind", "status", "county", "township", "inclusive", "demonstration", "holidays", "care", "food",
    "languages", "needs",
)  # fmt: skip
"""Fields that can be said once for the whole list, in the order of the page."""
MOST_FIXED, MOST_CONDITIONS = len(FIXED), 5
_FLAGS = frozenset({"inclusive", "demonstration"})
_LONGEST = 60
_MOST_WORDS = 40
_BETWEEN = re.compile(r"[|、,，;；،\n]+")

Known = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Fixed:
    """One thing that holds for every row: a code, or a text where there are no codes; "" while not said."""

    field: str
    value: str
    typed: str = ""
    """The word that is none of the codes."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Only rows, or no rows, with some words in a column; the word "" is an empty cell."""

    at: int
    """Place of the column in the file."""
    only: bool
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extras:
    """Everything beside the columns."""

    fixed: tuple[Fixed, ...] = ()
    conditions: tuple[Condition, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing is left to be said."""
        return all(each.value for each in self.fixed)


def options(field: str) -> Mapping[str, Any]:
    """Return the codes that may hold for every row, with their words; empty where any text may."""
    if field in _FLAGS:
        return FLAGS
    return {code: words for code, words in codes(field).items() if code in CODES.get(field, ())}


def from_data(data: Mapping[str, Any], headings: Sequence[str]) -> Extras:
    """Return what a profile says, as far as the page shows it for a file with these headings."""
    places = {plain(heading): at for at, heading in reversed(list(enumerate(headings))) if heading}
    return Extras(
        tuple(_held(data.get("constants", {}))),
        tuple(_conditions(data.get("where", ()), places)),
        tuple(str(word) for word in data.get("unknown", ())),
    )


def _held(constants: Mapping[str, Any]) -> Iterator[Fixed]:
    for field in FIXED:
        value = str(constants.get(field, ""))
        if value:
            yield Fixed(field, _code(field, value, {}) if options(field) else value, value)


def _conditions(where: Iterable[Mapping[str, Any]], places: Mapping[str, int]) -> Iterator[Condition]:
    for each in where:
        at = next((places[name] for name in _names(each) if name in places), None)
        if at is not None:
            words = each.get("values", each.get("not", ()))
            yield Condition(at, "values" in each, tuple(str(word) for word in words))


def read(form: Mapping[str, str], headings: Sequence[str], known: Known) -> Extras:
    """Return what was typed."""
    return Extras(
        tuple(_read_fixed(form, known)),
        tuple(_read_conditions(form, headings)),
        _split(form.get("unknown", "")),
    )


def _read_fixed(form: Mapping[str, str], known: Known) -> Iterator[Fixed]:
    seen: set[str] = set()
    for number in range(MOST_FIXED + 1):
        field, typed = form.get(f"fixed-{number}", ""), _clean(form.get(f"fixed-value-{number}", ""))
        if field in FIXED and field not in seen:
            seen.add(field)
            yield Fixed(field, _code(field, typed, known) if options(field) else typed, typed)


def _read_conditions(form: Mapping[str, str], headings: Sequence[str]) -> Iterator[Condition]:
    seen: set[int] = set()
    for number in range(MOST_CONDITIONS + 1):
        text = form.get(f"where-{number}", "")
        at = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1  # noqa: PLR2004
        if 0 <= at < len(headings) and headings[at] and at not in seen:
            seen.add(at)
            words = _split(form.get(f"where-words-{number}", "")) or ("",)
            yield Condition(at, form.get(f"where-only-{number}") != "0", words)


def into(data: dict[str, Any], extras: Extras, headings: Sequence[str]) -> dict[str, Any]:
    """Return a profile with what stands beside its columns."""
    found = dict(data)
    if extras.fixed:
        found["constants"] = {each.field: each.value for each in extras.fixed}
    if extras.conditions:
        found["where"] = [
            {"heading": headings[each.at], "values" if each.only else "not": list(each.words)}
            for each in extras.conditions
        ]
    if extras.unknown:
        found["unknown"] = list(extras.unknown)
    return found


def kept_beside(before: Mapping[str, Any], here: frozenset[str]) -> dict[str, Any]:
    """Return what a profile says beside its columns and a page of a file with these headings cannot show."""
    constants = {key: each for key, each in before.get("constants", {}).items() if key not in FIXED}
    where = [each for each in before.get("where", ()) if not here.intersection(_names(each))]
    return {key: each for key, each in (("constants", constants), ("where", where)) if each}


def joined(words: Iterable[str]) -> str:
    """Return words as one line of a form."""
    return "、".join(words)


def _names(condition: Mapping[str, Any]) -> list[str]:
    given = condition.get("heading", ())
    return [plain(each) for each in ((given,) if isinstance(given, str) else given)]


def _code(field: str, typed: str, known: Known) -> str:
    """Return the code of a word: a code itself, its words on the page, or what all profiles know."""
    among, word = options(field), plain(typed)
    if field in _FLAGS and word in YES | NO:
        return "yes" if word in YES else "no"
    words = {plain(str(words)): code for code, words in among.items()}
    words |= {plain(word): code for word, code in known.get(field, {}).items() if code in among}
    return typed if typed in among else words.get(word, "")


def _split(text: str) -> tuple[str, ...]:
    parts = (_clean(part) for part in _BETWEEN.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))[:_MOST_WORDS]


def _clean(text: str) -> str:
    return " ".join(without_identity_numbers(printable(text)).split())[:_LONGEST]
