"""When a target is reached, missed, or cannot be told: worked by hand."""

from fractions import Fraction

import pytest

from app.facilities.rules.supply import Alike, supply
from app.facilities.rules.vocabulary import Care, mask
from app.site.rules.targets import Verdict, actuals, bars, judge

FULL = mask(Care, ["full-day"])
TWO = mask(Care, ["full-day", "hourly"])
GROUPS = [
    # township, kind, inclusive, demonstration, care, facilities, of which told their places, places
    Alike("t1", "nursery", True, True, FULL, 2, 2, 100),
    Alike("t1", "nursery", False, None, TWO, 1, 1, 40),
    Alike("t2", "unknown", None, None, None, 1, 0, 0),
    Alike(None, "community", True, False, None, 1, 1, 20),
]
HERE = supply(GROUPS)
STAND = actuals(HERE, {"t1", "t2", "t3", "t4"}, 40_000)


def test_an_area_is_added_up():
    assert HERE.facilities == 5
    assert (HERE.places.number, HERE.places.reported, HERE.places.most) == (160, 4, 161)
    assert (HERE.inclusive.number, HERE.inclusive.reported, HERE.inclusive.most) == (3, 4, 4)
    assert (HERE.inclusive_places, HERE.judged_places, HERE.judged) == (120, 160, 4)
    assert (HERE.demonstration.number, HERE.demonstration.most) == (2, 4)
    assert HERE.kinds == {"nursery": 3, "community": 1, "unknown": 1}
    assert (HERE.cares, HERE.cares_reported) == ({"full-day": 3, "hourly": 1}, 3)
    assert (HERE.townships, HERE.adrift, HERE.adrift_inclusive) == ({"t1": 3, "t2": 1}, 1, 1)


@pytest.mark.parametrize(
    ("indicator", "value", "low", "high", "shown"),
    [
        ("facilities-built", 5, 5, 5, 5),
        ("inclusive-facilities", 3, 3, 4, 3),
        ("demonstration-facilities", 2, 2, 4, 2),
        ("service-centres", 0, 0, 1, 0),
        ("places-per-1000", 4, 4, None, 4),
        ("inclusive-share", 75, 0, 100, 75),
        ("coverage", 50, 50, None, 50),
        ("inclusive-street-coverage", 25, 25, 75, 25),
    ],
)
def test_an_indicator_has_a_value_and_bounds(indicator, value, low, high, shown):
    found = STAND[indicator]
    assert (found.value, found.low, found.high, found.shown) == (value, low, high, shown)


def test_without_residents_or_townships_there_is_no_number():
    found = actuals(HERE, set(), None)
    assert not {"places-per-1000", "coverage", "inclusive-street-coverage"} & found.keys()


def test_where_nobody_has_reported_there_is_no_number():
    silent = supply([Alike("t1", "nursery", None, None, None, 3, 0, 0)])
    assert set(actuals(silent, {"t1"}, 1000)) == {"facilities-built", "service-centres", "coverage"}


@pytest.mark.parametrize(
    ("indicator", "target", "year", "verdict"),
    [
        ("facilities-built", 5, 2024, Verdict.REACHED),
        ("facilities-built", 6, 2024, Verdict.SHORT),
        ("facilities-built", 6, 2026, Verdict.YET),
        ("facilities-built", 6, None, Verdict.SHORT),
        ("inclusive-facilities", 3, 2024, Verdict.REACHED),
        ("inclusive-facilities", 4, 2024, Verdict.OPEN),
        ("inclusive-facilities", 5, 2027, Verdict.YET),
        ("places-per-1000", 4.0, 2024, Verdict.REACHED),
        ("places-per-1000", 4.1, 2024, Verdict.OPEN),
        ("inclusive-share", 60, 2024, Verdict.OPEN),
        ("inclusive-street-coverage", 75, 2024, Verdict.OPEN),
        ("inclusive-street-coverage", 100, 2024, Verdict.SHORT),
        ("coverage", 10, 2024, Verdict.APART),
        ("knowledge-rate", 90, 2027, Verdict.SILENT),
    ],
)
def test_a_target_is_judged_by_what_is_certain(indicator, target, year, verdict):
    assert judge(STAND.get(indicator), target, year, 2026) is verdict


def test_a_number_never_says_more_than_there_is():
    rate = actuals(supply([Alike("t", "nursery", None, None, None, 1, 1, 4399)]), set(), 1_000_000)
    assert rate["places-per-1000"].value == Fraction("4.399")
    assert rate["places-per-1000"].shown == 4.39


def test_bars_are_as_long_as_their_numbers():
    drawn, height = bars([2, 4, 0])
    assert [bar.length for bar in drawn] == [200, 400, 2]
    assert drawn[0].y < drawn[1].y < drawn[2].y < height
    assert [bar.length for bar in bars([50], 100)[0]] == [200]
