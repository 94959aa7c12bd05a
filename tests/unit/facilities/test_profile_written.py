"""A profile made at the counter comes back from its file as it was."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.facilities.loading.ledger.written import as_toml
from tests.addresses import CONTENT

PROFILES = sorted((CONTENT / "profiles").glob("*.toml"))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.one_of(TEXTS, st.booleans(), st.integers(-(10**9), 10**9), st.lists(TEXTS, max_size=3))


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_what_ships_is_written_and_read_back_the_same(path):
    data = tomllib.loads(path.read_text("utf-8"))
    assert tomllib.loads(as_toml(data)) == data


@given(
    st.dictionaries(TEXTS, VALUES, max_size=4),
    st.lists(st.dictionaries(TEXTS, VALUES, min_size=1), max_size=3),
)
def test_any_words_are_written_and_read_back_the_same(values, columns):
    data = {"units": values, "column": columns}
    assert tomllib.loads(as_toml(data)) == data
