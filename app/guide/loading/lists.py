"""Reads the small lists of guidance: topics, age bands, other words. They are in no table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.core.faults import N_
from app.core.files import Faults, table


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject that texts stand under, in the order of the file's `order`."""

    code: str
    position: int
    names: Mapping[str, str]
    about: Mapping[str, str]
    seeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """An age band: whole months from `start` (inclusive) to `end`; before birth months are negative."""

    code: str
    start: int
    end: int
    names: Mapping[str, str]


def load_topics(folder: Path, languages: tuple[str, ...], faults: Faults) -> Iterator[Topic]:
    """Yield the topics of `topics.csv`, in order."""
    found: dict[str, Topic] = {}
    for row in table(folder / "topics.csv", ("code", "order", "name_zh-Hans", "about_zh-Hans"), faults):
        code, position = row.need("code"), row.whole("order")
        row.need("name_zh-Hans")
        if position is None:
            row.need("order")
        if code in found:
            row.bad("code", N_("“%(id)s” is listed twice."), id=code)
        found[code] = Topic(
            code,
            position or 0,
            row.names("name", languages),
            row.names("about", languages),
            row.many("seeds"),
        )
    yield from sorted(found.values(), key=lambda topic: topic.position)


def load_bands(folder: Path, languages: tuple[str, ...], faults: Faults) -> Iterator[Band]:
    """Yield the age bands of `bands.csv`, youngest first."""
    found: dict[str, Band] = {}
    for row in table(folder / "bands.csv", ("code", "from_months", "to_months", "name_zh-Hans"), faults):
        code, start, end = row.need("code"), row.whole("from_months"), row.whole("to_months")
        row.need("name_zh-Hans")
        if code in found:
            row.bad("code", N_("“%(id)s” is listed twice."), id=code)
        if start is None or end is None or start >= end:
            row.bad("to_months", N_("A band begins before it ends."))
            continue
        found[code] = Band(code, start, end, row.names("name", languages))
    yield from sorted(found.values(), key=lambda band: band.start)


def synonyms(content: Path) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return words of the Chinese texts, each with what parents type instead. Raises `FaultyFiles`."""
    path = content / "guide" / "synonyms.csv"
    return _synonyms(content, path.stat().st_mtime_ns) if path.exists() else ()


@lru_cache(maxsize=4)
def _synonyms(content: Path, _changed: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    faults = Faults(content)
    rows = table(content / "guide" / "synonyms.csv", ("term", "also"), faults)
    found = tuple((row.need("term"), row.many("also")) for row in rows)
    faults.check()
    return found
