"""A body is parted into its blocks, and what stands in braces is found in order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.guide.rules.blocks import Placeholder, links, part, placeholders, units, without_marks
from app.guide.rules.parity import differences
from app.guide.rules.sentences import unfounded

BODY = """
Words before.

::: key
One thing, {{fact:a-b}}.
:::

## Heading

More, {{claim:c}}.

### Deeper

- an item
  that goes on
- another, {{fact:a-b|number}}

::: doctor
1. go
2. {{tel:ambulance}}
:::
After.
"""


def test_blocks_stand_in_order_with_their_lines():
    parted = part(BODY)
    assert not parted.broken
    assert [(block.kind, block.line) for block in parted.blocks] == [
        ("text", 2), ("key", 5), ("text", 8), ("text", 12), ("doctor", 19), ("text", 22),
    ]  # fmt: skip
    assert [block.heading for block in parted.blocks] == ["", "", "Heading", "Deeper", "", ""]
    assert parted.blocks[3].placeholders == (Placeholder("fact", "a-b", bare=True),)


@pytest.mark.parametrize(
    ("body", "why", "line"),
    [
        ("::: key\nx", "open", 1),
        ("::: kee\nx\n:::", "unknown", 1),
        ("x\n:::\n", "stray", 2),
        ("::: key\nx\n::: do\ny\n:::", "nested", 3),
    ],
)
def test_a_fence_that_is_wrong_is_told_with_its_line(body, why, line):
    assert (line, why) in [(each.line, each.why) for each in part(body).broken]


def test_items_go_on_and_tables_have_rows():
    block = part("## H\n- a\n  b\n- c\n\n| x | y |\n|---|:-:|\n| 1 | 2 |\n\nwords\nmore").blocks[0]
    assert [(unit.kind, unit.text, unit.line) for unit in units(block)] == [
        ("heading", "## H", 1), ("item", "- a\n  b", 2), ("item", "- c", 4), ("row", "| x | y |", 6),
        ("row", "| 1 | 2 |", 8), ("words", "words\nmore", 10),
    ]  # fmt: skip


def test_links_and_words_without_marks():
    text = "- 看[发热](guide:fever)，**马上**打{{tel:ambulance}}"
    assert links(text) == (("发热", "guide:fever"),)
    assert without_marks(text) == "看发热，马上打 "


@pytest.mark.parametrize(
    "text", ["{{fact}}", "{{fact:}}", "{{fact: }}", "{{facts:a}}", "{fact:a}", "{{fact:a|x}}"]
)
def test_braces_of_another_shape_are_no_placeholder(text):
    assert placeholders(text) == ()


@given(st.lists(st.sampled_from(["::: key", ":::", "## H", "- i", "w {{fact:a}}", "", "### D", "::: do"])))
def test_nothing_is_lost_or_doubled(lines):
    body = "\n".join(lines)
    kept = [each for block in part(body).blocks for each in block.text.split("\n") if each.strip()]
    assert kept == [line for line in lines if line.strip() and not line.startswith(":::")]


@given(st.text(alphabet=":#-|*{}ab \n1.", max_size=60))
def test_any_body_is_parted_and_equals_itself(body):
    blocks = part(body).blocks
    assert not list(differences(blocks, blocks))
    assert all(block.line >= 1 for block in blocks)
    list(unfounded(blocks))


SOURCE = part("A {{fact:a}} and {{fact:b}}.\n\n::: do\n- x {{fact:a}}\n- y\n:::").blocks


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("B {{fact:b}} و {{fact:a}}.\n\n::: do\n- x {{fact:a}}\n- y\n:::", []),
        ("B {{fact:b}}.\n\n::: do\n- x {{fact:a}}\n- y\n:::", ["missing"]),
        ("B {{fact:a}} {{fact:b}} {{fact:b}}.\n\n::: do\n- x {{fact:a}}\n- y\n:::", ["extra"]),
        ("B {{fact:a}} {{fact:b}}.\n\n::: do\n- x\n- y {{fact:a}}\n:::", ["missing", "extra"]),
        ("B {{fact:a}} {{fact:b}}.\n\n::: do\n- x {{fact:a}}\n:::", ["items"]),
        ("B {{fact:a}} {{fact:b}}.\n\n::: steps\n- x {{fact:a}}\n- y\n:::", ["kind"]),
        ("B {{fact:a}} {{fact:b}}.", ["blocks"]),
        ("B {{fact:a|number}} {{fact:b}}.\n\n::: do\n- x {{fact:a}}\n- y\n:::", ["missing", "extra"]),
    ],
)
def test_a_translation_says_neither_more_nor_less(body, why):
    assert [each.why for each in differences(SOURCE, part(body).blocks)] == why


def test_no_source_no_sentence():
    body = """## 标题不用

趴睡危险{{claim:back}}。马上打电话。他醒了吗？要仰睡。{{claim:back}}

- 一{{fact:a}}
- 没有来源
"""
    assert list(unfounded(part(body).blocks)) == [(3, "马上打电话。"), (6, "没有来源")]
