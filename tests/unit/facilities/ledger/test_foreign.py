"""Ledgers nobody here has seen before, in other languages and every unit of price: a profile is enough."""

from datetime import datetime

import pytest

from app.core.faults import FaultyFiles
from app.facilities.loading.ledger.container import RefusedFileError
from app.facilities.loading.ledger.fields import CODES
from app.facilities.loading.ledger.grid import Reading, read_grid
from tests.unit.facilities.ledger.files import csv_file, messages, read, xlsx_file

UNITS = ("month", "half-month", "week", "day", "half-day", "hour", "session", "term", "year", "once")


def priced(entry) -> dict[tuple[str, str, str], tuple[int, int]]:
    return {
        (fee["care"], fee["component"], fee["unit"]): (fee["min_fen"], fee["max_fen"])
        for fee in entry.fields["fees"]
    }


KAZAKH = """
unknown = ["келісім бойынша"]
[source]
name = { en = "Register of a district" }
[file]
header_rows = 2
[rows]
group_by = ["key"]
skip = ["Барлығы"]
[units]
decimal = ","
currency = ["юань"]
days = ["%d.%m.%Y"]
to = ["бастап", "–"]
months = ["ай", "айға дейін"]
years = ["жас"]
weekdays = ["дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі"]
[location]
datum = "bd09"
[values."fee.unit"]
"/ күн" = "day"
[constants]
"record.kind" = "assessment"
[[column]]
heading = "Р/с"
field = "key"
[[column]]
heading = "Мекеме атауы"
field = "name"
[[column]]
heading = "Ашылған күні"
field = "filed_on"
[[column]]
heading = "Координаттар/Бойлық"
field = "lon"
[[column]]
heading = "Координаттар/Ендік"
field = "lat"
[[column]]
heading = "Түрі"
field = "fee.care"
values = { "Толық күн" = "full-day", "Сағаттық" = "hourly", "Уақытша" = "temporary" }
[[column]]
heading = "Ақысы/күніне"
field = "fee.amount"
unit = "day"
[[column]]
heading = "Ақысы/бір келуге"
field = "fee.amount"
unit = "session"
[[column]]
heading = "Ақысы/айына"
field = "fee.amount"
unit = "month"
[[column]]
heading = "Ақысы/жылына"
field = "fee.amount"
component = "insurance"
unit = "year"
[[column]]
heading = "Ақысы/сағатына"
field = "fee.amount"
unit = "hour"
[[column]]
heading = "Жас шегі"
field = "care.ages"
care = "full-day"
[[column]]
heading = "Жұмыс уақыты"
field = "opening"
[[column]]
heading = "Жеңілдікті"
field = "inclusive"
values = { "иә" = "yes", "жоқ" = "no" }
"""


def kazakh_rows():
    none = [None] * 16
    first = [
        1,
        "Балдырған",
        "05.03.2025",
        "120.253644",
        "29.717449",
        "Толық күн",
        None,
        None,
        "1 200 юань",
        100.0,
    ]
    hours = "Дүйсенбі–Жұма 7:30–18:00; Сенбі 8:00–12:00"
    second = [2, "Айгөлек", datetime.fromisoformat("2024-12-03"), 120.253644, 29.717449, "Толық күн"]
    return [
        ["Ауданның балабақшалары туралы мәлімет", *none[1:]],
        ["Толтырылған күні: 01.11.2026", *none[1:]],
        ["Р/с", "Мекеме атауы", "Ашылған күні", "Координаттар", None, "Түрі", "Ақысы", None, None, None, None,
         "Жас шегі", "Жұмыс уақыты", "Жеңілдікті", None, None],
        [None, None, None, "Бойлық", "Ендік", None, "күніне", "бір келуге", "айына", "жылына", "сағатына",
         *none[11:]],
        [*first, None, "6 ай – 3 жас", hours, "Иә", None, None],
        [*none[:5], "Сағаттық", *none[6:10], "20–25", *none[11:]],
        [*none[:5], "Уақытша", "100 юань / күн", "60", *none[8:]],
        [*second, "келісім бойынша", None, 950, None, None, "12-36", None, "жоқ", None, None],
        ["Барлығы", 2, *none[2:]],
    ]  # fmt: skip


