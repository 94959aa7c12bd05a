"""The worded question: a person of any script answers it, and every question can be asked in words."""

from itertools import product

import pytest

from app.core.riddles import LARGEST, Riddle, pose, read_answer


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("7", 7),
        ("07", 7),
        (" 7 ", 7),
        ("７", 7),
        ("٧", 7),
        ("۷", 7),
        ("七", 7),
        ("柒", 7),
        ("两", 2),
        ("零", 0),
        ("十", 10),
        ("十二", 12),
        ("一十二", 12),
        ("二十", 20),
        ("seven", 7),
        ("Seven.", 7),
        ("eighteen", 18),
        ("بەش", 5),
        ("ئون", 10),
        ("ئون سەككىز", 18),
        ("\u20667\u2069", 7),
        ("12", 12),
        ("1 2", 12),
        ("", None),
        ("-", None),
        ("七七", None),
        ("seven eight", None),
        ("1e3", None),
        ("9999", None),
        ("³", 3),
        ("بەش ئون", None),
        ("x" * 10_000, None),
        ("٧" * 10_000, None),
    ],
)
def test_an_answer_is_read_however_it_was_typed(typed, number):
    assert read_answer(typed) == number


@pytest.mark.parametrize(
    ("riddle", "answer"),
    [
        (Riddle("sum", (3, 4)), 7),
        (Riddle("difference", (9, 4)), 5),
        (Riddle("after", (9,)), 10),
        (Riddle("largest", (3, 8, 5)), 8),
    ],
)
def test_each_kind_has_its_answer(riddle, answer):
    assert riddle.answer == answer


def picker(picks):
    numbers = iter(picks)
    return lambda below: next(numbers) % below


def test_every_question_names_numbers_from_one_to_nine_and_is_never_about_nothing():
    asked = [pose(picker(picks)) for picks in product(range(9), repeat=4)]
    assert {riddle.kind for riddle in asked} == {"sum", "difference", "after", "largest"}
    assert all(number in range(1, 10) for riddle in asked for number in riddle.numbers)
    assert all(1 <= riddle.answer <= LARGEST for riddle in asked)
    assert all(len(set(riddle.numbers)) == 3 for riddle in asked if riddle.kind == "largest")
