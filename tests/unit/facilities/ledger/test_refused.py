"""Files that are not opened: refused before they are inflated, each with a sentence."""

import zipfile

import pytest

from app.facilities.loading.ledger import container
from tests.unit.facilities.ledger.files import NAME, csv_file, messages, ods_file, read, xlsx_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of old office programs and locked ones begin."""
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


def refusal(tmp_path, path) -> str:
    ledger = read(tmp_path, path, NAME)
    assert not ledger.entries
    (message,) = messages(ledger.notes.errors)
    return message


def with_sheet(folder, sheet: bytes, name="xl/worksheets/sheet1.xml"):
    """Return a workbook whose sheet is these bytes."""
    good = xlsx_file(folder, [["机构名称"], ["甲"]])
    path = folder / "changed.xlsx"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, sheet if part.filename == name else old.read(part.filename))
    return path


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"), (b"%PDF-1.7 ...", "a PDF"), (b"\x89PNG\r\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"), (b"{\\rtf1", "text document"),
        (OLE, "old kind"), (OLE + "Workbook".encode("utf-16-le"), "old kind"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE + "WordDocument".encode("utf-16-le"), "text document"),
        (b"PK\x03\x04 but no archive", "damaged"),
        (b"\x1f\x8b\x08", "an archive"), (b"MZ\x90", "no table"),
        (NAME.encode() + b"\n", "named .xlsx but is not a workbook"), (b"a,b\x00c\n", "not a workbook"),
        (b"\r\n <TABLE border=1><tr><td>1", "web page"),
        (b"\xef\xbb\xbf<!-- a --><!-- b --><html xmlns:x=''>", "web page"),
        ("\ufeff<html>".encode("utf-16-le"), "web page"),
        (b"MIME-Version: 1.0\nContent-Type: text/html", "web page"),
        (b"<?xml version='1'?>\n<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>", "of 2003"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_and_named(tmp_path, content, word):
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(content)
    assert word in refusal(tmp_path, path)


@pytest.mark.parametrize(("content", "word"), [(b"a,b\x00c\n", "no table"), (b"\xff\xfe\xff", "not in")])
def test_a_text_that_is_none_is_refused(tmp_path, content, word):
    path = tmp_path / "ledger.csv"
    path.write_bytes(content)
    assert word in refusal(tmp_path, path)


@pytest.mark.parametrize("ending", ["xls", "csv"])
def test_text_parted_by_tabs_is_read_though_an_office_system_calls_it_a_workbook(tmp_path, ending):
    path = tmp_path / f"ledger.{ending}"
    path.write_bytes("机构名称\t联系电话\n甲托育园\t5551\n".encode("gb18030"))
    assert [entry.name for entry in read(tmp_path, path, NAME).entries] == ["甲托育园"]


def test_a_comment_that_never_ends_costs_no_time(tmp_path):
    path = tmp_path / "ledger.csv"
    path.write_bytes(b"<!---->" * 9000 + b"<!--")
    assert container.kind_of(path) == "csv"


@pytest.mark.parametrize(
    ("part", "word"),
    [("word/document.xml", "text document"), ("xl/workbook.bin", "binary workbook"),
     ("list.xlsx", "an archive"), ("Index/Document.iwa", "no table")],
)  # fmt: skip
def test_an_archive_that_is_no_workbook_says_what_it_is(tmp_path, part, word):
    path = tmp_path / "letter.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "<x/>")
    assert word in refusal(tmp_path, path)


def test_a_locked_ods_says_so(tmp_path):
    path = tmp_path / "ledger.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", b"\x01\x02")
        archive.writestr("META-INF/manifest.xml", "<m><manifest:encryption-data/></m>")
    assert "password" in refusal(tmp_path, path)


def test_a_file_of_200_megabytes_is_not_even_read(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    assert "200 MB" in refusal(tmp_path, path)


def test_a_zip_bomb_is_refused_by_its_directory(tmp_path, monkeypatch):
    path = with_sheet(tmp_path, b" " * (container.MAX_INFLATED + 1))
    assert path.stat().st_size < 200_000
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    assert "Unpacked, this workbook would have 100 MB" in refusal(tmp_path, path)


def test_a_part_longer_than_the_directory_says_is_refused(tmp_path):
    path = with_sheet(tmp_path, b" " * (container.MAX_INFLATED + 1))
    raw = path.read_bytes()
    size = (container.MAX_INFLATED + 1).to_bytes(4, "little")
    assert raw.count(size) == 2
    path.write_bytes(raw.replace(size, (1000).to_bytes(4, "little")))
    assert "damaged" in refusal(tmp_path, path)


def test_an_archive_of_thousands_of_parts_is_refused(tmp_path):
    path = tmp_path / "many.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(container.MAX_PARTS + 1):
            archive.writestr(f"xl/{number}", "")
    assert "Unpacked" in refusal(tmp_path, path)


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        (
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
            "20000 rows",
        ),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "200 columns"),
        ("<row><c><v>1</v></c></row>" * 20_100, "20000 rows"),
        ('<row r="1"><c r="A1"><v>1</v></c></row>' + "<row><c><v>1</v></c></row>" * 99_999, "20000 rows"),
    ],
)
def test_two_cells_in_far_corners_do_not_fill_the_memory(tmp_path, rows, word):
    assert word in refusal(tmp_path, with_sheet(tmp_path, SHEET.format(rows).encode()))


def test_far_cells_with_nothing_in_them_are_no_reason(tmp_path):
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>机构名称</t></is></c></row>'
    rows += (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c><c r="XFD2" s="0"/></row><row r="1048576"/>'
    )
    (entry,) = read(tmp_path, with_sheet(tmp_path, SHEET.format(rows).encode()), NAME).entries
    assert entry.name == "甲"


X = '<table:table-cell{} office:value-type="string"><text:p>{}</text:p></table:table-cell>'
ROW = "<table:table-row{}>{}</table:table-row>"


@pytest.mark.parametrize(
    ("table", "word"),
    [
        (ROW.format(' table:number-rows-repeated="900000"', X.format("", "x")), "20000 rows"),
        (ROW.format("", X.format(' table:number-columns-repeated="16000"', "x")), "200 columns"),
    ],
)
def test_a_cell_that_repeats_a_million_times_is_refused(tmp_path, table, word):
    assert word in refusal(tmp_path, ods_file(tmp_path, [], table))


def test_the_empty_rest_of_an_ods_sheet_is_no_reason(tmp_path):
    filled = "".join(ROW.format("", X.format("", text)) for text in ("机构名称", "甲"))
    empty = '<table:table-cell table:number-columns-repeated="1024"/>'
    rest = ROW.format(' table:number-rows-repeated="1048570"', empty)
    (entry,) = read(tmp_path, ods_file(tmp_path, [], filled + rest), NAME).entries
    assert entry.name == "甲"


def test_merged_blocks_that_overlap_are_refused_before_they_are_filled(tmp_path):
    rows = "".join(f'<row r="{at}"><c r="A{at}"><v>{at}</v></c></row>' for at in range(1, 1001))
    blocks = '<mergeCell ref="A1:GR1000"/>' * 2000
    sheet = SHEET.format(rows).replace("</sheetData>", f"</sheetData><mergeCells>{blocks}</mergeCells>")
    assert "damaged" in refusal(tmp_path, with_sheet(tmp_path, sheet.encode()))


def test_entities_in_a_workbook_are_refused(tmp_path):
    laughs = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + SHEET.format(
        "<row><c><v>&b;</v></c></row>"
    )
    assert "damaged" in refusal(tmp_path, with_sheet(tmp_path, laughs.encode()))


def test_a_ledger_of_20001_rows_or_201_columns_is_refused(tmp_path):
    assert "20000 rows" in refusal(
        tmp_path, csv_file(tmp_path, [["机构名称"], *([f"园{n}"] for n in range(20_001))])
    )
    assert "200 columns" in refusal(tmp_path, csv_file(tmp_path, [["机构名称", *["x"] * 200]]))


def test_a_ledger_of_100000_rows_is_refused_before_they_are_kept(tmp_path, monkeypatch):
    path = csv_file(tmp_path, [["机构名称"], *([f"园{n}"] for n in range(100_000))])
    assert "20000 rows" in refusal(tmp_path, path)
    monkeypatch.setattr("app.facilities.loading.ledger.grid.MAX_ROWS", 0)
    assert "rows" in refusal(tmp_path, path)


def test_a_zip_bomb_in_an_ods_is_refused_by_its_directory(tmp_path, monkeypatch):
    path = ods_file(tmp_path, [], " " * (container.MAX_INFLATED + 1))
    assert path.stat().st_size < 200_000
    opened = []
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_a, **_k: opened.append(1))
    assert "Unpacked, this workbook would have 100 MB" in refusal(tmp_path, path)
    assert not opened


def test_a_cell_without_end_is_refused(tmp_path):
    path = tmp_path / "ledger.csv"
    path.write_text('机构名称\n"' + "x" * 200_000, "utf-8")
    assert "is no row of a table" in refusal(tmp_path, path)


def test_a_ledger_without_its_headings_says_which_it_looked_for(tmp_path):
    assert "It should have: 机构名称" in refusal(tmp_path, csv_file(tmp_path, [["x", "y"], [1, 2]]))


def test_headings_without_rows_are_an_error(tmp_path):
    assert "no rows" in refusal(tmp_path, csv_file(tmp_path, [["机构名称"]]))


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(tmp_path):
    ledger = read(tmp_path, xlsx_file(tmp_path, [["机构名称"], ["甲"]]), '[file]\nsheet = "台账"\n' + NAME)
    assert messages(ledger.notes.errors) == ["0:: The workbook has no sheet “台账”; it has: Sheet1."]


def test_5000_rows_are_read(tmp_path):
    rows = [["机构名称", "地址"], *([f"第{n}托育园", f"{n}路{n}号"] for n in range(5000))]
    profile = NAME + '[[column]]\nheading = "地址"\nfield = "address"\n'
    assert len(read(tmp_path, xlsx_file(tmp_path, rows), profile).entries) == 5000
