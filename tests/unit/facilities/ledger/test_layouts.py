"""Ledgers in layouts that counties and other countries use: each loads by a profile alone."""

from datetime import date

import pytest
from openpyxl import load_workbook

from app.facilities.loading.ledger.fields import FIELDS
from app.facilities.rules import projection
from tests.unit.facilities.ledger.files import NAME, csv_file, messages, ods_file, read, xlsx_file

FEE = '[[column]]\nheading = "保育费"\nfield = "fee.amount"\ncare = "full-day"\nunit = "month"\n'


def fees(entry):
    return [
        (fee["care"], fee["band"], fee["component"], fee["unit"], fee["min_fen"], fee["max_fen"])
        for fee in entry.fields["fees"]
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "|", "\t"])
def test_encoding_and_delimiter_are_found_out(tmp_path, encoding, delimiter):
    rows = [["机构名称", "保育费"], ["新苗托育园", "1200"], ["Ясли “Солнышко”", "900"]]
    ledger = read(tmp_path, csv_file(tmp_path, rows, delimiter, encoding), NAME + FEE)
    assert not ledger.notes.errors
    assert [entry.name for entry in ledger.entries] == ["新苗托育园", "Ясли “Солнышко”"]
    assert fees(ledger.entries[0]) == [("full-day", "*", "care", "month", 120000, 120000)]


def test_a_western_ledger_with_semicolons_and_accents(tmp_path):
    rows = [
        ["Crèche", "Tarif à l’heure", "Ouverture", "Âge"],
        ["École des Étoiles", "€4.50", "7:30-18:30", "3 mois"],
    ]
    profile = (
        '[units]\nages = "months"\n[[column]]\nheading = "Crèche"\nfield = "name"\n'
        '[[column]]\nheading = "Tarif à l’heure"\nfield = "fee.amount"\ncare = "hourly"\nunit = "hour"\n'
        '[[column]]\nheading = "Ouverture"\nfield = "opening"\n'
        '[[column]]\nheading = "Âge"\nfield = "care.min_age"\ncare = "hourly"\nvalues = { "3 mois" = "3" }\n'
    )
    (entry,) = read(tmp_path, csv_file(tmp_path, rows, ";", "cp1252"), profile).entries
    assert entry.name == "École des Étoiles"
    assert fees(entry) == [("hourly", "*", "care", "hour", 450, 450)]
    assert entry.fields["opening"] == "1-5 07:30-18:30"
    assert entry.fields["care"][0]["min_age"] == 3


def test_titles_notes_and_empty_columns_around_the_table_are_read_over(tmp_path):
    rows = [
        ["某县托育机构一览表", None, None, None], ["填报单位：", "卫健局", None, "2026年"], [None] * 4,
        ["序号", "机构名称", "保育费", None], [1, "甲园", 1200, None], [2, "乙园", "面议", None],
        [None] * 4, ["合计", None, 2, None],
    ]  # fmt: skip
    for path in (
        csv_file(tmp_path, rows, encoding="gb18030"),
        xlsx_file(tmp_path, rows),
        ods_file(tmp_path, rows),
    ):
        ledger = read(tmp_path, path, NAME + FEE)
        assert not ledger.notes.errors, path
        assert [(entry.row, entry.name) for entry in ledger.entries] == [(5, "甲园"), (6, "乙园")], path
        assert "fees" not in ledger.entries[1].fields
        assert "序号" in messages(ledger.notes.warnings)[0]


def test_a_row_of_headings_may_be_named_and_lie_under_others_like_it(tmp_path):
    rows = [["机构名称", "保育费"], ["（填全称）", "（元）"], ["甲园", 1200]]
    ledger = read(
        tmp_path, csv_file(tmp_path, rows), "[file]\nheader_row = 2\n" + NAME.replace("机构名称", "(填全称)")
    )
    assert [entry.name for entry in ledger.entries] == ["甲园"]


def test_the_first_sheet_that_is_not_hidden_is_read_or_the_one_that_is_named(tmp_path):
    path = xlsx_file(tmp_path, [["机构名称"], ["旧"]], title="去年")
    book = load_workbook(path)
    book["去年"].sheet_state = "hidden"
    for row in (["机构名称"], ["新"]):
        (book["今年"] if "今年" in book.sheetnames else book.create_sheet("今年")).append(row)
    book.active = 1
    book.save(path)
    assert read(tmp_path, path, NAME).entries[0].name == "新"
    assert read(tmp_path, path, '[file]\nsheet = "去年"\n' + NAME).entries[0].name == "旧"


