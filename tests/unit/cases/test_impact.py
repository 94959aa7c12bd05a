"""What a change of the rules would do, worked out by hand for a place of two offices."""

from dataclasses import replace
from datetime import date

from app.cases.rules.impact import Said, moved, owes_otherwise, parted, shifts, terms
from app.cases.rules.routing import Basis, Clock, Desk, Office, Question, Rule

TODAY = date(2026, 11, 16)
BASIS = (Basis("d", "1", "a"),)
OFFICES = {
    "1.health": Office("1.health", "1", "health"),
    "1.market": Office("1.market", "1", "market"),
}
URGENT = ("n", "e2", "e1")
USUAL = URGENT[:2]
KINDS, FORMS = ("nursery", "kindergarten-class", "family"), ("public", "for-profit")


def rule(number, category, kind, form, lead, last=None, severity="*"):
    return Rule(
        f"1:{number}", category, kind, form, severity, (lead,), (), (), "not-stated", BASIS, valid_to=last
    )  # fmt: skip


def desk(*rules):
    return Desk("1", rules, OFFICES, {"1": "not-stated"})


REST = rule(99, "*", "*", "*", "1.health")
HEALTH = Said("1.health", role="not-stated")
MARKET = Said("1.market", role="not-stated")
BEFORE = desk(REST)


def test_a_rule_for_one_kind_and_form_shifts_that_answer_only():
    after = desk(rule(10, "fees", "family", "public", "1.market"), REST)
    (found,) = shifts(BEFORE, after, ("fees", "care"), USUAL, KINDS, FORMS, TODAY)
    assert (found.category, found.severities) == ("fees", USUAL)
    assert (found.category, found.kinds, found.forms) == ("fees", ("family",), ("public",))
    assert (found.before, found.after) == (HEALTH, MARKET)


def test_kinds_that_shift_alike_stand_together():
    after = desk(rule(10, "fees", "*", "public", "1.market"), REST)
    (found,) = shifts(BEFORE, after, ("fees",), USUAL, KINDS, FORMS, TODAY)
    assert (found.kinds, found.forms) == (KINDS, ("public",))


def test_a_rule_for_what_is_urgent_is_seen():
    after = desk(rule(10, "fire", "*", "*", "1.market", severity="e1"), REST)
    (found,) = shifts(BEFORE, after, ("fire",), URGENT, KINDS, FORMS, TODAY)
    assert (found.severities, found.kinds, found.forms) == (("e1",), KINDS, FORMS)


def test_an_area_of_the_place_is_asked_where_the_place_as_a_whole_answers_the_same():
    town = {**OFFICES, "101.town": Office("101.town", "101", "government", ground=True)}
    silent = {**town, "101.town": replace(town["101.town"], inbox=False)}
    held, coming = (Desk("1", (REST,), offices, {"1": "co"}) for offices in (town, silent))
    asked = (held, coming, ("fees",), USUAL, KINDS, FORMS, TODAY)
    assert shifts(*asked, "102") == []
    (found,) = shifts(*asked, "101")
    assert (found.before.ground, found.after.ground) == ("101.town", "")


def test_a_rule_that_is_over_shifts_nothing():
    over = desk(rule(10, "fees", "*", "*", "1.market", last=date(2026, 11, 15)), REST)
    assert shifts(BEFORE, over, ("fees",), URGENT, KINDS, FORMS, TODAY) == []


def test_the_same_rules_shift_nothing():
    assert shifts(BEFORE, desk(REST), ("fees",), URGENT, KINDS, FORMS, TODAY) == []


def test_usual_answers_stand_apart_from_those_to_other_kinds_forms_and_urgencies():
    urgent = rule(5, "fees", "family", "*", "1.market", severity="e1")
    after = desk(urgent, rule(10, "fees", "*", "for-profit", "1.market"), REST)
    found = shifts(BEFORE, after, ("fees", "care"), URGENT, KINDS, FORMS, TODAY)
    usual, others = parted(found, {"fees": "n", "care": "n"}, "nursery", "for-profit")
    assert [(each.category, each.severities, each.kinds, each.forms) for each in usual] == [
        ("fees", ("n", "e2"), KINDS, ("for-profit",))
    ]
    assert [(each.severities, each.kinds, each.forms) for each in others] == [
        (("e1",), ("nursery", "kindergarten-class"), ("for-profit",)),
        (("e1",), ("family",), FORMS),
    ]


def test_a_rule_for_what_is_unusual_leaves_every_usual_answer():
    after = desk(rule(10, "fees", "family", "public", "1.market"), REST)
    found = shifts(BEFORE, after, ("fees",), URGENT, KINDS, FORMS, TODAY)
    assert parted(found, {"fees": "n"}, "nursery", "for-profit") == ([], found)


NATION = (
    Clock("K5", "reply", "*", "complaint", "*", 10, "workdays"),
    Clock("K5", "reply", "*", "*", "e1", 24, "hours"),
)
PURPOSES = ("complaint", "report")


def test_a_time_of_the_place_is_told_for_the_reports_that_owe_by_it():
    own = Clock("K5", "reply", "fees", "*", "*", 5, "workdays", local=True)
    found = terms(NATION, (own, *NATION), ("fees", "care"), PURPOSES, URGENT)
    assert [(each.before, each.after, each.categories, each.purposes, each.severities) for each in found] == [
        ((10, "workdays"), (5, "workdays"), ("fees",), ("complaint",), ("n", "e2")),
        (None, (5, "workdays"), ("fees",), ("report",), ("n", "e2")),
    ]


def test_subjects_that_owe_alike_stand_together_and_a_time_that_says_the_same_moves_nothing():
    own = Clock("K5", "reply", "*", "complaint", "*", 5, "workdays", local=True)
    (found,) = terms(NATION, (own, *NATION), ("fees", "care"), PURPOSES, URGENT)
    assert (found.categories, found.severities) == (("fees", "care"), ("n", "e2"))
    same = Clock("K5", "reply", "*", "complaint", "*", 10, "workdays", local=True)
    assert terms(NATION, (same, *NATION), ("fees",), PURPOSES, URGENT) == []


def test_which_reports_would_owe_in_another_time():
    own = (Clock("K5", "reply", "fees", "*", "*", 5, "workdays", local=True), *NATION)
    assert owes_otherwise(NATION, own, ("fees", "complaint", "n"))
    assert not owes_otherwise(NATION, own, ("care", "complaint", "n"))


def test_only_cases_that_would_go_elsewhere_are_named():
    after = desk(rule(10, "fees", "*", "*", "1.market"), REST)
    questions = [
        (number, Question("1", category, "family", "public", "n", TODAY))
        for number, category in (("A", "fees"), ("B", "care"))
    ]
    assert moved(questions, BEFORE.choose, after.choose) == [("A", HEALTH, MARKET)]
