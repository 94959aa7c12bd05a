"""Figures are written as the language writes numbers; those outside of the ledger are found."""

from decimal import Decimal

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from app.guide.rules.figures import figure_of, parts
from app.guide.rules.numerals import digits, numerals, value_of


@pytest.mark.parametrize(
    ("low", "high", "locale", "number", "plural"),
    [
        ("400", None, "zh_Hans", "400", 400),
        ("3", "5", "zh_Hans", "3—5", 5),
        ("3", "5", "en", "3–5", 5),
        ("3", "5", "ug", "3–5", 5),
        ("1", None, "en", "1", 1),
        ("0.5", "1", "en", "0.5–1", 1),
        ("0.5", None, "en", "0.5", 2),
        ("3600", None, "zh_Hans", "3600", 3600),
        ("3600", None, "en", "3,600", 3600),
        ("6657000", None, "zh_Hans", "665.7万", 6657000),
        ("6657000", None, "en", "6,657,000", 6657000),
        ("12345", None, "zh_Hans", "12345", 12345),
        ("4.73", None, "ug", "4.73", 2),
        ("400.0", None, "en", "400", 400),
    ],
)  # fmt: skip
def test_numbers_of_a_language(low, high, locale, number, plural):
    said = parts(figure_of(low, high, "day"), Locale.parse(locale))
    assert (said.number, said.unit, said.plural) == (number, "day", plural)


@pytest.mark.parametrize(
    ("low", "high", "number", "plural"),
    [("0.5", None, "½", 1), ("0.75", "1", "¾–1", 1), ("0.6", None, "0.6", 1)],
)
def test_parts_of_a_bowl_are_said_as_halves_and_quarters(low, high, number, plural):
    said = parts(figure_of(low, high, "bowl"), Locale.parse("en"))
    assert (said.number, said.plural) == (number, plural)


def test_a_claim_states_nothing():
    assert not figure_of(None, None, "")
    said = parts(figure_of(None, None, "day"), Locale.parse("en"))
    assert (said.number, said.unit) == ("?", "")


@pytest.mark.parametrize(
    "low", ["1e999", "-30", "NaN", "sNaN", "Infinity", "many", "１２", "1,5", "9" * 40, " "]
)
@pytest.mark.parametrize("locale", ["zh_Hans", "ug", "en"])
def test_whatever_is_stored_can_be_said(low, locale):
    for figure in (figure_of(low, None, "day"), figure_of("1", low, "bowl"), figure_of(low, low, "no-unit")):
        assert not figure
        assert parts(figure, Locale.parse(locale)).number == "?"
    assert parts(figure_of("5", None, "no-unit"), Locale.parse(locale)).unit == ""


def test_half_of_a_unit_and_units_without_a_name_state_figures():
    ledger = {(Decimal(400), "iu"), (Decimal(30), "minute"), (Decimal(6), "month")}
    for words in ("四百单位", "四百个单位", "四百国际单位", "半小时", "半个小时", "半个钟头", "半年"):
        assert [found for _line, found in numerals(f"每天{words}。", ledger)] == [words]
    for words in ("三百单位", "半天", "事业单位", "半夜", "四百家单位"):
        assert not list(numerals(f"每天{words}。", ledger))


@given(st.integers(0, 10**7), st.sampled_from(["zh_Hans", "ug", "en"]))
def test_no_digit_is_lost(number, locale):
    said = parts(figure_of(str(number), None, ""), Locale.parse(locale)).number.replace(",", "")
    read = Decimal(said.removesuffix("万")) * (10_000 if said.endswith("万") else 1)
    assert read == number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("三", 3), ("十", 10), ("十二", 12), ("二十八", 28), ("一百零五", 105), ("两千四百", 2400),
        ("三万六千", 36000),
        ("半", Decimal("0.5")), ("三四", None), ("一百八十", 180), ("〇", 0),
    ],
)  # fmt: skip
def test_chinese_numerals(words, value):
    assert value_of(words) == value


LEDGER = {(Decimal(6), "month"), (Decimal(3), "day"), (Decimal(2), "time"), (Decimal(1), "month"),
          (Decimal(90), "percent"), (Decimal(3), "age")}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "meant", "found"),
    [
        ("满六个月吃辅食", set(), ["六个月"]),
        ("等三天再加", set(), ["三天"]),
        ("等四天再加", set(), []),
        ("洗两次手", set(), []),
        ("洗两次手", {(Decimal(2), "time")}, ["两次"]),
        ("每一天", {(Decimal(1), "day")}, []),
        ("满一个月", set(), []),
        ("满一个月", {(Decimal(1), "month")}, ["一个月"]),
        ("第三天", set(), []),
        ("三岁以下", set(), ["三岁"]),
        ("三年以上", set(), []),
        ("百分之九十", set(), ["百分之九十"]),
        ("{{fact:x}}和[三天](guide:a)", set(), ["三天"]),
        ("两个人，三步", set(), []),
    ],
)
def test_a_numeral_that_states_a_figure(text, meant, found):
    assert [words for _line, words in numerals(text, LEDGER, meant)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1. 第一步\n2. 第二步", []),
        ("满6个月", [(1, "6")]),
        ("a\n满６个月，٣", [(2, "６"), (2, "٣")]),
        ("{{fact:a-1}} {{year:2025}} [x](https://a.gov.cn/123)", []),
    ],
)
def test_digits_outside_of_braces(text, found):
    assert list(digits(text)) == found
