"""Is this file a table, and is it safe to open? Decided before anything is inflated."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.parsers import expat

from app.core.faults import N_
from app.facilities.loading.ledger.disguises import LOCKED, NO_WORKBOOK, WORKBOOKS, no_table, within

MAX_BYTES = 20 * 1024 * 1024
MAX_INFLATED = 100 * 1024 * 1024
"""Bytes of all parts of a workbook together; a ledger of 20,000 rows needs less than half of it."""
MAX_PARTS = 1000
MAX_ROWS = 20_000
MAX_COLUMNS = 200
_ABOVE = 50
"""Rows of titles and headings that may stand above the data."""
_CHUNK = 1 << 16
_START = 1 << 16
"""Bytes at the beginning of a file that are looked at to tell what it is."""
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"

Merged = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""


class RefusedFileError(Exception):
    """A file that is not opened. `sentence` is a msgid with named placeholders."""

    def __init__(self, sentence: str, **values: object) -> None:
        self.sentence = sentence
        self.values = values
        super().__init__(sentence % values)


def kind_of(path: Path, called: str = "") -> str:
    """Return `csv`, `xlsx` or `ods` from what the file is; `called` is its name, where the path has another.

    Raises `RefusedFileError` for files that are empty, too large, of another type, or zip bombs. Of what is
    no table the refusal says what it is, and what to do.
    """
    size = path.stat().st_size
    if not size:
        raise RefusedFileError(N_("The file is empty."))
    if size > MAX_BYTES:
        raise RefusedFileError(
            N_("The file has %(size)s MB; at most %(limit)s MB are read."),
            size=size // (1024 * 1024),
            limit=MAX_BYTES // (1024 * 1024),
        )
    with path.open("rb") as file:
        start = file.read(_START)
    sentence = no_table(start, path)
    if sentence:
        raise RefusedFileError(sentence)
    if start.startswith(b"PK"):
        return _kind_of_archive(path)
    ending = (called or path.name).rpartition(".")[2].lower()
    if ending in WORKBOOKS and not (ending == "xls" and b"\t" in start):  # office systems call such text .xls
        raise RefusedFileError(NO_WORKBOOK, ending=ending)
    return "csv"


def _kind_of_archive(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            _check_directory(archive)
            names = set(archive.namelist())
            locked = any(part.flag_bits & 1 for part in archive.infolist())
            if locked or b"encryption-data" in _read(archive, "META-INF/manifest.xml", _START):
                raise RefusedFileError(LOCKED)
            if "xl/workbook.xml" in names:
                return "xlsx"
            if "content.xml" in names and _read(archive, "mimetype", 100).startswith(_ODS):
                return "ods"
            sentence = within(names)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise RefusedFileError(N_("The workbook is damaged and cannot be opened.")) from error
    raise RefusedFileError(sentence)


def _check_directory(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    inflated = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or inflated > MAX_INFLATED:
        raise RefusedFileError(
            N_("Unpacked, this workbook would have %(size)s MB; at most %(limit)s MB are read."),
            size=inflated // (1024 * 1024),
            limit=MAX_INFLATED // (1024 * 1024),
        )


def _read(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    if name not in archive.namelist():
        return b""
    with archive.open(name) as part:
        return part.read(limit)


@dataclass(slots=True)
class Survey:
    """What a walk over the cells of one sheet's XML found, without keeping any value."""

    rows: int = 0
    columns: int = 0
    merged: list[Merged] = field(default_factory=list)

    def cell(self, row: int, column: int) -> None:
        """Count a cell with something in it (from 0). Raises `RefusedFileError` beyond the limits."""
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)
        if self.rows > MAX_ROWS + _ABOVE:
            raise too_many_rows()
        if self.columns > MAX_COLUMNS:
            raise too_many_columns()


def too_many_rows() -> RefusedFileError:
    """Return the refusal of a table with too many rows."""
    return RefusedFileError(
        N_("The ledger has more than %(limit)s rows. Part it into several files."), limit=MAX_ROWS
    )


def too_many_columns() -> RefusedFileError:
    """Return the refusal of a table with too many columns."""
    return RefusedFileError(N_("The ledger has more than %(limit)s columns."), limit=MAX_COLUMNS)


