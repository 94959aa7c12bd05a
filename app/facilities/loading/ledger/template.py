"""An empty ledger as XLSX, made from a profile: what it writes, the same profile reads."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.facilities.loading.ledger.fields import CODES, Type
from app.facilities.loading.ledger.profile import Column, Profile, type_of

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LAST_ROW = 2000
"""Rows that get lists to choose from."""
_HEADINGS = 3
_YES_NO = ("是", "否")
_RIGHT_TO_LEFT = frozenset({"ug"})
_TEXTS = frozenset({Type.CODE, Type.TEXT, Type.DAY, Type.CLOCK, Type.OPENING, Type.AGES})
_WIDEST, _NARROWEST = 28, 11
_RANGES = re.compile(r"\d[\d:.;,+E -]*\d")
_TEXT_WIDTH = 90
"""Narrow letters in a line of the instructions."""
_LINE = 16
"""Points of a line; not every program makes a row as high as its text."""


def write_workbook(out: Path, profile: Profile, place: str, townships: Sequence[str]) -> None:
    """Write the sheet to fill in, with an example, and instructions in each language of the profile."""
    from openpyxl import Workbook  # noqa: PLC0415 - heavy: only where a template is written

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has one
    sheet.title = str(profile.reading.sheet or "1")
    words = book.create_sheet("words")
    words.sheet_state = "hidden"
    _fill(sheet, profile, place)
    _lists(sheet, words, profile, townships)
    for language, paragraphs in profile.template.get("instructions", {}).items():
        _instructions(book, profile, language, paragraphs)
    book.save(out)


def _fill(sheet: "Worksheet", profile: Profile, place: str) -> None:
    from openpyxl.comments import Comment  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    title = profile.title.get("zh-Hans", profile.name)
    sheet.cell(1, 1, f"{title} · {place}" if place else title).font = Font(bold=True, size=14)
    sheet.cell(2, 1, profile.template.get("note", ""))
    for at, column in enumerate(profile.columns, start=1):
        heading = sheet.cell(_HEADINGS, at, column.heading)
        heading.font = Font(bold=True, color="FFFFFF")
        heading.fill = PatternFill("solid", fgColor="1F5F5B")
        heading.alignment = Alignment(wrap_text=True, vertical="center")
        if column.help:
            told = "\n".join(_told(text, language) for language, text in column.help.items())
            heading.comment = Comment(told, "", width=320, height=120)
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = min(_WIDEST, max(_NARROWEST, len(column.heading) * 1.6))
        if type_of(column) in _TEXTS:
            sheet.column_dimensions[letter].number_format = "@"  # codes stay as they are typed
        if column.example is not None:
            sheet.cell(_HEADINGS + 1, at, column.example)
        sheet.cell(_HEADINGS + 1, at).fill = PatternFill("solid", fgColor="E4E4E4")
    sheet.row_dimensions[_HEADINGS].height = 48
    sheet.freeze_panes = sheet.cell(_HEADINGS + 1, 3)
    sheet.page_setup.orientation = "landscape"
    sheet.print_title_rows, sheet.print_title_cols = f"1:{_HEADINGS}", "A:B"


def _lists(sheet: "Worksheet", words: "Worksheet", profile: Profile, townships: Sequence[str]) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    for at, column in enumerate(profile.columns, start=1):
        choices = choices_of(column, profile, townships)
        if not choices:
            continue
        for row, word in enumerate(choices, start=1):
            words.cell(row, at, word)
        letter = get_column_letter(at)
        rule = DataValidation(
            "list", formula1=f"words!${letter}$1:${letter}${len(choices)}", allow_blank=True
        )
        rule.errorTitle = column.heading[:30]
        rule.error = "、".join(choices)[:200]
        rule.showErrorMessage = True
        rule.add(f"{letter}{_HEADINGS + 1}:{letter}{LAST_ROW}")
        sheet.add_data_validation(rule)


def choices_of(column: Column, profile: Profile, townships: Sequence[str]) -> list[str]:
    """Return the words a column offers: one for each code, in the order of the profile's words."""
    if column.field == "township":
        return list(townships)
    if type_of(column) is Type.FLAG:
        return list(_YES_NO)
    if type_of(column) is not Type.ONE:
        return []
    known: Mapping[str, str] = {**profile.wording.values.get(column.field, {}), **column.values}
    first: dict[str, str] = {}
    for word, code in known.items():
        if code in CODES[column.field]:
            first.setdefault(code, word)
    return list(first.values())


def _instructions(book: "Workbook", profile: Profile, language: str, paragraphs: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    sheet: Any = book.create_sheet(profile.template.get("sheets", {}).get(language, language))
    rtl = language in _RIGHT_TO_LEFT
    sheet.sheet_view.rightToLeft = rtl
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, _TEXT_WIDTH
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    order = Alignment(wrap_text=True, vertical="top", readingOrder=2 if rtl else 1)
    sheet.cell(1, 1, profile.title.get(language, profile.name)).font = Font(bold=True, size=14)
    row = 2
    for number, paragraph in enumerate(paragraphs, start=1):
        sheet.cell(row, 1, number).alignment = order
        sheet.cell(row, 2, _told(paragraph, language)).alignment = order
        sheet.row_dimensions[row].height = _LINE * -(-_columns(paragraph) // _TEXT_WIDTH)
        row += 1
    for column in profile.columns:
        row += 1
        sheet.cell(row, 1, column.heading).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, 2, _told(column.help.get(language, ""), language)).alignment = order


def _told(text: str, language: str) -> str:
    """Return a text whose ranges of numbers stand from left to right: `7:30-18:00` would turn around."""
    return _RANGES.sub("\u200e\\g<0>\u200e", text) if language in _RIGHT_TO_LEFT else text


def _columns(text: str) -> int:
    """Return how wide a text is, in narrow letters: a Chinese character is two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
