"""Opening hours as written by a county."""

import pytest

from app.facilities.rules.opening import clock_text, parse_clock, parse_opening


def test_a_week_is_read_day_by_day():
    week = parse_opening("1-5 07:30-18:00; 6 08:00-12:00")
    assert [(hours.weekday, hours.opens, hours.closes) for hours in week.week][-2:] == [
        (5, 450, 1080),
        (6, 480, 720),
    ]
    assert week.days == 0b0111111


def test_a_working_parent_relies_on_the_latest_opening_and_the_earliest_closing():
    week = parse_opening("1-4 07:00-18:30; 5 08:00-17:00; 6 09:00-12:00")
    assert (clock_text(week.opens), clock_text(week.closes)) == ("08:00", "17:00")


def test_a_weekend_only_place_is_judged_by_its_weekend():
    assert parse_opening("6-7 09:00-20:00").closes == 20 * 60


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "daily",
        "1-5",
        "5-1 08:00-12:00",
        "1 12:00-08:00",
        "1 08:00-12:00; 1 13:00-15:00",
        "8 08:00-12:00",
        "1 08:00-25:00",
    ],
)
def test_anything_else_is_refused(wrong):
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the text itself
        parse_opening(wrong)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("7:30", 450), ("07:30", 450), ("24:00", 1440), ("24:30", None), ("7.30", None), ("x", None)],
)
def test_times_of_day(text, minutes):
    assert parse_clock(text) == minutes