def test_without_headings_columns_go_by_letters(tmp_path):
    profile = (
        '[file]\nheader_row = 0\n[[column]]\nletter = "B"\nfield = "name"\n'
        '[[column]]\nletter = "D"\nfield = "phone"\n'
    )
    (entry,) = read(tmp_path, csv_file(tmp_path, [[1, "甲园", "x", "0575-1"]]), profile).entries
    assert (entry.row, entry.name, entry.fields["phone"]) == (1, "甲园", "0575-1")


def merged_rows():
    return [
        ["机构名称", "类型", "收费", None],
        [None, None, "项目", "元/月"],
        ["甲园", "托育机构", "全日托", 1200],
        [None, None, "半日托", 700],
        ["乙园", "幼儿园托班", "全日托", 900],
    ]


MERGED = (
    '[file]\nheader_rows = 2\n[rows]\ngroup_by = ["name"]\n[constants]\n"fee.unit" = "month"\n'
    '[[column]]\nheading = "机构名称"\nfield = "name"\n[[column]]\nheading = "类型"\nfield = "kind"\n'
    '[[column]]\nheading = "收费/项目"\nfield = "fee.care"\n'
    '[[column]]\nheading = "收费/元/月"\nfield = "fee.amount"\n'
)


def test_merged_blocks_and_two_rows_of_headings_in_a_workbook(tmp_path):
    path = xlsx_file(tmp_path, merged_rows(), ["A1:A2", "B1:B2", "C1:D1", "A3:A4", "B3:B4"])
    first, second = read(tmp_path, path, MERGED).entries
    assert (first.name, first.rows, first.fields["kind"]) == ("甲园", (3, 4), "nursery")
    assert [fee[0] for fee in fees(first)] == ["full-day", "half-day"]
    assert second.fields["kind"] == "kindergarten-class"


@pytest.mark.parametrize("stray", [0, 1, 3])
def test_a_stray_space_to_the_right_spreads_no_heading(tmp_path, stray):
    rows = [list(row) for row in merged_rows()]
    rows[0][1], rows[1][1] = "收费", "类型"
    rows[stray] += [None, None, " "]
    profile = MERGED.replace('heading = "类型"', 'heading = "收费/类型"')
    profile = profile.replace('heading = "收费/元/月"', 'heading = "月费"')
    rows[0][3], rows[1][3] = "月费", None
    ledger = read(tmp_path, xlsx_file(tmp_path, rows), profile)
    assert not [each for each in messages(ledger.notes.warnings) if "not read" in each]


def test_merged_blocks_of_an_ods(tmp_path):
    rows = merged_rows()
    rows[0] = [("机构名称", 2, 1), ("类型", 2, 1), ("收费", 1, 2), None]
    rows[2] = [("甲园", 2, 1), ("托育机构", 2, 1), "全日托", 1200]
    first, second = read(tmp_path, ods_file(tmp_path, rows), MERGED).entries
    assert (first.rows, [fee[4] for fee in fees(first)]) == ((3, 4), [120000, 70000])
    assert second.name == "乙园"


def test_merged_blocks_saved_as_csv_are_filled_down(tmp_path):
    profile = MERGED.replace('group_by = ["name"]', 'group_by = ["name"]\nfill_down = ["name", "kind"]')
    first, second = read(tmp_path, csv_file(tmp_path, merged_rows()), profile).entries
    assert (first.rows, len(first.fields["fees"]), second.rows) == ((3, 4), 2, (5,))


def test_numbers_kept_as_text_and_texts_turned_into_numbers(tmp_path):
    columns = {
        "机构名称": "name",
        "区划": "zoning",
        "电话": "phone",
        "面积": "indoor_m2",
        "备案日期": "filed_on",
    }
    profile = "".join(f'[[column]]\nheading = "{h}"\nfield = "{f}"\n' for h, f in columns.items())
    rows = [
        list(columns),
        ["甲园", 330681005000.0, 5755550101.0, "'400 ㎡", 45717],
        ["乙园", "330681005000", "0575-1", 400.0, date(2025, 3, 1)],
    ]
    first, second = read(tmp_path, xlsx_file(tmp_path, rows), profile).entries
    assert first.zoning == second.zoning == "330681005000"
    assert first.fields["indoor_m2"] == second.fields["indoor_m2"] == 400
    assert first.fields["filed_on"] == second.fields["filed_on"] == "2025-03-01"
    assert first.fields["phone"] == "5755550101"


