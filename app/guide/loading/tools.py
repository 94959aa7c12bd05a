"""Reads the tables behind the tools: health checks, warning signs, classes, growth, and who says so."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from app.core.faults import N_
from app.core.files import Faults, Row, table
from app.guide.rules.checks import CONTENTS, Check
from app.guide.rules.classes import ClassRule
from app.guide.rules.growth import ChinaStandard, Indicator, Lms, WhoStandard
from app.guide.rules.schedule import Span
from app.guide.rules.signs import FOUR, Sign

T = TypeVar("T")


class Named(NamedTuple):
    """A document that a tool rests on: its title by language, its number, its address."""

    titles: Mapping[str, str]
    number: str
    url: str


_LANGUAGES = ("zh-Hans", "ug", "en")
_FOLDER = "guide"
_LINES = ("sd_n3", "sd_n2", "sd_n1", "sd_0", "sd_p1", "sd_p2", "sd_p3")


class Portion(NamedTuple):
    """A row of the table of portions: keys of facts of the ledger, "" where the row says nothing."""

    age: str
    meals: str
    snacks: str
    amount: str
    milk: str
    feeds: str


def _texts(column: str) -> tuple[str, ...]:
    return tuple(f"{column}_{code}" for code in _LANGUAGES)


def _fresh(read: Callable[[Path, int], T], content: Path, *files: str) -> T:
    """Return what a kept reader says of files as they are now."""
    paths = [content / _FOLDER / file for file in files]
    return read(content, sum(path.stat().st_mtime_ns for path in paths if path.exists()))


def load_checks(content: Path) -> tuple[Check, ...]:
    """Read the health checks in order. Raises `FaultyFiles` with everything wrong with them."""
    return _fresh(_checks, content, "checks.csv")


@lru_cache(maxsize=4)
def _checks(content: Path, _changed: int) -> tuple[Check, ...]:
    faults = Faults(content)
    columns = (
        "id", "months", "days", "until_days", "contents", "sequence", "source", "clause", *_texts("name"),
    )  # fmt: skip
    found = []
    for row in table(content / _FOLDER / "checks.csv", columns, faults):
        contents = row.many("contents")
        for each in contents:
            if each not in CONTENTS:
                row.bad(
                    "contents",
                    N_("“%(value)s” is not one of: %(allowed)s."),
                    value=each,
                    allowed=", ".join(CONTENTS),
                )
        months, days, until = row.whole("months"), row.whole("days"), row.whole("until_days")
        at = None if months is None and days is None else Span(months or 0, days or 0)
        found.append(
            Check(
                row.need("id"),
                at,
                Span(0, until) if until else None,
                contents,
                row.whole("sequence") or 0,
                row.need("source"),
                row["clause"],
                row.names("name", _LANGUAGES),
            )
        )
    faults.check()
    return tuple(found)


def load_signs(content: Path) -> tuple[Sign, ...]:
    """Read the warning signs, four for each age. Raises `FaultyFiles`."""
    return _fresh(_signs, content, "signs.csv")


@lru_cache(maxsize=4)
def _signs(content: Path, _changed: int) -> tuple[Sign, ...]:
    faults = Faults(content)
    found: list[Sign] = []
    rows: list[Row] = []
    for row in table(content / _FOLDER / "signs.csv", ("id", "months", *_texts("text")), faults):
        row.need("text_zh-Hans")
        months = row.whole("months") or 0
        found.append(Sign(row.need("id"), months, row.names("text", _LANGUAGES)))
        rows.append(row)
    for sign, row in zip(found, rows, strict=True):
        if sum(each.months == sign.months for each in found) != FOUR:
            row.bad("months", N_("Each age has four signs."))
    faults.check()
    return tuple(found)


def load_classes(content: Path) -> tuple[ClassRule, ...]:
    """Read what the national standard says of classes. Raises `FaultyFiles`."""
    return _fresh(_classes, content, "classes.csv")


@lru_cache(maxsize=4)
def _classes(content: Path, _changed: int) -> tuple[ClassRule, ...]:
    faults = Faults(content)
    columns = ("band", "from_months", "to_months", "most", "per_carer", "source", "clause", *_texts("name"))
    found = [
        ClassRule(
            row.need("band"),
            row.whole("from_months") or 0,
            row.whole("to_months") or 0,
            row.whole("most") or 0,
            row.whole("per_carer"),
            row.need("source"),
            row["clause"],
            row.names("name", _LANGUAGES),
        )
        for row in table(content / _FOLDER / "classes.csv", columns, faults)
    ]
    faults.check()
    return tuple(found)


def load_portions(content: Path) -> tuple[Portion, ...]:
    """Read which facts make the table of portions. Raises `FaultyFiles`."""
    return _fresh(_portions, content, "portions.csv")


@lru_cache(maxsize=4)
def _portions(content: Path, _changed: int) -> tuple[Portion, ...]:
    faults = Faults(content)
    found = [
        Portion(*(row.need(name) if name == "age" else row[name] for name in Portion._fields))
        for row in table(content / _FOLDER / "portions.csv", Portion._fields, faults)
    ]
    faults.check()
    return tuple(found)


def load_china(content: Path) -> ChinaStandard:
    """Read the national growth standard from the first transcription. Raises `FaultyFiles`."""
    return _fresh(_china, content, "growth/china-one.csv")


@lru_cache(maxsize=2)
def _china(content: Path, _changed: int) -> ChinaStandard:
    faults = Faults(content)
    tables: dict[tuple[str, str], list[tuple[int, tuple[float, ...]]]] = {}
    path = content / _FOLDER / "growth" / "china-one.csv"
    for row in table(path, ("sex", "indicator", "months", *_LINES), faults):
        months = row.whole("months")
        values = tuple(float(row.number(name) or 0) for name in _LINES)
        tables.setdefault((row["sex"], row["indicator"]), []).append((months or 0, values))
    faults.check()
    return ChinaStandard({key: tuple(rows) for key, rows in tables.items()})


def load_who(content: Path) -> WhoStandard:
    """Read WHO's growth standards. Raises `FaultyFiles`."""
    return _fresh(_who, content, "growth/who.csv")


@lru_cache(maxsize=2)
def _who(content: Path, _changed: int) -> WhoStandard:
    faults = Faults(content)
    known = frozenset({*(each.value for each in Indicator), "weight-for-height"})
    tables: dict[tuple[str, str], list[tuple[float, Lms]]] = {}
    path = content / _FOLDER / "growth" / "who.csv"
    for row in table(path, ("sex", "indicator", "at", "l", "m", "s"), faults):
        name = row.one_of("indicator", known)
        at, power, median, spread = (float(row.number(each) or 0) for each in ("at", "l", "m", "s"))
        tables.setdefault((row["sex"], name), []).append((at, Lms(power, median, spread)))
    faults.check()
    return WhoStandard({key: tuple(rows) for key, rows in tables.items()})


def load_named(content: Path) -> Mapping[str, Named]:
    """Return the documents of guidance and of the nation by the id that tables name them with."""
    return _fresh(_named, content, "sources.csv", "../national/documents.csv")


@lru_cache(maxsize=4)
def _named(content: Path, _changed: int) -> Mapping[str, Named]:
    faults = Faults(content)
    found = {}
    for prefix, path in (
        ("", content / _FOLDER / "sources.csv"),
        ("national:", content / "national" / "documents.csv"),
    ):
        for row in table(path, ("id", "title_zh-Hans", "number", "url"), faults):
            found[prefix + row["id"]] = Named(row.names("title", _LANGUAGES), row["number"], row["url"])
    faults.check()
    return found
