"""What a language has of a text follows from what its source changed since."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.guide.rules.states import Made, SourceRevision, next_review, source_state, translation_state
from app.guide.rules.texts import change_class
from app.guide.rules.vocabulary import STATES

FIRST = SourceRevision(1, "substance")


def after(*changes):
    return [FIRST, *(SourceRevision(n, change) for n, change in enumerate(changes, 2))]


@pytest.mark.parametrize(
    ("changes", "risk", "made", "state", "banner"),
    [
        ((), "R1", None, "missing", False),
        ((), "R1", Made("draft", 1), "draft", False),
        ((), "R1", Made("in_review", 1), "in_review", False),
        ((), "R1", Made("withdrawn", 1), "withdrawn", False),
        ((), "R1", Made("published", 1), "published", False),
        ((), "R1", Made("published", 1, machine=True), "mt_unreviewed", False),
        ((), "R1", Made("published", 1, machine=True, reviewed=True), "published", False),
        (("safety",), "R1", Made("published", 1), "withdrawn", True),
        (("safety",), "R2", Made("published", 1), "needs_update", True),
        (("safety",), "R3", Made("published", 1), "needs_update", True),
        (("substance",), "R1", Made("published", 1), "needs_update", True),
        (("substance",), "R2", Made("published", 1), "needs_update", True),
        (("substance",), "R3", Made("published", 1), "needs_update", False),
        (("cosmetic",), "R1", Made("published", 1), "published", False),
        (("cosmetic",), "R2", Made("published", 1, machine=True), "mt_unreviewed", False),
        (("safety", "cosmetic"), "R1", Made("published", 1), "withdrawn", True),
        (("substance", "safety"), "R1", Made("published", 2), "withdrawn", True),
        (("safety",), "R1", Made("published", 2), "published", False),
        (("safety",), "R1", Made("published", 1, looked_at=2), "published", False),
        (("safety", "substance"), "R1", Made("published", 1, looked_at=2), "needs_update", True),
        (("cosmetic",), "R1", Made("published", 0), "withdrawn", True),
        ((), "R2", Made("published", 0), "needs_update", True),
        ((), "R3", Made("published", 0), "needs_update", False),
    ],
)  # fmt: skip
def test_the_state_of_a_translation(changes, risk, made, state, banner):
    found = translation_state(after(*changes), made, risk)
    assert (found.state, found.banner) == (state, banner)


def test_a_translation_of_a_text_that_is_not_shown_is_not_shown():
    assert translation_state(after(), Made("published", 1), "R3", source_live=False).state == "withdrawn"


def test_what_it_lags_behind_by():
    found = translation_state(after("substance", "cosmetic", "safety"), Made("published", 1), "R2")
    assert (found.behind, found.by) == ("safety", (2, 4))


CHANGES = st.lists(st.sampled_from(["safety", "substance", "cosmetic"]), max_size=6)
MADE = st.builds(
    Made,
    st.just("published"),
    st.integers(0, 7),
    st.integers(0, 7),
    machine=st.booleans(),
    reviewed=st.booleans(),
)
ORDER = ["withdrawn", "needs_update", "mt_unreviewed", "published"]


@given(
    CHANGES, MADE, st.sampled_from(["R1", "R2", "R3"]), st.sampled_from(["safety", "substance", "cosmetic"])
)
def test_one_more_change_never_makes_a_translation_better(changes, made, risk, change):
    before = translation_state(after(*changes), made, risk)
    later = translation_state(after(*changes, change), made, risk)
    assert before.state in STATES
    if max(made.of, made.looked_at) <= len(changes) + 1:
        assert ORDER.index(later.state) <= ORDER.index(before.state)
        if change == "cosmetic" and max(made.of, made.looked_at):
            assert later == before


@given(CHANGES, MADE, st.sampled_from(["R1", "R2", "R3"]))
def test_after_looking_at_the_newest_it_is_new(changes, made, risk):
    seen = Made("published", made.of, len(changes) + 1, machine=made.machine, reviewed=made.reviewed)
    found = translation_state(after(*changes), seen, risk)
    assert found.state == ("mt_unreviewed" if made.machine and not made.reviewed else "published")


@pytest.mark.parametrize(
    ("risk", "declared", "words", "figures", "change"),
    [
        ("R1", "", True, False, "safety"),
        ("R2", "", True, False, "substance"),
        ("R1", "cosmetic", True, False, "cosmetic"),
        ("R3", "safety", True, False, "safety"),
        ("R1", "cosmetic", True, True, "safety"),
        ("R2", "cosmetic", False, True, "substance"),
        ("R1", "", False, False, "cosmetic"),
    ],
)
def test_the_class_of_a_change(risk, declared, words, figures, change):
    assert change_class(risk, declared, words=words, figures=figures) == change


@pytest.mark.parametrize(
    ("stored", "live", "state"),
    [
        ("published", True, "published"), ("draft", True, "published"), ("draft", False, "draft"),
        ("in_review", False, "in_review"), ("withdrawn", False, "withdrawn"), (None, False, "missing"),
    ],
)  # fmt: skip
def test_the_state_of_a_source(stored, live, state):
    assert source_state(stored, live=live) == state


def test_a_review_falls_into_its_month():
    assert next_review(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert next_review(date(2026, 11, 22), 24) == date(2028, 11, 22)