def survey(path: Path, kind: str) -> list[Survey]:
    """Walk over the sheets of a workbook in small pieces and refuse what would fill the memory.

    Two cells in opposite corners are enough to make a reader reserve a whole sheet; a cell can be said to
    repeat a million times; a part may be longer than the directory says. Returns one survey a sheet in the
    order of the file (ODS), or of the parts' names (XLSX, where only the limits matter).
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if kind == "ods":
                walk: _Walk = _OdsWalk()
                _feed(walk, archive, "content.xml")
                found = walk.sheets
            else:
                found = []
                for name in sorted(archive.namelist()):
                    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                        walk = _XlsxWalk()
                        _feed(walk, archive, name)
                        found += walk.sheets
            for part in archive.infolist():  # what is not as long or not as it says fails its checksum here
                with archive.open(part) as file:
                    for _piece in _pieces(file):
                        pass
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        expat.ExpatError,
    ) as error:
        raise RefusedFileError(N_("The workbook is damaged and cannot be opened.")) from error
    return found


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_CHUNK):
        yield piece


def _feed(walk: "_Walk", archive: zipfile.ZipFile, name: str) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.text
    parser.StartDoctypeDeclHandler = _no_entities
    with archive.open(name) as file:
        for piece in _pieces(file):
            parser.Parse(piece, False)
    parser.Parse(b"", True)


def _no_entities(*_declared: object) -> None:
    raise RefusedFileError(N_("The workbook is damaged and cannot be opened."))


class _Walk:
    def __init__(self) -> None:
        self.sheets: list[Survey] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def end(self, name: str) -> None:
        raise NotImplementedError

    def text(self, text: str) -> None:
        """Most walks do not look at text."""


_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def column_number(letters: str) -> int:
    """Return the place of a column from 0: A is 0, AA is 26."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


class _XlsxWalk(_Walk):
    """Cells of a worksheet: `c` with a value or text in it, named by `r`, else counted on."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets.append(Survey())
        self._row, self._column = -1, -1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "row":
            number = attributes.get("r", "")
            self._row = int(number) - 1 if number.isdigit() else self._row + 1
            self._column = -1
        elif tag == "c":
            match = _REFERENCE.fullmatch(attributes.get("r", ""))
            self._column = column_number(match[1]) if match else self._column + 1
            self._row = int(match[2]) - 1 if match else max(self._row, 0)
        elif tag in {"v", "is", "f"}:
            self.sheets[0].cell(self._row, self._column)

    def end(self, name: str) -> None:
        """Nothing hangs on the end of an element."""


class _OdsWalk(_Walk):
    """Cells of all tables: rows and cells may repeat; a cell counts when it has a value or text."""

    def __init__(self) -> None:
        super().__init__()
        self._row = self._column = 0
        self._repeat_row = self._repeat_cell = 1
        self._filled = False
        self._row_width = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        values = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if tag == "table":
            self.sheets.append(Survey())
            self._row = 0
        elif tag == "table-row":
            self._repeat_row = _count(values.get("number-rows-repeated"))
            self._column = self._row_width = 0
        elif tag in {"table-cell", "covered-table-cell"}:
            self._repeat_cell = _count(values.get("number-columns-repeated"))
            self._filled = "value-type" in values
            high, wide = (
                _count(values.get("number-rows-spanned")),
                _count(values.get("number-columns-spanned")),
            )
            if (high > 1 or wide > 1) and self.sheets and high <= MAX_ROWS and wide <= MAX_COLUMNS:
                last = (self._row + high - 1, self._column + wide - 1)
                self.sheets[-1].merged.append((self._row, self._column, *last))

    def text(self, text: str) -> None:
        self._filled = self._filled or bool(text.strip())

    def end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag in {"table-cell", "covered-table-cell"}:
            self._column += self._repeat_cell
            if self._filled:
                self._row_width = self._column
            self._filled = False
        elif tag == "table-row" and self.sheets:
            self._row += self._repeat_row
            if self._row_width:
                self.sheets[-1].cell(self._row - 1, self._row_width - 1)


def _count(text: str | None) -> int:
    return min(int(text), 1 << 30) if text and text.isdigit() else 1
