"""A pattern in an address, the days of a month, and completed months."""

from datetime import date

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.core import clock
from app.core.workdays import Calendar
from app.facilities.forms.pattern import read_pattern, write_pattern
from app.facilities.rules.classes import class_rules
from app.facilities.rules.pattern import Pattern, completed_months, day_mask, month_of, start_months
from app.facilities.rules.vocabulary import Extra


@pytest.fixture(scope="module", autouse=True)
def context():
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


PATTERNS = st.builds(
    Pattern,
    st.integers(1, 7),
    st.integers(1, 48).map(lambda half: half * 30),
    st.one_of(st.none(), st.integers(0, 48)),
    st.booleans(),
    st.one_of(st.none(), st.dates(*start_months(clock.today())).map(lambda day: day.replace(day=1))),
    st.lists(st.sampled_from([extra.value for extra in Extra]), unique=True).map(
        lambda chosen: tuple(extra.value for extra in Extra if extra in chosen)
    ),
    st.booleans(),
)


@given(PATTERNS)
def test_writing_and_reading_again_gives_the_same_pattern(pattern):
    assert read_pattern(MultiDict(write_pattern(pattern))) == (pattern, [])


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ({"days": "0", "hours": "4"}, ["days"]),
        ({"days": "8", "hours": "25"}, ["days", "hours"]),
        ({"days": "3", "hours": "0"}, ["hours"]),
        ({"days": "3", "hours": "4.25"}, ["hours"]),
        ({"days": "3", "hours": "nan"}, ["hours"]),
        ({"days": "3", "hours": "1e9"}, ["hours"]),
        ({"days": "3", "hours": "4", "age": "200"}, ["age"]),
        ({"days": "3", "hours": "4", "meals": "yes"}, ["meals"]),
        ({"days": "3", "hours": "4", "extra": "care"}, ["extra"]),
        ({"days": "3"}, ["hours"]),
        ({"hours": "3"}, ["days"]),
        ({}, []),
    ],
)
def test_what_is_wrong_with_a_pattern_is_named(query, fields):
    pattern, problems = read_pattern(MultiDict(query))
    assert pattern is None
    assert [problem.field for problem in problems] == fields


def test_a_month_is_counted_by_its_calendar():
    """October 2026 by hand: 22 days from Monday to Friday, of which 1, 2, 5, 6 and 7 are rest; the 10th is
    worked. 22 - 5 + 1 = 18 working days. Saturdays 3 (rest), 10 (worked), 17, 24, 31: three; Sundays 4
    (rest), 11, 18, 25: three.
    """
    rest = {date(2026, 10, day): "rest" for day in range(1, 8)}
    calendar = Calendar({**rest, date(2026, 10, 10): "work"}, {2026: "official"})
    month = month_of(calendar, date(2026, 10, 1), date(2026, 9, 15))
    assert (month.working, month.saturdays, month.sundays) == (18, 3, 3)
    assert (month.on, month.official) == (date(2026, 10, 1), True)
    assert [month.attended(days) for days in range(1, 8)] == [4, 7, 11, 14, 18, 21, 24]


def test_prices_of_the_present_month_are_those_of_today():
    calendar = Calendar({}, {})
    month = month_of(calendar, None, date(2027, 2, 11))
    assert (month.first, month.on, month.working, month.official) == (
        date(2027, 2, 1), date(2027, 2, 11), 20, False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "days"),
    [("1-5", 0b11111), ("6", 0b100000), ("1-5; 7", 0b1011111), ("2-7", 0b1111110), (None, None)],
)
def test_days_of_a_care_type_are_read(text, days):
    assert day_mask(text) == days


@pytest.mark.parametrize(
    ("born", "start", "months"),
    [((2025, 3), (2026, 12), 21), ((2026, 12), (2026, 12), 0), ((2026, 1), (2025, 12), -1)],
)
def test_completed_months_are_the_difference_of_months(born, start, months):
    assert completed_months(date(*born, 1), date(*start, 1)) == months


@pytest.mark.parametrize(
    ("age", "rules"),
    [
        (5, []),
        (6, [("infant", 10, 3)]),
        (12, [("junior", 15, 5)]),
        (18, [("junior", 15, 5), ("mixed", 18, None)]),
        (24, [("senior", 20, 7), ("mixed", 18, None)]),
        (36, []),
    ],
)
def test_the_class_of_an_age_has_the_sizes_of_the_national_standard(age, rules):
    assert [tuple(rule) for rule in class_rules(age)] == rules


@pytest.mark.parametrize(
    ("today", "last"), [((2026, 11, 22), (2031, 11)), ((2026, 12, 31), (2031, 12)), ((2027, 1, 1), (2032, 1))]
)
def test_care_starts_from_this_month_on_at_most_five_years_ahead(today, last):
    assert start_months(date(*today)) == (date(*today[:2], 1), date(*last, 1))
