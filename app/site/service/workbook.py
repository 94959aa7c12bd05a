"""A table as a file: CSV as open data is written, or a workbook, which needs a library and so the worker."""

import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from app.core.files import as_csv, harmless

TYPES: Final = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that a workbook cannot hold."""
_LONGEST: Final = 32_000
"""Letters of a cell; a workbook holds 32,767."""
_WIDEST, _NARROWEST = 40, 10


def write(
    form: str, title: str, header: Sequence[str], rows: Iterable[Sequence[object]], *, rtl: bool
) -> bytes:
    """Return the file. No text in it is taken for a formula, whatever it begins with."""
    return as_csv(header, rows) if form == "csv" else _workbook(title, header, rows, rtl=rtl)


def _workbook(title: str, header: Sequence[str], rows: Iterable[Sequence[object]], *, rtl: bool) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - heavy: only where a workbook is written
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.sheet_view.rightToLeft = rtl
    sheet.freeze_panes = "B2"
    for at, words in enumerate(header, start=1):
        width = min(_WIDEST, max(_NARROWEST, len(words) * 2))
        sheet.column_dimensions[get_column_letter(at)].width = width
    heads = [WriteOnlyCell(sheet, value=_text(words)) for words in header]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for row in rows:
        cells = [WriteOnlyCell(sheet, value=_cell(each)) for each in row]
        for cell in cells:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a text, though it may begin like a formula
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(value: object) -> object:
    """Return a cell: numbers stay numbers, all else is a harmless text, nothing is nothing."""
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    return _text(value)


def _text(value: object) -> object:
    return harmless(_CONTROLS.sub("", str(value))[:_LONGEST])
