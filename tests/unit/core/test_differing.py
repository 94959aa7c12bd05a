"""Two texts compared as people read them."""

import random

import pytest

from app.core.differing import compare


def told(old: str, new: str) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in compare(old, new)]


def test_what_came_begins_after_the_stop_before_it():
    assert told("走。回。", "走。睡。回。") == [("same", "走。"), ("new", "睡。"), ("same", "回。")]


def test_a_number_and_a_word_are_never_cut():
    assert told("每天400单位", "每天450单位") == [
        ("same", "每天"), ("gone", "400"), ("new", "450"), ("same", "单位"),
    ]  # fmt: skip
    assert told("بالا ئۇخلايدۇ", "بالا ئۇخلىدى")[-1] == ("new", "ئۇخلىدى")


def test_letters_that_are_the_same_by_chance_do_not_cut_a_sentence():
    assert told("甲乙的丙丁", "戊己的庚辛") == [("gone", "甲乙的丙丁"), ("new", "戊己的庚辛")]


@pytest.mark.parametrize("seed", range(20))
def test_both_texts_can_be_put_together_again(seed):
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    for _ in range(50):
        old, new = ("".join(chance.choices("ab。c\n宝", k=chance.randrange(25))) for _ in range(2))
        found = told(old, new)
        assert "".join(text for kind, text in found if kind != "new") == old
        assert "".join(text for kind, text in found if kind != "gone") == new


@pytest.mark.parametrize("old", ["天地玄黄宇宙洪荒" * 700, "晒太阳。\n" * 5_000])
def test_what_repeats_itself_without_end_is_compared_coarsely_and_no_letter_is_lost(old):
    new = old.replace("黄", "")[:-3] + "好。"
    found = list(compare(old, new))
    assert len(found) < 10
    assert "".join(each.text for each in found if each.kind != "new") == old
    assert "".join(each.text for each in found if each.kind != "gone") == new