@pytest.mark.parametrize("code", [9.1330681e17, "9.1330681E+17"])
def test_a_rounded_credit_code_is_an_error_that_says_so(tmp_path, code):
    profile = NAME + '[[column]]\nheading = "信用代码"\nfield = "credit_code"\n'
    ledger = read(tmp_path, xlsx_file(tmp_path, [["机构名称", "信用代码"], ["甲园", code]]), profile)
    (message,) = messages(ledger.notes.errors)
    assert message.startswith("2:信用代码: This code was rounded by the spreadsheet")
    assert "credit_code" not in ledger.entries[0].fields


@pytest.mark.parametrize("field", ["credit_code", "name", "address", "phone", "aliases"])
def test_an_identity_number_is_neither_kept_nor_repeated(tmp_path, field):
    number = "330681199001010018"
    columns = {
        "机构名称": "name",
        "信用代码": "credit_code",
        "地址": "address",
        "电话": "phone",
        "别名": "aliases",
    }
    profile = "".join(f'[[column]]\nheading = "{h}"\nfield = "{f}"\n' for h, f in columns.items())
    row = [
        f"{number}张三托育园" if each == field == "name" else {"name": "甲园"}.get(each, "")
        for each in columns.values()
    ]
    if field != "name":
        row[list(columns.values()).index(field)] = number
    ledger = read(tmp_path, csv_file(tmp_path, [list(columns), row]), profile)
    assert number not in repr(ledger.entries)
    assert number not in "".join(messages(ledger.notes.errors + ledger.notes.warnings))
    assert any("identity number" in message for message in messages(ledger.notes.warnings))


@pytest.mark.parametrize("word", ["面议", "无", "/", "", "na", "N/A", "_", "—", "暂无", "  "])
def test_words_for_unknown_leave_the_field_unsaid(tmp_path, word):
    ledger = read(tmp_path, csv_file(tmp_path, [["机构名称", "保育费"], ["甲园", word]]), NAME + FEE)
    assert not ledger.notes.errors
    assert set(ledger.entries[0].fields) == {"name"}


def test_a_profile_may_know_more_words_for_unknown_and_for_nothing(tmp_path):
    profile = 'unknown = ["电询"]\n[source]\nname = { en = "x" }\n' + NAME + FEE + (
        '[[column]]\nheading = "饮食"\nfield = "food"\n'
        'values = { "无" = "none", "不限" = "halal|vegetarian" }\n'
    )  # fmt: skip
    rows = [
        ["机构名称", "保育费", "饮食"],
        ["甲园", "电询", "无"],
        ["乙园", "1", "不限"],
        ["丙园", "1", "清真、素食"],
    ]
    found = read(tmp_path, csv_file(tmp_path, rows), profile)
    assert not found.notes.errors
    assert [entry.fields.get("food") for entry in found.entries] == [
        [],
        ["halal", "vegetarian"],
        ["halal", "vegetarian"],
    ]
    assert "fees" not in found.entries[0].fields


def test_a_word_nobody_knows_is_an_error_that_says_what_to_do(tmp_path):
    profile = NAME + '[[column]]\nheading = "类型"\nfield = "kind"\n'
    ledger = read(tmp_path, csv_file(tmp_path, [["机构名称", "类型"], ["甲园", "托管班"]]), profile)
    assert "“托管班” is no word the profile knows" in messages(ledger.notes.errors)[0]


