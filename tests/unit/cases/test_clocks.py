"""Dates that are owed: counted by hand on the nation's calendar, at the edges of days, hours and years."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.cases.rules import clocks
from app.cases.rules.clocks import LADDER, Measure, Owed, Rung
from app.core.clock import ZONE
from app.core.workdays import Calendar
from tests.addresses import rows

YEARS = (2024, 2025, 2026, 2027)


def entered(region):
    found = [row for year in YEARS for row in rows(f"calendars/{region}/{year}.csv")]
    return {date.fromisoformat(row["date"]): row["kind"] for row in found}


STATUS = dict.fromkeys(YEARS[:3], "official") | {2027: "provisional"}
NATION = Calendar(entered("CN"), STATUS)
XINJIANG = Calendar(entered("CN") | entered("CN-65"), STATUS)


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


def shown(moment):
    return moment.astimezone(ZONE).isoformat(" ", "minutes")[:16]


# start in Asia/Shanghai, amount, measure, due in Asia/Shanghai (24:00 is 00:00 of the next day)
DUE = [
    ("2026-11-20 10:00", 30, "minutes", "2026-11-20 10:30"),
    ("2026-11-20 23:45", 30, "minutes", "2026-11-21 00:15"),
    ("2026-10-01 03:00", 4, "hours", "2026-10-01 07:00"),
    ("2026-11-20 22:00", 24, "hours", "2026-11-21 22:00"),
    ("2026-05-08 10:00", 1, "workdays", "2026-05-10 00:00"),  # Friday; Saturday the 9th is worked
    ("2026-05-08 23:59", 1, "workdays", "2026-05-10 00:00"),
    ("2026-05-09 00:00", 1, "workdays", "2026-05-12 00:00"),
    ("2026-09-24 09:00", 7, "workdays", "2026-10-13 00:00"),
    ("2026-10-09 18:00", 1, "workdays", "2026-10-11 00:00"),  # Saturday the 10th is worked
    ("2025-12-31 12:00", 2, "workdays", "2026-01-06 00:00"),
    ("2026-09-30 12:00", 10, "workdays", "2026-10-21 00:00"),
    ("2026-10-03 12:00", 1, "workdays", "2026-10-09 00:00"),  # reported on a day of rest
    ("2026-11-20 12:00", 30, "days", "2026-12-22 00:00"),  # 20 December is a Sunday
    ("2026-09-01 12:00", 30, "days", "2026-10-09 00:00"),  # 1 October rolls over the holidays
    ("2026-09-03 12:00", 60, "days", "2026-11-03 00:00"),
    ("2026-09-10 12:00", 10, "days", "2026-09-21 00:00"),  # Sunday the 20th is worked: no rolling
    ("2026-11-20 09:00", 2, "office-hours", "2026-11-20 11:00"),
    ("2026-11-20 08:59", 2, "office-hours", "2026-11-20 11:00"),
    ("2026-11-20 00:00", 2, "office-hours", "2026-11-20 11:00"),
    ("2026-11-20 17:00", 2, "office-hours", "2026-11-23 10:00"),  # goes on on Monday morning
    ("2026-11-20 16:00", 2, "office-hours", "2026-11-20 18:00"),
    ("2026-11-20 18:00", 2, "office-hours", "2026-11-23 11:00"),  # Friday evening
    ("2026-11-21 08:00", 2, "office-hours", "2026-11-23 11:00"),
    ("2026-11-21 12:00", 2, "office-hours", "2026-11-23 11:00"),
    ("2026-10-10 10:00", 2, "office-hours", "2026-10-10 12:00"),  # worked Saturday
    ("2026-09-30 18:30", 2, "office-hours", "2026-10-08 11:00"),
]


@pytest.mark.parametrize(("start", "amount", "measure", "due"), DUE)
def test_due_moments(start, amount, measure, due):
    found = clocks.due(local(start), amount, measure, NATION)
    assert (shown(found.at), found.status) == (due, "official")
    assert found.at.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("start", "days", "nation", "region"),
    [
        ("2025-03-28 10:00", 1, "2025-04-01 00:00", "2025-04-02 00:00"),
        ("2025-06-05 10:00", 3, "2025-06-11 00:00", "2025-06-14 00:00"),
        ("2025-06-03 10:00", 7, "2025-06-13 00:00", "2025-06-18 00:00"),
    ],
)
def test_regional_holidays_move_what_is_owed(start, days, nation, region):
    assert shown(clocks.due(local(start), days, "workdays", NATION).at) == nation
    assert shown(clocks.due(local(start), days, "workdays", XINJIANG).at) == region


def test_an_unknown_measure_is_an_error():
    with pytest.raises(ValueError, match="weeks"):
        clocks.due(local("2026-11-20 10:00"), 1, "weeks", NATION)


def test_a_day_is_over_at_midnight_in_shanghai_and_belongs_to_the_day_before():
    end = clocks.end_of(date(2026, 11, 20))
    assert end == datetime(2026, 11, 20, 16, tzinfo=UTC)
    assert clocks.day_of(end) == date(2026, 11, 20)
    assert clocks.day_of(end + timedelta(microseconds=1)) == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("start", "amount", "measure", "due", "status"),
    [
        ("2026-12-28 10:00", 3, "workdays", "2027-01-01 00:00", "official"),
        ("2026-12-28 10:00", 5, "workdays", "2027-01-06 00:00", "provisional"),
        ("2026-12-15 10:00", 15, "workdays", "2027-01-07 00:00", "provisional"),
        ("2026-12-01 10:00", 30, "days", "2027-01-01 00:00", "official"),
        ("2026-12-02 10:00", 30, "days", "2027-01-05 00:00", "provisional"),
        ("2026-12-31 18:00", 2, "office-hours", "2027-01-04 11:00", "provisional"),
        ("2027-02-01 10:00", 30, "minutes", "2027-02-01 10:30", "official"),
    ],
)
def test_what_ends_in_a_year_without_a_notice_is_provisional(start, amount, measure, due, status):
    found = clocks.due(local(start), amount, measure, NATION)
    assert (shown(found.at), found.status) == (due, status)


def test_a_year_nobody_knows_counts_weekends_and_says_so():
    bare = Calendar({}, {2026: "official"})
    assert clocks.due(local("2026-12-31 10:00"), 1, "workdays", bare) == Owed(
        clocks.end_of(date(2027, 1, 1)), "provisional"
    )


# the lead owes at the end of; asked on; days before; the helper owes at the end of
HELPERS = [
    ("2026-11-27", "2026-11-20", 3, "2026-11-24"),
    ("2026-11-25", "2026-11-16", 3, "2026-11-20"),  # back over a weekend: the working day, not the Sunday
    ("2026-11-24", "2026-11-16", 3, "2026-11-19"),
    ("2026-10-09", "2026-09-21", 3, "2026-09-29"),
    ("2026-05-11", "2026-04-29", 2, "2026-05-08"),  # over the worked Saturday
    ("2026-11-27", "2026-11-24", 3, "2026-11-25"),  # never less than one working day
    ("2026-11-27", "2026-11-27", 3, "2026-11-30"),
    ("2026-11-27", "2026-12-02", 3, "2026-12-03"),  # the lead is late already
    ("2026-11-27", "2026-11-20", 0, "2026-11-27"),
    ("2026-10-12", "2026-10-09", 1, "2026-10-10"),
]


@pytest.mark.parametrize(("last", "asked", "days", "due"), HELPERS)
def test_helpers_owe_some_working_days_before_the_lead(last, asked, days, due):
    end = clocks.end_of(date.fromisoformat(last))
    found = clocks.before(end, days, local(f"{asked} 15:00"), NATION)
    assert found == Owed(clocks.end_of(date.fromisoformat(due)), "official")


def test_a_helper_who_owes_in_a_year_without_a_notice_is_told_so():
    found = clocks.before(clocks.end_of(date(2027, 1, 15)), 3, local("2026-12-21 10:00"), NATION)
    assert found == Owed(clocks.end_of(date(2027, 1, 12)), "provisional")


starts = st.integers(0, 670 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(starts, st.integers(1, 40), st.integers(0, 5))
def test_a_helper_has_a_working_day_and_leaves_the_lead_its_own(start, term, days):
    lead = clocks.due(start, term, "workdays", NATION)
    found = clocks.day_of(clocks.before(lead.at, days, start, NATION).at)
    today = start.astimezone(ZONE).date()
    assert NATION.is_workday(found)
    assert NATION.between(today, found) >= 1
    left = NATION.between(found, clocks.day_of(lead.at))
    assert left == days or NATION.between(today, found) == 1


@given(starts, st.integers(0, 60), st.sampled_from(list(Measure)))
def test_nothing_is_owed_before_it_begins_and_more_is_never_owed_sooner(start, amount, measure):
    one, more = (clocks.due(start, each, measure, NATION).at for each in (amount, amount + 1))
    assert start <= one <= more


@given(starts, st.integers(1, 30), st.sampled_from(["workdays", "days"]))
def test_days_end_at_midnight_of_a_working_day(start, amount, measure):
    found = clocks.due(start, amount, measure, NATION).at
    assert found.astimezone(ZONE).time().isoformat() == "00:00:00"
    assert NATION.is_workday(clocks.day_of(found))


def test_what_is_left_counts_working_days_after_today():
    due = clocks.end_of(date(2026, 10, 12))
    left = {
        now: clocks.remaining(local(now), due, NATION)
        for now in (
            "2026-09-30 10:00",
            "2026-10-09 23:59",
            "2026-10-10 00:00",
            "2026-10-12 23:59",
            "2026-10-14 09:00",
        )
    }
    assert list(left.values()) == [4, 2, 1, 0, -2]


def test_the_ladder_is_climbed_in_order_and_says_when_each_rung_was_meant_for():
    started = local("2026-09-24 09:00")
    due = clocks.due(started, 7, "workdays", NATION).at
    everything = clocks.climbed(local("2026-12-01 00:00"), started, due, "workdays", NATION)
    assert [(rung.value, shown(moment)) for rung, moment in everything] == [
        ("soon", "2026-10-09 00:00"),  # two working days before Monday the 12th: Saturday the 10th is worked
        ("due", "2026-10-13 00:00"),
        ("office", "2026-10-14 00:00"),
        ("supervised", "2026-10-16 00:00"),
        ("deputy", "2026-10-20 00:00"),
    ]


def test_the_warning_before_a_tuesday_comes_on_the_friday_not_on_the_sunday():
    due = clocks.end_of(date(2026, 11, 24))
    found = clocks.climbed(due, local("2026-11-02 09:00"), due, "workdays", NATION)
    assert [(rung.value, shown(moment)) for rung, moment in found] == [
        ("soon", "2026-11-20 00:00"),
        ("due", "2026-11-25 00:00"),
    ]


def test_each_rung_begins_at_its_moment_and_not_before():
    started, due = local("2026-11-02 09:00"), clocks.end_of(date(2026, 11, 16))
    moments = [
        moment
        for _rung, moment in clocks.climbed(local("2027-01-01 00:00"), started, due, "workdays", NATION)
    ]
    for number, moment in enumerate(moments):
        just_before = moment - timedelta(microseconds=1)
        assert len(clocks.climbed(just_before, started, due, "workdays", NATION)) == number
        assert len(clocks.climbed(moment, started, due, "workdays", NATION)) == number + 1


def test_short_periods_are_late_at_once_and_have_no_warning():
    started = local("2026-11-20 10:00")
    due = clocks.due(started, 30, "minutes", NATION).at
    found = clocks.climbed(local("2026-12-01 00:00"), started, due, "minutes", NATION)
    assert [rung for rung, _ in found] == [Rung.DUE, Rung.OFFICE, Rung.SUPERVISED, Rung.DEPUTY]
    assert clocks.climbed(due - timedelta(seconds=1), started, due, "minutes", NATION) == []


def test_a_warning_that_would_come_before_the_beginning_is_left_out():
    started = local("2026-11-19 10:00")
    due = clocks.due(started, 1, "workdays", NATION).at
    assert [rung for rung, _ in clocks.climbed(due, started, due, "workdays", NATION)] == [Rung.DUE]


@given(starts, st.integers(1, 40), st.lists(st.integers(0, 120), min_size=1, max_size=8))
def test_whoever_looks_seldom_sees_the_same_rungs_once_and_in_order(start, term, looks):
    """T48: three days off, or weeks; what is new at each look, put together, is the whole ladder."""
    due = clocks.due(start, term, "workdays", NATION).at
    seen = []
    for days in itertools.accumulate(looks):
        for rung, moment in clocks.climbed(start + timedelta(days=days), start, due, "workdays", NATION):
            if rung not in [known for known, _ in seen]:
                seen.append((rung, moment))
    last = start + timedelta(days=sum(looks))
    assert seen == clocks.climbed(last, start, due, "workdays", NATION)
    assert [moment for _, moment in seen] == sorted(moment for _, moment in seen)
    assert [rung for rung, _ in seen] == [rung for rung in LADDER if rung in dict(seen)]


@given(starts, st.integers(1, 40))
def test_the_handler_is_warned_two_working_days_ahead(start, term):
    due = clocks.due(start, term, "workdays", NATION).at
    found = dict(clocks.climbed(due, start, due, "workdays", NATION))
    assume(Rung.SOON in found)
    assert clocks.remaining(found[Rung.SOON], due, NATION) == 2
    assert NATION.is_workday(found[Rung.SOON].astimezone(ZONE).date())
