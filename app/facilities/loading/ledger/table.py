"""Where the headings are, which column means what, and the rows beneath."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

from app.core.faults import N_, Fault
from app.facilities.loading.ledger.cells import UnreadableError, narrow, text_of
from app.facilities.loading.ledger.container import MAX_ROWS, column_number
from app.facilities.loading.ledger.grid import Cell, Grid, plain_heading
from app.facilities.loading.ledger.profile import Column, Profile, Where

_TITLES = 30
"""Rows among which the headings are looked for."""


@dataclass(slots=True)
class Notes:
    """What is wrong with a ledger (`errors`: nothing is applied) and what a worker should know (`warnings`).

    The line of a fault is the row as a spreadsheet program numbers it; 0 is the file as a whole.
    """

    path: Path
    errors: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    rows: int = 0
    """Rows of data in the file, read or left out."""

    def error(self, row: int, column: str, sentence: str, /, **values: object) -> None:
        """Note something that must be mended or decided before the ledger is applied."""
        self.errors.append(Fault(self.path, row, sentence, values, column))

    def warn(self, row: int, column: str, sentence: str, /, **values: object) -> None:
        """Note something that a worker should look at."""
        self.warnings.append(Fault(self.path, row, sentence, values, column))


@dataclass(frozen=True, slots=True)
class Line:
    """One row of data: its number and the cells of the profile's columns, in the profile's order."""

    row: int
    cells: tuple[Cell, ...]
    at: int
    """Place in the grid, from 0."""


def lines_of(grid: Grid, profile: Profile, notes: Notes) -> list[Line]:
    """Return the rows of data. What cannot be found is an error of `notes`, and no rows."""
    found = _headings(grid, profile)
    if found is None:
        wanted = ", ".join(column.heading for column in profile.columns if column.headings)
        notes.error(
            0, "", N_("The row of headings was not found. It should have: %(names)s."), names=wanted[:400]
        )
        return []
    first, headings = found
    places = _places(headings, profile)
    missing = [
        column.heading
        for column, place in zip(profile.columns, places, strict=True)
        if place is None and column.required
    ]
    if missing:
        notes.error(first, "", N_("Columns are missing: %(names)s."), names=", ".join(missing))
        return []
    kept = _where(headings, profile, notes, first)
    unread = [heading for at, heading in enumerate(headings) if heading and at not in {*places, *kept}]
    if unread:
        names = ", ".join(dict.fromkeys(" ".join(each.split())[:40] for each in unread))
        notes.warn(first, "", N_("These columns are not read: %(names)s."), names=names[:400])
    _tell_absent(profile.columns, places, grid, notes, first)
    lines = list(_rows(grid, first, places, profile))
    notes.rows = len(lines)
    lines = [line for line in lines if _kept(grid.rows[line.at], kept)]
    if notes.rows > len(lines):
        notes.warn(
            0, "", N_("%(count)s rows were left out, as the profile says."), count=notes.rows - len(lines)
        )
    if not lines:
        notes.error(0, "", N_("The ledger has no rows under its headings."))
    if len(lines) > MAX_ROWS:
        notes.error(
            0, "", N_("The ledger has more than %(limit)s rows. Part it into several files."), limit=MAX_ROWS
        )
        return []
    return _filled_down(lines, profile)


def _tell_absent(
    columns: Sequence[Column], places: Sequence[int | None], grid: Grid, notes: Notes, first: int
) -> None:
    """Name every column of the profile that the ledger has not: what it would say stays as it was."""
    width = max(map(len, grid.rows), default=0)
    absent = [
        f"{column.heading} ({column.field})"
        for column, place in zip(columns, places, strict=True)
        if place is None or place >= width
    ]
    if absent:
        sentence = N_("The ledger has no column for these of the profile: %(names)s.")
        notes.warn(first, "", sentence, names=", ".join(absent)[:400])


def _headings(grid: Grid, profile: Profile) -> tuple[int, list[str]] | None:
    """Return the index of the first row of data, and the headings; None if no row has the headings."""
    if profile.header_row == 0:
        width = max((len(row) for row in grid.rows[:_TITLES]), default=0)
        return 0, [""] * width
    breadth = breadth_of(grid)
    if profile.header_row is not None:
        last = profile.header_row + profile.header_rows - 1
        return (
            (last, joined(grid, profile.header_row - 1, profile.header_rows, breadth))
            if last <= len(grid.rows)
            else None
        )
    best: tuple[int, int, list[str]] | None = None
    wanted = profile.reading.headings
    for at in range(min(_TITLES, len(grid.rows))):
        headings = joined(grid, at, profile.header_rows, breadth)
        hits = len({plain_heading(heading) for heading in headings} & wanted)
        if hits and (best is None or hits > best[0]):
            best = (hits, at + profile.header_rows, headings)
    return best[1:] if best else None


def joined(grid: Grid, at: int, deep: int, breadth: int) -> list[str]:
    """Return headings; those of several rows are joined, `收费/全日托`; an empty upper one is as to its left.

    `deep`: rows of headings. `breadth`: columns of the sheet; the last heading is not spread beyond them.
    """
    rows = [[_heading(cell) for cell in row] for row in grid.rows[at : at + deep]]
    width = min(max((len(row) for row in rows), default=0), breadth)
    rows = [row[:width] + [""] * (width - len(row)) for row in rows]
    joined: list[str] = []
    upper = [""] * len(rows)
    for column in range(width):
        parts: list[str] = []
        for level, row in enumerate(rows):
            last = level == len(rows) - 1
            if row[column] and row[column] != upper[level]:
                upper[level:] = [row[column], *[""] * (len(rows) - level - 1)]
            text = row[column] if last else upper[level]
            if text and (not parts or parts[-1] != text):
                parts.append(text)
        joined.append("/".join(parts) if rows[-1][column] or len(rows) == 1 else "/".join(parts[:1]))
    return joined


def breadth_of(grid: Grid) -> int:
    """Return the columns up to the last one in which any row says something; a stray space says nothing."""
    breadth = 0
    for row in grid.rows:
        at = len(row)
        while at > breadth and not _heading(row[at - 1]):
            at -= 1
        breadth = max(breadth, at)
    return breadth


def _heading(cell: Cell) -> str:
    try:
        return text_of(cell)
    except UnreadableError:
        return ""


def _places(headings: Sequence[str], profile: Profile) -> list[int | None]:
    """Return where each column of the profile stands; None: nowhere.

    Equal headings are taken from left to right. A heading that stands once feeds several columns if they are
    of different fields (a filing number that is also the key); two prices from one column would be a guess.
    """
    plain = [plain_heading(heading) for heading in headings]
    readers: dict[int, set[str]] = {}
    places: list[int | None] = []
    for column in profile.columns:
        place = _place(column, plain, readers)
        if place is not None:
            readers.setdefault(place, set()).add(column.field)
        places.append(place)
    return places


def _place(column: Column, plain: Sequence[str], readers: Mapping[int, AbstractSet[str]]) -> int | None:
    if column.letter:
        return column_number(column.letter)
    wanted = [plain_heading(heading) for heading in column.headings]
    standing = [at for heading in wanted for at, found in enumerate(plain) if found == heading]
    free = [at for at in standing if at not in readers]
    shared = [at for at in standing if column.field not in readers.get(at, ())]
    return next(iter([*free, *shared]), None)


def _where(headings: Sequence[str], profile: Profile, notes: Notes, first: int) -> Mapping[int, Where]:
    plain = [plain_heading(heading) for heading in headings]
    found = {}
    for each in profile.where:
        at = next((plain.index(name) for name in map(plain_heading, each.headings) if name in plain), None)
        if at is None:
            notes.error(first, "", N_("Columns are missing: %(names)s."), names=each.headings[0])
            continue
        found[at] = each
    return found


def _rows(grid: Grid, first: int, places: Sequence[int | None], profile: Profile) -> Iterator[Line]:
    for at, row in enumerate(grid.rows[first:], start=first):
        cells = tuple(row[place] if place is not None and place < len(row) else None for place in places)
        if not any(_heading(cell) for cell in cells):
            continue
        start = next((narrow(_heading(cell)) for cell in row if _heading(cell)), "")
        if start.startswith(profile.skip):
            continue
        yield Line(grid.lines[at], cells, at)


def _kept(row: Sequence[Cell], conditions: Mapping[int, Where]) -> bool:
    return all(each.keeps(plain_heading(row[at] if at < len(row) else "")) for at, each in conditions.items())


def _filled_down(lines: Sequence[Line], profile: Profile) -> list[Line]:
    """Give empty cells of the columns that are written once for several rows what stands above them."""
    wanted = [at for at, column in enumerate(profile.columns) if column.field in profile.fill_down]
    if not wanted:
        return list(lines)
    above: dict[int, Cell] = {}
    filled = []
    for line in lines:
        cells = list(line.cells)
        for at in wanted:
            if _heading(cells[at]):
                above[at] = cells[at]
            else:
                cells[at] = above.get(at)
        filled.append(Line(line.row, tuple(cells), line.at))
    return filled
