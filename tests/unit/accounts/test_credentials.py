"""Passwords without superstition, handles, and codes as people type them."""

import pytest

from app.accounts.rules.credentials import (
    COMMON,
    LONGEST,
    SHORTEST,
    PasswordFault,
    in_groups,
    is_handle,
    is_one_time_code,
    normal_code,
    normal_handle,
    password_fault,
)

GOOD = [
    "correct horse battery staple",
    "seven quiet herons",
    "九只安静的白鹭站在水里看鱼游",
    "ئۇيغۇرچە پارول سىناق",
    "alllowercaseletters",
    "29183746550192",
    "        spaces of mine        ",
    "my password is a quiet heron",
    "2026 herons came back",
    "zhongguo de bailu zai shuili",
    "13912345678 is not mine",
    "hdkwqhdkwq hdkwqhdkwq",
]
BAD = [
    ("", "short"), ("eleven char", "short"), ("Aa1!Aa1!Aa1", "short"),
    ("x" * 129, "long"), ("abcdefgh" * 17, "long"),
    ("aaaaaaaaaaaa", "common"), ("121212121212", "common"), ("123456789012", "common"),
    ("Password1234", "common"), ("QWERTYUIOP12", "common"), ("woaini1314520", "common"),
    ("210987654321", "common"), ("abcdefghijkl", "common"), ("１２３４５６７８９０１２", "common"),
    ("Woaini1314520!!", "common"), ("P@ssw0rd2026!", "common"), ("abc123abc123", "common"),
    ("Admin@2025#2025", "common"), ("1qaz2wsx3edc4rfv", "common"), ("tuoyu12345678", "common"),
    ("xxxxxabcdefgh", "common"), ("qqqqqqqqqqqqqqqqqqwert", "common"), ("            ", "common"),
    ("qwer1234asdf5678", "common"), ("zhongguo2026", "common"), ("123qwe123qwe", "common"),
    ("65310119900215123X", "number"), ("650102198512310014", "number"), ("13912345678@qq", "number"),
    ("１３９１２３４５６７８！", "number"),
    ("demo-market is mine", "handle"), ("xxDEMO-Marketxx", "handle"),
]  # fmt: skip


@pytest.mark.parametrize("password", GOOD)
def test_any_long_password_is_good_whatever_it_is_made_of(password):
    assert password_fault(password, "demo-market") is None


@pytest.mark.parametrize(("password", "fault"), BAD)
def test_a_password_is_refused_for_a_reason(password, fault):
    assert password_fault(password, "demo-market") == PasswordFault(fault)


def test_the_limits_are_those_that_are_told():
    assert (SHORTEST, LONGEST) == (12, 128)
    assert password_fault("kq7 heron" * 14 + "ab", "x-y") is None


def test_every_listed_password_is_long_enough_to_be_listed():
    assert {each for each in COMMON if len(each) < SHORTEST or each != each.casefold()} == set()
    assert len(COMMON) > 40


@pytest.mark.parametrize("text", ["abc", "demo-market-2", "a1b2", "x" * 32])
def test_a_handle_is_plain(text):
    assert is_handle(text)


@pytest.mark.parametrize(
    "text", ["", "ab", "x" * 33, "-abc", "abc-", "a--b", "Abc", "张三丰", "a b c", "1abc", "a.b.c"]
)
def test_anything_else_is_no_handle(text):
    assert not is_handle(text)


def test_a_handle_is_typed_freely():
    assert normal_handle("  Demo-Market ") == "demo-market"
    assert len(normal_handle("x" * 1000)) == 64


@pytest.mark.parametrize(
    ("typed", "code"),
    [("123 456", "123456"), ("１２３４５６", "123456"), ("١٢٣٤٥٦", "123456"), ("abcd-ef0h", "ABCDEF0H"),
     ("olio-0000", "01100000")],
)  # fmt: skip
def test_a_code_is_typed_freely(typed, code):
    assert normal_code(typed) == code


def test_one_time_and_recovery_codes_are_told_apart():
    assert is_one_time_code("123456")
    assert not any(is_one_time_code(text) for text in ("12345", "1234567", "ABCDEF", "²23456", ""))
    assert in_groups("ABCDEFGH23456789") == "ABCD-EFGH-2345-6789"
