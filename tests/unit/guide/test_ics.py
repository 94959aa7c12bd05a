"""Calendar files: in order of days, in their language, and never older than what was made before."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from app.guide.rules.ics import EPOCH, Entry, calendar, product, sequence_of

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def entry(uid: str, day: date, version: int = 3) -> Entry:
    return Entry(uid, day, version, date(2026, 11, 1), "A", "B")


@pytest.mark.parametrize(("language", "ends"), [("zh-Hans", "//ZH"), ("ug", "//UG"), ("kk-Arab", "//KK")])
def test_a_file_names_its_language(language, ends):
    assert product(language) == f"-//tuoyu//guide{ends}"
    assert str(Calendar.from_ical(calendar("x", language, [], NOW))["PRODID"]).endswith(ends)


def test_entries_stand_by_day_and_grow_with_each_reckoning():
    days = [date(2027, 3, 1), date(2026, 12, 1), date(2027, 1, 1)]
    files = [
        Calendar.from_ical(
            calendar("x", "en", [entry(str(n), day + timedelta(days=n)) for n, day in enumerate(days)], now)
        )
        for now in (NOW, NOW + timedelta(seconds=1))
    ]
    before, after = ([each for each in file.walk() if each.name == "VEVENT"] for file in files)
    assert [each["DTSTART"].dt for each in before] == sorted(each["DTSTART"].dt for each in before)
    for old, new in zip(before, after, strict=True):
        assert int(new["SEQUENCE"]) > int(old["SEQUENCE"])
        assert new["LAST-MODIFIED"].dt > old["LAST-MODIFIED"].dt


@given(
    st.integers(0, 60 * 366 * 86_400).map(lambda seconds: EPOCH + timedelta(seconds=seconds)),
    st.integers(1, 10**8),
    st.integers(0, 50),
    st.integers(0, 50),
)
def test_a_sequence_never_shrinks(now, later, version, newer):
    first = sequence_of(entry("a", date(2027, 1, 1), version), now)
    second = sequence_of(entry("a", date(2027, 2, 1), version + newer), now + timedelta(seconds=later))
    assert first < second < 2**31
