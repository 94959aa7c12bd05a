"""A first look at a ledger nobody here has seen: its headings, a few cells of each column, its words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.core.codes import without_identity_numbers
from app.facilities.loading.ledger.cells import UnreadableError, text_of
from app.facilities.loading.ledger.grid import Cell, Grid, Reading, plain_heading, read_grid
from app.facilities.loading.ledger.table import breadth_of, joined
from app.facilities.rules.uploads import Layout

AS_IT_IS = Layout()
_TITLES = 30
_SAMPLES = 3
_LONGEST = 40
_WORDS = 30
"""Different words beyond which a column is no list of codes."""
_LEAST = 2
_BEST = 3


@dataclass(frozen=True, slots=True)
class Columns:
    """What a ledger looks like."""

    headings: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    """The first few different cells of each column."""
    words: tuple[tuple[str, ...], ...]
    """All different cells of each column, if they are few; else empty."""
    header_row: int
    """Row of the headings, from 1."""
    rows: int
    sheet: str
    how: str
    sheets: tuple[str, ...] = ()
    layout: Layout = AS_IT_IS
    """What somebody said about where it stands."""


def survey_columns(path: Path, known: Iterable[str], layout: Layout = AS_IT_IS) -> Columns:
    """Look at a file. `known` are headings of profiles, which tell encodings and title rows apart.

    Raises `RefusedFileError`. Nothing shaped like a citizen's identity number is among what is found.
    """
    wanted = frozenset(plain_heading(each) for each in known)
    reading = Reading(sheet=layout.sheet or None, headings=wanted)
    return columns_of(read_grid(path, reading), wanted, layout)


def columns_of(grid: Grid, known: frozenset[str], layout: Layout = AS_IT_IS) -> Columns:
    """Return what a grid looks like."""
    at = layout.row - 1 if layout.row else _header(grid, known, layout.rows)
    width = max((len(row) for row in grid.rows), default=0)
    head = joined(grid, at, layout.rows, breadth_of(grid))
    headings = [without_identity_numbers(each) for each in head] + [""] * (width - len(head))
    samples: list[dict[str, None]] = [{} for _each in headings]
    words: list[dict[str, None]] = [{} for _each in headings]
    rows = 0
    for row in grid.rows[at + layout.rows :]:
        texts = [_shown(cell) for cell in row]
        rows += any(texts)
        for place, text in enumerate(texts):
            if text and len(samples[place]) < _SAMPLES:
                samples[place].setdefault(text[:_LONGEST])
            if text and len(words[place]) <= _WORDS:
                words[place].setdefault(text[:_LONGEST])
    return Columns(
        tuple(headings),
        tuple(tuple(each) for each in samples),
        tuple(tuple(each) if len(each) <= _WORDS else () for each in words),
        grid.lines[at] if at < len(grid.lines) else 1,
        rows,
        grid.sheet,
        grid.how,
        grid.sheets,
        layout,
    )


def known_in(columns: Columns, profiles: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return of each profile how many of its headings the ledger has."""
    found = {plain_heading(each) for each in columns.headings if each}
    return {name: len({plain_heading(each) for each in wanted} & found) for name, wanted in profiles.items()}


def _header(grid: Grid, known: frozenset[str], deep: int) -> int:
    """Return the place of the first row of headings: most known ones, else the first with most texts.

    Of several rows the lowest has most texts; above it stand those with more than one, unlike a title.
    """
    at = _lowest(grid, known)
    for _row in range(deep - 1):
        above = {plain_heading(cell) for cell in grid.rows[at - 1] if cell} if at else set()
        at -= len(above) > 1
    return at


def _lowest(grid: Grid, known: frozenset[str]) -> int:
    best, place = (0, 0), 0
    for at, row in enumerate(grid.rows[:_TITLES]):
        texts = {plain_heading(cell) for cell in row if isinstance(cell, str) and cell.strip()}
        hits = len(texts & known)
        score = (hits if hits >= _LEAST else 0, len(texts))
        if score[0] > best[0] or (not best[0] and not score[0] and score[1] >= best[1] + _BEST):
            best, place = score, at
    return place


def _shown(cell: Cell) -> str:
    try:
        return without_identity_numbers(text_of(cell))
    except UnreadableError:
        return "…"
