"""Reads the ledger: sources, and the facts of every theme."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from app.areas.loading.packs import load_documents
from app.core.faults import N_
from app.core.files import Faults, Row, table
from app.guide.rules import figures, vocabulary
from app.guide.rules.ledger import Fact, Source, loops

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ALL = "all"
"""A fact or a text for every age."""
_ECHOED = 40
"""Characters of a wrong cell that a fault repeats."""
_ISSUED = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_SOURCE_COLUMNS = (
    "id", "title_zh-Hans", "number", "publisher_zh-Hans", "issued_on", "status", "url", "read",
    "note_zh-Hans",
)  # fmt: skip
_FACT_COLUMNS = (
    "key", "says_zh-Hans", "low", "high", "unit", "bands", "source", "clause", "valid_from", "valid_until",
    "superseded_by", "see_also", "confidence", "checked_on", "quote_zh-Hans",
)  # fmt: skip


@dataclass(slots=True)
class Ledger:
    """What was read: good rows by id and key, and the keys of facts that are there but faulty."""

    sources: dict[str, Source] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)
    documents: frozenset[str] = frozenset()
    """Documents of the country and of places that facts may rest on: `national:<id>`, `<area>:<id>`."""
    hosts: frozenset[str] = frozenset()
    """Hosts of the addresses that sources and documents name."""

    def is_source(self, source: str) -> bool:
        """Tell whether there is such a source or document."""
        return source in self.sources or source in self.documents


def load_ledger(
    content: Path, languages: tuple[str, ...], bands: frozenset[str], faults: Faults, today: date
) -> Ledger:
    """Read `guide/sources.csv` and `guide/facts/`; every fault goes to `faults`."""
    folder = content / "guide"
    ledger = Ledger()
    documents = document_addresses(content)
    ledger.documents = frozenset(documents)
    ledger.sources = {each.id: each for each in _sources(folder / "sources.csv", languages, faults)}
    urls = [*documents.values(), *(each.url for each in ledger.sources.values())]
    ledger.hosts = frozenset(host for url in urls if (host := host_of(url)))
    rows: dict[str, Row] = {}
    for path in sorted((folder / "facts").glob("*.csv")):
        for row in table(path, _FACT_COLUMNS, faults):
            _take(ledger, rows, row, path.stem, languages, bands, today)
    _check_references(ledger, rows)
    _drop_faulty(ledger, rows, faults)
    return ledger


def host_of(url: str) -> str:
    """Return the host of an https address; "" for any other."""
    found = re.match(r"https?://([^/:?#\s]+)", url)
    return found[1].lower() if found else ""


def document_addresses(content: Path) -> dict[str, str]:
    """Return the addresses of the documents of packs and the nation; their own loader tells their faults."""
    found: dict[str, str] = {}
    scratch = Faults(content)
    files = [("national", content / "national" / "documents.csv")]
    files += [(path.parent.name, path) for path in sorted((content / "places").glob("*/documents.csv"))]
    for area, path in files:
        found |= {f"{area}:{row['id']}": row["url"] for row in load_documents(path, area, scratch)}
    return found


def _sources(path: Path, languages: tuple[str, ...], faults: Faults) -> Iterator[Source]:
    seen: set[str] = set()
    for row in table(path, _SOURCE_COLUMNS, faults):
        before = len(faults.found)
        key = row.need("id")
        if key and not KEY.fullmatch(key):
            row.bad("id", N_("“%(id)s” is not made of small letters, digits and hyphens."), id=key)
        if key in seen:
            row.bad("id", N_("“%(id)s” is listed twice."), id=key)
        seen.add(key)
        row.need("title_zh-Hans")
        row.need("publisher_zh-Hans")
        if row["issued_on"] and not _ISSUED.fullmatch(row["issued_on"]):
            row.bad("issued_on", N_("“%(value)s” is not a year, a month or a day."), value=row["issued_on"])
        if row["url"] and not host_of(row["url"]):
            row.bad("url", N_("“%(value)s” is not an address."), value=row["url"])
        row.one_of("status", vocabulary.SOURCE_STATUSES)
        row.one_of("read", vocabulary.READINGS)
        if len(faults.found) == before:
            yield Source(
                key,
                row.names("title", languages),
                row["number"],
                row.names("publisher", languages),
                row["issued_on"],
                row["status"],
                row["url"],
                row["read"],
                row.names("note", languages),
            )


def _take(
    ledger: Ledger,
    rows: dict[str, Row],
    row: Row,
    theme: str,
    languages: tuple[str, ...],
    bands: frozenset[str],
    today: date,
) -> None:
    """Read a row of a theme into the ledger; one that cannot be a fact is left out."""
    key = row.need("key")
    if not KEY.fullmatch(key):
        row.bad("key", N_("“%(id)s” is not made of small letters, digits and hyphens."), id=key)
    if key in rows:
        first = rows[key]
        row.bad("key", N_("“%(id)s” is in %(file)s already."), id=key, file=first.path.name)
        return
    rows[key] = row
    row.need("says_zh-Hans")
    _figure(row)
    chosen = row.many("bands")
    for band in chosen or (row.need("bands"),):
        if band and band not in {*bands, ALL}:
            row.bad("bands", N_("There is no age band “%(code)s”."), code=band)
    if (source := row.need("source")) and not ledger.is_source(source):
        row.bad("source", N_("There is no source “%(id)s”."), id=source)
    first_day, last_day = row.day("valid_from"), row.day("valid_until")
    if first_day and last_day and last_day < first_day:
        row.bad("valid_until", N_("The last day lies before the first."))
    row.one_of("confidence", vocabulary.CONFIDENCES)
    row.need("checked_on")
    checked = row.day("checked_on")
    if checked and checked > today:
        row.bad("checked_on", N_("%(date)s is in the future."), date=checked)
    ledger.facts[key] = Fact(
        key,
        theme,
        row.names("says", languages),
        row["low"] or None,
        row["high"] or None,
        row["unit"],
        chosen,
        source,
        row["clause"],
        first_day,
        last_day,
        row["superseded_by"] or None,
        row["see_also"] or None,
        row["confidence"],
        checked or today,
        row.names("quote", languages),
    )


def _figure(row: Row) -> None:
    low, high = _end(row, "low"), _end(row, "high")
    if row["high"] and not row["low"]:
        row.bad("low", N_("A range needs its lower end too."))
    if low is not None and high is not None and high <= low:
        row.bad("high", N_("The upper end is not above the lower one."))
    if row["unit"]:
        row.one_of("unit", vocabulary.UNITS)
        if not row["low"]:
            row.bad("unit", N_("A statement without a figure has no unit."))


def _end(row: Row, column: str) -> Decimal | None:
    """Return an end of a figure: at least 0, and no more than its unit is believed."""
    value = row[column]
    if not value:
        return None
    number = figures.number_of(value)
    if number is None:
        sentence = N_("“%(value)s” is not a number of digits with a decimal point, at least 0.")
        row.bad(column, sentence, value=value[:_ECHOED])
    elif number > figures.most(row["unit"]):
        sentence = N_("%(value)s is more than a figure of this unit can be: at most %(most)s.")
        row.bad(column, sentence, value=value, most=figures.most(row["unit"]))
        return None
    return number


def _check_references(ledger: Ledger, rows: Mapping[str, Row]) -> None:
    """Check that facts refer to facts that are there, to others than themselves, and in no circle."""
    for key, fact in ledger.facts.items():
        for column, other in (("superseded_by", fact.superseded_by), ("see_also", fact.see_also)):
            if other is not None and other not in rows:
                rows[key].bad(column, N_("There is no fact “%(key)s”."), key=other)
            elif other == key:
                rows[key].bad(column, N_("A fact cannot refer to itself."))
    for key in sorted(loops(ledger.facts)):
        if ledger.facts[key].superseded_by != key:
            rows[key].bad("superseded_by", N_("These facts supersede one another in a circle."))


def _drop_faulty(ledger: Ledger, rows: Mapping[str, Row], faults: Faults) -> None:
    wrong = {(fault.path, fault.line) for fault in faults.found}
    for key, row in rows.items():
        if (row.path.relative_to(faults.root), row.line) in wrong:
            ledger.faulty.add(key)
            ledger.facts.pop(key, None)
