"""A ledger as rows of cells, whatever file it came in."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from app.core.faults import N_
from app.facilities.loading.ledger.container import (
    MAX_COLUMNS,
    MAX_ROWS,
    Merged,
    RefusedFileError,
    Survey,
    kind_of,
    survey,
    too_many_columns,
    too_many_rows,
)

Cell = str | int | float | bool | date | datetime | time | timedelta | None

DELIMITERS = {",": ",", ";": ";", "|": "|", "tab": "\t"}
ENCODINGS = ("utf-8", "gb18030", "cp1252")
_TITLES = 30
"""Rows at the beginning among which the headings are looked for."""
_ABOVE = 50
_LONGEST_CELL = 20_000
_HAN = re.compile("([a-z]?)([\u2e80-\u9fff\ue000-\uf8ff]+)([a-z]?)")
_TORN = 2
"""An accented letter and its neighbour, or two accented letters, are one or two Chinese characters."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells from the first row of the sheet on; row 0 is row 1 of the spreadsheet."""

    rows: tuple[tuple[Cell, ...], ...]
    lines: tuple[int, ...]
    """Number of each row as a spreadsheet program shows it."""
    sheet: str
    how: str
    """How it was read, for the record: `utf-8 ;`, `xlsx`."""
    sheets: tuple[str, ...] = ()
    """Sheets of the workbook that are not hidden."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a profile says about the file itself."""

    encoding: str = "auto"
    delimiter: str = "auto"
    sheet: str | int | None = None
    headings: frozenset[str] = frozenset()
    """Plain forms of the headings looked for; they decide between encodings and delimiters."""


def read_grid(path: Path, reading: Reading) -> Grid:
    """Read a file. Raises `RefusedFileError`; memory and time are bounded by the limits of `container`."""
    kind = kind_of(path)
    return _text(path, reading) if kind == "csv" else _workbook(path, kind, reading)


def plain_heading(cell: object) -> str:
    """Return a heading without spaces, line breaks and case, in narrow letters."""
    return "".join(unicodedata.normalize("NFKC", "" if cell is None else str(cell)).split()).casefold()


def _text(path: Path, reading: Reading) -> Grid:
    encoding, delimiter, text = _decoded(path.read_bytes(), reading)
    if "\x00" in text:
        raise RefusedFileError(N_("This is no table. Save the ledger as .xlsx, .ods or .csv."))
    rows: list[tuple[Cell, ...]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=DELIMITERS[delimiter])
    try:
        for number, cells in enumerate(reader, start=1):
            if len(rows) > MAX_ROWS + _ABOVE:
                raise too_many_rows()
            while cells and not cells[-1].strip():
                cells.pop()
            if len(cells) > MAX_COLUMNS:
                raise too_many_columns()
            rows.append(tuple(cells))
            lines.append(number)
    except csv.Error as error:
        raise RefusedFileError(
            N_("Line %(line)s of the file is no row of a table."), line=reader.line_num
        ) from error
    return Grid(tuple(rows), tuple(lines), "", f"{encoding.removesuffix('-sig')} {delimiter}")


def _decoded(raw: bytes, reading: Reading) -> tuple[str, str, str]:
    """Return encoding, delimiter and text: of all that can be, those under which most headings are known."""
    encodings = _encodings(raw, reading.encoding)
    delimiters = [reading.delimiter] if reading.delimiter in DELIMITERS else list(DELIMITERS)
    best: tuple[int, str, str, str] | None = None
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        doubt = int(encoding == "gb18030" and _is_western(text))  # decides where the headings do not
        for delimiter in delimiters:
            found = _recognised(text, DELIMITERS[delimiter], reading.headings) - doubt
            if best is None or found > best[0]:
                best = (found, encoding, delimiter, text)
    if best is None:
        raise RefusedFileError(
            N_("The file is not in %(encodings)s. Save it as CSV UTF-8."), encodings=", ".join(encodings)
        )
    return best[1:]


