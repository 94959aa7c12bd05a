"""The fuzzy tier: two engines, one answer, nothing that matches exactly, and what its rule says."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.search.engine import Document
from app.search.readings import readings
from app.search.spelling import is_one_slip
from app.search.text import fold
from app.search.whoosh_index import WhooshIndex
from tests.unit.search.corpus import LETTERS, QUERIES, SOUNDS, documents
from tests.unit.search.test_engines import sql_index

SLOW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CORES = ["诸暨爱弥", "长宁宝贝", "爱弥竹", "zhujiai", "aimizhu", "babyland", "نۇرلۇق"]


@st.composite
def near_queries(draw) -> str:
    """Things that are in a collection but for a slip or a sound, alone or with another word."""
    text = draw(st.sampled_from([*CORES, "诸暨市幼儿园", "宝贝托育中心"]))
    at = draw(st.integers(0, len(text) - 1))
    other = draw(st.sampled_from([*SOUNDS, "a", "ن"]))
    changed = draw(
        st.sampled_from(
            [
                text[:at] + other + text[at + 1 :],
                text[:at] + text[at + 1 :],
                text[:at] + other + text[at:],
                text[:at] + text[at : at + 2][::-1] + text[at + 2 :],
                text.replace("诸", "竹"),
            ]
        )
    )
    return draw(st.sampled_from(["", "", "长宁 ", "托育 ", "zj "])) + changed


def with_cores(found: list[Document]) -> list[Document]:
    sound = {"诸暨爱弥": "zhu ji ai mi", "长宁宝贝": "chang ning bao bei", "爱弥竹": "ai mi zhu"}
    return [
        *found,
        *(Document(f"core{at}", {"name": core}, sound.get(core, "-")) for at, core in enumerate(CORES)),
    ]


@SLOW
@given(
    found=documents(),
    queries=st.lists(near_queries() | QUERIES | st.text(), min_size=1, max_size=12),
)
def test_both_engines_call_the_same_similar_and_never_what_matches_exactly(found, queries):
    sql, engine = sql_index()
    with tempfile.TemporaryDirectory() as folder:
        embedded = WhooshIndex(Path(folder))
        for index in (sql, embedded):
            index.rebuild(with_cores(found), 3)
        for query in queries:
            near = embedded.similar(query)
            assert near == sql.similar(query)
            assert not set(near.ids) & set(embedded.search(query).ids)
            assert list(near.scores) == sorted(near.scores, reverse=True)
            assert embedded.similar(query) is near
    engine.dispose()


@SLOW
@given(names=st.lists(st.text(LETTERS, min_size=3, max_size=8), min_size=1, max_size=20), key=near_queries())
def test_a_name_with_one_slip_is_similar_by_the_plain_definition(names, key):
    """Characters only: some run of a name is one slip away, and a telling character is left."""
    telling = set(fold(key)) - set("诸暨市幼儿园托育中心")
    if not telling or len(fold(key)) < 4 or not all("\u4e00" <= letter <= "\u9fff" for letter in key):
        return
    documents = [Document(str(at), {"name": name}) for at, name in enumerate(names)]
    found = similar(documents, key)
    for item in documents:
        name = fold(item.fields["name"])
        parts = {
            name[low : low + size]
            for size in (len(key) - 1, len(key), len(key) + 1)
            for low in range(len(name) - size + 1)
        }
        one_away = any(is_one_slip(key, part) and telling <= set(part) for part in parts)
        if one_away and key not in name:
            assert item.id in found


GOLDEN = [
    ("小月牙幼儿园", "小月芽", "the same sound"),
    ("星桥托育", "新桥", "in and ing"),
    ("智慧树", "字会树", "zh and z"),
    ("蓝天托育", "南天", "l and n"),
    ("云朵屋托育园", "云多屋", "the same sound"),
    ("云朵屋托育园", "云果屋", "another character"),
    ("云朵屋托育园", "云屋托育", "one left out"),
    ("云朵屋托育园", "云朵小屋", "one too many"),
    ("云朵屋托育园", "朵云屋", "two swapped"),
    ("云朵屋托育园", "yundouwu", "a letter too many"),
    ("云朵屋托育园", "yunduwo wu", "swapped, with a space"),
    ("云朵屋托育园", "yunduowuu托育", "a slip, and ordinary words exactly"),
    ("Rainbow Bridge", "rainbou", "a letter of a Latin word"),
    ("Rainbow Bridge", "bridge riainbow", "one word exactly, one nearly"),
    ("يۇلتۇز چىراغ", "يولتۇز", "a letter of an Uyghur word"),
    ("91330681MA2D4KJX0P", "91330681MA2D4KJX9P", "a letter of a credit code"),
]


@pytest.mark.parametrize(("name", "typed", "why"), GOLDEN)
def test_what_was_meant_is_similar(name, typed, why):
    assert similar([Document("1", {"name": name}, readings([name], {}))], typed) == ("1",), why


@pytest.mark.parametrize(
    ("name", "typed", "why"),
    [
        ("云朵屋", "云朵屋", "it matches exactly"),
        ("云朵屋", "云果", "two characters have no slip"),
        ("星桥幼儿园", "幼儿园", "ordinary words are only matched exactly"),
        ("星桥幼儿园", "鑫幼儿园", "the only telling character is wrong"),
        ("星桥幼儿园", "月光幼儿园", "two characters differ"),
        ("星桥", "xinq", "four letters have no slip"),
        ("Moon", "moom", "four letters have no slip"),
        ("甲", "乙", "one character"),
        ("云朵屋", "", "nothing was typed"),
        ("云朵屋", " ".join("云朵屋甲乙丙丁戊己"), "too many parts"),
    ],
)
def test_what_was_not_meant_is_not_similar(name, typed, why):
    assert similar([Document("1", {"name": name}, readings([name], {}))], typed) == (), why


def test_areas_and_addresses_are_not_compared():
    fields = {"name": "甲", "area": "云朵屋镇", "address": "云朵屋路"}
    assert similar([Document("1", fields, "jia")], "云多屋") == ()


def test_sounds_come_before_slips_and_whole_names_before_parts():
    names = ["大云朵屋", "云果屋", "云朵屋", "云朵屋二店", "云多"]
    found = similar(
        [Document(str(at), {"name": each}, readings([each], {})) for at, each in enumerate(names)], "云多屋"
    )
    assert found == ("2", "3", "0", "1", "4")


def similar(documents: list[Document], typed: str) -> tuple[str, ...]:
    sql, engine = sql_index()
    sql.rebuild(documents, 1)
    found = sql.similar(typed).ids
    engine.dispose()
    return found
