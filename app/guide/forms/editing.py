"""Reading a text that somebody types, and saying what is wrong with it in words a worker understands."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.differing import Change, compare
from app.core.i18n import SOURCE
from app.guide.forms.counter_labels import LABELS
from app.guide.forms.headings import block_names
from app.guide.queries.checking import Finding
from app.guide.queries.editing import Revision
from app.guide.queries.picking import bare, number_of, read_out
from app.guide.rules import editing
from app.guide.rules.editing import Piece
from app.guide.rules.texts import Words
from app.guide.rules.vocabulary import BLOCKS, TEXT
from app.guide.service.editing import Said, Seen

KINDS: Final = (TEXT, "key", "do", "steps", "doctor", "dont", "note", "source")
"""Kinds of blocks in the order they are offered."""
_MOST_READ: Final = 3 * editing.MOST
_LONGEST_NOTE: Final = 500
_CONTEXT: Final = 3
"""Lines that are shown before and after a change."""
_ACT: Final = re.compile(r"(add|up|down|cut)-(-?\d{1,3})")
_FIELD: Final = re.compile(r"kind-(\d{1,3})")
_PUT: Final = re.compile(r"put-(fact|claim|source):([a-z0-9:-]{1,120})")
_OF: Final = re.compile(r"of-([a-z0-9:-]{1,100})")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PLAIN: Final[Mapping[str, LazyString]] = {
    "A text has exactly one block “key”; this one has %(count)s.": _l(
        "There must be exactly one block “The most important thing”. Now there are %(count)s."
    ),
    "A text of risk %(risk)s says when to see a doctor: a block “doctor”.": _l(
        "This text is about health, so it needs a block “When to see a doctor”."
    ),
    "“%(figure)s” must be a fact of the ledger: {{fact:…}}, or {{year:…}}, {{date:…}}.": _l(
        "“%(figure)s” is typed as a number. Find it in the list of facts and put it in from there, so that"
        " every language says the same."
    ),
    "“%(figure)s” states a figure of the ledger; write {{fact:…}}.": _l(
        "“%(figure)s” is a figure of the list of facts. Put it in from there, so that every language says the"
        " same."
    ),
    "No source, no sentence: “%(words)s”": _l(
        "Nothing shows where this comes from: “%(words)s” Put a fact or a statement from the list at its end."
    ),
    "Two braces are open or closed here without the other two.": _l(
        "A pair of braces is not complete. Put the fact in again from the list."
    ),
    "HTML is not allowed.": _l("The sign < cannot stand before a letter."),
    "Code is not allowed, and ** stands before and after what is bold.": _l(
        "A line must not begin with four spaces, and ** stands on both sides of what is bold."
    ),
    "%(wanted)s is missing here; the source has it.": _l(
        "The Chinese text has %(wanted)s here; put it in too."
    ),
    "%(got)s is not in the source here.": _l("The Chinese text does not have %(got)s here; take it out."),
}
"""Sentences of the checks of files that only their authors would understand, and what is said instead."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A text as it is typed: nothing of it is ever cut or left out."""

    title: str
    summary: str
    pieces: tuple[Piece, ...]
    seen: Seen
    placed: bool = False
    """Blocks that say nothing keep their place: it is a translation."""

    @property
    def words(self) -> Words:
        """Return it as a text."""
        body, _starts = editing.body_of(self.pieces, placed=self.placed)
        return Words(" ".join(self.title.split()), " ".join(self.summary.split()), body)

    @property
    def whole(self) -> str:
        """Return every word that is typed, to look for braces in."""
        return f"{self.title}\n{self.summary}\n{self.words.body}"

    @property
    def is_empty(self) -> bool:
        """Tell whether nobody typed anything."""
        return not (self.title.strip() or self.summary.strip()) and all(each.is_empty for each in self.pieces)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong: where it stands in words, the field it is linked to, and a sentence."""

    where: str
    anchor: str
    sentence: str


def typed_of(words: Words, revision: Revision | None, language: str) -> Typed:
    """Return a text as a form begins with it; `revision` is what is edited, None for a new translation."""
    seen = Seen(revision.id, revision.version) if revision else Seen(0, 0)
    pieces = editing.pieces(words.body) or (Piece(),)
    return Typed(words.title, words.summary, pieces, seen, placed=language != SOURCE)


def read_typed(form: Mapping[str, str], language: str) -> Typed:
    """Return what was typed."""
    numbers = sorted(int(found[1]) for name in form if (found := _FIELD.fullmatch(name)))
    pieces = tuple(_piece(form, number) for number in numbers[:_MOST_READ])
    title, summary = (_clean(form, name) for name in ("title", "summary"))
    return Typed(title, summary, pieces, read_seen(form), placed=language != SOURCE)


def read_seen(form: Mapping[str, str]) -> Seen:
    """Return which revision somebody saw; a form without one saw nothing that stands."""
    numbers = [form.get(name, "") for name in ("seen", "version")]
    good = all(text.isascii() and text.isdigit() and len(text) < 10 for text in numbers)  # noqa: PLR2004
    return Seen(*map(int, numbers)) if good else Seen(-1, -1)


def _piece(form: Mapping[str, str], number: int) -> Piece:
    kind = form.get(f"kind-{number}", TEXT)
    kind = kind if kind in BLOCKS or kind == TEXT else TEXT
    heading, text = _clean(form, f"heading-{number}"), _clean(form, f"text-{number}")
    rank = 3 if form.get(f"rank-{number}") == "3" else editing.DEFAULT_RANK
    if kind != TEXT and heading.strip():  # it has no heading of its own, but nothing typed is lost
        text, heading = f"{heading}\n{text}", ""
    return Piece(kind, heading, text, rank)


def _clean(form: Mapping[str, str], name: str) -> str:
    text = form.get(name, "").replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text).replace("\ufeff", "")


def rearranged(typed: Typed, act: str, into: str) -> Typed | None:
    """Return a text after a button that changes only the form; None for any other button."""
    put = _PUT.fullmatch(act)
    if put:
        place = int(into) if into.isascii() and into.isdigit() and len(into) < 4 else 0  # noqa: PLR2004
        words = number_of(put[2]) if put[1] == "source" else f"{{{{{put[1]}:{put[2]}}}}}"
        return replace(typed, pieces=editing.put_in(typed.pieces, place, words))
    found = _ACT.fullmatch(act)
    if found is None:
        return typed if act == "find" or _OF.fullmatch(act) else None
    place = int(found[2])
    pieces = {
        "add": lambda: editing.with_new(typed.pieces, place),
        "up": lambda: editing.moved(typed.pieces, place, -1),
        "down": lambda: editing.moved(typed.pieces, place, 1),
        "cut": lambda: editing.without(typed.pieces, place),
    }[found[1]]()
    return replace(typed, pieces=pieces)


def question(form: Mapping[str, str]) -> str:
    """Return what facts are looked for; a button beside a source asks for all that rest on it."""
    of = _OF.fullmatch(form.get("do", ""))
    if of:
        return of[1]
    return " ".join(_clean(form, "facts").split())[:100]


def read_said(form: Mapping[str, str]) -> Said:
    """Return what somebody says of a change."""
    note = " ".join(_clean(form, "note").split())[:_LONGEST_NOTE]
    days = (read_day(form, name) for name in ("publish_on", "expires_on"))
    return Said(form.get("change", ""), note, form.get("compared") == "1", *days)


def read_day(form: Mapping[str, str], name: str) -> date | None:
    """Return a day that was typed; None for none, and the first day of all for what is no day."""
    text = "".join(_clean(form, name).split())
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min


def problems(findings: Iterable[Finding], typed: Typed) -> list[Problem]:
    """Return findings as sentences, each with the field it belongs to."""
    _body, starts = editing.body_of(typed.pieces, placed=typed.placed)
    return [_problem(each, typed, starts) for each in findings]


def _problem(found: Finding, typed: Typed, starts: tuple[int, ...]) -> Problem:
    values = dict(found.values)
    plain = _PLAIN.get(found.sentence)
    sentence = str(plain) if plain is not None else str(_(found.sentence))
    said = bare(sentence % values if values else sentence)
    if found.where != "body":
        names = {"title": _("Title"), "summary": _("Summary")}
        anchor = found.where if found.where in names else "title"
        return Problem(names.get(found.where, ""), anchor, said)
    if found.line <= 1:
        return Problem(_("The whole text"), "text-0", said)
    at = max((at for at, line in enumerate(starts) if 0 < line <= found.line), default=0)
    where = _("Block %(number)s, %(kind)s", number=at + 1, kind=_name(typed.pieces[at].kind))
    return Problem(where, f"text-{at}", said)


def differences(old: Words, new: Words, language: str) -> list[tuple[str, list[Change]]]:
    """Return what differs between two texts as people read them, field by field, as stretches."""
    names = block_names(language)

    def body(words: Words) -> str:
        parts = (
            "\n".join(filter(None, (names.get(each.kind, ""), each.heading, each.text)))
            for each in editing.pieces(words.body)
            if not each.is_empty
        )
        return "\n\n".join(parts)

    pairs = {
        "title": (old.title, new.title),
        "summary": (old.summary, new.summary),
        "body": (body(old), body(new)),
    }
    return [
        (name, list(_near(list(compare(*(read_out(words.strip(), language) for words in pair))))))
        for name, pair in pairs.items()
    ]


def _near(stretches: Sequence[Change]) -> Iterator[Change]:
    """Yield stretches with the lines that lie far from any change left out."""
    for at, each in enumerate(stretches):
        lines = each.text.split("\n")
        if each.kind != "same" or len(lines) <= 2 * _CONTEXT + 1:
            yield each
            continue
        before = lines[: _CONTEXT if at else 0]
        after = lines[-_CONTEXT:] if at < len(stretches) - 1 else []
        yield Change("same", "\n".join([*before, "⋯", *after]))


def _name(kind: str) -> LazyString:
    return LABELS["guide-piece"][kind]
