"""Working days: the nation's golden vectors, and what is true of every calendar."""

import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.core.workdays import Calendar
from tests.addresses import rows

YEARS = (2024, 2025, 2026, 2027)


def entered(*years: int) -> dict[date, str]:
    found = [row for year in years for row in rows(f"calendars/CN/{year}.csv")]
    return {date.fromisoformat(row["date"]): row["kind"] for row in found}


NATION = Calendar(entered(*YEARS), dict.fromkeys(YEARS[:3], "official") | {2027: "provisional"})
WEEKENDS = Calendar({}, {})

# start, working days, last day of the term, last day by weekends alone
GOLDEN = [
    ("2025-01-24", 5, "2025-02-07", "2025-01-31"),
    ("2025-09-26", 5, "2025-10-10", "2025-10-03"),
    ("2025-12-31", 2, "2026-01-05", "2026-01-02"),
    ("2026-02-12", 5, "2026-02-26", "2026-02-19"),
    ("2026-02-13", 10, "2026-03-05", "2026-02-27"),
    ("2026-04-30", 5, "2026-05-11", "2026-05-07"),
    ("2026-05-08", 1, "2026-05-09", "2026-05-11"),
    ("2026-09-18", 5, "2026-09-24", "2026-09-25"),
    ("2026-09-24", 7, "2026-10-12", "2026-10-05"),
    ("2026-10-09", 1, "2026-10-10", "2026-10-12"),
    ("2026-09-30", 10, "2026-10-20", "2026-10-14"),
    ("2025-03-28", 1, "2025-03-31", "2025-03-31"),
    ("2025-06-05", 3, "2025-06-10", "2025-06-10"),
    ("2025-06-03", 7, "2025-06-12", "2025-06-12"),
]


@pytest.mark.parametrize(("start", "days", "due", "naive"), GOLDEN)
def test_a_term_ends_on_the_day_the_notices_say(start, days, due, naive):
    found = NATION.add(date.fromisoformat(start), days)
    assert (found.on.isoformat(), found.status) == (due, "official")
    assert WEEKENDS.add(date.fromisoformat(start), days).on.isoformat() == naive


def test_a_term_that_reaches_a_year_without_a_notice_is_provisional_and_knows_its_statutory_days():
    found = NATION.add(date(2026, 12, 28), 5)
    assert (found.on, found.status) == (date(2027, 1, 5), "provisional")
    assert WEEKENDS.add(date(2026, 12, 28), 5).on == date(2027, 1, 4)
    assert NATION.add(date(2026, 12, 28), 3).status == "official"


@pytest.mark.parametrize(
    ("first", "last", "status"),
    [
        ("2024-01-01", "2026-12-31", "official"),
        ("2023-12-31", "2026-12-31", "provisional"),
        ("2026-12-31", "2027-01-01", "provisional"),
        ("2027-01-01", "2026-12-31", "provisional"),
        ("2026-12-31", "2025-01-01", "official"),
        ("2031-05-01", "2031-05-01", "provisional"),
    ],
)
def test_every_year_touched_must_be_official(first, last, status):
    assert NATION.status(date.fromisoformat(first), date.fromisoformat(last)) == status


def test_a_hole_between_two_official_years_is_seen():
    holed = Calendar({}, {2024: "official", 2026: "official"})
    assert holed.status(date(2024, 1, 1), date(2026, 1, 1)) == "provisional"


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2026-10-01", "2026-10-08"),
        ("2026-10-10", "2026-10-10"),
        ("2026-10-17", "2026-10-19"),
        ("2026-09-20", "2026-09-20"),
        ("2026-11-20", "2026-11-20"),
    ],
)
def test_a_term_of_calendar_days_rolls_off_rest_days(day, due):
    assert NATION.on_or_after(date.fromisoformat(day)).on.isoformat() == due


def test_rolling_into_a_year_without_a_notice_is_provisional():
    shut = Calendar({date(2026, 12, 31): "rest"}, {2026: "official"})
    assert shut.on_or_after(date(2026, 12, 31)).status == "provisional"


def test_a_warning_is_counted_backwards_over_rest_days():
    assert NATION.add(date(2026, 10, 9), -2).on == date(2026, 9, 30)
    assert NATION.add(date(2026, 10, 9), 0).on == date(2026, 10, 9)


def test_what_is_left_of_a_term_is_counted_both_ways():
    assert NATION.between(date(2026, 9, 30), date(2026, 10, 12)) == 4
    assert NATION.between(date(2026, 10, 12), date(2026, 9, 30)) == -4
    assert NATION.between(date(2026, 10, 1), date(2026, 10, 7)) == 0


days = st.dates(date(2023, 1, 1), date(2029, 12, 31))
terms = st.integers(1, 90)
calendars = st.builds(
    Calendar,
    st.dictionaries(st.dates(date(2025, 1, 1), date(2026, 12, 31)), st.sampled_from(["rest", "work"])),
    st.dictionaries(st.integers(2024, 2028), st.sampled_from(["official", "provisional"])),
) | st.just(NATION)


@given(calendars, days, days, terms)
def test_who_starts_later_never_ends_earlier(calendar, one, other, term):
    early, late = sorted((one, other))
    assert calendar.add(early, term).on <= calendar.add(late, term).on


@given(calendars, days, terms, terms)
def test_a_longer_term_ends_later(calendar, start, one, other):
    assume(one < other)
    assert calendar.add(start, one).on < calendar.add(start, other).on


@given(calendars, days, terms)
def test_a_term_ends_on_a_workday_and_is_as_long_as_it_says(calendar, start, term):
    due = calendar.add(start, term)
    assert calendar.is_workday(due.on)
    assert calendar.between(start, due.on) == term
    assert due.status == calendar.status(start, due.on)


@given(calendars, days, terms)
def test_counting_back_from_a_workday_undoes_counting_on(calendar, start, term):
    assume(calendar.is_workday(start))
    assert calendar.add(calendar.add(start, term).on, -term).on == start


@given(calendars, days)
def test_the_next_workday_is_the_day_itself_or_the_first_after_it(calendar, day):
    found = calendar.on_or_after(day).on
    assert calendar.is_workday(found)
    expected = day if calendar.is_workday(day) else calendar.add(day, 1).on
    assert found == expected


@pytest.mark.parametrize("year", YEARS[:3])
def test_the_content_is_what_the_state_council_announced(year):
    shared = os.environ.get("TUOYU_SHARED")
    if not shared:
        pytest.skip("Needs the State Council's notices as JSON: set TUOYU_SHARED to their folder.")
    notice = json.loads((Path(shared) / "data" / "calendar" / f"{year}.json").read_text("utf-8"))
    official = {day["date"]: (day["isOffDay"], day["name"]) for day in notice["days"]}
    ours = {
        row["date"]: (row["kind"] == "rest", row["name_zh-Hans"]) for row in rows(f"calendars/CN/{year}.csv")
    }
    assert ours == official
    source = next(r for r in rows("calendars/years.csv") if (r["region"], r["year"]) == ("CN", str(year)))
    assert source["source"] in notice["papers"]
