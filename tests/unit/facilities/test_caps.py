"""Whether care fees keep to a price cap: an amount, a percentage, or no data."""

import pytest

from app.facilities.rules.caps import Cap, State, check
from app.facilities.rules.fees import FeeRow

NOTICE = [
    Cap("public", "full-day", "infant", "month", 190000),
    Cap("public", "full-day", "junior", "month", 140000),
    Cap("public", "full-day", "senior", "month", 120000),
    Cap("public", "full-day", "mixed", "month", 120000),
]
SHARE = Cap("public", "*", "*", "month", None, 20.0)


def fee(fen: int, band: str = "*", unit: str = "month", care: str = "full-day") -> FeeRow:
    return FeeRow(care, band, "care", unit, fen, fen)


@pytest.mark.parametrize(
    ("caps", "fees", "age", "expected"),
    [
        (NOTICE, [fee(140000, "junior")], 14, State.WITHIN),
        (NOTICE, [fee(140001, "junior")], 14, State.ABOVE),
        (NOTICE, [fee(140000)], 14, State.WITHIN),
        (NOTICE, [fee(140000)], 26, State.ABOVE),
        (NOTICE, [fee(140000)], None, None),
        (NOTICE, [fee(100000, "junior", "half-month")], 14, None),
        (NOTICE, [fee(100000, "junior", care="half-day")], 14, None),
        (NOTICE, [fee(190000, "infant"), fee(130000, "senior")], None, State.ABOVE),
        ([SHARE], [fee(900000)], 26, State.NO_DATA),
        ([Cap("public", "*", "*", "month", None, 20.0, 1234500)], [fee(246900)], 26, State.WITHIN),
        ([Cap("public", "*", "*", "month", None, 20.0, 1234500)], [fee(246901)], 26, State.ABOVE),
        ([SHARE, *NOTICE], [fee(150000, "junior")], 14, State.ABOVE),
        ([SHARE, *NOTICE], [fee(130000, "junior")], 14, State.NO_DATA),
        ([], [fee(100)], 14, None),
    ],
)
def test_a_fee_is_held_against_the_caps_that_speak_of_it(caps, fees, age, expected):
    found = check(caps, fees, age)
    assert (found and found[0]) == expected


@pytest.mark.parametrize(
    ("scope", "form", "inclusive", "binds"),
    [
        ("public", "public", None, True),
        ("public", "for-profit", True, False),
        ("inclusive", "public", None, False),
        ("inclusive", "for-profit", True, True),
        ("*", "unknown", None, True),
    ],
)
def test_a_cap_binds_only_whom_it_surely_means(scope, form, inclusive, binds):
    assert Cap(scope, "*", "*", "month", 1).binds(form, inclusive) is binds
