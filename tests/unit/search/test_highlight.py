"""What is marked in a text as it was written."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.highlight import highlight
from app.search.query import parse

GOLDEN = [
    ("诸暨市幼儿园", "幼儿", "", "诸暨市[幼儿]园"),
    ("諸暨市幼兒園", "幼儿园 诸暨", "", "[諸暨]市[幼兒園]"),
    ("园园园", "园园", "", "[园园园]"),
    ("ＡＢＣ托育", "abc", "", "[ＡＢＣ]托育"),
    ("ABC 托育", "abc托", "", "[ABC] [托]育"),
    ("A座 1202", "a座12", "", "[A座 12]02"),
    ("My baby, Babycare", "bab", "", "My [bab]y, [Bab]ycare"),
    ("yémek, ye\u0301mek", "yemek", "", "[yémek], [ye\u0301mek]"),
    ("ئۇيغۇر يەسلى", "یهسلی", "", "ئۇيغۇر [يەسلى]"),
    ("ki\u200cds kids", "kids", "", "[ki\u200cds] [kids]"),
    ("91330681MA2D", "0681ma", "", "9133[0681MA]2D"),
    ("诸暨市托育", "zhuji", "", "诸暨市托育"),
    ("诸暨市托育", "zhuji", "zhu ji shi tuo yu", "[诸暨]市托育"),
    ("诸暨市托育", "zjs", "tuo yu|zhu ji shi tuo yu", "[诸暨市]托育"),
    ("ABC（诸暨）托育", "zhu j", "- zhu ji tuo yu", "ABC（[诸暨]）托育"),
    ("诸暨", "zhuji", "zhu ji shi", "诸暨"),
    ("诸暨", "", "", "诸暨"),
    ("", "诸暨", "", ""),
]


@pytest.mark.parametrize(("text", "query", "readings", "marked"), GOLDEN)
def test_the_found_letters_are_marked(text, query, readings, marked):
    pieces = highlight(text, parse(query).terms, readings)
    assert "".join(f"[{piece}]" if bold else piece for piece, bold in pieces) == marked


@given(st.text(), st.text())
def test_the_fragments_joined_are_the_text(text, query):
    pieces = highlight(text, parse(query).terms, "zhu ji")
    assert "".join(piece for piece, _ in pieces) == text
    assert all(first[1] != second[1] for first, second in pairwise(pieces))


@given(st.text(min_size=1, max_size=20))
def test_a_text_searched_for_itself_is_marked(text):
    terms = parse(text).terms
    assert any(bold for _, bold in highlight(text, terms)) == bool(terms)
