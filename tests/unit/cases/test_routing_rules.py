"""The engine that chooses who answers, on a small invented place."""

from datetime import date

import pytest

from app.cases.rules import categories
from app.cases.rules.routing import Basis, Clock, Desk, Office, Question, Rule, clocks_for

DAY = date(2026, 11, 22)
OFFICES = [
    Office("12.health", "12", "health"),
    Office("12.market", "12", "market"),
    Office("12.fire", "12", "fire", "12.emergency"),
    Office("12.emergency", "12", "emergency"),
    Office("12.towns", "12", "town", inbox=False, ground=True),
    Office("1201.health", "1201", "health", "12.health"),
    Office("1201.market", "1201", "market", "12.market"),
    Office("1202.health", "1202", "health"),
    Office("1201.town", "1201", "town", "12.towns", ground=True),
    Office("1202.park", "1202", "park", "12.towns", ground=True),
]


def rule(number: int, category: str, lead: str, *co: str, **fields) -> Rule:
    wanted = {"kind": "*", "form": "*", "severity": "*", "inform": (), "territory_role": ""} | fields
    basis = (Basis("law", "1", wanted.pop("confidence", "a")),)
    return Rule(f"12:{number}", category, lead=(lead,), co=co, basis=basis, **wanted)


def desk(*rules: Rule, **roles: str) -> Desk:
    known = {key.replace("a", ""): role for key, role in roles.items()}
    return Desk("12", rules, {office.code: office for office in OFFICES}, {"12": "co"} | known)


def ask(area: str = "1201", category: str = "food", severity: str = "n", **fields) -> Question:
    wanted = {"kind": "nursery", "form": "for-profit", "on": DAY} | fields
    return Question(area, category, severity=severity, **wanted)


FOOD = rule(10, "food", "12.market", "12.health")
REST = rule(99, "*", "12.health")


def test_the_nearest_office_of_the_same_kind_below_the_named_one_has_the_case():
    answer = desk(FOOD, REST).choose(ask("120105"))
    assert (answer.lead, answer.co) == ("1201.market", ("1201.health",))


def test_an_office_that_is_not_below_the_named_one_is_not_taken_for_it():
    assert desk(FOOD, REST).choose(ask("1202")).co == ("12.health",)


def test_the_first_rule_that_fits_wins_and_the_last_catches_the_rest():
    family = rule(5, "food", "12.health", kind="family")
    assert desk(family, FOOD, REST).choose(ask(kind="family")).rule.id == "12:5"
    assert desk(family, FOOD, REST).choose(ask(kind="nursery")).rule.id == "12:10"
    assert desk(family, FOOD, REST).choose(ask(category="ads")).rule.id == "12:99"


@pytest.mark.parametrize(
    ("day", "found"), [(date(2026, 1, 31), "12:99"), (date(2026, 2, 1), "12:10"), (date(2026, 3, 1), "12:99")]
)
def test_a_rule_holds_from_its_first_day_to_its_last(day, found):
    dated = rule(10, "food", "12.market", valid_from=date(2026, 2, 1), valid_to=date(2026, 2, 28))
    assert desk(dated, REST).choose(ask(on=day)).rule.id == found


def test_a_case_about_an_office_goes_to_the_one_above_it():
    answer = desk(FOOD, REST).choose(ask(about="1201.market"))
    assert (answer.lead, answer.co) == ("12.market", ("1201.health",))


def test_a_case_about_an_office_never_goes_to_one_below_it():
    answer = desk(FOOD, REST).choose(ask(about="12.market"))
    assert answer.lead == "1201.health"
    assert answer.rule.id == "12:99"


def test_without_another_office_the_case_is_referred():
    answer = desk(rule(10, "conduct", "12.health"), REST).choose(ask(category="conduct", about="12.health"))
    assert answer.lead is None
    assert answer.rule.id == "12:10"


def test_the_next_rule_of_the_subject_takes_what_the_first_may_not():
    rules = rule(10, "conduct", "12.health"), rule(20, "conduct", "12.market"), REST
    assert desk(*rules).choose(ask(category="conduct", about="12.health")).lead == "1201.market"


