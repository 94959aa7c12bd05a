"""What a person types, and what the search makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.query import LONGEST, Kind, Query, Term, parse


def characters(key: str) -> Term:
    return Term(Kind.CHARACTERS, (key,))


def words(*typed: str, pinyin: str = "") -> Term:
    return Term(Kind.WORDS, typed, pinyin)


GOLDEN = [
    ("", []),
    (" ！ ", []),
    ("诸暨", [characters("诸暨")]),
    ("“諸暨” 幼兒園", [characters("诸暨"), characters("幼儿园")]),
    ("诸暨 诸暨", [characters("诸暨")]),
    ("3幢", [characters("3幢")]),
    ("a座1202", [characters("a座1202")]),
    ("abc托育", [words("abc", pinyin="abc"), characters("托育")]),
    ("托育zhuji", [characters("托育"), words("zhuji", pinyin="zhuji")]),
    ("zhu ji", [words("zhu", "ji", pinyin="zhuji")]),
    ("zj you er yua", [words("zj", "you", "er", "yua", pinyin="zjyoueryua")]),
    ("zhuji youeryuan", [words("zhuji", pinyin="zhuji"), words("youeryuan", pinyin="youeryuan")]),
    ("zhu 托 ji", [words("zhu", pinyin="zhu"), characters("托"), words("ji", pinyin="ji")]),
    ("xi'an", [words("xian", pinyin="xian")]),
    ("Zhū jì", [words("zhu", "ji", pinyin="zhuji")]),
    ("zhu1ji4", [words("zhu1ji4", pinyin="zhuji")]),
    ("zh1", [words("zh1")]),
    ("lǜ", [words("lu", pinyin="lv")]),
    ("lü", [words("lu", pinyin="lv")]),
    ("lvexing", [words("lvexing", pinyin="luexing")]),
    ("z", [words("z")]),
    ("united", [words("united")]),
    ("91330681", [words("91330681")]),
    ("xq第2幼", [words("xq", pinyin="xq"), characters("第2幼")]),
    ("xing1qiao2托育", [words("xing1qiao2", pinyin="xingqiao"), characters("托育")]),
    ("ab3幢", [characters("ab3幢")]),
    ("يەسلى", [words("يهسلي")]),
    ("ئۇيغۇر托育", [words("ۇيغۇر"), characters("托育")]),
]


@pytest.mark.parametrize(("typed", "terms"), GOLDEN)
def test_a_query_is_read_as_terms(typed, terms):
    assert parse(typed) == Query(tuple(terms), truncated=False)


def test_only_the_first_hundred_letters_are_read_and_the_cut_is_told():
    assert parse("托" * LONGEST) == Query((characters("托" * LONGEST),), truncated=False)
    assert parse("托" * 5000) == Query((characters("托" * LONGEST),), truncated=True)


@given(st.text())
def test_reading_a_query_never_fails_and_terms_are_never_empty(typed):
    assert all(term.key and " " not in term.key for term in parse(typed).terms)
