"""Uyghur words in Latin letters, as they are typed without an Arabic keyboard."""

import pytest

from app.search.text import fold
from app.search.uyghur import latin

WORDS = [
    ("يېمەك", "yemek"),
    ("بېقىش", "beqish"),
    ("ئۆي", "oy"),
    ("چوڭ", "chong"),
    ("غەم", "ghem"),
    ("ئۈرۈمچى", "urumchi"),
]


@pytest.mark.parametrize(("word", "spelled"), WORDS)
def test_a_word_is_spelled_as_people_type_it(word, spelled):
    assert latin(word) == spelled


@pytest.mark.parametrize("typed", ["yémek", "yemek", "YËMEK"])
def test_accents_may_be_left_out(typed):
    assert fold(typed) == fold(latin("يېمەك"))


def test_only_uyghur_words_are_spelled():
    assert latin("120 گە 打 call") == "ge"
