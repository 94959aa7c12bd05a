"""A child's doses fall due as the schedule says: the file's own examples, editions, intervals, month ends."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.guide.loading.schedules import load_examples, load_schedule
from app.guide.rules.schedule import Span, State, add_months, completed_months
from app.guide.rules.vaccines import Child, Doubt, Reason, plan, visits
from tests.addresses import CONTENT

SCHEDULE = load_schedule(CONTENT)
TODAY = date(2026, 11, 22)
BIRTHS = st.dates(date(2020, 1, 1), TODAY)
DTAP_2021, DTAP_2025, NIP_2026 = (edition.id for edition in SCHEDULE.editions)


def planned(born: date, today: date = TODAY, **more):
    return {each.dose.id: each for each in plan(SCHEDULE, Child(born, today, **more))}


@pytest.mark.parametrize("example", load_examples(CONTENT), ids=lambda each: f"{each['born']}-{each['dose']}")
def test_the_examples_of_the_file_come_out(example):
    dose = planned(example["born"], example["born"])[example["dose"]]
    assert dose.earliest == example["earliest"]
    if "latest" in example:
        assert dose.latest == example["latest"]


def test_the_table_has_the_shape_of_the_present_schedule():
    doses = {vaccine.id: vaccine.doses for vaccine in SCHEDULE.vaccines}
    assert [dose.timing.product for dose in doses["polio"]] == ["IPV", "IPV", "bOPV", "bOPV"]
    assert [dose.timing.min_age.months for dose in doses["polio"]] == [2, 3, 4, 48]
    assert [dose.timing.min_age.months for dose in doses["dtap"]] == [2, 4, 6, 18, 72]
    assert all(each.timing.min_age.months >= 36 for each in doses["mpsv"] if each.timing.product == "MPSV-AC")
    due = [each for vaccine in SCHEDULE.chosen() for each in vaccine.doses if each.timing.min_age <= Span(36)]
    assert len(due) == 19


def test_a_child_born_at_the_change_of_2025_is_planned_by_the_edition_of_each_day():
    doses = planned(date(2024, 9, 20))
    found = {
        name: (doses[name].earliest, doses[name].edition.id) for name in doses if name.startswith("dtap")
    }
    assert found == {
        "dtap-1": (date(2024, 12, 20), DTAP_2021),
        "dtap-2": (date(2025, 1, 20), DTAP_2025),
        "dtap-3": (date(2025, 3, 20), DTAP_2025),
        "dtap-4": (date(2026, 3, 20), DTAP_2025),
        "dtap-5": (date(2030, 9, 20), NIP_2026),
    }
    assert {doses[name].product for name in found} == {""}


def test_a_dose_that_a_new_edition_allows_earlier_is_not_due_before_that_edition():
    dose = planned(date(2024, 10, 15))["dtap-1"]
    assert (dose.earliest, dose.reason, dose.edition.id) == (date(2025, 1, 1), Reason.EDITION, DTAP_2025)


def test_the_limit_is_that_of_the_edition_in_force_today():
    born = date(2025, 1, 10)
    assert planned(born, date(2026, 6, 16))["mpsva-2"].latest == date(2026, 7, 9)
    assert planned(born, date(2026, 6, 17))["mpsva-2"].latest == date(2027, 1, 9)


def test_the_whole_calendar_of_a_child_born_today():
    found = [
        (each.day, [dose.dose.id for dose in each.doses])
        for each in visits(plan(SCHEDULE, Child(TODAY, TODAY)))
    ]
    assert found[:5] == [
        (None, ["hepb-1", "bcg-1"]),
        (date(2026, 12, 22), ["hepb-2"]),
        (date(2027, 1, 22), ["polio-1", "dtap-1"]),
        (date(2027, 2, 22), ["polio-2"]),
        (date(2027, 3, 22), ["polio-3", "dtap-2"]),
    ]


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 10, 21), State.NOT_YET),
        (date(2026, 10, 22), State.OPEN),
        (date(2027, 1, 22), State.CLOSING),
        (date(2027, 2, 21), State.CLOSING),
        (date(2027, 2, 22), State.LATE),
    ],
)
def test_states_follow_the_days(today, state):
    assert planned(date(2026, 2, 22), today)["mmr-1"].state == state


def test_a_dose_without_a_limit_is_late_once_the_next_one_could_be_given():
    assert planned(date(2026, 9, 1), date(2026, 11, 22))["polio-1"].state == State.OPEN
    assert planned(date(2026, 8, 1), date(2026, 11, 22))["polio-1"].state == State.LATE


def test_what_was_missed_is_caught_up_with_its_intervals_and_nothing_begins_anew():
    born = date(2026, 1, 1)
    doses = planned(born, given={"polio-1": date(2026, 6, 1)})
    assert doses["polio-1"].state == State.GIVEN
    assert doses["polio-2"].earliest == date(2026, 6, 29)
    assert doses["polio-2"].state == State.LATE
    assert doses["polio-3"].earliest == TODAY + timedelta(days=28)
    assert doses["dtap-2"].earliest == TODAY + timedelta(days=28)


def test_injected_live_vaccines_stand_apart_unless_given_together():
    born = date(2026, 3, 1)
    given_days = {"mmr-1": date(2026, 11, 10)}
    dose = planned(born, given=given_days)["je-l-1"]
    assert (dose.earliest, dose.reason) == (date(2026, 12, 8), Reason.LIVE_GAP)
    assert planned(born, given={"mmr-1": TODAY})["je-l-1"].earliest <= TODAY
    inactivated = planned(born, given=given_days, wanted=frozenset({"je-inactivated"}))["je-i-1"]
    assert inactivated.earliest == date(2026, 11, 1)


def test_a_dose_given_too_early_is_left_to_the_clinic():
    doses = planned(date(2026, 1, 1), given={"hepb-1": date(2026, 1, 1), "hepb-2": date(2026, 1, 20)})
    assert doses["hepb-2"].doubt == Doubt.TOO_YOUNG
    later = {"polio-1": date(2026, 3, 20), "polio-2": date(2026, 4, 10)}
    assert planned(date(2026, 1, 1), given=later)["polio-2"].doubt == Doubt.TOO_CLOSE


@settings(max_examples=150, deadline=None)
@given(born=BIRTHS, wanted=st.sampled_from([(), ("je-inactivated",), ("hepa-inactivated", "je-inactivated")]))
def test_no_dose_is_due_before_its_youngest_age_and_gaps_are_kept(born, wanted):
    doses = plan(SCHEDULE, Child(born, TODAY, frozenset(wanted)))
    for each in doses:
        assert each.earliest >= each.edition.timing(each.dose).min_age.after(born)
    for first, second in pairwise(doses):
        gap = second.edition.timing(second.dose).gap
        if first.vaccine is second.vaccine and gap:
            assert second.earliest >= gap.after(first.earliest)


@settings(max_examples=150, deadline=None)
@given(born=BIRTHS, ages=st.lists(st.integers(0, 900), max_size=4))
def test_gaps_are_kept_after_what_was_really_given(born, ages):
    days = sorted({min(TODAY, born + timedelta(days=age)) for age in ages})
    names = [dose.id for vaccine in SCHEDULE.chosen() if vaccine.id == "dtap" for dose in vaccine.doses]
    doses = planned(born, given=dict(zip(names, days, strict=False)))
    last = None
    for name in names:
        each = doses[name]
        gap = each.edition.timing(each.dose).gap
        if each.state != State.GIVEN:
            assert each.earliest >= each.edition.timing(each.dose).min_age.after(born)
            if last is not None and gap:
                assert each.earliest >= gap.after(last)
            last = max(each.earliest, TODAY)
        else:
            last = each.given


@given(day=st.dates(date(1990, 1, 1), date(2090, 1, 1)), months=st.integers(0, 200))
def test_months_end_at_the_last_day_of_a_short_month(day, months):
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
    assert completed_months(day, later) == months


def test_leap_days():
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2024, 2, 29), 48) == date(2028, 2, 29)
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
