"""Every state, step and part, and every condition at its edge: the program and the model on paper agree."""

import dataclasses

import pytest

from app.cases.rules import machine
from app.cases.rules.acts import NEEDS_TWO, Actor, Event, Refused
from app.cases.rules.states import CONVERSING, ENDED, OPEN, State
from tests.unit.cases import model_of_cases as paper
from tests.unit.cases.two_readings import attempt, facts, good_ask, good_sheet, program_says

STEPS = sorted(paper.LINES)


def some_part(step):
    return min(paper.LINES[step][1])


def some_place(step):
    return min(paper.LINES[step][0])


def test_the_model_knows_every_state_step_and_part_and_no_other():
    assert {event.value for event in Event} == set(paper.LINES)
    assert {state.value for state in State} == paper.PLACES
    assert {actor.value for actor in Actor} == {
        part for _p, parts, _g in paper.LINES.values() for part in parts
    }
    assert {event.value for event in NEEDS_TWO} == paper.NEED_ANOTHER


@pytest.mark.parametrize("step", STEPS)
def test_only_the_table_is_allowed(step):
    """T13: each step in every state by every part, with everything else in order."""
    differences = []
    for place in State:
        for part in Actor:
            sheet, ask = good_sheet(place.value, step), good_ask(step, part.value)
            expected, found = sheet.judge(ask), program_says(facts(sheet), attempt(ask))
            if expected != found:
                differences.append((place.value, part.value, expected, found))
    assert not differences


@pytest.mark.parametrize("step", STEPS)
def test_each_step_can_be_taken_somewhere(step):
    sheet, ask = good_sheet(some_place(step), step), good_ask(step, some_part(step))
    assert program_says(facts(sheet), attempt(ask)) not in {"illegal", "no"}


@pytest.mark.parametrize("place", State)
def test_a_page_offers_what_the_table_allows(place):
    for part in Actor:
        offered = machine.possible(facts(good_sheet(place.value)), frozenset([part]))
        table = {
            step
            for step, (places, parts, _) in paper.LINES.items()
            if place in places and part.value in parts
        }
        assert {event.value for event in offered} == table


def test_an_illegal_step_says_whether_state_or_part_forbids_it():
    with pytest.raises(Refused) as state:
        machine.decide(facts(good_sheet("closed")), attempt(good_ask("sign", "lead")))
    with pytest.raises(Refused) as part:
        machine.decide(facts(good_sheet("dispatched")), attempt(good_ask("sign", "resident")))
    assert (state.value.code, part.value.code) == ("wrong-state", "wrong-actor")
    assert state.value.illegal
    assert part.value.illegal


def test_one_of_several_parts_is_enough():
    ask = good_ask("transfer", "lead", "desk", "co")
    assert program_says(facts(good_sheet("joint")), attempt(ask)) == "dispatched"


# step, what the sheet says, what the ask says, whether it may be taken
ENOUGH = "字" * paper.WORDS_ENOUGH
TOO_FEW = "字" * (paper.WORDS_ENOUGH - 1)
EDGES = [
    ("object", {"hour": 98, "object_until": 98}, {}, True),
    ("object", {"hour": 98.001, "object_until": 98}, {}, False),
    ("object", {"object_until": None}, {}, True),
    ("object", {"said_no": ["A"]}, {}, False),
    ("object", {"said_no": ["B"]}, {}, True),
    ("object", {"told_to_keep": True}, {}, False),
    ("object", {}, {"code": ""}, False),
    ("object", {}, {"to": "A"}, False),
    ("object", {}, {"to": ""}, False),
    ("uphold", {"said_no": ["A"]}, {"to": "A"}, False),
    ("uphold", {"said_no": ["A", "B"]}, {"to": "B"}, False),
    ("uphold", {"said_no": ["A"]}, {"to": "B"}, True),
    ("uphold", {"concerned": {"B"}}, {"to": "B"}, False),
    ("uphold", {}, {"to": ""}, False),
    ("dispute", {"said_no": []}, {}, False),
    ("dispute", {"said_no": ["A"]}, {}, False),
    ("dispute", {"said_no": ["A", "B"]}, {}, True),
    ("designate", {"said_no": ["A", "B"]}, {"to": "B"}, True),
    ("designate", {"concerned": {"B"}}, {"to": "B"}, False),
    ("transfer", {"office": "B"}, {"to": "B"}, False),
    ("transfer", {"said_no": ["B"]}, {"to": "B"}, False),
    ("transfer", {"concerned": {"B"}}, {"to": "B"}, False),
    ("dispatch", {"concerned": {"B"}}, {"to": "B"}, False),
    ("assign", {"concerned": {"B"}}, {"to": "B"}, False),
    ("add-co", {"concerned": {"B"}}, {"to": "B"}, False),
    ("add-co", {"office": "A"}, {"to": "A"}, False),
    ("sign", {}, {"free": False}, False),
    ("sign", {"concerned": {"A"}}, {}, False),
    ("pause", {}, {"length": 0}, False),
    ("pause", {}, {"length": 1}, True),
    ("pause", {}, {"length": 30}, True),
    ("pause", {}, {"length": 31}, False),
    ("pause", {}, {"length": -1}, False),
    ("extend", {"hour": 239.999, "answer_until": 240}, {}, True),
    ("extend", {"hour": 240, "answer_until": 240}, {}, False),
    ("extend", {"hour": 241, "answer_until": 240}, {}, False),
    ("extend", {"lengthened": 1}, {}, False),
    ("extend", {}, {"length": 0}, False),
    ("submit-reply", {}, {"lacking": 1}, False),
    ("submit-reply", {"waiting_for": 1}, {}, False),
    ("submit-reply", {"told_police": False}, {}, False),
    ("submit-reply", {}, {"given_away": 1}, False),
    ("approve", {}, {"person": "writer"}, False),
    ("approve", {"told_police": False}, {}, False),
    ("approve", {"signed_before": {"somebody"}, "again": 1}, {}, False),
    ("approve", {"signed_before": {"somebody"}, "again": 0}, {}, True),
    ("approve", {"triple": True, "signed": ["somebody"]}, {"parts": {"desk"}}, False),
    ("approve", {"triple": True, "signed": ["head"]}, {"parts": {"desk"}}, True),
    ("approve", {"triple": True, "signed": ["head"]}, {"parts": {"head"}}, False),
    ("rate", {"hour": 290, "rate_until": 290}, {}, True),
    ("rate", {"hour": 290.001, "rate_until": 290}, {}, False),
    ("lapse", {"hour": 289.999, "rate_until": 290}, {}, False),
    ("lapse", {"hour": 290, "rate_until": 290}, {}, True),
    ("lapse", {"rate_until": None}, {}, False),
    ("reopen", {"hour": 770, "again_until": 770}, {}, True),
    ("reopen", {"hour": 770.001, "again_until": 770}, {}, False),
    ("reopen", {"again": 1}, {}, False),
    ("request-review", {"again": 0}, {}, False),
    ("request-review", {"hour": 770, "review_until": 770}, {}, True),
    ("request-review", {"hour": 770.001, "review_until": 770}, {}, False),
    ("withdraw", {"public_matter": True}, {}, False),
    ("merge", {}, {"alike": False}, False),
    ("merge", {}, {"to": ""}, False),
    ("task-reply", {}, {"mine": False}, False),
    ("task-override", {}, {"mine": False}, False),
    ("dispose", {"hour": 100, "keep_until": 100}, {}, True),
    ("dispose", {"hour": 99.999, "keep_until": 100}, {}, False),
    ("dispose", {"keep_until": None}, {}, False),
    ("dispose", {"held": True}, {}, False),
    *((step, {}, {"because": ENOUGH}, True) for step in sorted(paper.NEED_REASON)),
    *((step, {}, {"because": TOO_FEW}, False) for step in sorted(paper.NEED_REASON)),
    *((step, {}, {"because": " " * 30 + TOO_FEW}, False) for step in sorted(paper.NEED_REASON)),
    *((step, {}, {"proposed_by": ""}, False) for step in sorted(paper.NEED_ANOTHER)),
    *((step, {}, {"proposed_by": "somebody"}, False) for step in sorted(paper.NEED_ANOTHER)),
    *((step, {}, {"code": ""}, False) for step in sorted(paper.CODES)),
]


