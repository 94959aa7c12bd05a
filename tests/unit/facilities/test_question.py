"""A question read from an address, and written back."""

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.core import clock
from app.facilities.forms.question import PARAMETERS, read_criteria, write_criteria


@pytest.fixture(scope="module", autouse=True)
def context():
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


def problems(query):
    return [problem.field for problem in read_criteria(MultiDict(query))[1]]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("area", "33068"),
        ("area", "abc"),
        ("care", "full_day"),
        ("kind", "school"),
        ("form", "x"),
        ("status", "open"),
        ("inclusive", "yes"),
        ("age", "-1"),
        ("age", "49"),
        ("age", "1.5"),
        ("age", "٣"),
        ("start", "2027"),
        ("start", "2027-13"),
        ("start", "1900-01"),
        ("max_price", "-1"),
        ("max_price", "nan"),
        ("max_price", "1e9"),
        ("max_price", "12.345"),
        ("price_unit", "year2"),
        ("open_from", "7am"),
        ("open_until", "25:00"),
        ("open_days", "8"),
        ("food", "pizza"),
        ("language", "zh-Hans"),
        ("needs", "x"),
        ("vacancy", "2"),
        ("near", "91,0"),
        ("near", "1"),
        ("near", "nan,nan"),
        ("radius", "0"),
        ("radius", "51"),
        ("unknown", "1"),
        ("sort", "best"),
        ("sort", "distance"),
        ("sort", "relevance"),
        ("page", "0"),
        ("page", "99999999999999"),
        ("view", "globe"),
        ("days", "0"),
        ("hours", "25"),
        ("meals", "yes"),
        ("extra", "care"),
        ("spread", "2"),
        ("max_cost", "-1"),
        ("near2", "1,1"),
    ],
)
def test_what_cannot_be_understood_is_named_and_nothing_is_guessed(field, value):
    assert problems([(field, value)]) == [field]


def test_the_same_part_twice_with_different_values_is_refused():
    assert problems([("age", "5"), ("age", "6")]) == ["age"]
    assert problems([("age", "5"), ("age", "5")]) == []


def test_empty_parts_of_a_form_ask_nothing():
    criteria, found = read_criteria(MultiDict([(name, "") for name in PARAMETERS]))
    assert (criteria.filters, found) == ((), [])


def test_a_position_is_rounded_to_about_a_hundred_metres():
    criteria, _ = read_criteria(MultiDict([("near", "29.7136789,120.2498765")]))
    assert [anchor.point for anchor in criteria.near] == [(29.714, 120.25)]


ROUND = MultiDict(
    [
        ("q", "小 月"),
        ("area", "330681"),
        ("care", "hourly"),
        ("care", "full-day"),
        ("inclusive", "0"),
        ("age", "0"),
        ("max_price", "12.5"),
        ("days", "3"),
        ("hours", "4.5"),
        ("meals", "1"),
        ("extra", "transport"),
        ("spread", "1"),
        ("max_cost", "2000"),
        ("why", "云朵屋"),
        ("price_unit", "hour"),
        ("open_from", "7:30"),
        ("open_days", "6"),
        ("needs", "medication"),
        ("vacancy", "1"),
        ("near", "29.7,120.2"),
        ("radius", "5"),
        ("unknown", "show"),
        ("sort", "distance"),
        ("page", "3"),
        ("view", "map"),
        ("start", f"{clock.today().year + 1}-03"),
    ]
)


def test_writing_and_reading_again_gives_the_same_question():
    criteria, found = read_criteria(ROUND)
    assert found == []
    assert read_criteria(MultiDict(write_criteria(criteria))) == (criteria, [])


@given(st.dictionaries(st.sampled_from(sorted(PARAMETERS)), st.text(max_size=40)))
def test_no_address_raises(query):
    criteria, found = read_criteria(MultiDict(query))
    assert found or read_criteria(MultiDict(write_criteria(criteria)))[0] == criteria