def _is_western(text: str) -> bool:
    """Tell whether a text read as Chinese was an accented one: lone characters within Latin words."""
    runs = _HAN.findall(text[: _LONGEST_CELL * 4])
    torn = [run for run in runs if len(run[1]) <= _TORN and (run[0] or run[2])]
    return bool(runs) and len(torn) > len(runs) / 2


def _encodings(raw: bytes, wanted: str) -> tuple[str, ...]:
    if raw.startswith(b"\xef\xbb\xbf"):
        return ("utf-8-sig",)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    return ENCODINGS if wanted == "auto" else (wanted,)


def _recognised(text: str, delimiter: str, headings: frozenset[str]) -> int:
    """Return how many of the headings the best of the first rows has; then, how many cells there are."""
    best = 0
    start = text[: _LONGEST_CELL * 4]
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(start, newline=""), delimiter=delimiter)):
            if number >= _TITLES:
                break
            hits = sum(1 for cell in cells if plain_heading(cell) in headings)
            best = max(best, hits * 1000 + min(len(cells), 999))
    except csv.Error:
        return best
    return best


def _workbook(path: Path, kind: str, reading: Reading) -> Grid:
    found = survey(path, kind)
    import python_calamine as calamine  # noqa: PLC0415 - heavy: only where a ledger is read

    try:
        with calamine.CalamineWorkbook.from_path(path) as book:
            sheets = [each for each in book.sheets_metadata if each.typ == calamine.SheetTypeEnum.WorkSheet]
            names = [each.name for each in sheets]
            shown = [each.name for each in sheets if each.visible == calamine.SheetVisibleEnum.Visible]
            name = _sheet(names, (shown or names)[:1], reading.sheet)
            sheet = book.get_sheet_by_name(name)
            merged = _merged(sheet.merged_cell_ranges, found, kind, book.sheet_names.index(name))
            rows = sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS + _ABOVE)
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise RefusedFileError(N_("The workbook is damaged and cannot be opened.")) from error
    filled = fill_merged([[_empty(cell) for cell in row] for row in rows], merged)
    return Grid(
        tuple(tuple(row) for row in filled), tuple(range(1, len(filled) + 1)), name, kind, tuple(shown)
    )


def _merged(
    ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]] | None,
    found: Sequence[Survey],
    kind: str,
    place: int,
) -> list[Merged]:
    if kind == "ods":
        return found[place].merged if place < len(found) else []
    return [(*first, *last) for first, last in ranges or ()]


def _sheet(names: Sequence[str], first: Sequence[str], wanted: str | int | None) -> str:
    """Return the sheet to read: by name, by number, else the first that is not hidden."""
    if isinstance(wanted, int) and 0 < wanted <= len(names):
        return names[wanted - 1]
    if isinstance(wanted, str) and wanted in names:
        return wanted
    if wanted is None and first:
        return first[0]
    raise RefusedFileError(
        N_("The workbook has no sheet “%(sheet)s”; it has: %(names)s."), sheet=wanted, names=", ".join(names)
    )


def _empty(cell: Cell) -> Cell:
    return None if isinstance(cell, str) and not cell.strip() else cell


def fill_merged(rows: list[list[Cell]], merged: Iterable[Merged]) -> list[list[Cell]]:
    """Put the value of a merged block into each of its cells that is empty.

    Raises `RefusedFileError` for blocks that overlap: no program writes them, and filling could take hours.
    """
    width = max(map(len, rows), default=0)
    room = len(rows) * width
    for top, left, bottom, right in merged:
        room -= max(0, min(bottom + 1, len(rows)) - top) * max(0, min(right + 1, width) - left)
        if room < 0:
            raise RefusedFileError(N_("The workbook is damaged and cannot be opened."))
        value = rows[top][left] if top < len(rows) and left < len(rows[top]) else None
        if value is None:
            continue
        for row in rows[top : bottom + 1]:
            for column in range(left, min(right + 1, len(row))):
                if row[column] is None:
                    row[column] = value
    return rows
