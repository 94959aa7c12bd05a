"""What a form does to a text, and what it says a change will do, is what the rules of states then do."""

import pytest

from app.guide.rules import editing
from app.guide.rules.editing import Piece
from app.guide.rules.states import Made, SourceRevision, translation_state
from app.guide.rules.texts import change_class
from app.guide.rules.vocabulary import CHANGES, RISKS

EFFECTS = {
    ("published", False): {"nothing"},
    ("needs_update", False): {"later"},
    ("needs_update", True): {"notice"},
    ("withdrawn", True): {"withdrawn"},
}


@pytest.mark.parametrize("risk", sorted(RISKS))
@pytest.mark.parametrize("change", sorted(CHANGES))
def test_what_is_said_of_a_change_is_what_happens(risk, change):
    source = [SourceRevision(1, "substance"), SourceRevision(2, change)]
    after = translation_state(source, Made("published", 1), risk)
    assert editing.effect(risk, change) in EFFECTS[after.state, after.banner]


@pytest.mark.parametrize("risk", sorted(RISKS))
@pytest.mark.parametrize("figures", [True, False])
def test_only_classes_that_will_hold_are_offered_the_default_first(risk, figures):
    offered = editing.offered(risk, words=True, figures=figures)
    assert all(change_class(risk, each, words=True, figures=figures) == each for each in offered)
    assert change_class(risk, "", words=True, figures=figures) == offered[0]


BODY = "\n开头。\n\n## 标题\n\n话。\n\n::: do\n- 一\n- 二\n:::\n\n### 小\n"
PIECES = (
    Piece("text", "", "开头。"),
    Piece("text", "标题", "话。"),
    Piece("do", "", "- 一\n- 二"),
    Piece("text", "小", "", 3),
)


def test_a_body_is_pieces_and_pieces_are_that_body():
    assert editing.pieces(BODY) == PIECES
    assert editing.body_of(PIECES) == (BODY, (2, 4, 8, 13))


def test_an_empty_piece_is_left_out_and_has_no_line():
    assert editing.body_of((Piece(), Piece("key", "", "话。"))) == ("\n::: key\n话。\n:::\n", (0, 2))


def test_pieces_move_and_stay_at_the_ends():
    one, two, three = PIECES[:3]
    assert editing.moved((one, two, three), 0, 1) == (two, one, three)
    assert editing.moved((one, two, three), 0, -1) == (one, two, three)
    assert editing.moved((one, two, three), 9, 1) == (one, two, three)
    assert editing.without((one, two), 0) == (two,)
    assert editing.with_new((one, two), 0) == (one, Piece(), two)
    assert editing.with_new((one,) * editing.MOST, 0) == (one,) * editing.MOST
    assert editing.put_in((one, two), 1, "{{fact:a}}")[1].text == "话。{{fact:a}}"


@pytest.mark.parametrize(
    ("states", "head"),
    [
        ([], None),
        (["published"], 0),
        (["replaced", "published", "draft"], 2),
        (["replaced", "draft", "published"], 2),
        (["published", "in_review", "draft"], 2),
        (["replaced", "withdrawn"], 1),
    ],
)
def test_one_goes_on_from_the_newest_draft_above_what_is_published(states, head):
    assert editing.head(states) == head
