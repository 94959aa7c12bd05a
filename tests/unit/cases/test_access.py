"""Who sees how much of a case: a golden table, one line a person."""

import pytest

from app.accounts.rules import Action, Grant, Role
from app.cases.rules.access import Level, Standing, access
from app.cases.rules.acts import Event

PLACE, ELSEWHERE = "990101", "330681"
MARKET, HEALTH, EDUCATION, FIRE, TOWN, CITY = (
    "990101.market", "990101.health", "990101.education", "990101.fire", "990101001.office", "9901.health",
)  # fmt: skip
HOLDERS = frozenset(
    {("lead", MARKET), ("co", EDUCATION), ("inform", FIRE), ("territory", TOWN), ("review", CITY)}
)


def case(*, about=None, role="primary", lead=MARKET, holders=HOLDERS) -> Standing:
    return Standing(PLACE, "990101001", about, lead, holders, role)


def officer(unit, role=Role.DEPARTMENT_OFFICER, area=PLACE) -> Grant:
    return Grant(role, unit, area)


LEAD_OF_PLACE = Grant(Role.LEAD, HEALTH, PLACE)
GOLDEN = [
    ("the leading office", officer(MARKET), {}, "full", "head lead"),
    ("a co-handler", officer(EDUCATION), {}, "part", "co"),
    ("an informed office", officer(FIRE), {}, "summary", ""),
    ("a town with the main duty", officer(TOWN, Role.TOWNSHIP_OFFICER), {}, "part", ""),
    ("a town that shares the duty", officer(TOWN, Role.TOWNSHIP_OFFICER), {"role": "co"}, "part", ""),
    ("a town that leads on the ground", officer(TOWN, Role.TOWNSHIP_OFFICER), {"role": "lead"}, "part", ""),
    ("a town that is informed", officer(TOWN, Role.TOWNSHIP_OFFICER), {"role": "informed"}, "summary", ""),
    ("the reviewing office", officer(CITY, area="9901"), {}, "full", "upper"),
    ("the desk of the place", LEAD_OF_PLACE, {}, "full", "desk head"),
    ("the desk whose office leads", LEAD_OF_PLACE, {"lead": HEALTH, "holders": frozenset({("lead", HEALTH)})},
     "full", "desk head lead"),
    ("an officer beside the desk", officer(HEALTH), {}, None, ""),
    ("an office without a part", officer("990101.police"), {}, None, ""),
    ("the office it is about", officer(MARKET), {"about": MARKET}, None, ""),
    ("the desk it is about", LEAD_OF_PLACE, {"about": HEALTH}, None, ""),
    ("an informed office it is about", officer(FIRE), {"about": FIRE}, None, ""),
    ("a desk of another place", Grant(Role.LEAD, "330681.health", ELSEWHERE), {}, None, ""),
    ("an officer of another place", officer("330681.market", area=ELSEWHERE), {}, None, ""),
    ("a lead no longer in office", officer(MARKET), {"lead": FIRE, "holders": frozenset({("lead", FIRE)})},
     None, ""),
    ("a co-handler whose task ended", officer(EDUCATION),
     {"holders": frozenset({("lead", MARKET), ("inform", EDUCATION)})}, "summary", ""),
    ("an administrator", Grant(Role.ADMINISTRATOR, HEALTH, PLACE), {}, None, ""),
    ("an auditor", Grant(Role.AUDITOR, HEALTH, PLACE), {}, None, ""),
    ("a community worker", Grant(Role.COMMUNITY_WORKER, TOWN, PLACE), {}, None, ""),
    ("a provider", Grant(Role.PROVIDER, "", PLACE, "XY000001"), {}, None, ""),
    ("a translator", Grant(Role.TRANSLATOR, HEALTH, PLACE), {}, None, ""),
    ("an expert", Grant(Role.EXPERT, HEALTH, PLACE), {}, None, ""),
    ("a reviewer of texts", Grant(Role.REVIEWER, HEALTH, PLACE), {}, None, ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("who", "grant", "changes", "level", "parts"), GOLDEN, ids=[row[0] for row in GOLDEN]
)
def test_everybody_sees_what_the_table_says(who, grant, changes, level, parts):
    found = access([grant], case(**changes))
    if level is None:
        assert found is None
        return
    assert found.level == Level(level)
    assert " ".join(sorted(found.actors)) == parts


def test_nobody_sees_a_case_about_their_office_through_another_role():
    assert access([officer(MARKET), LEAD_OF_PLACE, officer(FIRE)], case(about=FIRE)) is None


def test_only_those_who_handle_a_case_may_ask_for_the_contact():
    may = {
        unit: access([grant], case()).may_know_contact
        for unit, grant in {
            "lead": officer(MARKET),
            "desk": LEAD_OF_PLACE,
            "co": officer(EDUCATION),
            "told": officer(FIRE),
            "review": officer(CITY, area="9901"),
        }.items()
    }
    assert may == {"lead": True, "desk": True, "co": False, "told": False, "review": False}


@pytest.mark.parametrize("grant", [officer(EDUCATION), officer(FIRE), officer(TOWN)])
def test_a_part_gives_no_rights_of_the_lead(grant):
    rights = access([grant], case()).rights
    assert not rights & {Action.CASE_APPROVE, Action.CASE_MERGE, Action.CASE_FILE_ORIGINAL, Action.CASE_HOLD}


def test_one_acts_for_the_office_that_the_step_belongs_to():
    both = access([officer(EDUCATION), LEAD_OF_PLACE], case())
    assert both.unit_for(Event.TASK_REPLY, EDUCATION) == EDUCATION
    assert both.unit_for(Event.TRANSFER) == HEALTH
    assert access([officer(MARKET)], case()).unit_for(Event.SIGN) == MARKET
    assert access([officer(CITY, area="9901")], case()).unit_for(Event.FINALISE) == CITY
