"""Giving the tables of a place back as files of its pack, edited rows in them."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from app.areas import rules
from app.areas.loading.leave import PLACE, leave_file, leave_rows
from app.areas.queries import overlays, place_of
from app.areas.queries.calendars import calendar_of
from app.areas.rules.edits import CALENDAR, DAYS, PACKED, TABLES, YEAR, Row
from app.core.files import Faults, table

_YEARS = ("region", "year", "status", "source")


def export_place(place: str, folder: Path, content: Path) -> list[Path]:
    """Write `places/<place>/*.csv`, rows of leave and years of calendars entered here below a folder.

    A file keeps the columns and their order that it has in `content`; what nobody edited comes out as it is
    there. Returns what was written, nothing for a place that does not run this site.
    """
    card = place_of(place)
    if card is None or card.area != place:
        return []
    found: dict[Path, tuple[Sequence[str], list[Row]]] = {}
    for name in PACKED:
        found[Path("places") / place / f"{name}.csv"] = (
            TABLES[name].columns,
            [*overlays.rows(place, name).values()],
        )
    found[leave_file(Path())] = ((PLACE, *TABLES["leave"].columns), _leave(place, content))
    found |= _calendars(place, content)
    return [
        _write(folder / path, _header(content / path, columns, rows), rows)
        for path, (columns, rows) in found.items()
        if rows or (content / path).exists()
    ]


def _leave(place: str, content: Path) -> list[Row]:
    """Return the rows of the file for all places, this one's as they hold, where its first row stands."""
    own: list[Row] = [{PLACE: place, **row} for row in overlays.rows(place, "leave").values()]
    file: list[Row] = [*leave_rows(content)]
    others: list[Row] = [row for row in file if row[PLACE] != place]
    first = next((number for number, row in enumerate(file) if row[PLACE] == place), len(others))
    return [*others[:first], *own, *others[first:]]


def _calendars(place: str, content: Path) -> dict[Path, tuple[Sequence[str], list[Row]]]:
    """Return the years that were entered here with their days, and the list of years that names them."""
    folder = Path("calendars")
    listed = folder / "years.csv"
    years: dict[tuple[str, str], Row] = {(row["region"], row["year"]): row for row in _read(content / listed)}
    found: dict[Path, tuple[Sequence[str], list[Row]]] = {}
    for region, year, status in sorted(overlays.years(rules.calendar_layers(calendar_of(place)))):
        name = f"{CALENDAR}:{region}:{year}"
        if not overlays.edits(region, name):
            continue
        days = overlays.rows(region, name)
        known = days.pop(YEAR, {})
        years[region, str(year)] = {
            "region": region, "year": str(year), "status": status, "source": known.get("source", ""),
        }  # fmt: skip
        found[folder / region / f"{year}.csv"] = (DAYS.columns, [*days.values()])
    return {listed: (_YEARS, [*years.values()]), **found} if found else {}


def _read(path: Path) -> list[Row]:
    return [row.cells for row in table(path, (), Faults(path.parent))] if path.exists() else []


def _header(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> list[str]:
    """Return the columns of the file as it is, then those that only edited rows have."""
    known: list[str] = list(columns)
    if path.exists():
        known = next(csv.reader(io.StringIO(path.read_text("utf-8-sig"))), known)
    used = {column for row in rows for column in row}
    return [*known, *(column for column in columns if column in used and column not in known)]


def _write(path: Path, header: Sequence[str], rows: Iterable[Row]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([row.get(column, "") for column in header] for row in rows)
    path.write_text(out.getvalue(), "utf-8")
    return path
