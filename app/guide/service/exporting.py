"""Gives the guidance back as the files it came from: sources, facts, and every text in every language."""

import csv
import io
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from app.core.i18n import SOURCE
from app.extensions import db
from app.guide.loading.shelf import SUFFIX
from app.guide.model import GuideFact, GuideRevision, GuideSource
from app.guide.queries.ledger import fact_of, source_of
from app.guide.rules.ledger import Fact, Source
from app.guide.rules.texts import Record

LISTS = ("topics.csv", "bands.csv")
"""Files that are in no table; they are copied."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The files that were written since they said something else or were not there; how many there are."""

    written: tuple[str, ...]
    files: int


def export_guide(content: Path, to: Path, languages: tuple[str, ...]) -> Exported:
    """Write what stands in the database as files below `to`; `content` is the folder they came from.

    A text that did not change since its import has the very bytes of its file. Languages are those offered,
    whose columns the tables get.
    """
    files = dict(_files(content, languages))
    written = []
    for name, data in files.items():
        path = to / name
        if not path.exists() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            written.append(name)
    for name in LISTS:
        origin = content / "guide" / name
        if origin.exists() and not (to / name).exists():
            shutil.copyfile(origin, to / name)
            written.append(name)
    return Exported(tuple(written), len(files) + len(LISTS))


def _files(content: Path, languages: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    sources = [
        source_of(row) for row in db.session.scalars(select(GuideSource).order_by(GuideSource.position))
    ]
    yield "sources.csv", _table(*_source_rows(sources, languages))
    rows = db.session.scalars(select(GuideFact).order_by(GuideFact.theme, GuideFact.position, GuideFact.key))
    themes: dict[str, list[Fact]] = {path.stem: [] for path in (content / "guide" / "facts").glob("*.csv")}
    for row in rows:
        themes.setdefault(row.theme, []).append(fact_of(row))
    for theme, facts in sorted(themes.items()):
        yield f"facts/{theme}.csv", _table(*_fact_rows(facts, languages))
    query = select(GuideRevision).where(GuideRevision.state == "published")
    for text in db.session.scalars(query.order_by(GuideRevision.language, GuideRevision.slug)):
        yield f"{text.language}/{text.slug}{SUFFIX}", page_of(text).encode()


def page_of(row: GuideRevision) -> str:
    """Return a revision as a file: with the front matter it came with, or one made anew."""
    front = row.front or (_front(row) if row.language == SOURCE else _front_of_translation(row))
    return f"---\n{front}---\n{row.body if row.front else _body(row)}"


def _body(row: GuideRevision) -> str:
    """Return the body of a text edited here, with an empty line above it only if its file had one."""
    came = row
    while came.stamp is None and came.base_id is not None:
        came = db.session.get_one(GuideRevision, came.base_id)
    above = "\n" if came.stamp is not None and came.body.startswith("\n") else ""
    return above + row.body.strip("\n") + "\n"


def _front(row: GuideRevision) -> str:
    record = Record.from_json(row.record)
    fields = (
        ("topic", record.topic),
        ("kind", record.kind),
        ("bands", record.bands),
        ("audience", record.audience),
        ("risk", record.risk),
        ("review_months", str(record.review_months)),
        ("category", record.category),
        ("tool", record.tool),
        ("related", record.related or None),
        ("sources", record.sources or None),
        ("place", f'"{record.place}"' if record.place else None),
        ("written_on", record.written_on.isoformat()),
        ("valid_until", record.valid_until.isoformat() if record.valid_until else None),
        ("change", row.change),
        ("made_by", None if row.made_by == "assisted" else row.made_by),
        ("title", _plain(row.title)),
        ("summary", _plain(row.summary)),
    )
    return "".join(_field(name, value) for name, value in fields if value is not None)


def _front_of_translation(row: GuideRevision) -> str:
    source = db.session.get(GuideRevision, row.of_id) if row.of_id else None
    fields = (
        ("title", _plain(row.title)),
        ("summary", _plain(row.summary)),
        ("made_by", row.made_by),
        ("of", f'"{source.says if source else ""}"'),
    )
    return "".join(_field(name, value) for name, value in fields)


def _field(name: str, value: str | tuple[str, ...]) -> str:
    shown = value if isinstance(value, str) else f"[{', '.join(value)}]"
    return f"{name}: {shown}\n"


_SIGNS = frozenset("-?:,[]{}#&*!|>'\"%@` ")


def _plain(text: str) -> str:
    """Return a text as a value of YAML: as it is, or in quotes where it could be read as something else."""
    quoted = text[:1] in _SIGNS or ": " in text or " #" in text or text.endswith(":") or not text
    return json.dumps(text, ensure_ascii=False) if quoted else text


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


def _named(name: str, languages: tuple[str, ...]) -> list[str]:
    return [f"{name}_{language}" for language in languages]


def _source_rows(sources: list[Source], languages: tuple[str, ...]) -> tuple[list[str], list[list[str]]]:
    header = [
        "id", *_named("title", languages), "number", *_named("publisher", languages), "issued_on", "status",
        "url", "read", *_named("note", languages),
    ]  # fmt: skip
    rows = [
        [
            each.id,
            *(each.titles.get(language, "") for language in languages),
            each.number,
            *(each.publishers.get(language, "") for language in languages),
            each.issued_on,
            each.status,
            each.url,
            each.read,
            *(each.notes.get(language, "") for language in languages),
        ]
        for each in sources
    ]
    return header, rows


def _fact_rows(facts: list[Fact], languages: tuple[str, ...]) -> tuple[list[str], list[list[str]]]:
    header = [
        "key", *_named("says", languages), "low", "high", "unit", "bands", "source", "clause", "valid_from",
        "valid_until", "superseded_by", "see_also", "confidence", "checked_on", f"quote_{SOURCE}",
    ]  # fmt: skip
    rows = [
        [
            each.key,
            *(each.says.get(language, "") for language in languages),
            each.low or "",
            each.high or "",
            each.unit,
            "|".join(each.bands),
            each.source,
            each.clause,
            each.valid_from.isoformat() if each.valid_from else "",
            each.valid_until.isoformat() if each.valid_until else "",
            each.superseded_by or "",
            each.see_also or "",
            each.confidence,
            each.checked_on.isoformat(),
            each.quotes.get(SOURCE, ""),
        ]
        for each in facts
    ]
    return header, rows