@pytest.mark.parametrize(
    ("datum", "given", "found"),
    [
        ("wgs84", (29.7136, 120.2428), (29.7136, 120.2428)),
        ("gcj02", (29.711116, 120.247237), (29.7136, 120.2428)),
    ],
)
def test_coordinates_are_brought_to_wgs84(tmp_path, datum, given, found):
    profile = f'[location]\ndatum = "{datum}"\n' + NAME + (
        '[[column]]\nheading = "坐标"\nfield = "lon_lat"\n'
    )  # fmt: skip
    rows = [["机构名称", "坐标"], ["甲园", f"{given[1]},{given[0]}"]]
    path = csv_file(tmp_path, rows, "|")
    (entry,) = read(tmp_path, path, profile, (29.0, 119.0, 30.5, 121.0)).entries
    assert entry.fields["location"]["lat"] == pytest.approx(found[0], abs=2e-6)
    assert entry.fields["location"]["lon"] == pytest.approx(found[1], abs=2e-6)


@pytest.mark.parametrize(
    ("lat", "lon", "word"),
    [
        (120.24, 29.71, "exchanged"),
        (29.71, 90.0, "outside the area"),
        (95, 10, "outside the area"),
        (300, 300, "outside"),
    ],
)
def test_coordinates_that_cannot_be_are_left_out_with_a_warning(tmp_path, lat, lon, word):
    profile = '[location]\ndatum = "wgs84"\n' + NAME + (
        '[[column]]\nheading = "lat"\nfield = "lat"\n[[column]]\nheading = "lon"\nfield = "lon"\n'
    )  # fmt: skip
    box = (29.0, 119.0, 30.5, 121.0)
    ledger = read(
        tmp_path, csv_file(tmp_path, [["机构名称", "lat", "lon"], ["甲园", lat, lon]]), profile, box
    )
    assert "location" not in ledger.entries[0].fields
    assert word in messages(ledger.notes.warnings)[0]


def test_several_prices_of_one_type_stay_several_and_a_lower_and_upper_column_are_one(tmp_path):
    rows = [
        ["name", "type", "low", "high"],
        ["A", "hourly", "50", "100"],
        ["A", "hourly", "150", ""],
        ["A", "full-day", "610", "1172"],
    ]
    profile = (
        '[rows]\ngroup_by = ["name"]\n[constants]\n"fee.unit" = "session"\n'
        '[[column]]\nheading = "name"\nfield = "name"\n'
        '[[column]]\nheading = "type"\nfield = "fee.care"\n[[column]]\nheading = "low"\nfield = "fee.min"\n'
        '[[column]]\nheading = "high"\nfield = "fee.max"\n'
    )
    (entry,) = read(tmp_path, csv_file(tmp_path, rows), profile).entries
    assert [fee[4:] for fee in fees(entry)] == [(5000, 10000), (15000, 15000), (61000, 117200)]


def test_a_monthly_price_in_the_hourly_column_is_asked_about(tmp_path):
    profile = NAME + FEE.replace("full-day", "hourly").replace("month", "hour")
    ledger = read(tmp_path, csv_file(tmp_path, [["机构名称", "保育费"], ["甲园", 2230]]), profile)
    assert "2230 yuan is unusual" in messages(ledger.notes.warnings)[0]


def test_a_price_whose_unit_nothing_says_is_an_error(tmp_path):
    ledger = read(
        tmp_path,
        csv_file(tmp_path, [["机构名称", "保育费"], ["甲园", 2230]]),
        NAME + FEE.replace('unit = "month"\n', ""),
    )
    assert "fee.unit" in messages(ledger.notes.errors)[0]
    stated = read(
        tmp_path,
        csv_file(tmp_path, [["机构名称", "保育费"], ["甲园", "20元/天"]]),
        NAME + FEE.replace('unit = "month"\n', ""),
    )
    assert fees(stated.entries[0])[0][3:5] == ("day", 2000)


def test_the_same_facility_twice_is_an_error_and_two_branches_are_not(tmp_path):
    profile = NAME + '[[column]]\nheading = "地址"\nfield = "address"\n'
    rows = [["机构名称", "地址"], ["甲园", "一路1号"], ["甲园", "二路2号"], ["甲园", "一路1号"]]
    ledger = read(tmp_path, csv_file(tmp_path, rows), profile)
    assert messages(ledger.notes.errors) == [
        "4:机构名称: Row 2 says the same facility. Delete one, or group the rows in the profile."
    ]


