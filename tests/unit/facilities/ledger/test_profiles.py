"""Profiles are data, and checked like data: every slip is named before a ledger is opened."""

import json
import re
import tomllib
from textwrap import dedent

import pytest
from jsonschema import Draft202012Validator

from app.core.faults import FaultyFiles
from app.facilities.loading.ledger.entries import read_ledger
from app.facilities.loading.ledger.fields import CODES
from app.facilities.loading.ledger.profile import load_profile, profiles
from app.facilities.loading.ledger.template import choices_of, write_workbook
from tests.addresses import CONTENT
from tests.unit.facilities.ledger.files import HEAD, NAME, PROFILES, messages, write_profile

SCHEMA = json.loads((CONTENT / "schemas" / "profiles" / "profile.json").read_text("utf-8"))


def test_four_profiles_ship_and_every_one_loads():
    assert profiles(PROFILES) == ["county", "register", "sg", "shaoxing-rating"]
    for name in profiles(PROFILES):
        profile = load_profile(PROFILES, name)
        assert set(profile.title) == set(profile.source_names) == {"zh-Hans", "ug", "en"}


def test_every_shared_word_ends_in_a_code():
    values = tomllib.loads((PROFILES / "words.toml").read_text("utf-8"))["values"]
    for field, words in values.items():
        allowed = CODES.get(field, {"yes", "no"}) | {"-", "none"}
        assert set(words.values()) <= allowed, field


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "No column is the name"),
        ("x = 1\n" + NAME, "“x” is not known here"),
        (NAME + "colour = 1\n", "“colour” is not known here"),
        (NAME + "required = 1\n", "“required” has another type"),
        (NAME.replace('"name"', '"nome"'), "no field “nome”"),
        (NAME.replace('heading = "机构名称"\n', ""), "Neither “heading” nor “letter”"),
        (NAME + '[[column]]\nheading = "a"\nfield = "fee.amount"\ncare = "night"\n', "“night” is not one of"),
        (NAME + '[[column]]\nheading = "a"\nfield = "fee.min"\nmoney = "dollar"\n', "“dollar” is not one of"),
        (NAME + '[[column]]\nletter = "A"\nfield = "kind"\nvalues = { a = "b" }\n', "“b” is not one of"),
        (NAME + '[[column]]\nheading = "a"\nfield = "lat"\n', "“datum” does not say which"),
        ('[file]\nencoding = "big5"\n' + NAME, "“big5” is not one of"),
        ('[file]\ndelimiter = "^"\n' + NAME, "“^” is not one of"),
        ('[units]\nmoney = "dollar"\n' + NAME, "“dollar” is not one of"),
        ('[rows]\nnew = "maybe"\n' + NAME, "“maybe” is not one of"),
        ('[rows]\ngroup_by = ["nome"]\n' + NAME, "no field “nome”"),
        ('[constants]\nstatus = "open"\n' + NAME, "“open” is not one of"),
        ('[constants]\ncolour = "red"\n' + NAME, "no field “colour”"),
        ('[values.kind]\n"a" = "b"\n' + NAME, "“b” is not one of"),
        ("[location]\nbox = [1, 2]\n" + NAME, "four numbers"),
        ('[[where]]\nheading = "a"\n' + NAME, "either “values” or “not”"),
    ],
)  # fmt: skip
def test_a_slip_in_a_profile_is_named(tmp_path, text, word):
    with pytest.raises(FaultyFiles) as raised:
        load_profile(PROFILES, write_profile(tmp_path, HEAD + text))
    assert word in str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        "x = 1\n" + NAME,
        NAME + "colour = 1\n",
        NAME.replace('"name"', '"nome"'),
        NAME.replace('heading = "机构名称"\n', ""),
        '[file]\nencoding = "big5"\n' + NAME,
        '[constants]\ncolour = "red"\n' + NAME,
        '[[where]]\nheading = "a"\n' + NAME,
    ],
)
def test_the_published_schema_knows_a_slip_too(text):
    assert list(Draft202012Validator(SCHEMA).iter_errors(tomllib.loads(HEAD + text)))


def test_what_is_no_toml_or_not_there_is_said(tmp_path):
    with pytest.raises(FaultyFiles, match="no TOML"):
        load_profile(PROFILES, write_profile(tmp_path, HEAD + "[["))
    with pytest.raises(FaultyFiles, match="There are: county, register"):
        load_profile(PROFILES, "shanghai")


