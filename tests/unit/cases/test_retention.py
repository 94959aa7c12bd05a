"""How long words about people are kept."""

from datetime import UTC, datetime

import pytest

from app.areas.rules import is_retention
from app.cases.rules.retention import Terms, contact_due, words_due


@pytest.mark.parametrize(
    ("ended", "contact", "words"),
    [
        # 10:00 on 5 January 2026 in Shanghai: the 180th day is 4 July; both end at 24:00.
        ("2026-01-05T02:00", "2026-07-04T16:00", "2029-01-05T16:00"),
        # After midnight in Shanghai it is the next day already.
        ("2026-01-05T16:30", "2026-07-05T16:00", "2029-01-06T16:00"),
        # 29 February has no like in 2031: the last day of the month (Civil Code, 202).
        ("2028-02-29T02:00", "2028-08-27T16:00", "2031-02-28T16:00"),
    ],
)
def test_terms_end_with_the_last_local_day(ended, contact, words):
    def moment(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    assert contact_due(moment(ended), Terms()) == moment(contact)
    assert words_due(moment(ended), Terms()) == moment(words)


def test_a_place_may_say_otherwise_in_part():
    assert Terms.of({"contact_days": 90}) == Terms(contact_days=90, words_years=3)
    assert Terms.of(None) == Terms(180, 3)


@pytest.mark.parametrize(
    ("said", "right"),
    [
        (None, True), ({}, True), ({"contact_days": 90}, True),
        ({"contact_days": 365, "words_years": 5}, True),
        ({"contact_days": 3}, False), ({"contact_days": "90"}, False), ({"words_years": True}, False),
        ({"days": 90}, False), ([90], False), (90, False),
    ],
)  # fmt: skip
def test_a_pack_says_terms_within_limits_or_nothing(said, right):
    assert is_retention(said) is right
