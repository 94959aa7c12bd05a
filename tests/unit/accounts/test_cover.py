"""Leave cover: what may be lent to whom, for how long, and what of it holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.rules import TABLE, Action, Grant, Role, Target, actions, may, rights
from app.accounts.rules.cover import (
    AHEAD,
    CONTENT,
    LONGEST,
    NOT_LENT,
    No,
    Part,
    State,
    as_json,
    can_end,
    from_json,
    in_force,
    is_on,
    lendable,
    lent,
    needs_second,
    part_of,
    refusal,
    stays_apart,
    wrong_days,
)

TODAY = date(2026, 3, 2)
PLACE, TOWN = "990101", "990101001"
OFFICER = Grant(Role.DEPARTMENT_OFFICER, "990101.market", PLACE)
LEAD = Grant(Role.LEAD, "990101.health", PLACE)
WORKER = Grant(Role.COMMUNITY_WORKER, "", TOWN)
TRANSLATOR = Grant(Role.TRANSLATOR, "", PLACE)
ADMIN = Grant(Role.ADMINISTRATOR, "990101.health", PLACE)
AUDITOR = Grant(Role.AUDITOR, "990101.health", PLACE)
PROVIDER = Grant(Role.PROVIDER, "", TOWN, "V2BZZGN6")
TOWNSHIP = Grant(Role.TOWNSHIP_OFFICER, "990101001.office", TOWN)
ELSEWHERE = Grant(Role.DEPARTMENT_OFFICER, "330681.market", "330681")
FIRE = Grant(Role.DEPARTMENT_OFFICER, "990101.fire", PLACE)


def all_of(*grants: Grant) -> tuple[Grant, ...]:
    return lent(lendable(grants))


LENDING = [
    # lender, borrower, answer
    (OFFICER, OFFICER, None),
    (OFFICER, FIRE, No.COLLEAGUE),
    (OFFICER, ELSEWHERE, No.COLLEAGUE),
    (OFFICER, WORKER, No.COLLEAGUE),
    (OFFICER, Grant(Role.ADMINISTRATOR, "990101.market", PLACE), No.APART),
    (OFFICER, Grant(Role.AUDITOR, "990101.market", PLACE), No.APART),
    (OFFICER, Grant(Role.PROVIDER, "990101.market", PLACE, "V2BZZGN6"), No.COLLEAGUE),
    (LEAD, LEAD, None),
    (LEAD, Grant(Role.DEPARTMENT_OFFICER, "990101.health", PLACE), None),
    (LEAD, ADMIN, No.APART),
    (LEAD, AUDITOR, No.APART),
    (WORKER, WORKER, None),
    (WORKER, TOWNSHIP, None),
    (WORKER, LEAD, None),
    (WORKER, Grant(Role.COMMUNITY_WORKER, "", "990101002"), No.COLLEAGUE),
    (WORKER, PROVIDER, No.COLLEAGUE),
    (WORKER, ADMIN, No.APART),
    (TRANSLATOR, ADMIN, None),
    (TRANSLATOR, WORKER, No.COLLEAGUE),
    (ADMIN, ADMIN, None),
    (ADMIN, TRANSLATOR, None),
    (ADMIN, OFFICER, No.APART),
    (ADMIN, AUDITOR, No.APART),
    (AUDITOR, ADMIN, No.APART),
    (AUDITOR, LEAD, No.APART),
    (AUDITOR, TRANSLATOR, None),
    (PROVIDER, WORKER, No.NOTHING),
]


@pytest.mark.parametrize(("lender", "borrower", "answer"), LENDING)
def test_rights_go_to_colleagues_who_may_have_them(lender, borrower, answer):
    assert refusal([lender], [borrower], all_of(lender)) == answer


def test_what_others_lent_before_counts_too():
    content = lent([(OFFICER, Part.CASES)])
    borrower = [Grant(Role.TRANSLATOR, "990101.market", PLACE)]
    keeping = all_of(ADMIN)
    assert refusal([ADMIN], borrower, keeping) is None
    assert refusal([ADMIN], borrower, keeping, also=content) == No.APART


def test_a_part_of_a_role_is_good_for_that_part_only():
    (events,) = lent([(WORKER, Part.EVENTS)])
    here = Target(PLACE, TOWN)
    assert actions([events]) == {Action.EVENT_EDIT}
    assert may([events], Action.EVENT_EDIT, here)
    assert not may([events], Action.FACILITY_EDIT, here)
    assert not may([events], Action.EVENT_EDIT, Target(PLACE, "990101002"))


def test_parts_together_are_the_whole_but_for_what_stays_with_a_person():
    for role in Role:
        grant = Grant(role, "990101.health", PLACE)
        given = all_of(grant)
        if role == Role.PROVIDER:
            assert given == ()
        else:
            assert actions(given) == TABLE[role].keys() - NOT_LENT


def test_nobody_lends_what_they_have_not():
    more = Grant(Role.COMMUNITY_WORKER, "", TOWN, only=frozenset({Action.CASE_APPROVE}))
    wider = Grant(Role.COMMUNITY_WORKER, "", PLACE, only=frozenset({Action.EVENT_EDIT}))
    signing = Grant(Role.EXPERT, "", PLACE, only=frozenset({Action.GUIDE_REVIEW}))
    assert refusal([WORKER], [LEAD], [more]) == No.NOTHING
    assert refusal([WORKER], [LEAD], [wider]) == No.NOTHING
    assert refusal([Grant(Role.EXPERT, "", PLACE)], [LEAD], [signing]) == No.NOTHING
    assert refusal([WORKER], [LEAD], [WORKER]) == No.NOTHING, "a whole grant is not a lent one"
    assert refusal([WORKER], [LEAD], []) == No.NOTHING


def test_what_was_lent_is_not_lent_on():
    (events,) = lent([(WORKER, Part.EVENTS)])
    assert refusal([], [LEAD], lent(lendable([events]))) == No.NOTHING


@pytest.mark.parametrize(
    ("grants", "second"),
    [
        (all_of(OFFICER), True),
        (lent([(OFFICER, Part.CASES)]), True),
        (lent([(OFFICER, Part.FIGURES)]), False),
        (all_of(LEAD), True),
        (lent([(LEAD, Part.FACILITIES), (LEAD, Part.GUIDE)]), False),
        (all_of(WORKER), False),
        (all_of(TRANSLATOR), False),
        (all_of(ADMIN), True),
        (lent([(AUDITOR, Part.AUDIT)]), True),
    ],
)
def test_what_reaches_far_needs_a_second_person(grants, second):
    assert needs_second(grants) is second


@pytest.mark.parametrize(
    ("first", "last", "wrong"),
    [
        (0, 0, False),
        (0, LONGEST.days - 1, False),
        (0, LONGEST.days, True),
        (-1, 5, True),
        (3, 2, True),
        (AHEAD.days, AHEAD.days, False),
        (AHEAD.days + 1, AHEAD.days + 1, True),
    ],
)
def test_days_are_to_come_and_not_too_many(first, last, wrong):
    assert wrong_days(TODAY + timedelta(first), TODAY + timedelta(last), TODAY) is wrong


def test_a_cover_holds_from_its_first_to_its_last_day():
    first, last = TODAY, TODAY + timedelta(2)
    days = [TODAY + timedelta(n) for n in (-1, 0, 2, 3)]
    assert [is_on(State.AGREED, first, last, day) for day in days] == [False, True, True, False]
    assert not any(is_on(state, first, last, TODAY) for state in State if state != State.AGREED)
    assert [can_end(State.AGREED, last, day) for day in days] == [True, True, True, False]
    assert not can_end(State.DECLINED, last, TODAY)


def test_what_is_lent_never_outlives_the_right_behind_it():
    given = all_of(OFFICER)
    other = Grant(Role.COMMUNITY_WORKER, "990101.market", PLACE)
    assert in_force([other], [("ann", given, [OFFICER])]) == dict.fromkeys(given, "ann")
    assert in_force([other], [("ann", given, [])]) == {}
    assert in_force([other], [("ann", given, [FIRE])]) == {}
    assert in_force([FIRE], [("ann", given, [OFFICER])]) == {}, "who moved to another office is no colleague"
    assert in_force([Grant(Role.ADMINISTRATOR, "990101.market", PLACE)], [("ann", given, [OFFICER])]) == {}


def test_of_two_lenders_the_one_who_still_has_the_right_is_named():
    given = all_of(OFFICER)
    other = Grant(Role.COMMUNITY_WORKER, "990101.market", PLACE)
    offered = [("ann", given, []), ("bai", given, [OFFICER]), ("cao", given, [OFFICER])]
    assert set(in_force([other], offered).values()) == {"bai"}


GRANTS = st.builds(
    Grant,
    st.sampled_from(Role),
    st.sampled_from(["", "990101.market", "990101.health"]),
    st.sampled_from(["", PLACE, TOWN, "330681"]),
)


@given(st.lists(GRANTS, max_size=3), st.lists(st.lists(GRANTS, min_size=1, max_size=3), max_size=4))
def test_no_lending_brings_together_what_stays_apart(own, lenders):
    found = in_force(own, [("", all_of(*held), held) for held in lenders])
    if stays_apart(own):
        assert stays_apart([*own, *found])
    if any(grant.role == Role.ADMINISTRATOR for grant in own):
        assert not actions(found) & CONTENT
    everything = actions(grant for held in lenders for grant in held)
    assert actions(found) <= everything - NOT_LENT


@given(GRANTS)
def test_a_lent_grant_is_stored_as_it_is(grant):
    for each in all_of(grant):
        assert from_json(as_json(each)) == each
        assert rights(each).keys() == each.only


def test_every_action_belongs_to_a_part():
    assert {part_of(action) for action in Action} >= set(Part) - {Part.OTHER}
