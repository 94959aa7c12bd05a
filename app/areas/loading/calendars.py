"""Reads work calendars: which days are not what their weekday says, and what is known of each year."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.areas import rules
from app.core.faults import N_
from app.core.files import Faults, Row, table
from app.core.workdays import KINDS, STATUSES, Kind, Status, is_weekend

_LANGUAGES = ("zh-Hans", "ug", "en")
_NAME = "name_zh-Hans"
_YEARS = range(2000, 2200)
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Day:
    """A day that is rest, or worked although it is a weekend, and the holiday it belongs to."""

    on: date
    kind: Kind
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Year:
    """One year of one calendar as a notice has it."""

    region: str
    year: int
    status: Status
    source: str
    days: tuple[Day, ...]


def regions(content: Path) -> frozenset[str]:
    """Return the calendars a place may name: the nation's and every folder of `calendars/`."""
    folders = (content / "calendars").glob("*/")
    return frozenset({rules.NATIONAL_CALENDAR, *(path.name for path in folders)})


def load_calendars(content: Path) -> tuple[Year, ...]:
    """Read `calendars/`. Raises `FaultyFiles` with every fault of every file."""
    faults = Faults(content)
    folder = content / "calendars"
    found: dict[Path, Year | None] = {}
    for row in table(folder / "years.csv", ("region", "year", "status", "source"), faults):
        region, number = row.need("region"), _year(row)
        if not rules.is_calendar(region):
            row.bad(
                "region", N_("“%(region)s” is not CN or CN- with two digits of a province."), region=region
            )
            continue
        if number is None:
            continue
        path = folder / region / f"{number}.csv"
        if path in found:
            row.bad(
                "year", N_("The year %(year)s of %(region)s is listed twice."), year=number, region=region
            )
            continue
        found[path] = _listed(row, region, number, path)
    for path in sorted(folder.glob("*/*.csv")):
        if path not in found:
            faults.add(path, 1, N_("This file is of no year in years.csv."))
    faults.check()
    return tuple(year for year in found.values() if year)


def load_year(path: Path, region: str, number: int, status: Status, source: str) -> Year:
    """Read the days of one year from a file of its own.

    The file is a table with the columns `date`, `kind`, `name_zh-Hans`, or a file of the holiday-cn project
    (`.json`: `days` with `name`, `date`, `isOffDay`). Raises `FaultyFiles` with every fault.
    """
    faults = Faults(path.parent)
    rows = _json_rows(path, faults) if path.suffix == ".json" else _table_rows(path, faults)
    days = tuple(_days(rows, number))
    if status == "official" and not days and not faults.found:
        faults.add(path, 1, N_("An official year has at least one day."))
    faults.check()
    return Year(region, number, status, source, days)


def typed_year(
    region: str, number: int, status: Status, source: str, days: Iterable[Mapping[str, str]]
) -> Year:
    """Return a year that somebody typed, line by line. Raises `FaultyFiles` with every fault."""
    path = Path(f"{region}-{number}")
    faults = Faults(Path())
    read = tuple(_days((Row(path, line, cells, faults) for line, cells in enumerate(days, 1)), number))
    if status not in STATUSES:
        faults.add(path, 0, N_("This cell must not be empty."), "status")
    if status == "official" and not source:
        faults.add(path, 0, N_("This cell must not be empty."), "source")
    if status == "official" and not read and not faults.found:
        faults.add(path, 0, N_("An official year has at least one day."), "status")
    faults.check()
    return Year(region, number, status, source, read)


def _year(row: Row) -> int | None:
    """Return the year of a row; one that cannot be a year is a fault."""
    row.need("year")
    number = row.whole("year")
    if number is not None and number not in _YEARS:
        row.bad("year", N_("“%(value)s” is not a year."), value=number)
        return None
    return number


def _listed(row: Row, region: str, number: int, path: Path) -> Year | None:
    """Read a year that `years.csv` lists and the file with its days."""
    status = row.one_of("status", STATUSES)
    days = tuple(_days(_table_rows(path, row.faults), number))
    if status == "official":
        row.need("source")
        if not days:
            row.bad("status", N_("An official year has at least one day."))
        return Year(region, number, "official", row["source"], days)
    return Year(region, number, "provisional", row["source"], days)


def _table_rows(path: Path, faults: Faults) -> Iterator[Row]:
    return table(path, ("date", "kind", _NAME), faults)


def _days(rows: Iterable[Row], year: int) -> Iterator[Day]:
    """Yield the days of a year; of other years only the December before, of which its notice may speak."""
    seen: set[date] = set()
    for row in rows:
        row.need("date")
        on, kind = row.day("date"), row.one_of("kind", KINDS)
        row.need(_NAME)
        if on is None:
            continue
        if on.year != year and (on.year, on.month) != (year - 1, _DECEMBER):
            sentence = N_("%(date)s is neither a day of %(year)s nor of the December before it.")
            row.bad("date", sentence, date=on, year=year)
        if on in seen:
            row.bad("date", N_("%(date)s is listed twice."), date=on)
        seen.add(on)
        if kind == "work" and not is_weekend(on):
            sentence = N_("%(date)s is not on a weekend; a make-up workday must be.")
            row.bad("kind", sentence, date=on)
        yield Day(on, "work" if kind == "work" else "rest", row.names("name", _LANGUAGES))


def _json_rows(path: Path, faults: Faults) -> Iterator[Row]:
    """Yield the days of a holiday-cn file as rows of a table; a file of another shape leaves a fault."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        days = [(str(day["name"]), str(day["date"]), day["isOffDay"]) for day in json.loads(text)["days"]]
    except (ValueError, KeyError, TypeError) as error:
        faults.add(path, 1, N_("This file cannot be read: %(error)s."), error=repr(error))
        return
    for name, on, off in days:
        line = text[: max(text.find(f'"{on}"'), 0)].count("\n") + 1
        kind = "rest" if off is True else "work" if off is False else ""
        cells = {"date": on.strip(), "kind": kind, _NAME: name.strip()}
        yield Row(path, line, cells, faults)
