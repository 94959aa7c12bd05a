"""Typed pinyin with a slip of the hand."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.pinyin import SYLLABLES
from app.search.spelling import LONGEST, is_one_slip, slipped

GOLDEN = [
    ("xingqioa", " xing qiao"),
    ("xinqgiao", " xing qiao"),
    ("xngqiao", " xing qiao"),
    ("xingqiaoo", " xing qiao"),
    ("yuoeryuan", " you er yuan"),
    ("youeryyuan", " you er yuan"),
    ("youeruan", " you er yuan"),
    ("xingqioayo", " xing qiao yo"),
]


@pytest.mark.parametrize(("typed", "meant"), GOLDEN)
def test_what_was_meant_is_among_the_readings(typed, meant):
    assert meant in slipped(typed)


def test_what_is_spelled_right_is_not_a_slip_of_itself():
    assert " xing qiao" not in slipped("xingqiao")


@given(st.lists(st.sampled_from(sorted(SYLLABLES)), min_size=2, max_size=3), st.data())
def test_every_slip_of_two_or_three_syllables_is_understood(syllables, data):
    key = "".join(syllables)
    at = data.draw(st.integers(0, len(key) - 1))
    letter = data.draw(st.sampled_from(string.ascii_lowercase))
    typed = data.draw(
        st.sampled_from(
            [
                key[:at] + key[at + 1 :],
                key[:at] + letter + key[at + 1 :],
                key[:at] + letter + key[at:],
                key[:at] + key[at : at + 2][::-1] + key[at + 2 :],
            ]
        )
    )
    if typed == key:
        return
    readings = {each.replace(" ", "") for each in slipped(typed)}
    dropped_whole = any(len(sound) == 1 for sound in (syllables[0], syllables[-1]))
    assert key in readings or dropped_whole or len(readings) > 100


@given(st.text(string.ascii_lowercase, max_size=12))
def test_every_reading_is_one_slip_away_and_made_of_syllables(typed):
    for reading in slipped(typed):
        *first, last = reading.split()
        assert is_one_slip(typed, reading.replace(" ", ""))
        assert set(first) <= SYLLABLES
        assert any(sound.startswith(last) for sound in SYLLABLES)


@given(st.text(string.ascii_lowercase, max_size=100))
def test_no_letters_make_it_loop(typed):
    assert slipped(typed) == () or len(typed) <= LONGEST


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("abcd", "abcd", False),
        ("abcd", "abc", True),
        ("abcd", "acbd", True),
        ("abcd", "abxd", True),
        ("abcd", "xbcd", True),
        ("abcd", "abcde", True),
        ("abcd", "badc", False),
        ("abcd", "cbad", False),
        ("ab", "abcd", False),
        ("", "a", True),
    ],
)
def test_one_slip(one, other, slip):
    assert is_one_slip(one, other) is is_one_slip(other, one) is slip
