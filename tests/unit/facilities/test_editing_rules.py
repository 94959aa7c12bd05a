"""What an edit does to what stands, which observations can be taken back, in which order photos stand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.facilities.forms.editing import EDITORS
from app.facilities.rules.editing import (
    EDITED,
    KIND,
    SEVERAL,
    Effect,
    How,
    Said,
    after,
    day_fits,
    effect,
    is_due,
    takeable,
)
from app.facilities.rules.photos import moved, small_size
from app.facilities.rules.projection import FIELDS, IDENTITY, Observation

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


def held(value, day, kind="county") -> Observation:
    return Observation("phone", value, "s", kind, date(2026, 11, day), 1)


@pytest.mark.parametrize(
    ("standing", "value", "day", "wanted"),
    [
        (None, "1", 5, Effect.CHANGES),
        (None, None, 5, Effect.SAME),
        (held("1", 4), "2", 5, Effect.CHANGES),
        (held("1", 5), "2", 5, Effect.CHANGES),
        (held("1", 6), "2", 5, Effect.NEWER),
        (held("1", 6, "inferred"), "2", 5, Effect.CHANGES),
        (held("1", 4), "1", 5, Effect.CONFIRMS),
        (held("1", 5), "1", 5, Effect.SAME),
        (held("1", 6), "1", 5, Effect.SAME),
        (held("1", 6, "inferred"), "1", 5, Effect.CONFIRMS),
    ],
)
def test_an_edit_is_worth_an_observation_if_it_would_stand_and_say_something(standing, value, day, wanted):
    assert effect(standing, value, date(2026, 11, day)) is wanted


def test_of_a_table_a_row_is_put_in_and_a_list_is_the_whole():
    row = {"care": "*", "band": "*", "component": "meals", "unit": "day", "min_fen": 1500, "max_fen": 1500}
    other = {**row, "component": "bedding"}
    found = after("fees", [other], {"row": row}, TODAY)
    assert [each["component"] for each in found] == ["bedding", "meals"]
    assert found[1]["checked_on"] == "2026-11-22"
    assert after("fees", [other], [row], TODAY) == [row]
    assert after("food", ["halal"], [], TODAY) == []


@pytest.mark.parametrize(
    ("day", "fits"),
    [
        (TODAY, True),
        (TODAY + timedelta(days=1), False),
        (TODAY - timedelta(days=366), True),
        (TODAY - timedelta(days=367), False),
    ],
)
def test_one_may_say_what_one_saw_within_a_year_and_not_what_is_to_come(day, fits):
    assert day_fits(day, TODAY) is fits


def said(number, day, *, recorded=NOW, by_staff=True) -> Said:
    observation = Observation("phone", str(number), "s", "county", date(2026, 11, day), number)
    return Said(observation, recorded, by_staff)


@pytest.mark.parametrize(
    ("observations", "wanted"),
    [
        ([said(1, 5)], {1}),
        ([said(1, 5), said(2, 6)], {2}),
        ([said(1, 6), said(2, 5)], {1}),
        ([said(1, 5), said(2, 6, by_staff=False)], set()),
        ([said(1, 5, recorded=NOW - timedelta(days=30))], {1}),
        ([said(1, 5, recorded=NOW - timedelta(days=30, seconds=1))], set()),
        ([], set()),
    ],
)
def test_what_staff_entered_can_be_taken_back_while_it_stands(observations, wanted):
    assert takeable(observations, NOW) == wanted


@given(st.lists(st.tuples(st.integers(1, 28), st.booleans()), max_size=12))
def test_of_a_field_at_most_one_observation_can_be_taken_back(days):
    listed = [said(at, day, by_staff=staff) for at, (day, staff) in enumerate(days)]
    assert len(takeable(listed, NOW)) <= 1


def test_every_field_that_is_edited_has_a_form_and_none_is_the_registers():
    fields = {*EDITED, *SEVERAL}
    assert fields <= EDITORS.keys()
    assert fields <= FIELDS
    assert not fields & IDENTITY
    assert KIND.keys() == set(How)


def test_a_record_is_public_from_its_day_on():
    assert is_due(TODAY, TODAY)
    assert not is_due(TODAY + timedelta(days=1), TODAY)


@pytest.mark.parametrize(
    ("at", "step", "wanted"), [(0, 1, "bac"), (2, -1, "acb"), (0, -1, "abc"), (2, 1, "abc"), (1, -1, "bac")]
)
def test_a_photo_moves_one_place_and_stops_at_the_ends(at, step, wanted):
    assert "".join(moved("abc", at, step)) == wanted


@pytest.mark.parametrize(
    ("sides", "wanted"),
    [((2000, 1500), (320, 240)), ((1500, 2000), (240, 320)), ((100, 80), (100, 80)), ((2000, 1), (320, 1))],
)
def test_the_small_picture_keeps_the_shape(sides, wanted):
    assert small_size(*sides) == wanted
