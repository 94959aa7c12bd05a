"""Health checks, warning signs and classes say what their documents say."""

from datetime import date

import pytest

from app.guide.loading.tools import load_checks, load_classes, load_named, load_portions, load_signs
from app.guide.rules import classes, signs
from app.guide.rules.checks import Standing, plan_checks
from app.guide.rules.signs import Answer, Finding
from tests.addresses import CONTENT, rows

CHECKS, SIGNS, CLASSES = load_checks(CONTENT), load_signs(CONTENT), load_classes(CONTENT)


def test_checks_are_at_the_statutory_ages():
    assert [check.at.months or check.at.days for check in CHECKS if check.at] == [
        28,
        3,
        6,
        8,
        12,
        18,
        24,
        30,
        36,
    ]
    by_content = {
        code: [check.at.months for check in CHECKS if check.at and code in check.contents]
        for code in ("hearing", "blood", "blood-once", "autism", "traditional", "eyes")
    }
    assert by_content["hearing"] == [6, 12, 24, 36]
    assert by_content["blood"] == [18, 30]
    assert by_content["blood-once"] == [8]
    assert by_content["autism"] == [3, 6, 8, 12, 18, 24, 30, 36]
    assert by_content["traditional"] == [6, 12, 18, 24, 30, 36]
    assert len(by_content["eyes"]) == 9


def test_a_childs_checks_have_days_and_stand_somewhere():
    due = plan_checks(CHECKS, date(2026, 5, 31), date(2026, 11, 22))
    assert [(each.check.id, each.day, each.standing) for each in due[:4]] == [
        ("check-1", date(2026, 6, 28), Standing.PAST),
        ("check-3", date(2026, 8, 31), Standing.NOW),
        ("check-6", date(2026, 11, 30), Standing.COMING),
        ("check-8", date(2027, 1, 31), Standing.COMING),
    ]
    assert due[0].until == date(2026, 6, 30)


def test_the_table_of_signs_has_four_for_each_age():
    assert signs.ages(SIGNS) == (3, 6, 8, 12, 18, 24, 30, 36)
    assert len(SIGNS) == 32
    assert [signs.table_age(SIGNS, months) for months in (2, 3, 5, 7, 11, 35, 40)] == [
        None,
        3,
        3,
        6,
        8,
        30,
        36,
    ]


@pytest.mark.parametrize(
    ("said", "finding"),
    [
        ((Answer.NO, Answer.NO, Answer.NO, Answer.YES), Finding.REFER),
        ((Answer.NO, Answer.UNSURE, Answer.NO, Answer.NO), Finding.WATCH),
        ((Answer.UNSURE, Answer.YES, Answer.NO, Answer.NO), Finding.REFER),
        ((Answer.NO,) * 4, Finding.NONE),
    ],
)
def test_one_sign_is_enough(said, finding):
    assert signs.judge({str(place): answer for place, answer in enumerate(said)}) == finding


@pytest.mark.parametrize(
    ("band", "children", "carers", "size", "ratio", "needed"),
    [
        ("infant", 10, 4, True, True, 4), ("infant", 10, 3, True, False, 4),
        ("infant", 11, 4, False, True, 4), ("infant", 12, 3, False, False, 4),
        ("infant", 1, 0, True, False, 1), ("junior", 15, 3, True, True, 3),
        ("junior", 15, 2, True, False, 3), ("senior", 20, 3, True, True, 3),
        ("senior", 21, 3, False, True, 3), ("senior", 22, 3, False, False, 4),
        ("mixed", 18, 1, True, None, None), ("mixed", 19, 5, False, None, None),
    ],
)  # fmt: skip
def test_classes_are_compared_with_the_standard(band, children, carers, size, ratio, needed):
    rule = next(each for each in CLASSES if each.band == band)
    found = classes.judge(rule, children, carers)
    assert (found.size_kept, found.ratio_kept, found.needed) == (size, ratio, needed)


def test_every_tool_rests_on_a_document_that_is_there():
    known = load_named(CONTENT)
    assert {each.source for each in (*CHECKS, *CLASSES)} <= set(known)


def test_every_cell_of_the_table_of_portions_is_a_fact():
    facts = {row["key"] for row in rows("guide/facts/nutrition.csv")}
    portions = load_portions(CONTENT)
    assert {key for row in portions for key in row if key} <= facts
    assert [bool(row.meals) != bool(row.milk) for row in portions] == [True] * 8
