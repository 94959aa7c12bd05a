"""What a ledger says beside what is known."""

from datetime import date

import pytest

from app.facilities.rules.merging import merged, same

DAY = date(2026, 11, 1)


def fee(component="care", unit="month", low=100, **more):
    said = {"care": "*", "band": "*", "component": component, "unit": unit, "min_fen": low, "max_fen": low}
    return {**said, "valid_from": None, "valid_to": None, **more}


def test_a_fee_takes_the_place_of_its_like_and_leaves_the_others():
    known = [fee(low=100), fee("meals", "day", 15)]
    assert merged("fees", [fee(low=120)], known, DAY) == [fee("meals", "day", 15), fee(low=120)]


def test_a_fee_that_had_ended_stays_in_the_record():
    ended = fee(low=90, valid_to="2026-08-31")
    open_ended = fee(low=100, valid_to="2026-12-31")
    assert merged("fees", [fee(low=120)], [ended, open_ended], DAY) == [ended, fee(low=120)]


def test_a_fee_for_all_classes_takes_the_place_of_those_of_single_classes():
    known = [fee(band="senior", low=90), fee(band="senior", unit="day", low=5), fee("meals", "day", 15)]
    kept = [fee(band="senior", unit="day", low=5), fee("meals", "day", 15)]
    assert merged("fees", [fee(low=120)], known, DAY) == [*kept, fee(low=120)]
    assert merged("fees", [fee(band="junior", low=1)], known, DAY) == [*known, fee(band="junior", low=1)]


def test_a_band_keeps_what_the_ledger_leaves_open():
    known = [{"band": "junior", "places": 20, "vacancies": 3, "class_size": 15}]
    said = [{"band": "junior", "places": None, "vacancies": 0, "class_size": None}]
    assert merged("bands", said, known, DAY) == [
        {"band": "junior", "places": 20, "vacancies": 0, "class_size": 15}
    ]


def test_other_names_are_added_and_none_is_lost():
    assert merged("aliases", ["丙", "甲"], ["甲", "乙"], DAY) == ["甲", "乙", "丙"]
    assert merged("names", {"ug": "x"}, {"en": "y"}, DAY) == {"ug": "x", "en": "y"}


def test_known_to_offer_nothing_replaces_what_was_offered():
    assert merged("care", [], [{"care": "hourly"}], DAY) == []


def test_a_plain_value_is_the_ledger_s():
    assert merged("phone", "2", "1", DAY) == "2"


@pytest.mark.parametrize(
    ("field", "one", "other", "equal"),
    [
        ("fees", [fee(source="a", checked_on="x")], [fee(source="b")], True),
        ("fees", [fee(), fee("meals")], [fee("meals"), fee()], True),
        ("fees", [fee(low=1)], [fee(low=2)], False),
        (
            "bands",
            [{"band": "junior", "places": 1, "as_of": "a"}],
            [{"band": "junior", "places": 1, "as_of": "b"}],
            True,
        ),
        ("bands", [{"band": "junior", "vacancies": 0}], [{"band": "junior", "vacancies": None}], False),
        ("food", ["halal", "allergy"], ["allergy", "halal"], True),
        ("food", [], None, False),
        ("inclusive", False, None, False),
        ("phone", "1", "1", True),
    ],
)
def test_same_is_what_says_the_same_whoever_said_it(field, one, other, equal):
    assert same(field, one, other) is equal
