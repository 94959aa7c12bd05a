"""What is marked in a name that nearly matches, and what was probably meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.marks import highlight_near, meant
from app.search.query import parse
from app.search.readings import readings

GOLDEN = [
    ("杏桥县小杏仁托育有限公司", "小杏人", "杏桥县[小杏仁]托育有限公司", "小杏仁"),
    ("杏桥县小杏仁托育有限公司", "xing qioa 托育", "[杏桥]县小杏仁[托育]有限公司", "杏桥 托育"),
    ("杏桥县小杏仁托育有限公司", "xingqioa", "[杏桥]县小杏仁托育有限公司", "杏桥"),
    ("北京金洋启智托育", "金羊启智", "北京[金洋启智]托育", "金洋启智"),
    ("金太阳（城南）幼儿园", "金大阳", "[金太阳]（城南）幼儿园", "金太阳"),
    ("Crescent Moon", "cresent moon", "[Crescent] [Moon]", "Crescent Moon"),
    ("ھىلال ئاي", "ھىلاڭل", "[ھىلال] ئاي", "ھىلال"),
    ("云朵屋", "金大阳", "云朵屋", ""),
    ("云朵屋", "", "云朵屋", ""),
]


@pytest.mark.parametrize(("name", "typed", "marked", "words"), GOLDEN)
def test_near_letters_are_marked_and_give_the_words_meant(name, typed, marked, words):
    spoken = readings([name], {})
    pieces = highlight_near(name, parse(typed), spoken)
    assert "".join(f"[{piece}]" if bold else piece for piece, bold in pieces) == marked
    assert meant(name, parse(typed), spoken) == words


@given(st.text(), st.text())
def test_the_fragments_joined_are_the_text(text, typed):
    pieces = highlight_near(text, parse(typed), "zhu ji")
    assert "".join(piece for piece, _ in pieces) == text
    assert isinstance(meant(text, parse(typed), "zhu ji"), str)
