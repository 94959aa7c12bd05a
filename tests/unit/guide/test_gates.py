"""Who must read a text before readers get it: nobody vouches for their own words, nobody takes two parts."""

from itertools import product

import pytest

from app.guide.rules.gates import (
    FIELDS,
    HOWS,
    PARTS,
    Person,
    Vouch,
    Words,
    hindrance,
    look,
    may_acknowledge,
    missing,
    names,
    parts_of,
    publisher_part,
    signatory,
    wanted,
)

DOCTOR = Person("doctor", reviews=True, named=True, field="medicine")
UYGHUR_DOCTOR = Person("aynur", reviews=True, named=True, field="medicine", reads=frozenset({"ug"}))
NATIVE = Person("native", reviews=True, named=True, field="language", reads=frozenset({"ug"}))
REVIEWER = Person("reviewer", reviews=True)
WORKER = Person("worker")
PEOPLE = (DOCTOR, UYGHUR_DOCTOR, NATIVE, REVIEWER, WORKER)


def text(risk: str, language: str = "zh-Hans", *authors: str) -> Words:
    return Words(risk, language, language == "zh-Hans", frozenset(authors or {"author"}))


@pytest.mark.parametrize(
    ("risk", "parts", "publisher"),
    [("R1", ("clinician", "second"), "second"), ("R2", ("reviewer",), "reviewer"), ("R3", (), None)],
)
def test_the_gates_of_each_risk(risk, parts, publisher):
    assert wanted(risk) == parts
    assert publisher_part(risk) == publisher


GOLDEN = [
    # who, part, how, risk, language, why not
    (DOCTOR, "clinician", "reads", "R1", "zh-Hans", ""),
    (DOCTOR, "clinician", "reads", "R1", "ug", "language"),
    (DOCTOR, "clinician", "back", "R1", "ug", ""),
    (UYGHUR_DOCTOR, "clinician", "reads", "R1", "ug", ""),
    (NATIVE, "clinician", "reads", "R1", "ug", "clinician"),
    (REVIEWER, "clinician", "reads", "R1", "zh-Hans", "clinician"),
    (WORKER, "second", "reads", "R1", "zh-Hans", ""),
    (WORKER, "second", "reads", "R1", "ug", "native"),
    (REVIEWER, "second", "reads", "R1", "ug", "native"),
    (NATIVE, "second", "reads", "R1", "ug", ""),
    (WORKER, "reviewer", "reads", "R2", "zh-Hans", "reviewer"),
    (REVIEWER, "reviewer", "reads", "R2", "ug", ""),
]


@pytest.mark.parametrize(("person", "part", "how", "risk", "language", "why"), GOLDEN)
def test_who_may_take_which_part(person, part, how, risk, language, why):
    assert hindrance(person, part, how, text(risk, language), ()) == why


@pytest.mark.parametrize(("person", "part", "how"), list(product(PEOPLE, PARTS, HOWS)))
def test_nobody_vouches_for_their_own_words(person, part, how):
    for risk, language in product(("R1", "R2", "R3"), ("zh-Hans", "ug")):
        own = text(risk, language, "another", person.account)
        assert hindrance(person, part, how, own, ()) == "own"
        assert parts_of(person, own, ()) == ()


@pytest.mark.parametrize(("person", "one", "other"), list(product(PEOPLE, PARTS, PARTS)))
def test_nobody_takes_two_parts(person, one, other):
    if one != other:
        had = (Vouch(person.account, one),)
        assert hindrance(person, other, "reads", text("R1"), had) == "both"


def test_signing_is_offered_to_those_who_are_named():
    assert parts_of(DOCTOR, text("R1"), ()) == ("clinician", "second")
    assert parts_of(DOCTOR, text("R1", "ug"), ()) == ("clinician",)
    assert parts_of(NATIVE, text("R1", "ug"), ()) == ("second",)
    assert parts_of(REVIEWER, text("R2"), ()) == ()
    assert parts_of(NATIVE, text("R3", "ug"), ()) == ("reviewer",)
    assert parts_of(DOCTOR, text("R1"), (Vouch("doctor", "clinician"),)) == ()


def test_a_name_stands_under_a_grave_translation_once_both_have_read_it():
    clinician, second = Vouch("doctor", "clinician", "back"), Vouch("native", "second")
    grave = text("R1", "ug")
    assert missing("R1", [clinician]) == ("second",)
    assert signatory(grave, [clinician]) is None
    assert signatory(grave, [second]) is None
    assert signatory(grave, [second, clinician]) == clinician
    assert signatory(text("R1"), [clinician]) == clinician


def test_only_a_named_reviewer_takes_the_mark_of_a_machine_away():
    for risk in ("R2", "R3"):
        unnamed = Vouch("reviewer", "reviewer", named=names(REVIEWER, "reads", text(risk, "ug")))
        assert signatory(text(risk, "ug"), [unnamed]) is None
        stranger = Vouch("doctor", "reviewer", named=names(DOCTOR, "reads", text(risk, "ug")))
        assert signatory(text(risk, "ug"), [stranger]) is None
        named = Vouch("native", "reviewer", named=names(NATIVE, "reads", text(risk, "ug")))
        assert signatory(text(risk, "ug"), [unnamed, named]) == named


def test_who_may_say_that_nothing_need_be_changed():
    found = {
        risk: {each.account for each in PEOPLE if may_acknowledge(each, text(risk, "ug", "reviewer"))}
        for risk in ("R1", "R2", "R3")
    }
    assert found == {
        "R1": {"aynur", "native"},
        "R2": {"doctor", "aynur", "native"},
        "R3": {each.account for each in PEOPLE},
    }


def test_only_medicine_makes_a_clinician():
    for field in FIELDS:
        person = Person("one", reviews=True, named=True, field=field)
        assert (hindrance(person, "clinician", "reads", text("R1"), ()) == "") == (field == "medicine")


SIGNED = (Vouch("doctor", "clinician"), Vouch("worker", "second"))
LOOKS = [
    # who, risk, what was vouched for, who read it last, the part they take, why not
    (WORKER, "R3", (), "worker", None, ""),
    (WORKER, "R2", (), "", None, "reviewer"),
    (REVIEWER, "R2", (), "", "reviewer", ""),
    (REVIEWER, "R2", (Vouch("reviewer", "reviewer"),), "reviewer", "reviewer", ""),
    (DOCTOR, "R1", (), "", "clinician", ""),
    (DOCTOR, "R1", SIGNED, "doctor", "clinician", ""),
    (UYGHUR_DOCTOR, "R1", SIGNED, "", "clinician", ""),
    (WORKER, "R1", (), "", "second", ""),
    (WORKER, "R1", SIGNED, "worker", None, "second"),
    (REVIEWER, "R1", SIGNED, "worker", "second", ""),
    (Person("doctor", reviews=True), "R1", SIGNED, "", None, "second"),
    (Person("author", reviews=True), "R1", (), "", None, "second"),
    (Person("author", reviews=True), "R2", (), "", None, "own"),
]


@pytest.mark.parametrize(("person", "risk", "vouches", "last", "part", "why"), LOOKS)
def test_who_may_say_that_a_published_text_is_right(person, risk, vouches, last, part, why):
    assert look(person, text(risk), vouches, last) == (part, why)
