"""What people type, words that alarm, and the townships an address names."""

import time

import pytest

from app.cases.rules import typed
from app.cases.rules.watch import alarming
from app.cases.rules.whereabouts import named_in


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("  一行  ", "一行"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("a\x00b\x1bc", "abc"),
        ("\u202eabc\u2066", "abc"),
        ("a\u200db", "a\u200db"),
        ("a\tb", "a\tb"),
        ("\ufffe\uffffx", "x"),
        ("\ue000", ""),
        ("👩‍👧 ok", "👩‍👧 ok"),
    ],
)
def test_a_text_keeps_what_it_says(raw, kept):
    assert typed.text(raw) == kept


def test_a_line_is_one_line():
    assert typed.line(" a \n b\t\tc ") == "a b c"


@pytest.mark.parametrize(("raw", "kept"), [("12 34", "1234"), ("١٢-٣٤", "1234"), ("abc", ""), ("１２", "12")])
def test_digits_of_any_script_are_digits(raw, kept):
    assert typed.digits(raw) == kept


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("老师打孩子", ("打孩子",)),
        ("孩子昏迷了，还在出血", ("昏迷", "出血")),
        ("我打电话问过收费", ()),
        ("ئۇ بالىنى ئۇرۇپ تاشلىدى", ("ئۇرۇپ",)),
        ("قانداق قىلىمەن", ()),
        ("The child was BLEEDING", ("BLEEDING",)),
        ("they hit him", ("hit",)),
        ("white walls, a beautiful day", ()),
        ("fire, smoke, blood, dead", ("fire", "smoke", "blood")),
        ("", ()),
    ],
)
def test_words_that_may_mean_danger_are_found(text, words):
    assert alarming(text) == words


@pytest.mark.parametrize("text", ["a" * 100_000, "打" * 100_000, "ئۇر" * 50_000, "\n " * 50_000])
def test_long_texts_are_read_at_once(text):
    started = time.perf_counter()
    alarming(text)
    typed.text(text)
    assert time.perf_counter() - started < 1


NAMES = {"1": {"安华镇", "Anhua Town"}, "2": {"安华"}, "3": {"大安华镇"}, "4": {"暨阳街道", "جىياڭ"}}


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("安华镇中心路", {"1"}),
        ("大安华镇 8 号", {"3"}),
        ("暨阳街道与安华镇之间", {"1", "4"}),
        ("anhua town, 8", {"1"}),
        ("某某路", set()),
        ("", set()),
        ("جىياڭ كوچىسى", {"4"}),
    ],
)
def test_the_townships_an_address_names(address, found):
    assert named_in(address, NAMES) == found
