"""Codes: checksums of credit codes, numbers of citizens, minted ids."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import codes
from app.core.codes import CodeState

REAL = ["91330681MA2JPQBH47", "91110115MA01NEH0XT", "12991200MB16629110", "91110108MA01HY6E6C"]
"""Codes of public register entries; their check characters were issued, not computed here."""


@pytest.mark.parametrize("code", REAL)
def test_issued_codes_pass(code):
    assert codes.credit_state(code) is CodeState.VALID
    assert codes.credit_state(f" {code.lower()} ") is CodeState.VALID


@given(st.sampled_from(REAL), st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_wrong_character_never_passes(code, place, letter):
    changed = code[:place] + letter + code[place + 1 :]
    if changed != code:
        assert codes.credit_state(changed) is not CodeState.VALID


@pytest.mark.parametrize(
    "code", ["11010519491231002X", "110105194912310021", "110105491231002", "330681201502290018"]
)
def test_what_is_shaped_like_a_citizen_number_is_refused(code):
    assert codes.credit_state(code) is CodeState.REFUSED


@pytest.mark.parametrize("code", ["(redacted)", "9133", "abc", "2" * 18, "无"])
def test_other_texts_are_only_invalid(code):
    assert codes.credit_state(code) is CodeState.INVALID


def test_no_code_is_missing():
    assert codes.credit_state("  ") is CodeState.MISSING


def test_minted_ids_are_eight_plain_letters():
    minted = {codes.mint() for _ in range(1000)}
    assert len(minted) == 1000
    assert all(codes.is_id(each) for each in minted)
    assert not codes.is_id("ABCDEFGI")
