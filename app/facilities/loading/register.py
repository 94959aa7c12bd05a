"""Reads the filing register in the forms it is published in; finds every fault by row and column."""

import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.core import clock
from app.core.codes import CodeState, credit_state, is_id, without_identity_numbers
from app.core.faults import N_, Fault, FaultyFiles
from app.facilities.rules.register import FORMS, Filing, parse_time

HEADERS: Mapping[str, tuple[str, ...]] = {
    "name": ("institution_name", "name", "机构名称", "托育机构名称"),
    "alias": ("institution_other_name", "alias", "机构别名", "别名"),
    "code": ("credit_code", "uscc", "统一社会信用代码", "社会信用代码"),
    "nature": ("institution_type", "org_nature", "nature", "机构性质", "性质"),
    "address": ("address", "address_raw", "地址", "机构地址"),
    "filed_at": ("finished_time", "filed_at", "备案时间", "备案完成时间"),
    "zoning": ("zoning_code", "行政区划代码", "区划代码"),
}
"""The register's seven fields and the headings they are published under."""

_ZONING_LENGTH = 12
_LONGEST = 500
"""Characters; the longest name of the national register has 149."""
_ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """A register snapshot as read. `digest` names these very rows."""

    filings: tuple[Filing, ...]
    digest: str
    newest: date | None
    """Day of the newest filing: the snapshot is at least this young."""
    duplicates: int
    """Rows that repeat another row in every field; read once."""
    refused: int
    """Codes shaped like a citizen's identity number; forgotten at once, the rest of the row is kept."""
    invalid: int
    """Codes with a wrong checksum; kept as *invalid*, not displayed."""


def load_register(path: Path) -> RegisterFile:
    """Read a CSV (also `.gz`) of the filing register.

    Raises `FaultyFiles` with every fault; codes are never part of a fault's text.
    """
    faults: list[Fault] = []
    text = _decode(_unpack(path, faults), path, faults)
    if faults:
        raise FaultyFiles(faults)
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [cell.strip() for cell in next(reader, [])]
    columns = _columns(header, path, faults)
    if faults:
        raise FaultyFiles(faults)
    found: dict[Filing, None] = {}
    states = dict.fromkeys(CodeState, 0)
    rows = 0
    for cells in reader:
        if not any(cells):
            continue
        rows += 1
        if len(cells) != len(header):
            sentence = N_("The row has %(got)s cells, the header has %(want)s.")
            faults.append(Fault(path, reader.line_num, sentence, {"got": len(cells), "want": len(header)}))
            continue
        filing = _filing(cells, columns, header, path, reader.line_num, faults)
        if filing is not None:
            found[filing] = None
            states[CodeState(filing.code_state)] += 1
    if not rows:
        faults.append(Fault(path, 1, N_("The file has no rows.")))
    if faults:
        raise FaultyFiles(faults)
    filings = tuple(found)
    days = [filing.filed_at.date() for filing in filings if filing.filed_at]
    return RegisterFile(
        filings=filings,
        digest=hashlib.sha256("\n".join(repr(filing.identity) for filing in filings).encode()).hexdigest(),
        newest=max(days, default=None),
        duplicates=rows - len(filings),
        refused=states[CodeState.REFUSED],
        invalid=states[CodeState.INVALID],
    )


def _unpack(path: Path, faults: list[Fault]) -> bytes:
    raw = path.read_bytes()
    if path.suffix == ".gz":
        try:
            raw = gzip.decompress(raw)
        except (OSError, EOFError, zlib.error):
            faults.append(Fault(path, 1, N_("The file ends in .gz but cannot be unpacked.")))
            return b""
    if raw.startswith(b"PK"):
        faults.append(Fault(path, 1, N_("This is a spreadsheet, not a CSV file. Save it as CSV UTF-8.")))
    elif not raw.strip():
        faults.append(Fault(path, 1, N_("The file is empty.")))
    return raw


def _decode(raw: bytes, path: Path, faults: list[Fault]) -> str:
    for encoding in _ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    faults.append(Fault(path, 1, N_("The file is neither UTF-8 nor GB 18030. Save it as CSV UTF-8.")))
    return ""


def _columns(header: Sequence[str], path: Path, faults: list[Fault]) -> dict[str, int]:
    columns = {}
    for field, headings in HEADERS.items():
        place = next((header.index(heading) for heading in headings if heading in header), None)
        if place is None:
            sentence = N_("The column of %(field)s is missing; its heading may be one of: %(headings)s.")
            faults.append(Fault(path, 1, sentence, {"field": field, "headings": ", ".join(headings)}))
        else:
            columns[field] = place
    if "id" in header:
        columns["id"] = header.index("id")
    return columns


def _filing(
    cells: Sequence[str],
    columns: Mapping[str, int],
    header: Sequence[str],
    path: Path,
    line: int,
    faults: list[Fault],
) -> Filing | None:
    value = {
        field: without_identity_numbers(cells[place].strip())
        for field, place in columns.items()
        if field != "code"
    }
    value["code"] = cells[columns["code"]].strip()
    problems = list(_problems(value))
    for field, sentence in problems:
        shown = {"value": value[field][:40]}
        faults.append(Fault(path, line, sentence, shown, header[columns[field]]))
    if problems:
        return None
    state = credit_state(value["code"])
    return Filing(
        name=value["name"],
        alias=value["alias"] if value["alias"] != value["name"] else "",
        credit_code=value["code"].upper() if state is CodeState.VALID else "",
        code_state=state.value,
        nature=value["nature"],
        address=value["address"],
        filed_at=parse_time(value["filed_at"]),
        zoning=value["zoning"],
        id=value.get("id", ""),
    )


def _problems(value: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if not value["name"]:
        yield "name", N_("The name is empty.")
    if value["nature"] not in FORMS:
        yield "nature", N_("“%(value)s” is not 营利性, 非营利性 or 事业单位.")
    if not (value["zoning"].isdigit() and len(value["zoning"]) == _ZONING_LENGTH):
        yield "zoning", N_("“%(value)s” is not a zoning code of 12 digits.")
    try:
        filed_at = parse_time(value["filed_at"])
    except ValueError:
        yield "filed_at", N_("“%(value)s” is not a time like 2025-09-18 10:21:05.")
    else:
        if filed_at and filed_at.date() > clock.today():
            yield "filed_at", N_("“%(value)s” is in the future.")
    for field in ("name", "alias", "address"):
        if len(value[field]) > _LONGEST:
            yield field, N_("This cell is longer than any name or address can be.")
    if value.get("id") and not is_id(value["id"]):
        yield "id", N_("“%(value)s” is not an id of this site.")