def test_an_office_of_all_towns_stands_for_the_one_where_it_happened():
    towns = desk(rule(10, "unlic", "12.towns", territory_role="lead"), REST)
    assert towns.choose(ask("1201", "unlic")).lead == "1201.town"
    assert towns.choose(ask("1202", "unlic")).lead == "1202.park"
    whole = towns.choose(ask("12", "unlic"))
    assert (whole.lead, whole.territory, whole.role) == ("12.towns", ("1201.town", "1202.park"), "lead")


def test_the_rule_gives_the_territory_its_part_unless_the_area_has_a_weaker_one_of_its_own():
    rules = rule(10, "unlic", "12.health", territory_role="lead"), REST
    assert desk(*rules).choose(ask("1201", "unlic")).role == "lead"
    assert desk(*rules, a1201="informed").choose(ask("1201", "unlic")).role == "informed"
    assert desk(*rules, a1201="primary").choose(ask("1201", "unlic")).role == "lead"
    assert desk(*rules, a1201="primary").choose(ask("1201", "ads")).role == "primary"
    assert desk(*rules).choose(ask("1201", "ads")).role == "co"


def test_an_emergency_is_told_to_health_and_to_the_ground():
    quiet = rule(10, "food", "12.market", territory_role="not-stated")
    answer = desk(quiet, REST).choose(ask(severity="e1"))
    assert (answer.co, answer.role) == (("1201.health",), "informed")
    answer = desk(quiet, REST).choose(ask(severity="e2"))
    assert (answer.co, answer.role) == ((), "not-stated")


def test_the_nation_names_kinds_and_takes_the_first_that_the_place_has():
    kinds = rule(10, "fire", "", "police", "health", national=True)
    national = Rule(
        **{name: getattr(kinds, name) for name in kinds.__slots__} | {"lead": ("housing", "fire", "health")}
    )
    answer = desk(national).choose(ask("1201", "fire"))
    assert (answer.lead, answer.co) == ("12.fire", ("1201.health",))
    assert answer.rule.is_default


def test_what_only_national_clauses_support_is_a_default():
    assert rule(10, "food", "12.market", confidence="c").is_default
    assert not FOOD.is_default


def clock(name: str, amount: int, category="*", purpose="*", severity="*", local=False) -> Clock:  # noqa: FBT002
    return Clock("K", name, category, purpose, severity, amount, "workdays", local=local)


def test_the_closest_clock_holds():
    clocks = [
        clock("reply", 10, purpose="report"),
        clock("reply", 3, severity="e2"),
        clock("reply", 9, severity="e2", local=True),
        clock("reply", 7, category="food", purpose="complaint"),
        clock("gate", 1, category="abuse"),
    ]
    assert {name: each.amount for name, each in clocks_for(clocks, "ads", "report", "n").items()} == {
        "reply": 10
    }
    assert clocks_for(clocks, "ads", "report", "e2")["reply"].amount == 9
    assert clocks_for(clocks, "food", "complaint", "n")["reply"].amount == 7
    assert clocks_for(clocks, "food", "complaint", "e2")["reply"].amount == 9, "emergencies are not put off"
    spoken = clock("reply", 2, category="food", severity="e2")
    assert clocks_for([*clocks, spoken], "food", "complaint", "e2")["reply"].amount == 2
    assert set(clocks_for(clocks, "abuse", "report", "n")) == {"reply", "gate"}


@pytest.mark.parametrize(
    ("category", "answers", "severity"),
    [
        ("abuse", {}, "e1"),
        ("fire", {}, "e2"),
        ("fire", {"grave": True}, "e1"),
        ("staffq", {"grave": True}, "e2"),
        ("fees", {"grave": True}, "n"),
        ("fees", {"danger": True}, "e1"),
        ("other", {}, "n"),
    ],
)
def test_answers_can_only_raise_how_urgent_a_subject_is(category, answers, severity):
    assert categories.severity(category, **answers) == severity


def test_harm_to_a_child_and_a_criminal_record_must_be_reported():
    must = {(c, s) for c in categories.SUBJECTS for s in ("e1", "e2", "n") if categories.must_report(c, s)}
    assert {category for category, _ in must} == {"abuse", "injury", "missing", "staffq"}
    assert ("staffq", "n") not in must
