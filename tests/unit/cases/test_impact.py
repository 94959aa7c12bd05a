"""What a change of the rules would do, worked out by hand for a place of two offices."""

from datetime import date

from app.cases.rules.impact import Said, moved, shifts
from app.cases.rules.routing import Basis, Desk, Office, Question, Rule

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


def test_a_rule_that_is_over_shifts_nothing():
    over = desk(rule(10, "fees", "*", "*", "1.market", last=date(2026, 11, 15)), REST)
    assert shifts(BEFORE, over, ("fees",), URGENT, KINDS, FORMS, TODAY) == []


def test_the_same_rules_shift_nothing():
    assert shifts(BEFORE, desk(REST), ("fees",), URGENT, KINDS, FORMS, TODAY) == []


def test_only_cases_that_would_go_elsewhere_are_named():
    after = desk(rule(10, "fees", "*", "*", "1.market"), REST)
    questions = [
        (number, Question("1", category, "family", "public", "n", TODAY))
        for number, category in (("A", "fees"), ("B", "care"))
    ]
    assert moved(questions, BEFORE.choose, after.choose) == [("A", HEALTH, MARKET)]
