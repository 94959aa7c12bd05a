"""A list in an address: order kept, faults named, nothing guessed but what Crockford's alphabet allows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.codes import CROCKFORD
from app.facilities.rules.chosen import choose

A, B, C = "W6G8XC99", "V2BZZGN6", "H1BTPTJS"
IDS = st.lists(st.text(CROCKFORD, min_size=8, max_size=8), max_size=12, unique=True)


@pytest.mark.parametrize(
    ("texts", "ids"),
    [
        ([A, B], (A, B)),
        ([f"{A}.{B}"], (A, B)),
        ([f" {A},{B} ; {C}"], (A, B, C)),
        (["w6g8xc99"], (A,)),
        (["hlbtptjs"], (C,)),
        ([], ()),
        (["", " . "], ()),
    ],
)
def test_ids_are_read_however_they_are_separated_and_typed(texts, ids):
    assert choose(texts, 5).ids == ids


def test_what_is_left_out_is_named():
    chosen = choose([A, "nothing", A, B, C, "x" * 90], 2)
    assert chosen.ids == (A, B)
    assert chosen.beyond == (C,)
    assert chosen.repeated == (A,)
    assert chosen.unreadable == ("nothing", "x" * 20)


def test_an_address_of_absurd_length_is_not_read_to_its_end():
    chosen = choose(["x." * 5000], 5)
    assert chosen.uncounted == 4800
    assert len(chosen.unreadable) == 1


@given(IDS, st.integers(1, 6))
def test_every_id_is_kept_in_order_or_named_as_too_many(ids, limit):
    chosen = choose(ids, limit)
    assert [*chosen.ids, *chosen.beyond] == ids
    assert len(chosen.ids) == min(limit, len(ids))
    assert not chosen.repeated
    assert not chosen.unreadable
