"""Who may still book, who moves up, and what is counted."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.events.rules import codes
from app.events.rules.booking import Held, Meeting, No, free, moving_up, refusal
from app.events.rules.reach import Counted, reach
from app.events.rules.vocabulary import TOPICS, Kind, State, Status
from tests.addresses import rows

START = datetime(2026, 12, 5, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)
BOOKED, WAITING = State.BOOKED, State.WAITING


def meeting(**more) -> Meeting:
    facts = {
        "kind": Kind.CLASS, "status": Status.PLANNED, "starts_at": START, "booking_from": None,
        "booking_until": None, "places": 2,
    }  # fmt: skip
    return Meeting(**{**facts, **more})


def held(*states: State) -> list[Held]:
    return [Held(number, state) for number, state in enumerate(states)]


@pytest.mark.parametrize(
    ("facts", "states", "now", "why"),
    [
        ({}, (), START - HOUR, None),
        ({}, (BOOKED, BOOKED), START - HOUR, None),  # a turn on the waiting list
        ({}, (BOOKED, BOOKED, WAITING, WAITING), START - HOUR, No.FULL),
        ({}, (), START, No.OVER),
        ({"status": Status.CANCELLED}, (), START - HOUR, No.CANCELLED),
        ({"places": None}, (), START - HOUR, No.OPEN),
        ({"booking_from": START - HOUR}, (), START - 2 * HOUR, No.EARLY),
        ({"booking_until": START - HOUR}, (), START - HOUR, No.LATE),
        ({"booking_until": START - HOUR}, (), START - 2 * HOUR, None),
    ],
)
def test_refusal(facts, states, now, why):
    assert refusal(meeting(**facts), held(*states), now) == why


@given(places=st.integers(0, 8), states=st.lists(st.sampled_from(list(State)), max_size=20))
def test_moving_up_fills_the_event_and_never_more(places, states):
    rows = held(*states)
    up = moving_up(places, rows)
    after = [Held(each.id, BOOKED if each.id in up else each.state) for each in rows]
    booked = sum(each.state == BOOKED for each in after)
    assert booked <= max(places, sum(state == BOOKED for state in states))
    assert free(places, after) == 0 or not any(each.state == WAITING for each in after)
    assert list(up) == sorted(up)


@given(digest=st.binary(min_size=32, max_size=32))
def test_a_code_is_read_as_it_is_shown(digest):
    code = codes.code_from(digest)
    assert codes.read(codes.show(code)) == code
    assert len(code) == codes.LENGTH


def test_digits_of_other_scripts_are_read_and_shorter_ones_refused():
    assert codes.read("١٢٣٤ ５６７８ 9012") == "123456789012"
    assert codes.read("1234 5678 901") is None
    assert codes.read("") is None


def test_reach_counts_only_what_was_held_and_counted():
    planned = {"status": Status.PLANNED, "township": "a"}
    found = reach([
        Counted(**planned, over=True, families=9, children=8),
        Counted(**planned, over=True, families=None, children=None),
        Counted(**planned, over=False, families=None, children=None),
        Counted(Status.CANCELLED, over=True, township="b", families=5, children=5),
    ])  # fmt: skip
    assert (found.held, found.counted, found.planned, found.cancelled) == (2, 1, 1, 1)
    assert (found.families, found.children, found.townships) == (9, 8, frozenset({"a"}))


def test_topics_are_those_of_guidance():
    assert tuple(row["code"] for row in rows("guide/topics.csv")) == TOPICS
