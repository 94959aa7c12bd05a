"""Numbers in Chinese and in digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.numbers import spellings, whole
from app.search.query import parse

GOLDEN = [
    ("第二幼儿园", {"第2幼儿园"}),
    ("第2幼儿园", {"第二幼儿园"}),
    ("三", {"3"}),
    ("十二", {"12"}),
    ("12", {"十二"}),
    ("二十", {"20"}),
    ("一百零三", {"103"}),
    ("110", {"一百一十"}),
    ("二〇二四", {"2024"}),
    ("二零二四", {"2024"}),
    ("2024", {"二〇二四"}),
    ("第十二幼3班", {"第12幼3班", "第十二幼三班", "第12幼三班"}),
    ("一百二", set()),
    ("一一", set()),
    ("007", set()),
    ("0", set()),
    ("零", set()),
    ("幼儿园", set()),
]


@pytest.mark.parametrize(("key", "others"), GOLDEN)
def test_a_number_is_also_written_in_the_other_way(key, others):
    assert set(spellings(key)) == others


@given(st.integers(1, 999))
def test_writing_a_number_in_the_other_way_twice_gives_it_back(number):
    (spoken,) = spellings(str(number))
    assert spellings(spoken) == (str(number),)


@pytest.mark.parametrize(
    ("key", "text", "found"),
    [
        ("第2", "第2幼儿园", True),
        ("第2", "第21幼儿园", False),
        ("2幼", "第12幼儿园", False),
        ("二幼", "第十二幼儿园", False),
        ("二幼", "第二幼儿园", True),
        ("3", "3b", True),
    ],
)
def test_a_number_written_in_the_other_way_is_found_only_as_a_whole(key, text, found):
    assert bool(whole(key).search(text)) is found


def test_words_of_several_parts_have_no_other_spelling():
    (term,) = parse("2 zhu").terms[1:] or parse("zhu").terms
    assert term.spellings == ()


@given(st.text(max_size=200))
def test_other_spellings_are_few_and_never_the_key(key):
    others = spellings(key)
    assert key not in others
    assert len(others) < 8
