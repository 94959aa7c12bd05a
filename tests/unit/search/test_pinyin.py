"""The rule by which typed letters match a reading, and the readings made when names are written."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search import pinyin
from app.search.pinyin import SYLLABLES, consumed, may_be_key, record, spell
from app.search.readings import pinyin_keys, readings

ZHUJI = ["zhu", "ji", "shi", "you", "er", "yuan"]
PHRASES = {"长宁": ("chang", "ning"), "长宁区": ("chang", "ning", "qu"), "坏": ("a", "b")}

GOLDEN = [
    ("zhujishi", 3),
    ("zhuji", 2),
    ("zhuj", 2),
    ("zhu", 1),
    ("zh", 1),
    ("z", 1),
    ("zj", 2),
    ("zhj", 2),
    ("zjs", 3),
    ("zjsh", 3),
    ("zhjshyey", 6),
    ("zjsyoueryuan", 6),
    ("zhujishiyouery", 6),
    ("zhujishiyoueryuan", 6),
    ("zhujishiyoueryuanz", 0),
    ("zhjishy", 4),
    ("ji", 0),
    ("zuji", 0),
    ("zhiji", 0),
    ("zhujs", 3),
    ("zhujh", 0),
]


@pytest.mark.parametrize(("typed", "count"), GOLDEN)
def test_typed_letters_spell_so_many_syllables(typed, count):
    assert consumed(typed, ZHUJI) == count


def test_a_letter_can_be_a_whole_syllable_or_the_start_of_one():
    assert consumed("xian", ["xi", "an"]) == 2
    assert consumed("xian", ["xian"]) == 1
    assert consumed("ae", ["a", "e"]) == 2


def test_a_unit_without_reading_is_never_crossed():
    assert consumed("zj", ["zhu", "-", "ji"]) == 0


@given(st.lists(st.sampled_from(sorted(SYLLABLES)), min_size=1, max_size=6), st.data())
def test_whatever_spells_a_reading_is_in_its_net_and_matches(syllables, data):
    typed = "".join(
        data.draw(st.sampled_from([sound, sound[0], sound[:2] if sound[1:2] == "h" else sound[0]]))
        for sound in syllables
    )
    if not may_be_key(typed):
        return
    written = record(" ".join(syllables))
    found = spell(typed).net.search(written)
    assert found
    assert consumed(typed, syllables) > 0
    assert pinyin.matches(typed, written, 0, len(written))


def test_full_spellings_are_few_even_for_long_ambiguous_letters():
    assert spell("zhujishi").full == (" zhu ji shi",)
    assert spell("fangan").full == (" fang an", " fang a n", " fan gan", " fan ga n")
    assert 0 < len(spell("an" * 30).full) <= 8


def test_readings_follow_the_phrases_of_places_and_longest_first():
    assert pinyin_keys("长宁区长宁托育", PHRASES).syllables == (
        *["chang", "ning", "qu", "chang", "ning", "tuo", "yu"],
    )


def test_a_phrase_with_the_wrong_number_of_syllables_is_ignored():
    assert pinyin_keys("坏", PHRASES).syllables == ("huai",)


def test_readings_have_one_unit_for_each_character_and_each_word():
    keys = pinyin_keys("ABC托育（二〇）3号カ", {})
    assert keys.syllables == ("-", "tuo", "yu", "er", "ling", "-", "hao", "-")
    assert (keys.full, keys.initials) == ("tuoyuerlinghao", "tyelh")


def test_umlauts_are_written_v_or_ue():
    assert pinyin_keys("绿略", {}).syllables == ("lv", "lue")


def test_a_document_is_read_text_by_text_each_once():
    assert readings(["托育", "", "托育", "幼儿|诸暨", "！"], {}) == "tuo yu|you er|zhu ji"


def test_records_hold_only_syllables():
    assert record("Tuo YU|| a1 lve|") == " tuo yu| - lue"


def test_searching_never_imports_pypinyin():
    code = (
        "import sys; from app.search import whoosh_index, sql_index, highlight;"
        "assert 'pypinyin' not in sys.modules"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True)
