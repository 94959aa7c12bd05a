"""Reading content files: CSV with a header row, every fault kept with its line; and writing a table."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from app.core.faults import N_, Fault, FaultyFiles

MOST = 10**9
"""The largest whole number that is read; no column holds one of more than 32 bits."""


@dataclass(slots=True)
class Faults:
    """Collects faults while files are read; `check()` raises them all at once."""

    root: Path
    found: list[Fault] = field(default_factory=list)
    given: Mapping[Path, Sequence[Mapping[str, str]]] = field(default_factory=dict)
    """Rows that stand in place of a file's: those that were edited behind the counter."""

    def add(self, path: Path, line: int, sentence: str, column: str = "", **values: object) -> None:
        """Record one fault. The path is shown relative to the content directory."""
        with suppress(ValueError):
            path = path.relative_to(self.root)
        self.found.append(Fault(path, line, sentence, values, column))

    def check(self) -> None:
        """Raise `FaultyFiles` if anything was found."""
        if self.found:
            raise FaultyFiles(self.found)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table file: cells by column name (trimmed), and where it stands."""

    path: Path
    line: int
    cells: Mapping[str, str]
    faults: Faults

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def bad(self, column: str, sentence: str, **values: object) -> None:
        """Record a fault of this row."""
        self.faults.add(self.path, self.line, sentence, column, **values)

    def need(self, column: str) -> str:
        """Return a cell that must not be empty."""
        if not self[column]:
            self.bad(column, N_("This cell must not be empty."))
        return self[column]

    def one_of(self, column: str, allowed: Mapping[str, object] | frozenset[str]) -> str:
        """Return a cell that must be one of a closed list of codes."""
        value = self.need(column)
        if value and value not in allowed:
            self.bad(
                column,
                N_("“%(value)s” is not one of: %(allowed)s."),
                value=value,
                allowed=", ".join(sorted(allowed)),
            )
        return value

    def many(self, column: str) -> tuple[str, ...]:
        """Return the parts of a cell separated by `|`."""
        return tuple(part.strip() for part in self[column].split("|") if part.strip())

    def day(self, column: str) -> date | None:
        """Return an ISO date or nothing."""
        value = self[column]
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.bad(column, N_("“%(value)s” is not a date like 2026-01-30."), value=value)
            return None

    def number(self, column: str) -> Decimal | None:
        """Return a decimal number or nothing."""
        value = self[column]
        if not value:
            return None
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            self.bad(column, N_("“%(value)s” is not a number."), value=value)
            return None
        return number

    def whole(self, column: str) -> int | None:
        """Return a whole number or nothing."""
        number = self.number(column)
        if number is None:
            return None
        if abs(number) > MOST or number != number.to_integral_value():
            self.bad(column, N_("“%(value)s” is not a whole number."), value=self[column])
            return None
        return int(number)

    def flag(self, column: str) -> bool | None:
        """Return yes or no as a truth value; an empty cell is unknown."""
        value = self[column]
        if value not in {"", "yes", "no"}:
            self.bad(
                column, N_("“%(value)s” is not yes or no. Leave the cell empty if unknown."), value=value
            )
        return {"yes": True, "no": False}.get(value)

    def names(self, column: str, languages: tuple[str, ...]) -> dict[str, str]:
        """Return the translations of a column (`name_zh-Hans`, `name_ug` …) that are filled in."""
        return {code: self[f"{column}_{code}"] for code in languages if self[f"{column}_{code}"]}


def table(path: Path, columns: tuple[str, ...], faults: Faults) -> Iterator[Row]:
    """Yield the rows of a UTF-8 CSV file whose header has at least these columns.

    A byte-order mark is accepted, empty lines are skipped. A file that is missing, not UTF-8 or lacks
    a column yields nothing and leaves a fault. Rows given in place of the file count from line 2, as in it.
    """
    if path in faults.given:
        yield from (Row(path, line, row, faults) for line, row in enumerate(faults.given[path], 2))
        return
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        faults.add(path, 1, N_("This file is missing."))
        return
    except UnicodeDecodeError as error:
        faults.add(
            path, 1, N_("This file is not UTF-8 (byte %(byte)s). Save it as CSV UTF-8."), byte=error.start
        )
        return
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [name.strip() for name in next(reader, [])]
    missing = [name for name in columns if name not in header]
    if missing:
        faults.add(path, 1, N_("Columns are missing: %(names)s."), names=", ".join(missing))
        return
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            faults.add(
                path,
                reader.line_num,
                N_("The row has %(got)s cells, the header has %(want)s."),
                got=len(cells),
                want=len(header),
            )
            continue
        cleaned = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
        yield Row(path, reader.line_num, cleaned, faults)


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
"""What a spreadsheet takes for the beginning of a formula, in narrow and wide letters; and the
apostrophe itself, so that whoever reads a cell may take one away."""


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as CSV in UTF-8 with a byte-order mark; None is an empty cell.

    A text that a spreadsheet would run is preceded by an apostrophe; numbers stay numbers.
    """
    return "".join(csv_lines([header, *rows])).encode("utf-8-sig")


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield a table line by line (RFC 4180), its cells as `as_csv` writes them."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def harmless(cell: object) -> object:
    """Return a cell that no spreadsheet runs: a text that begins like a formula gets an apostrophe first."""
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return cell
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
