"""Ledgers for tests: written in every kind of file a county sends, and profiles written beside them."""

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook

from app.facilities.loading.ledger.entries import Ledger, read_ledger
from app.facilities.loading.ledger.profile import load_profile
from tests.addresses import CONTENT

PROFILES = CONTENT / "profiles"
END = "</table:table-cell>"
HEAD = '[source]\nname = { "zh-Hans" = "试验" }\n'
NAME = '[[column]]\nheading = "机构名称"\nfield = "name"\n'


def write_profile(folder: Path, text: str, name: str = "trial") -> str:
    """Write a profile beside the shipped words; returns what `load_profile` takes."""
    path = folder / f"{name}.toml"
    path.write_text(text if "[source]" in text else HEAD + text, "utf-8")
    return str(path)


def read(folder: Path, file: Path, profile: str, box=None) -> Ledger:
    return read_ledger(file, load_profile(PROFILES, write_profile(folder, profile)), box)


def csv_file(folder: Path, rows: Iterable[Sequence[object]], delimiter=",", encoding="utf-8") -> Path:
    path = folder / "ledger.csv"
    text = "\n".join(delimiter.join("" if cell is None else str(cell) for cell in row) for row in rows)
    path.write_bytes(text.encode(encoding))
    return path


def xlsx_file(
    folder: Path, rows: Iterable[Sequence[object]], merged: Iterable[str] = (), title="Sheet1"
) -> Path:
    path = folder / "ledger.xlsx"
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for each in merged:
        sheet.merge_cells(each)
    book.save(path)
    return path


def ods_file(folder: Path, rows: Iterable[Sequence[object]], table: str = "") -> Path:
    """Write an ODS by hand; `table` replaces the rows with XML of one's own."""
    cells = "".join(
        "<table:table-row>" + "".join(_cell(cell) for cell in row) + "</table:table-row>" for row in rows
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="S1">{table or cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    path = folder / "ledger.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path


def _cell(cell: object) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, int | float):
        value = f'office:value-type="float" office:value="{cell}"'
        return f"<table:table-cell {value}><text:p>{cell}</text:p></table:table-cell>"
    if isinstance(cell, tuple):  # (text, rows, columns): a merged block
        text, high, wide = cell
        span = f'table:number-rows-spanned="{high}" table:number-columns-spanned="{wide}"'
        return (
            f'<table:table-cell office:value-type="string" {span}><text:p>{escape(text)}</text:p>'
            "</table:table-cell>"
        )
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p>{END}'


def messages(faults) -> list[str]:
    return [f"{fault.line}:{fault.column}: {fault.sentence % dict(fault.values)}" for fault in faults]
