"""Until when an offer of a free place holds, and when a vacancy is old: tables worked by hand."""

from datetime import date, datetime

import pytest

from app.core.clock import ZONE
from app.facilities.rules.slots import Age, age, expires

DAY, NEXT = date(2026, 11, 23), date(2026, 11, 24)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("confirmed", "on", "closes", "ends"),
    [
        ("23T07:30", DAY, None, "23T18:00"),
        ("23T05:00", DAY, None, "23T17:00"),
        ("23T07:30", DAY, 12 * 60, "23T12:00"),
        ("23T07:30", DAY, 20 * 60, "23T19:30"),
        ("23T17:59", DAY, None, "23T18:00"),
        ("23T18:00", DAY, None, None),
        ("23T12:00", DAY, 12 * 60, None),
        ("23T18:30", DAY, 20 * 60, "23T20:00"),
        ("23T17:00", NEXT, None, "24T09:00"),
        ("23T22:00", NEXT, None, "24T10:00"),
        ("23T17:00", NEXT, 8 * 60 + 30, "24T08:30"),
        ("23T00:10", NEXT, None, "24T09:00"),
    ],
)
def test_an_offer_ends_by_itself(confirmed, on, closes, ends):
    assert expires(on, closes, at(confirmed)) == (at(ends) if ends else None)


@pytest.mark.parametrize(
    ("on", "how_old"),
    [
        (date(2026, 11, 23), Age.FRESH),
        (date(2026, 10, 24), Age.FRESH),
        (date(2026, 10, 23), Age.AGEING),
        (date(2026, 5, 27), Age.AGEING),
        (date(2026, 5, 26), Age.STALE),
        (None, None),
    ],
)
def test_a_vacancy_ages(on, how_old):
    assert age(on, DAY) is how_old
