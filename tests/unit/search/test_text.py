"""Golden table of folding, and the laws every folded text keeps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.text import fold, fold_with_origins, grams, is_character, runs

GOLDEN = [
    ("ＡＢＣ　１２３", "abc 123"),
    ("浙江省（诸暨市）", "浙江省 诸暨市"),
    ("  a,  b\t\nc ", "a b c"),
    ("ABC 托育 3 号", "abc托育3号"),
    ("children's", "childrens"),
    ("Xi’an", "xian"),
    ("yémek", "yemek"),
    ("Ürümqi", "urumqi"),
    ("e\u0301", "e"),
    ("lǜ", "lu"),
    ("Straße", "strasse"),
    ("諸暨市幼兒園", "诸暨市幼儿园"),
    ("臺灣", "台湾"),
    ("㍿①", "株式会社1"),
    ("٣۴", "34"),
    ("\ufee9\ufeea\ufeeb", "ههه"),
    ("ه ھ ە", "ه ه ه"),
    ("ى ي ی", "ي ي ي"),
    ("ې", "ې"),
    ("ك ک", "ك ك"),
    ("ئۇيغۇر", "ۇيغۇر"),
    ("\u0649\u0654ۇيغۇر", "ۇيغۇر"),
    ("\u064a\u0654ۇيغۇر", "ۇيغۇر"),
    ("\u06cc\u0654ۇيغۇر", "ۇيغۇر"),
    ("يـەسلى", "يهسلي"),
    ("يە\u200cس\u200dلى\u202c", "يهسلي"),
    ("a\x00b\ud800c", "a bc"),
    ("がが", "かか"),
    ("한국", "한국"),
    ("C-3、D座#5", "c 3 d座5"),
    ("", ""),
    ("！？", ""),
]


@pytest.mark.parametrize(("written", "key"), GOLDEN)
def test_a_text_folds_to_its_key(written, key):
    assert fold(written) == key


@given(st.text())
def test_folding_is_stable_and_leaves_only_letters_and_single_spaces(text):
    key = fold(text)
    assert fold(key) == key
    assert key == " ".join(key.split(" ")).strip()
    assert all(letter.isalnum() or letter == " " for letter in key)


@given(st.text() | st.text(alphabet="aé ى\u0654ي（托諸\u0301A1 "))
def test_every_letter_of_the_key_knows_where_it_came_from(text):
    key, origins = fold_with_origins(text)
    assert key == fold(text)
    assert len(origins) == len(key)
    assert origins == sorted(origins)
    assert all(0 <= at < len(text) for at in origins)


def test_characters_are_cut_into_single_ones_and_pairs_and_words_stay_whole():
    assert runs("a座1202 托育") == ["a", "座", "1202", "托育"]
    assert grams("a座1202 托育") == {"a", "座", "1202", "托", "育", "托育"}
    assert grams("") == set()


def test_characters_and_words_are_told_apart():
    assert [is_character(letter) for letter in "托〇カ한𠀀aێ1"] == [True] * 5 + [False] * 3