@pytest.mark.parametrize(("step", "told", "brought", "taken"), EDGES)
def test_conditions_at_their_edges(step, told, brought, taken):
    sheet = dataclasses.replace(good_sheet(some_place(step), step), **told)
    ask = dataclasses.replace(good_ask(step, some_part(step)), **brought)
    assert (sheet.judge(ask) not in {"illegal", "no"}) == taken, "the model itself"
    assert (program_says(facts(sheet), attempt(ask)) not in {"illegal", "no"}) == taken


@pytest.mark.parametrize("step", sorted(paper.CODES))
def test_a_coded_reason_is_one_of_the_list(step):
    for code in paper.CODES[step]:
        ask = good_ask(step, some_part(step), code=code)
        assert program_says(facts(good_sheet(some_place(step), step)), attempt(ask)) != "no"
    made_up = good_ask(step, some_part(step), code="because-i-say-so")
    assert program_says(facts(good_sheet(some_place(step), step)), attempt(made_up)) == "no"


@pytest.mark.parametrize("step", sorted(set(STEPS) - paper.RESIDENTS - paper.MACHINES))
def test_an_office_takes_no_step_in_a_case_about_itself(step):
    sheet = dataclasses.replace(good_sheet(some_place(step), step), concerned={"A"})
    parts = paper.LINES[step][1] - {"system"}
    for part in parts:
        assert program_says(facts(sheet), attempt(good_ask(step, part))) == "no"


def test_a_grave_reply_needs_the_head_and_then_the_desk():
    sheet = dataclasses.replace(good_sheet("reply-review"), triple=True)
    first = good_ask("approve", "head", person="head")
    assert program_says(facts(sheet), attempt(first)) == "reply-review"
    sheet.signed.append("head")
    assert program_says(facts(sheet), attempt(good_ask("approve", "desk", person="desk"))) == "replied"


def test_a_case_handed_on_while_somebody_helps_does_not_get_stuck():
    sheet = dataclasses.replace(good_sheet("accepted"), asked=1, waiting_for=1)
    started = program_says(facts(sheet), attempt(good_ask("start", "lead")))
    sheet.place = started
    ways_on = [
        program_says(facts(sheet), attempt(good_ask("task-reply", "co"))),
        program_says(facts(sheet), attempt(good_ask("task-override", "lead"))),
        program_says(facts(sheet), attempt(good_ask("submit-reply", "lead"))),
    ]
    assert set(ways_on) - {"illegal", "no"}


def test_states_are_grouped_as_the_table_lets_them_be_left():
    assert {state.value for state in ENDED} == set(paper.OVER.split())
    assert not OPEN & ENDED
    answered = {State.REPLIED, State.FOLLOWUP, State.REVIEW, State.DISPOSED}
    assert OPEN | ENDED | answered == set(State)
    assert not CONVERSING & (ENDED | {State.DISPOSED})