def test_rows_can_be_chosen_by_a_column(tmp_path):
    profile = '[[where]]\nheading = "国籍"\nvalues = ["SC"]\n' + NAME
    ledger = read(tmp_path, csv_file(tmp_path, [["机构名称", "国籍"], ["甲", "SC"], ["乙", "SPR"]]), profile)
    assert ([entry.name for entry in ledger.entries], ledger.rows) == (["甲"], 2)
    assert "1 rows were left out" in " ".join(messages(ledger.notes.warnings))


def test_half_of_what_a_band_needs_is_enough(tmp_path):
    profile = NAME + "".join(
        f'[[column]]\nheading = "{heading}"\nfield = "band.{part}"\nband = "junior"\n'
        for heading, part in [("托位", "places"), ("入托", "enrolled")]
    )
    rows = [["机构名称", "托位", "入托"], ["甲", 20, 15], ["乙", 20, "未知"], ["丙", 10, 12]]
    found = [entry.fields["bands"][0] for entry in read(tmp_path, csv_file(tmp_path, rows), profile).entries]
    assert [(band["places"], band["vacancies"]) for band in found] == [(20, 5), (20, None), (10, 0)]


def test_a_polish_ledger_with_decimal_commas_currency_and_units_in_its_own_words(tmp_path):
    row = {
        "Nazwa": "Żłobek Słoneczko", "Ulica": "ul. Długa 5", "Miasto": "Kraków",
        "Opłata": "1.250,50 zł/mies.", "Godzinowo": "12,5 zł",
        "Pn": "7:00-17:00", "Wt": "7:00-16:00", "Sb": "nieczynne",
        "Dieta wegetariańska": "tak", "Dieta bezmleczna": "tak",
    }  # fmt: skip
    rows = [list(row), list(row.values())]
    columns = [
        ("Nazwa", 'field = "name"'), ("Ulica", 'field = "address"'), ("Miasto", 'field = "address"'),
        ("Opłata", 'field = "fee.amount"\ncare = "full-day"'),
        ("Godzinowo", 'field = "fee.amount"\ncare = "hourly"\nunit = "hour"'),
        ("Pn", 'field = "monday"'), ("Wt", 'field = "tuesday"'), ("Sb", 'field = "saturday"'),
        ("Dieta wegetariańska", 'field = "food"\nvalues = { tak = "vegetarian" }'),
        ("Dieta bezmleczna", 'field = "food"\nvalues = { tak = "allergy" }'),
    ]  # fmt: skip
    profile = 'unknown = ["nieczynne"]\n[source]\nname = { en = "x" }\n'
    profile += '[units]\ndecimal = ","\ncurrency = ["zł"]\n[values."fee.unit"]\n"/mies." = "month"\n'
    profile += "".join(f'[[column]]\nheading = "{heading}"\n{rest}\n' for heading, rest in columns)
    ledger = read(tmp_path, csv_file(tmp_path, rows, ";"), profile)
    assert not messages(ledger.notes.errors)
    (entry,) = ledger.entries
    assert [fee[0::3] + fee[4:5] for fee in fees(entry)] == [
        ("full-day", "month", 125050),
        ("hourly", "hour", 1250),
    ]
    assert entry.fields["opening"] == "1 07:00-17:00; 2 07:00-16:00"
    assert entry.fields["address"] == "ul. Długa 5 Kraków"
    assert entry.fields["food"] == ["vegetarian", "allergy"]


def test_a_column_for_each_type_of_care_that_is_ticked(tmp_path):
    ticks = {"全日": "full-day", "计时": "hourly"}
    profile = NAME + "".join(
        f'[[column]]\nheading = "{word}"\nfield = "care"\nvalues = {{ "√" = "{code}", "×" = "-" }}\n'
        for word, code in ticks.items()
    )
    rows = [["机构名称", *ticks], ["甲", "√", "√"], ["乙", "×", "√"], ["丙", "", ""]]
    found = read(tmp_path, csv_file(tmp_path, rows), profile)
    assert not found.notes.errors
    cared = [[row["care"] for row in entry.fields.get("care", ())] for entry in found.entries]
    assert cared == [["full-day", "hourly"], ["hourly"], []]


def test_every_field_of_a_record_can_be_said_by_a_ledger():
    said = {name.partition(".")[0] for name in FIELDS}
    ours = {"fee": "fees", "band": "bands", "record": "records", "name_ug": "names", "lat": "location"}
    assert projection.FIELDS - {ours.get(name, name) for name in said} == {"history"}
