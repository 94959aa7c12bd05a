"""Checks a text that is typed behind the counter as a file would be: the same rules, told by block."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from app.areas import queries as areas
from app.core import clock
from app.core.i18n import SOURCE
from app.extensions import db
from app.guide.loading.checks import HEADINGS, Known, check_words
from app.guide.loading.ledger import Ledger, document_addresses, host_of
from app.guide.model import GuideText
from app.guide.queries import ledger, lists
from app.guide.rules import editing
from app.guide.rules.blocks import part
from app.guide.rules.texts import Record, Words


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong; `sentence` is a msgid with named values.

    `where` is `title`, `summary`, `body` or the name of a field of the record; `line` is 0 outside the body.
    """

    where: str
    line: int
    sentence: str
    values: Mapping[str, object]


@dataclass(slots=True)
class _Told:
    """Where checks tell what they find (`loading.checks.Teller`)."""

    found: list[Finding] = field(default_factory=list)

    def bad(self, column: str, sentence: str, **values: object) -> None:
        self.found.append(Finding(column, 0, sentence, values))

    def wrong(self, line: int, sentence: str, **values: object) -> None:
        self.found.append(Finding("body", line, sentence, values))


def check(words: Words, language: str, record: Record, source: Words | None = None) -> tuple[Finding, ...]:
    """Return what is wrong with a text, each once, in order; `source` is what a translation was made of."""
    from app.guide.loading.sources import check_text  # noqa: PLC0415 - brings a reader of YAML along
    from app.guide.loading.translations import check_translation  # noqa: PLC0415 - the same

    told, known = _Told(), _known()
    blank = frozenset() if language == SOURCE else _blank(words.body)
    parted = check_words(words, language, known, told)
    if not parted.broken:
        if language == SOURCE:
            check_text(words, record, parted.blocks, known, told)
        elif source is not None:
            check_translation(source, part(source.body).blocks, words, parted.blocks, told)
    seen: dict[tuple[str, int, str, str], Finding] = {}
    for each in told.found:
        if each.line in blank and each.sentence == HEADINGS:
            continue
        seen.setdefault((each.where, each.line, each.sentence, str(each.values)), each)
    return tuple(sorted(seen.values(), key=lambda each: (each.where == "body", each.line)))


def _blank(body: str) -> frozenset[int]:
    """Return the lines of a translation that only hold the place of a text."""
    return frozenset(at for at, line in enumerate(body.split("\n"), 1) if line.strip() == editing.BLANK)


def _known() -> Known:
    """Return what texts may refer to, as the database has it now."""
    settings = current_app.extensions["settings"]
    glossary: Path = settings.translations / "glossary.csv"
    sources = ledger.sources()
    hosts = {host_of(each.url) for each in sources.values()} | _hosts(settings.content)
    return Known(
        ledger=Ledger(
            sources=dict(sources), facts=dict(ledger.facts()), hosts=frozenset(filter(None, hosts))
        ),
        topics=frozenset(each.code for each in lists.topics()),
        bands=frozenset(each.code for each in lists.bands()),
        slugs=frozenset(db.session.scalars(select(GuideText.slug))),
        phones=frozenset(line.kind for line in areas.hotlines(None) if line.kind),
        places=frozenset(each.area for each in areas.places()),
        today=clock.today(),
        forbidden=_forbidden(glossary, glossary.stat().st_mtime_ns if glossary.exists() else 0),
    )


@lru_cache(maxsize=2)
def _forbidden(glossary: Path, _changed: int) -> Mapping[str, Mapping[str, str]]:
    from app.guide.loading.shelf import forbidden_words  # noqa: PLC0415 - brings a reader of YAML along

    return forbidden_words(glossary)


@lru_cache(maxsize=2)
def _hosts(content: Path) -> frozenset[str]:
    """Return the hosts of the documents of the nation and of places, which change only with the program."""
    return frozenset(host_of(url) for url in document_addresses(content).values())
