"""Files that are no table although they are called one: what each is, and what to do about it."""

import re
from collections.abc import Set as AbstractSet
from pathlib import Path

from app.core.faults import N_

WORKBOOKS = frozenset({"xlsx", "xls", "ods", "xlsm", "xlsb", "et"})
"""Endings of files that should be workbooks."""
NO_WORKBOOK = N_(
    "This file is named .%(ending)s but is not a workbook; it is plain text. Open it in a spreadsheet "
    "program and save it as .xlsx, or, if it is a CSV file, give it the ending .csv."
)
LOCKED = N_("This workbook is locked by a password. Open it, take the password off, and save it as .xlsx.")
_PLAIN = N_("This is no table. Save the ledger as .xlsx, .ods or .csv.")
_OLD = N_("This workbook is of the old kind (.xls). Open it and save it as .xlsx.")
_PDF = N_("This is a PDF, made for printing. Ask for the list it was printed from, as .xlsx, .ods or .csv.")
_WEB = N_(
    "This is a web page, even if it is called .xls, as office systems often give it. Open it in a "
    "spreadsheet program and save it as .xlsx."
)
_TEXT = N_("This is a text document. Copy its table into a spreadsheet program and save it as .xlsx.")
_IMAGE = N_("This is a picture. Ask for the list itself, as .xlsx, .ods or .csv.")
_ARCHIVE = N_("This is an archive of files. Unpack it and bring the list that is in it.")
_XLSB = N_("This is a binary workbook (.xlsb). Open it and save it as .xlsx.")
_XML = N_("This is a workbook of the XML kind of 2003. Open it and save it as .xlsx.")

_OLE = b"\xd0\xcf\x11\xe0"
_BEGINNINGS = (
    (b"%PDF", _PDF),
    (b"\x89PNG", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (b"{\\rtf", _TEXT),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"\x7fELF", _PLAIN),
    (b"MZ", _PLAIN),
)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_PAGE = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|meta|body|table|style)\b",
    re.DOTALL,
)
_SHEETS_OF_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"


def no_table(start: bytes, path: Path) -> str:
    """Return why a file is no table, from how it begins; empty: it may be one."""
    if start.startswith(_OLE):
        return _of_old_office(path)
    for beginning, sentence in _BEGINNINGS:
        if start.startswith(beginning):
            return sentence
    text = start.removeprefix(_MARKS[0])
    if start.startswith(_MARKS[1:]):
        text = text[2:].replace(b"\x00", b"")
    text = text.lstrip().lower()
    if _SHEETS_OF_2003 in text and text.startswith(b"<?xml"):
        return _XML
    archived = text.startswith((b"from:", b"mime-version:")) and b"text/html" in text
    return _WEB if archived or _PAGE.match(text) else ""


def within(names: AbstractSet[str]) -> str:
    """Return why an archive with files of these names is no workbook."""
    if "xl/workbook.bin" in names:
        return _XLSB
    if "word/document.xml" in names or "content.xml" in names:
        return _TEXT
    return _PLAIN if any(name.endswith((".xml", ".iwa")) for name in names) else _ARCHIVE


def _of_old_office(path: Path) -> str:
    """Tell locked workbooks, old ones and old text documents apart: all are files of the same container."""
    data = path.read_bytes()
    if any(_name(each) in data for each in ("EncryptedPackage", "EncryptionInfo")):
        return LOCKED
    return _TEXT if _name("WordDocument") in data else _OLD


def _name(text: str) -> bytes:
    """Return the name of a stream as the container writes it."""
    return text.encode("utf-16-le")
