"""Case numbers survive the telephone, access codes survive any keyboard."""

import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.rules import numbers
from app.core.codes import CROCKFORD

minted = st.text(CROCKFORD, min_size=8, max_size=8).map(lambda body: body + numbers._check(body))
digits = st.text("0123456789", min_size=20, max_size=20)
SCRIPTS = {
    "full-width": "０１２３４５６７８９",
    "Arabic-Indic": "٠١٢٣٤٥٦٧٨٩",
    "Extended Arabic-Indic": "۰۱۲۳۴۵۶۷۸۹",
    "Devanagari": "०१२३४५६७८९",
}


def in_script(code, script):
    return code.translate(str.maketrans("0123456789", SCRIPTS[script]))


def test_a_number_is_minted_in_groups_and_reads_as_itself():
    found = {numbers.mint_number() for _ in range(200)}
    assert len(found) == 200
    for number in found:
        assert re.fullmatch(rf"[{CROCKFORD}]{{4}}-[{CROCKFORD}]{{4}}-[{CROCKFORD}]", number)
        assert numbers.read_number(number) == number


@given(minted, st.integers(0, 8), st.sampled_from(CROCKFORD))
def test_any_single_wrong_letter_is_found(number, place, letter):
    wrong = number[:place] + letter + number[place + 1 :]
    assert (numbers.read_number(wrong) is None) == (wrong != number)


@given(minted, st.integers(0, 7))
def test_two_swapped_neighbours_are_found_except_zero_and_z(number, place):
    """The one pair that this check (Luhn, modulus 32) cannot tell apart, as 09 and 90 in the decimal one."""
    pair = number[place : place + 2]
    swapped = number[:place] + pair[::-1] + number[place + 2 :]
    unseen = pair[0] == pair[1] or set(pair) == {"0", "Z"}
    assert (numbers.read_number(swapped) is not None) == unseen


def test_what_the_check_letter_does_not_find_is_known():
    """So that nobody promises more: 0Z for Z0, and letters swapped across one."""
    number = next(body + numbers._check(body) for body in ("0Z123456", "1Z023456") if body.startswith("0Z"))
    assert numbers.read_number("Z0" + number[2:]) == numbers.show_number("Z0" + number[2:])
    across = "A1B23456"
    assert numbers._check(across) == numbers._check("B1A23456")


@pytest.mark.parametrize(
    "typed",
    [
        "7k3q-9f2m-{}", "7K3Q 9F2M {}", "7K3Q9F2M{}", " 7K3Q–9F2M–{} ", "７Ｋ３Ｑ－９Ｆ２Ｍ－{}",
        "7K3Q\t9F2M\n{}", "7K3Q.9F2M.{}", "编号：7K3Q-9F2M-{}", "\u2067 7K3Q-9F2M-{}\u2069", "７k３q9f2m{}",
    ],
)  # fmt: skip
def test_a_number_is_read_however_it_was_typed(typed):
    check = numbers._check("7K3Q9F2M")
    assert numbers.read_number(typed.format(check)) == f"7K3Q-9F2M-{check}"


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_number_is_read_in_digits_of_any_script(script):
    number = "70325914" + numbers._check("70325914")
    assert numbers.read_number(in_script(number, script)) == numbers.show_number(number)


def test_letters_that_are_mistaken_for_digits_are_read_as_digits():
    number = "01V10001" + numbers._check("01V10001")
    for typed in ("OIUlOooI", "oLuiooo1", "0lV1000L"):
        assert numbers.read_number(typed + number[-1]) == numbers.show_number(number)


@pytest.mark.parametrize(
    "typed", ["", " ", "7K3Q", "7K3Q-9F2M", "7K3Q-9F2M-AA", "💧" * 9, "\x00" * 9, "-" * 9]
)
def test_what_cannot_be_a_number_is_none(typed):
    assert numbers.read_number(typed) is None


@given(st.text(max_size=40))
def test_reading_a_number_never_fails(text):
    found = numbers.read_number(text)
    assert found is None or numbers.read_number(found) == found


@given(digits)
def test_a_code_is_read_as_it_is_shown(code):
    assert numbers.show_code(code) == " ".join(code[i : i + 4] for i in range(0, 20, 4))
    assert numbers.read_code(numbers.show_code(code)) == code


@given(
    digits, st.sampled_from(sorted(SCRIPTS)), st.sampled_from([" ", "-", "", "\u00a0", "\u2009", " · ", "\n"])
)
def test_a_code_is_read_in_digits_of_any_script_and_any_spacing(code, script, space):
    typed = space.join(code[i : i + 4] for i in range(0, 20, 4))
    assert numbers.read_code(in_script(typed, script)) == code


@pytest.mark.parametrize("count", [0, 1, 19, 21, 40])
def test_a_code_of_another_length_is_none(count):
    assert numbers.read_code("7" * count) is None


@given(st.text(max_size=60))
def test_reading_a_code_never_fails(text):
    found = numbers.read_code(text)
    assert found is None or re.fullmatch(r"[0-9]{20}", found)


def test_a_code_is_twenty_digits_of_a_digest_and_small_ones_keep_their_zeros():
    assert numbers.code_from(b"\x00" * 32) == "0" * 20
    assert numbers.code_from((7).to_bytes(32, "big")) == "0" * 19 + "7"
    codes = {numbers.code_from(hashlib.sha256(bytes([each])).digest()) for each in range(256)}
    assert len(codes) == 256
    assert all(re.fullmatch(r"[0-9]{20}", code) for code in codes)