def test_what_the_readme_writes_is_a_profile_and_unknown_stands_before_the_sections(tmp_path):
    text = (PROFILES / "README.md").read_text("utf-8")
    blocks = [dedent(each) for each in re.findall(r"(?:^ {4,}.*\n|^\n)+", text, re.MULTILINE) if "=" in each]
    first, unknown, *columns = (each for each in blocks if "flask" not in each)
    assert len(columns) == 2
    first = first.replace("[[column]]", "\n[[column]]")
    for more in columns:
        whole = unknown.replace("[source]", "") + first + more
        profile = load_profile(PROFILES, write_profile(tmp_path, whole))
        assert "电询" in profile.wording.unknown
        assert not list(Draft202012Validator(SCHEMA).iter_errors(tomllib.loads(whole)))
    with pytest.raises(FaultyFiles, match="“unknown” is not known here"):
        load_profile(
            PROFILES,
            write_profile(
                tmp_path,
                first.replace("[source.name]", f"{unknown}[source.name]").replace(
                    "[source]\n[source.name]", "[source.name]"
                ),
            ),
        )


def test_a_changed_profile_is_another_profile(tmp_path):
    digests = {
        load_profile(PROFILES, write_profile(tmp_path, NAME + more)).digest
        for more in ("", "required = true\n")
    }
    assert len(digests) == 2


def test_the_template_offers_lists_and_instructions_in_two_languages(tmp_path):
    from openpyxl import load_workbook

    profile = load_profile(PROFILES, "county")
    out = tmp_path / "template.xlsx"
    write_workbook(out, profile, "某县", ["甲镇", "乙乡"])
    book = load_workbook(out)
    assert book.sheetnames == ["机构", "words", "填写说明", "چۈشەندۈرۈش"]
    assert book["چۈشەندۈرۈش"].sheet_view.rightToLeft
    told = [row[1].value or "" for row in book["چۈشەندۈرۈش"].iter_rows()]
    assert sum("\u200e1200-1500\u200e" in text for text in told) > 1, "else it reads 1500-1200"
    assert not any("\u200e" in str(row[1].value) for row in book["填写说明"].iter_rows())
    heights = [book["چۈشەندۈرۈش"].row_dimensions[row].height for row in (2, 3)]
    assert heights[0] > 16, "a paragraph of several lines is shown whole"
    sheet = book["机构"]
    assert sheet.print_title_rows == "$1:$3"
    assert sheet["A1"].value == "托育机构台账 · 某县"
    headings = [cell.value for cell in sheet[3]]
    assert headings == [column.heading for column in profile.columns]
    lists = {rule.sqref: rule.formula1 for rule in sheet.data_validations.dataValidation}
    chosen = [column for column in profile.columns if choices_of(column, profile, ["甲镇"])]
    assert len(lists) == len(chosen) >= 6
    assert all(each.help.keys() == {"zh-Hans", "ug"} for each in profile.columns)


def test_an_empty_template_has_nothing_to_import_not_even_its_example(tmp_path):
    profile = load_profile(PROFILES, "county")
    out = tmp_path / "template.xlsx"
    write_workbook(out, profile, "某县", [])
    ledger = read_ledger(out, profile)
    assert not ledger.entries
    assert "no rows" in messages(ledger.notes.errors)[0]


def test_what_is_filled_into_the_template_is_what_is_read(tmp_path):
    from openpyxl import load_workbook

    profile = load_profile(PROFILES, "county")
    out = tmp_path / "template.xlsx"
    write_workbook(out, profile, "某县", [])
    book = load_workbook(out)
    sheet = book["机构"]
    for at, column in enumerate(profile.columns, start=1):
        sheet.cell(5, at).value = "77" if column.field == "key" else column.example
    book.save(out)
    ledger = read_ledger(out, profile)
    assert not ledger.notes.errors
    assert not ledger.notes.warnings
    (entry,) = ledger.entries
    said = {column.field.partition(".")[0] for column in profile.columns if column.example is not None}
    fields = {"fee": "fees", "band": "bands", "name_ug": "names"}
    assert {fields.get(each, each) for each in said} - {"key", "observed_on"} == set(entry.fields)
    assert entry.key == "#77"
    assert len(entry.fields["care"]) == 4
    assert {(fee["component"], fee["unit"]) for fee in entry.fields["fees"]} >= {
        ("care", "month"),
        ("care", "hour"),
        ("meals", "day"),
        ("bedding", "once"),
    }