KAZAKH_MERGED = ["A1:P1", "A2:P2", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4", "G3:K3", "L3:L4", "M3:M4",
                 "N3:N4", *(f"{letter}5:{letter}7" for letter in "ABCDELMN")]  # fmt: skip


def test_a_kazakh_workbook_with_titles_merged_blocks_and_five_units(tmp_path):
    path = xlsx_file(tmp_path, kazakh_rows(), KAZAKH_MERGED)
    ledger = read(tmp_path, path, KAZAKH, (29.0, 119.0, 30.5, 121.0))
    assert not messages(ledger.notes.errors)
    assert not messages(ledger.notes.warnings)
    first, second = ledger.entries
    assert (first.key, first.name, first.rows) == ("#1", "Балдырған", (5, 6, 7))
    assert first.fields["filed_on"] == "2025-03-05"
    assert second.fields["filed_on"] == "2024-12-03"
    for entry in (first, second):
        assert entry.fields["location"]["lat"] == pytest.approx(29.7136, abs=5e-6), "Baidu's datum is undone"
        assert entry.fields["location"]["lon"] == pytest.approx(120.2428, abs=5e-6)
    assert priced(first) == {
        ("full-day", "care", "month"): (120000, 120000),
        ("full-day", "insurance", "year"): (10000, 10000),
        ("hourly", "care", "hour"): (2000, 2500),
        ("temporary", "care", "day"): (10000, 10000),
        ("temporary", "care", "session"): (6000, 6000),
    }
    assert priced(second) == {("full-day", "care", "month"): (95000, 95000)}
    ages = {row["care"]: (row["min_age"], row["max_age"]) for row in first.fields["care"]}
    assert ages["full-day"] == (6, 36)
    assert first.fields["opening"] == "1-5 07:30-18:00; 6 08:00-12:00"
    assert [first.fields["inclusive"], second.fields["inclusive"]] == [True, False]


FRENCH = """
[source]
name = { en = "Liste municipale" }
[rows]
group_by = ["name"]
[units]
decimal = ","
currency = ["yuans", "yuan", "¥"]
days = ["%d/%m/%Y"]
to = ["à", "au"]
months = ["mois"]
years = ["ans", "an"]
weekdays = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
[location]
datum = "bd09"
[values."fee.unit"]
"par mois" = "month"
"par quinzaine" = "half-month"
"par semaine" = "week"
"par jour" = "day"
"la demi-journée" = "half-day"
"de l'heure" = "hour"
"la séance" = "session"
"par semestre" = "term"
"par an" = "year"
"une fois" = "once"
[[column]]
heading = "Nom"
field = "name"
[[column]]
heading = "Point"
field = "lat_lon"
[[column]]
heading = "Ouvert depuis"
field = "filed_on"
[[column]]
heading = "Tarif"
field = "fee.amount"
care = "temporary"
[[column]]
heading = "Horaires"
field = "opening"
[[column]]
heading = "Surface"
field = "indoor_m2"
"""


