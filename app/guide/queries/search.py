"""Searching the guidance in all languages: each text once, in the reader's language where that matches."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import current_app
from sqlalchemy import select

from app.core.i18n import SOURCE, Languages
from app.core.pages import direction
from app.extensions import db
from app.guide import index
from app.guide.model import GuideRevision, GuideText
from app.guide.queries import ledger, rendering
from app.guide.queries.revisions import languages_of
from app.guide.rules.blocks import LINK, part, units, without_marks
from app.search.highlight import fragments, highlight
from app.search.query import Kind, Term, parse
from app.search.text import fold
from app.search.usual import usual_readings
from app.search.uyghur import WORD, latin

Marks = tuple[tuple[str, bool], ...]
"""A text in fragments; True marks a match."""
MOST: Final = 60
_LETTER: Final = re.compile("[a-z]")
_AROUND: Final = 70
"""Characters shown of a line, before and after what was found."""


@dataclass(frozen=True, slots=True)
class Found:
    """A text that a search found: in which language, and where in its words."""

    slug: str
    topic: str
    kind: str
    place: str | None
    language: str
    dir: str
    title: Marks
    line: Marks
    """The first line of the text that matches; empty where words of a machine may not stand alone."""
    machine: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, best first. `near`: nothing matches exactly, these come near."""

    found: tuple[Found, ...]
    count: int
    near: bool
    truncated: bool


def search(question: str, language: str, today: date, most: int = MOST) -> Answer:
    """Answer a text search; nothing typed finds nothing."""
    hits = index.search(question)
    ids: Sequence[str] = hits.ids
    near = not ids and bool(hits.terms)
    alone = [term.key for term in hits.terms if _LETTER.fullmatch(term.key)]
    if alone:
        ids = _holding(ids, alone)
    if near:
        ids = index.similar(question).ids
    chosen = _chosen(ids, language, today)
    rows = _rows(chosen[:most])
    shown = tuple(
        _found(rows[slug, code], hits.terms or parse(question).terms)
        for slug, code in chosen[:most]
        if (slug, code) in rows
    )
    return Answer(shown, len(chosen), near and bool(chosen), hits.truncated)


def _holding(ids: Iterable[str], alone: Sequence[str]) -> list[str]:
    """Keep the texts that have each single Latin letter as a word ("D"): any word may begin with it."""
    wanted = list(ids)
    query = select(GuideRevision).where(
        GuideRevision.state == "published",
        GuideRevision.slug.in_({each.partition(":")[0] for each in wanted}),
    )
    words = {
        f"{row.slug}:{row.language}": f"{row.title}\n{row.summary}\n{row.body}"
        for row in db.session.scalars(query)
    }
    apart = [re.compile(rf"(?<![a-z0-9]){letter}(?![a-z0-9])", re.IGNORECASE) for letter in alone]
    held = {name for name, text in words.items() if all(each.search(without_marks(text)) for each in apart)}
    return [each for each in wanted if each in held]


def _chosen(ids: Iterable[str], language: str, today: date) -> list[tuple[str, str]]:
    """Return each text once: in the reader's language if that was found, else Chinese, else any other."""
    registry: Languages = current_app.extensions["languages"]
    by_slug: dict[str, list[str]] = {}
    for each in ids:
        slug, _, code = each.partition(":")
        by_slug.setdefault(slug, []).append(code)
    texts = db.session.execute(select(GuideText.slug, GuideText.risk).where(GuideText.slug.in_(by_slug)))
    had = languages_of({row.slug: row.risk for row in texts}, registry.codes, today)
    found = []
    for slug, codes in by_slug.items():
        if slug not in had or not had[slug].live:
            continue
        served = [code for code in codes if code in had[slug].standings and had[slug].served(code) == code]
        best = next((code for code in (language, SOURCE, *served) if code in served), None)
        if best:
            found.append((slug, best))
    return found


def _rows(chosen: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Any]:
    query = (
        select(GuideRevision, GuideText)
        .join(GuideText, GuideText.slug == GuideRevision.slug)
        .where(GuideRevision.state == "published", GuideRevision.slug.in_([slug for slug, _code in chosen]))
    )
    return {(row[0].slug, row[0].language): row for row in db.session.execute(query)}


def _found(row: Any, terms: Sequence[Term]) -> Found:
    words, text = row
    setting = rendering.setting_of(words.language, ledger.facts())
    machine = words.language != SOURCE and words.made_by == "machine" and not words.reviewer
    lines = () if machine and text.risk == "R1" else _lines(words, setting)
    title = rendering.plain(words.title, setting)
    return Found(
        slug=text.slug,
        topic=text.topic,
        kind=text.kind,
        place=text.place,
        language=words.language,
        dir=direction(words.language),
        title=marked(title, terms, words.language, _spoken(title, terms) if words.language == SOURCE else ""),
        line=_best(lines, terms, words.language),
        machine=machine,
    )


def _lines(words: GuideRevision, setting: rendering.Setting) -> list[str]:
    body = [unit.text for block in part(words.body).blocks for unit in units(block)]
    plain = (rendering.plain(LINK.sub(r"\1", each), setting) for each in [words.summary, *body])
    return [
        " ".join(each.replace("**", "").replace("|", " ").lstrip("#-*0123456789. ").split()) for each in plain
    ]


def _best(lines: Sequence[str], terms: Sequence[Term], language: str) -> Marks:
    """Return the line in which most terms are found, cut around the first of them; else the summary."""
    best: Marks = ()
    most = 0
    for line in lines:
        marks = marked(line, terms, language)
        count = len({fold(text) for text, bold in marks if bold})
        if count > most:
            best, most = marks, count
    return _cut(best) if best else tuple((line, False) for line in lines[:1])


def _cut(marks: Marks) -> Marks:
    """Return what stands around the first match, cut between words where the script has spaces."""
    before, rest = ("", marks) if marks[0][1] else (marks[0][0], marks[1:])
    shown: list[tuple[str, bool]] = []
    if len(before) > _AROUND:
        tail = before[-_AROUND:]
        before = f"… {tail.partition(' ')[2] or tail}"
    if before:
        shown.append((before, False))
    left = 2 * _AROUND
    for text, bold in rest:
        if not bold and len(text) > left:
            head = text[:left]
            shown.append((f"{head.rpartition(' ')[0] or head} …", False))
            break
        shown.append((text, bold))
        left = max(0, left - len(text))
    return tuple(shown)


def _spoken(title: str, terms: Sequence[Term]) -> str:
    """Return how a Chinese title is read, where a term may be pinyin."""
    return usual_readings([title]) if any(term.pinyin for term in terms) else ""


def marked(text: str, terms: Sequence[Term], language: str, readings: str = "") -> Marks:
    """Cut a text where the terms are found; words typed in Latin letters are found in Uyghur ones."""
    found = highlight(text, terms, readings)
    if language != "ug" or any(bold for _text, bold in found):
        return tuple(found)
    keys = [fold(word) for term in terms if term.kind is Kind.WORDS for word in term.words]
    places = {
        at
        for word in WORD.finditer(text)
        if any(fold(latin(word[0])).startswith(key) for key in keys)
        for at in range(*word.span())
    }
    return tuple(fragments(text, places))
