"""Who may take what out as a file, how far it reaches, and who is the second person."""

import pytest

from app.accounts.rules import Grant, Role
from app.site.rules.exporting import PERSONAL, RIGHTS, Kind, kinds, may_decide, reach, within

COUNTY, TOWN, OTHER = "990101", "990101001", "990102"


def grant(role: Role, area: str = COUNTY, unit: str = "") -> Grant:
    return Grant(role, unit, area, "")


GOLDEN = {
    Role.COMMUNITY_WORKER: {"facilities", "proposals", "events", "guide", "bookings"},
    Role.TRANSLATOR: {"guide"},
    Role.REVIEWER: {"guide"},
    Role.EXPERT: {"guide"},
    Role.TOWNSHIP_OFFICER: {"events", "cases", "contacts", "bookings"},
    Role.DEPARTMENT_OFFICER: {"cases", "contacts"},
    Role.LEAD: {"facilities", "proposals", "events", "cases", "guide", "contacts", "bookings"},
    Role.PROVIDER: set(),
    Role.AUDITOR: set(),
    Role.ADMINISTRATOR: {"accounts"},
}


@pytest.mark.parametrize("role", Role)
def test_each_role_takes_out_what_it_works_with(role):
    assert set(kinds([grant(role)])) == GOLDEN[role]


def test_ways_to_reach_residents_are_never_for_administrators_and_auditors():
    for role in (Role.ADMINISTRATOR, Role.AUDITOR, Role.PROVIDER, Role.TRANSLATOR):
        assert not PERSONAL & set(kinds([grant(role)]))


def test_a_right_reaches_its_area_and_what_lies_in_it():
    worker = [grant(Role.COMMUNITY_WORKER, TOWN)]
    right = RIGHTS[Kind.FACILITIES]
    assert within(TOWN, worker, right)
    assert not within(COUNTY, worker, right)
    assert not within("990101002", worker, right)
    assert within(TOWN, [grant(Role.LEAD)], right)
    assert not within(OTHER, [grant(Role.LEAD)], right)


def test_an_area_inside_of_another_is_not_offered_twice():
    both = [grant(Role.LEAD), grant(Role.COMMUNITY_WORKER, TOWN)]
    assert reach(both, RIGHTS[Kind.FACILITIES]) == (COUNTY,)


@pytest.mark.parametrize("role", Role)
def test_only_the_coordinating_office_of_the_place_is_the_second_person(role):
    assert may_decide([grant(role)], COUNTY, own=False) == (role is Role.LEAD)
    assert not may_decide([grant(role)], OTHER, own=False)
    assert not may_decide([grant(role)], COUNTY, own=True)