def test_a_western_file_with_bars_says_each_of_our_units_in_its_own_words(tmp_path):
    words = ["par mois", "par quinzaine", "par semaine", "par jour", "la demi-journée", "de l'heure",
             "la séance", "par semestre", "par an", "une fois"]  # fmt: skip
    assert set(UNITS) == CODES["fee.unit"]
    prices = [f"1{number}0,50 yuans {word}" for number, word in enumerate(words)]
    rows = [
        ["Crèches — état au 1er novembre"],
        [],
        ["Nom", "Point", "Ouvert depuis", "Tarif", "Horaires", "Surface"],
    ]
    place = [
        "29,717449; 120,253644",
        "05/03/2025",
        "",
        "lundi au vendredi 7h30 à 18h; samedi 8h-12h30",
        "1.250 m2",
    ]
    rows += [["Crèche des Étoiles", *place[:2], price, *place[3:], "", "", ""] for price in prices]
    path = csv_file(tmp_path, rows, "|", "cp1252")
    ledger = read(tmp_path, path, FRENCH, (29.0, 119.0, 30.5, 121.0))
    assert not messages(ledger.notes.errors)
    assert not messages(ledger.notes.warnings)
    (entry,) = ledger.entries
    assert ledger.how == "cp1252 |"
    assert entry.name == "Crèche des Étoiles"
    assert priced(entry) == {
        ("temporary", "care", unit): (10050 + 1000 * number,) * 2 for number, unit in enumerate(UNITS)
    }
    assert entry.fields["filed_on"] == "2025-03-05"
    assert entry.fields["opening"] == "1-5 07:30-18:00; 6 08:00-12:30"
    assert entry.fields["indoor_m2"] == 1250
    assert entry.fields["location"]["lat"] == pytest.approx(29.7136, abs=5e-6)


THAI = """
[source]
name = { en = "Thai" }
[units]
currency = ["หยวน"]
to = ["ถึง"]
months = ["เดือน"]
years = ["ปี"]
[values."fee.unit"]
"วันละ" = "day"
"ต่อเดือน" = "month"
"ชั่วโมงละ" = "hour"
[[column]]
heading = "ชื่อ"
field = "name"
[[column]]
heading = "ค่าบริการ"
field = "fee.amount"
[[column]]
heading = "อายุ"
field = "care.ages"
care = "full-day"
"""


@pytest.mark.parametrize(
    "typed",
    ["29.717449,120.253644", "(29.717449， 120.253644)", "29,717449; 120,253644", "29.717449 120,253644"],
)
def test_a_decimal_comma_leaves_points_written_with_dots_readable(tmp_path, typed):
    rows = [["Nom", "Point", "Surface"], ["Crèche", typed, "1.250 m2"]]
    read_in = [
        read(
            tmp_path,
            csv_file(tmp_path, [rows[0], [*rows[1][:1], each, rows[1][2]]], "|"),
            FRENCH,
            (29.0, 119.0, 30.5, 121.0),
        )
        for each in (typed, "29,717449; 120,253644")
    ]
    mine, plain = (ledger.entries[0].fields["location"] for ledger in read_in)
    assert not messages(read_in[0].notes.errors)
    assert mine == plain


@pytest.mark.parametrize(
    ("cell", "unit", "low", "high"),
    [
        ("วันละ ๑๐๐ หยวน", "day", 10000, 10000),
        ("1,200 ถึง 1,500 หยวน ต่อเดือน", "month", 120000, 150000),
        ("ชั่วโมงละ 20 ถึง 25 หยวน", "hour", 2000, 2500),
    ],
)
def test_prices_in_a_script_with_digits_of_its_own(tmp_path, cell, unit, low, high):
    profile = THAI + '[constants]\n"fee.care" = "full-day"\n'
    rows = [["ชื่อ", "ค่าบริการ", "อายุ"], ["บ้านเด็ก", cell, "6 เดือน ถึง 3 ปี"]]
    ledger = read(tmp_path, csv_file(tmp_path, rows, "\t", "utf-16"), profile)
    assert not messages(ledger.notes.errors)
    (entry,) = ledger.entries
    assert priced(entry) == {("full-day", "care", unit): (low, high)}
    assert (entry.fields["care"][0]["min_age"], entry.fields["care"][0]["max_age"]) == (6, 36)


@pytest.mark.parametrize("cell", ["1200 1500", "1200\n1500", "200 300", "1 200"])
def test_two_numbers_in_one_cell_are_never_one(tmp_path, cell):
    """But for thousands parted by a space, which a profile says with `decimal = ","`."""
    profile = '[[column]]\nheading = "a"\nfield = "name"\n[[column]]\nheading = "b"\nfield = "fee.amount"\n'
    profile += 'care = "full-day"\nunit = "month"\n'
    path = xlsx_file(tmp_path, [["a", "b"], ["甲园", cell]])
    ledger = read(tmp_path, path, profile)
    assert "is not an amount" in messages(ledger.notes.errors)[0]
    assert "fees" not in ledger.entries[0].fields


