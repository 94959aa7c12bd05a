"""Who may do what: the golden table, written by hand. `-` never, else how far the right reaches."""

import pytest

from app.accounts.rules import TABLE, Action, Grant, Role, Scope, Target, actions, may, needs_code
from app.areas.rules import STAFF_ROLES

GOLDEN = """
                    township-officer department-officer lead  community-worker auditor administrator provider
case.list           unit             unit               place -                -       -        -
case.read           unit             unit               place -                -       -        -
case.handle         unit             unit               unit  -                -       -        -
case.approve        unit             unit               place -                -       -        -
case.triage         -                -                  place -                -       -        -
case.review         -                -                  place -                -       -        -
case.reveal         unit             unit               place -                -       -        -
case.reveal-approve -                -                  place -                -       -        -
case.merge          unit             unit               place -                -       -        -
case.print          unit             unit               place -                -       -        -
case.intake         area             area               area  area             -       -        -
case.file.original  unit             unit               place -                -       -        -
case.hold           -                -                  place -                -       -        -
case.stats          unit             unit               place -                -       -        -
figures.read        -                place              place -                place   -        -
facility.edit       -                -                  area  area             -       -        -
facility.import     -                -                  area  -                -       area     -
facility.own        -                -                  -     -                -       -        facility
facility.slots      area             -                  area  area             -       -        facility
event.edit          area             -                  area  area             -       -        -
guide.edit          -                -                  shared shared          -       -        -
guide.source        -                -                  shared shared          -       -        -
guide.review        -                -                  shared -               -       -        -
guide.signers       -                -                  area  -                -       -        -
place.edit          -                -                  place -                -       place    -
place.rules         -                -                  place -                -       -        -
place.approve       -                -                  place -                -       place    -
audit.read          -                -                  -     -                place   -        -
account.list        -                -                  -     -                -       area     -
account.invite      -                -                  -     -                -       area     -
account.disable     -                -                  -     -                -       area     -
account.reset       -                -                  -     -                -       area     -
cover.approve       -                -                  area  -                -       area     -
"""
WRITERS = ("translator", "reviewer", "expert")
"""Roles that have to do with texts alone; who translates does not change the source."""


def golden() -> list[tuple[str, str, str]]:
    head, *lines = [line.split() for line in GOLDEN.strip().splitlines()]
    cells = [(role, line[0], cell) for line in lines for role, cell in zip(head, line[1:], strict=True)]
    return cells + [(role, line[0], of_writers(role, line[0])) for line in lines for role in WRITERS]


def of_writers(role: str, action: str) -> str:
    allowed = action == "guide.edit" or (action in {"guide.source", "guide.review"} and role != "translator")
    return "shared" if allowed else "-"


@pytest.mark.parametrize(("role", "action", "reach"), golden())
def test_a_role_may_do_what_the_table_says(role, action, reach):
    found = TABLE[Role(role)].get(Action(action))
    assert (found or "-") == reach


def test_the_table_names_every_role_and_every_action():
    cells = golden()
    assert {role for role, _, _ in cells} == set(Role) == STAFF_ROLES == set(TABLE)
    assert {action for _, action, _ in cells} == set(Action)


