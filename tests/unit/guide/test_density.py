"""The size of a printed card's letters follows from how much there is to say."""

from hypothesis import given
from hypothesis import strategies as st

from app.guide.rules.density import STEPS, density


def test_little_is_printed_large_and_much_is_printed_small():
    assert density("冲水", "冲水", 2) == 1
    assert density("冲水" * 600, "", 40) == len(STEPS) + 1


def test_chinese_letters_are_wider_than_others():
    assert density("水" * 400, "", 0) > density("a" * 400, "", 0)
    assert density("ئ" * 400, "", 0) == density("a" * 400, "", 0)


@given(st.text(max_size=900), st.text(max_size=50), st.integers(0, 60))
def test_more_words_are_never_printed_larger(words, key, lines):
    step = density(words, key, lines)
    assert 1 <= step <= len(STEPS) + 1
    assert density(words + "水", key, lines) >= step
    assert density(words, key + "水", lines + 1) >= step
