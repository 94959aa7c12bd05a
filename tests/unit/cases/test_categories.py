"""The subjects as the taxonomy has them (complaints, A.3), copied by hand."""

import itertools

import pytest

from app.cases.rules import categories

# code: severity, severity when the one question about danger is answered with yes, what it usually is, lines
SUBJECTS = {
    "abuse": ("e1", "", "report", ("police",)),
    "injury": ("e1", "", "report complaint", ("ambulance", "police")),
    "missing": ("e1", "", "report", ("police",)),
    "fire": ("e2", "e1", "report", ("fire",)),
    "food": ("e2", "e1", "report", ("consumer", "ambulance")),
    "health": ("e2", "", "report", ("service",)),
    "build": ("n", "e2", "report", ("service",)),
    "secure": ("e2", "", "report", ("police", "service")),
    "unlic": ("e2", "", "report", ("service",)),
    "staffq": ("n", "e2", "report", ("service",)),
    "care": ("n", "", "report complaint", ("service",)),
    "fees": ("n", "", "report complaint", ("consumer",)),
    "refund": ("n", "e2", "complaint", ("consumer",)),
    "ads": ("n", "", "report", ("consumer",)),
    "ktc": ("n", "", "report complaint", ("service",)),
    "labour": ("n", "", "complaint", ("labour",)),
    "reg": ("n", "", "report", ("service",)),
    "prov": ("n", "", "question suggestion report", ("service",)),
    "serv": ("n", "", "question suggestion", ("service", "tax")),
    "conduct": ("n", "e2", "report", ("service", "discipline")),
    "other": ("n", "", "report complaint question suggestion", ("service",)),
}


def test_there_are_twenty_subjects_and_other_in_order():
    assert list(categories.SUBJECTS) == list(SUBJECTS)


@pytest.mark.parametrize("code", SUBJECTS)
def test_a_subject_is_as_grave_as_the_taxonomy_says(code):
    usual, grave, purposes, lines = SUBJECTS[code]
    assert categories.severity(code) == usual
    assert categories.severity(code, grave=True) == (grave or usual)
    assert categories.severity(code, danger=True) == "e1"
    assert categories.severity(code, grave=True, danger=True) == "e1"
    assert categories.SUBJECTS[code].purpose in purposes.split()
    assert set(categories.SUBJECTS[code].first) == set(lines)
    assert (code in categories.GRAVE) == bool(grave)


def test_no_answer_makes_a_case_less_grave():
    order = ["n", "e2", "e1"]
    for code, grave, danger in itertools.product(SUBJECTS, (False, True), (False, True)):
        raised = categories.severity(code, grave=grave, danger=danger)
        assert order.index(raised) >= order.index(categories.severity(code))


def test_what_concerns_other_children_cannot_be_taken_back():
    assert set(categories.PUBLIC_INTEREST) == {"abuse", "injury", "missing", "unlic"}


def test_who_must_be_told_by_law_and_whose_story_needs_a_reason_to_read():
    for code, severity in itertools.product(SUBJECTS, ("e1", "e2", "n")):
        harm = code in {"abuse", "injury", "missing"}
        record = code == "staffq" and severity != "n"
        assert categories.must_report(code, severity) == (harm or record)
        assert categories.is_sensitive(code, severity) == (harm or severity == "e1")
        assert categories.is_sensitive(code, severity, photos_of_children=True)


def test_abuse_and_unfiled_care_need_two_approvals():
    assert set(categories.TWO_APPROVALS) == {"abuse", "unlic"}