PLACE, OTHER, SHOP = "990101", "330681", "V2BZZGN6"
HERE = Target(PLACE, "990101001", frozenset({"990101.market"}))
CASES = [
    # role, unit, area, action, target, answer
    ("department-officer", "990101.market", PLACE, "case.read", HERE, True),
    ("department-officer", "990101.health", PLACE, "case.read", HERE, False),
    ("department-officer", "", PLACE, "case.read", HERE, False),
    ("department-officer", "330681.market", OTHER, "case.read", HERE, False),
    ("department-officer", "990101.market", PLACE, "case.read", Target(PLACE, "990101001"), False),
    ("department-officer", "990101.market", PLACE, "case.triage", HERE, False),
    ("lead", "990101.health", PLACE, "case.read", HERE, True),
    ("lead", "990101.health", PLACE, "case.handle", HERE, False),
    ("lead", "990101.health", OTHER, "case.read", HERE, False),
    ("lead", "990101.health", "9901", "case.read", HERE, False),
    ("lead", "990101.health", PLACE, "case.read", Target(), False),
    ("community-worker", "990101001.office", "990101001", "case.intake", HERE, True),
    ("community-worker", "990101002.office", "990101002", "case.intake", HERE, False),
    ("community-worker", "990101001.office", "990101001", "case.read", HERE, False),
    ("community-worker", "990101001.office", "990101001", "case.intake", Target(PLACE, PLACE), False),
    ("administrator", "", PLACE, "account.reset", Target(area="990101001"), True),
    ("administrator", "", PLACE, "account.reset", Target(area="9901"), False),
    ("administrator", "", PLACE, "account.reset", Target(area=OTHER), False),
    ("administrator", "", "", "account.reset", Target(area=PLACE), False),
    ("administrator", "990101.market", PLACE, "case.read", HERE, False),
    ("administrator", "990101.market", PLACE, "case.reveal", HERE, False),
    ("auditor", "990101.market", PLACE, "case.read", HERE, False),
    ("auditor", "990101.market", PLACE, "audit.read", HERE, True),
    ("auditor", "990101.market", OTHER, "audit.read", HERE, False),
    ("community-worker", "990101001.office", "990101001", "facility.edit", HERE, True),
    ("community-worker", "990101002.office", "990101002", "facility.edit", HERE, False),
    ("community-worker", "", "990101001", "facility.edit", Target(PLACE, PLACE), False),
    ("lead", "990101.health", PLACE, "facility.edit", HERE, True),
    ("lead", "990101.health", OTHER, "facility.edit", HERE, False),
    ("provider", "", "990101001", "facility.edit", HERE, False),
    ("community-worker", "", "990101001", "guide.edit", Target(shared=True), True),
    ("community-worker", "", "990101", "guide.edit", Target(PLACE, PLACE), True),
    ("community-worker", "", "990101001", "guide.edit", Target(PLACE, PLACE), False),
    ("community-worker", "", OTHER, "guide.edit", Target(PLACE, PLACE), False),
    ("community-worker", "", "", "guide.edit", Target(shared=True), False),
    ("translator", "", PLACE, "guide.edit", Target(shared=True), True),
    ("translator", "", PLACE, "guide.source", Target(shared=True), False),
]


@pytest.mark.parametrize(
    ("facility", "action", "target", "answer"),
    [
        (SHOP, "facility.own", Target(PLACE, "990101001", facility=SHOP), True),
        (SHOP, "facility.own", Target(PLACE, "990101001", facility="W6G8XC99"), False),
        (SHOP, "facility.own", Target(PLACE, "990101001"), False),
        ("", "facility.own", Target(PLACE, "990101001"), False),
        (SHOP, "facility.edit", Target(PLACE, "990101001", facility=SHOP), False),
    ],
)
def test_a_provider_reaches_their_own_facility_and_nothing_else(facility, action, target, answer):
    assert may([Grant(Role.PROVIDER, "", "990101001", facility)], Action(action), target) is answer


@pytest.mark.parametrize(("role", "unit", "area", "action", "target", "answer"), CASES)
def test_a_right_reaches_as_far_as_it_says(role, unit, area, action, target, answer):
    assert may([Grant(Role(role), unit, area)], Action(action), target) is answer


def test_nobody_without_a_role_may_do_anything():
    assert not any(may([], action) or may([], action, HERE) for action in Action)


def test_without_a_target_a_right_opens_the_screen_only():
    grant = Grant(Role.DEPARTMENT_OFFICER, "990101.market", PLACE)
    assert may([grant], Action.CASE_LIST)
    assert not may([grant], Action.CASE_TRIAGE)
    assert not may([grant], Action.CASE_LIST, Target())


def test_rights_add_up_and_never_mix():
    both = [
        Grant(Role.COMMUNITY_WORKER, "", "990101001"),
        Grant(Role.DEPARTMENT_OFFICER, "330681.market", OTHER),
    ]
    assert may(both, Action.CASE_INTAKE, HERE)
    assert may(both, Action.CASE_READ, Target(OTHER, OTHER, frozenset({"330681.market"})))
    assert not may(both, Action.CASE_READ, HERE)
    assert actions(both) == {*TABLE[Role.COMMUNITY_WORKER], *TABLE[Role.DEPARTMENT_OFFICER]}


@pytest.mark.parametrize("scope", Scope)
def test_an_empty_grant_reaches_nothing(scope):
    for role, rights in TABLE.items():
        for action, reach in rights.items():
            if reach == scope:
                assert not may([Grant(role)], action, HERE)


def test_only_providers_sign_in_without_a_code():
    assert not needs_code([Grant(Role.PROVIDER, facility="V2BZZGN6")])
    assert all(needs_code([Grant(role)]) for role in Role if role != Role.PROVIDER)
    assert needs_code([Grant(Role.PROVIDER), Grant(Role.EXPERT)])
    assert needs_code([])
