"""What people type into cells, held against what they mean."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.facilities.loading.ledger import cells, times
from app.facilities.loading.ledger.cells import UnreadableError


@pytest.mark.parametrize(
    ("cell", "unit", "low", "high", "per"),
    [
        ("1200", "yuan", 120000, 120000, None),
        (1200.0, "yuan", 120000, 120000, None),
        ("１，２００．５０", "yuan", 120050, 120050, None),
        ("1,200元/月", "yuan", 120000, 120000, "month"),
        ("¥1200-1500", "yuan", 120000, 150000, None),
        ("1200元至1500元/月", "yuan", 120000, 150000, "month"),
        ("1.2万", "yuan", 1200000, 1200000, None),
        ("0.12", "wan", 120000, 120000, None),
        ("120000", "fen", 120000, 120000, None),
        ("1800元/生·月", "yuan", 180000, 180000, "month"),
        ("20元/生.天", "yuan", 2000, 2000, "day"),
        ("360元/套", "yuan", 36000, 36000, "once"),
        ("100 元/年", "yuan", 10000, 10000, "year"),
        ("每天20元", "yuan", 2000, 2000, "day"),
        ("S$610.00", "yuan", 61000, 61000, None),
        ("15/hour", "yuan", 1500, 1500, "hour"),
        ("0", "yuan", 0, 0, None),
    ],
)
def test_a_price_is_read_in_whole_fen(cell, unit, low, high, per):
    assert cells.money_of(cell, unit) == cells.Money(low, high, per)


@pytest.mark.parametrize(
    "cell", ["约1200", "1200左右", "1200起", "1500-1200", "0.001", "-5", "1200/光年", "一千二", "12OO"]
)
def test_a_price_that_could_mean_two_things_is_not_guessed_at(cell):
    with pytest.raises(UnreadableError):
        cells.money_of(cell, "yuan")


@pytest.mark.parametrize(
    "cell",
    [
        date(2025, 3, 1), datetime.fromisoformat("2025-03-01T08:30"),
        "2025-03-01", "2025-3-1", "2025/3/1", "2025.03.01", "20250301",
        "2025年3月1日", "２０２５年３月１日", "二〇二五年三月一日", 45717, 45717.0, "45717", "45717.35",
        "2025-03-01 08:30:00", "2025-03-01T08:30:00.0",
    ],
)  # fmt: skip
def test_one_day_is_written_in_many_ways(cell):
    assert times.day_of(cell) == date(2025, 3, 1)


@pytest.mark.parametrize("cell", ["03/04/2025", "2025-02-30", "2025年3月", "2025", "去年", 12, "12345678"])
def test_a_day_that_is_none_is_not_guessed_at(cell):
    with pytest.raises(UnreadableError):
        times.day_of(cell)


def test_other_orders_of_a_day_need_a_format():
    assert times.day_of("03/04/2025", ("%d/%m/%Y",)) == date(2025, 4, 3)


@pytest.mark.parametrize(
    ("text", "day"),
    [("二〇二四年十二月三十一日", 31), ("二〇二四年十二月十日", 10), ("二〇二四年十二月二十日", 20)],
)
def test_chinese_numerals_count_tens(text, day):
    assert times.day_of(text) == date(2024, 12, day)


@pytest.mark.parametrize(
    ("cell", "unit", "months"),
    [
        ("6个月", "years", 6), ("1.5岁", "months", 18), ("3岁", "months", 36), (2, "years", 24),
        ("18", "months", 18), ("1岁半", "months", 18), ("2 years", "months", 24), ("18 mths", "years", 18),
    ],
)  # fmt: skip
def test_an_age_is_whole_months(cell, unit, months):
    assert times.age_of(cell, unit) == months


@pytest.mark.parametrize("cell", ["两岁", "0.3岁", "200", "-1", "abc"])
def test_an_age_that_is_none_is_not_guessed_at(cell):
    with pytest.raises(UnreadableError):
        times.age_of(cell, "months")


@pytest.mark.parametrize(
    ("cell", "unit", "found"),
    [
        ("6-36个月", "years", (6, 36)),
        ("1.5岁至3岁", "months", (18, 36)),
        ("0.5~3", "years", (6, 36)),
        ("1-3岁", "months", (12, 36)),
    ],
)
def test_a_range_of_ages_shares_its_unit(cell, unit, found):
    assert times.ages_of(cell, unit) == found


@pytest.mark.parametrize(
    ("cell", "opening"),
    [
        ("1-5 07:30-18:00; 6 08:00-12:00", "1-5 07:30-18:00; 6 08:00-12:00"),
        ("周一至周五 7:30-18:00；周六 8:00-12:00", "1-5 07:30-18:00; 6 08:00-12:00"),
        ("07:00-19:00", "1-5 07:00-19:00"),
        ("每天 8：00—20：00", "1-7 08:00-20:00"),
        ("工作日7:30~17:30", "1-5 07:30-17:30"),
        ("Mon-Fri 7:30-18:00, Sat 8:00-12:00", "1-5 07:30-18:00; 6 08:00-12:00"),
    ],
)
def test_opening_hours_are_brought_into_our_grammar(cell, opening):
    assert times.opening_of(cell, "1-5") == opening


@pytest.mark.parametrize("cell", ["全天", "18:00-7:30", "25:00-26:00", "早上到晚上", "8-12"])
def test_opening_hours_without_two_times_are_not_guessed_at(cell):
    with pytest.raises(UnreadableError):
        times.opening_of(cell, "1-5")


@pytest.mark.parametrize(
    ("cell", "clock"),
    [
        ("7:30", "07:30"),
        ("0730", "07:30"),
        ("7点半", "07:30"),
        ("8点", "08:00"),
        (time(7, 30), "07:30"),
        (timedelta(hours=7, minutes=30), "07:30"),
    ],
)
def test_a_time_of_day_is_four_digits(cell, clock):
    assert times.clock_of(cell) == clock


@pytest.mark.parametrize(
    ("cell", "code"),
    [("330681005000", "330681005000"), (330681005000.0, "330681005000"), (330681005000, "330681005000"),
     ("330681005000.0", "330681005000"), (" 91330681MA2JPQBH47 ", "91330681MA2JPQBH47"),
     ("'91330681ma2jpqbh47", "91330681MA2JPQBH47")],
)  # fmt: skip
def test_a_code_survives_the_spreadsheet(cell, code):
    assert cells.code_of(cell) == code


@pytest.mark.parametrize(
    "cell", [9.1330681e17, "9.1330681E+17", "9.133E17", 913306812345678901, float("nan"), float("inf")]
)
def test_a_code_whose_last_digits_are_lost_is_refused(cell):
    with pytest.raises(UnreadableError):
        cells.code_of(cell)


@settings(deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(["元", "", "元/月", "元／月"]), st.booleans())
def test_what_a_template_writes_is_what_is_read(fen, tail, separators):
    yuan = f"{fen // 100:,}" if separators else str(fen // 100)
    assert cells.money_of(f"{yuan}.{fen % 100:02d}{tail}", "yuan").low == fen


@settings(deadline=None)
@given(st.dates(date(1955, 1, 1), date(2099, 12, 31)))
def test_a_day_is_the_same_as_text_as_number_and_as_date(day):
    serial = (day - date(1899, 12, 30)).days
    texts = [
        day,
        serial,
        float(serial),
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
    ]
    assert {times.day_of(each) for each in texts} == {day}


@pytest.mark.parametrize("cell", ["1e30", "1e999999", 1e30, "-1", "1000000001"])
def test_a_count_that_no_column_holds_is_refused(cell):
    with pytest.raises(UnreadableError):
        cells.whole_of(cell)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=60), st.floats(), st.integers(), st.booleans(), st.dates(), st.times()))
def test_no_cell_breaks_a_reader(cell):
    readers = [
        cells.text_of, cells.code_of, cells.number_of, cells.whole_of, cells.flag_of, cells.parts_of,
        times.day_of, times.clock_of, lambda each: cells.money_of(each, "yuan"),
        lambda each: times.age_of(each, "months"),
        lambda each: times.ages_of(each, "months"), lambda each: times.opening_of(each, "1-5"),
    ]  # fmt: skip
    for reader in readers:
        with suppress(UnreadableError):
            reader(cell)


def test_a_message_never_repeats_what_could_be_a_person():
    assert "11010119900307" not in cells.shown("电话 13800138000 证 110101199003074518 11010119900307451X")
    assert "13800138000" not in cells.shown("13800138000")