def test_an_accented_body_under_plain_headings_is_not_taken_for_chinese(tmp_path):
    rows = [["name", "fee"], ["Crèche des Étoilés", 5], ["Âge d’or à Évry", 7], ["Garderie", 8]]
    path = csv_file(tmp_path, rows, ";", "cp1252")
    assert "Crèche des Étoilés" in read_grid(path, Reading(headings=frozenset({"name", "fee"}))).rows[1]
    rows = [["name", "fee"], ["ABC托育园", 5], ["小a园", 7], ["新苗托育中心b座", 8]]
    path = csv_file(tmp_path, rows, ";", "gb18030")
    assert read_grid(path, Reading(headings=frozenset({"name", "fee"}))).rows[1][0] == "ABC托育园"
    path = csv_file(tmp_path, [["名称"], ["a园"], ["b园"]], ";", "gb18030")
    assert read_grid(path, Reading(headings=frozenset({"名称"}))).rows[1][0] == "a园", "headings decide first"


def test_one_heading_may_say_two_things_and_is_read_for_both(tmp_path):
    profile = (
        '[source]\nname = { en = "x" }\n[[column]]\nheading = "单位"\nfield = "name"\n'
        '[[column]]\nheading = "单位"\nfield = "aliases"\n'
        '[[column]]\nheading = "联系"\nfield = "phone"\n'
        '[[column]]\nheading = ["门牌", "联系"]\nfield = "address"\n'
    )
    ledger = read(tmp_path, csv_file(tmp_path, [["单位", "联系"], ["甲园", "一路1号 0000-1"]]), profile)
    (entry,) = ledger.entries
    assert entry.name == "甲园"
    assert entry.fields["phone"] == entry.fields["address"] == "一路1号 0000-1"
    assert not ledger.notes.warnings


def test_equal_headings_go_from_left_to_right_and_a_price_is_never_read_twice(tmp_path):
    profile = '[source]\nname = { en = "x" }\n[[column]]\nheading = "名"\nfield = "name"\n' + "".join(
        f'[[column]]\nheading = "元/月"\nfield = "fee.amount"\ncare = "{care}"\nunit = "month"\n'
        for care in ("full-day", "half-day")
    )
    both = read(tmp_path, csv_file(tmp_path, [["名", "元/月", "元/月"], ["甲", 1200, 700]]), profile)
    assert [fee["min_fen"] for fee in both.entries[0].fields["fees"]] == [120000, 70000]
    assert not both.notes.warnings
    one = read(tmp_path, csv_file(tmp_path, [["名", "元/月"], ["甲", 1200]]), profile)
    assert [fee["care"] for fee in one.entries[0].fields["fees"]] == ["full-day"]
    (warning,) = messages(one.notes.warnings)
    assert warning.endswith("no column for these of the profile: 元/月 (fee.amount).")


def test_columns_of_the_profile_that_the_ledger_has_not_are_named(tmp_path):
    profile = (
        '[source]\nname = { en = "x" }\n[[column]]\nheading = "名"\nfield = "name"\n'
        '[[column]]\nheading = "电话"\nfield = "phone"\n[[column]]\nletter = "F"\nfield = "address"\n'
    )
    ledger = read(tmp_path, csv_file(tmp_path, [["名", "备注"], ["甲", "x"]]), profile)
    assert "电话 (phone), F (address)" in messages(ledger.notes.warnings)[1]


def test_a_week_has_seven_names(tmp_path):
    with pytest.raises(FaultyFiles, match="seven names"):
        read(tmp_path, tmp_path, '[units]\nweekdays = ["lundi"]\n[[column]]\nheading = "a"\nfield = "name"\n')


def test_an_encoding_that_the_profile_says_is_not_doubted(tmp_path):
    path = csv_file(tmp_path, [["name"], ["Crèche"]], ";", "cp1252")
    with pytest.raises(RefusedFileError, match="not in utf-8"):
        read_grid(path, Reading(encoding="utf-8"))
