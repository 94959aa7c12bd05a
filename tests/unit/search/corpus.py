"""Small made-up collections for the engines, and the plain truth they are compared with."""

from hypothesis import strategies as st

from app.search.engine import FIELDS, Document
from app.search.pinyin import consumed
from app.search.query import Kind, Query, Term
from app.search.text import fold, is_character

SOUNDS = dict(
    zip(
        "诸暨市幼儿园宝贝托育中心长宁爱弥竹煮",
        [
            "zhu",
            "ji",
            "shi",
            "you",
            "er",
            "yuan",
            "bao",
            "bei",
            "tuo",
            "yu",
            "zhong",
            "xin",
            "chang",
            "ning",
            "ai",
            "mi",
            "zhu",
            "zhu",
        ],
        strict=True,
    )
)
LETTERS = st.sampled_from([*SOUNDS, *"諸園（） ab3é-يیە"])
PIECES = st.sampled_from(
    [
        "诸暨市",
        "幼儿园",
        "宝贝",
        "托育中心",
        "幼兒園",
        "ABC",
        " baby ",
        "（长宁店）",
        "3幢",
        "يەسلى",
        "91330681MA2D",
        "第二",
        "第12幼儿园",
        "十二",
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=4).map("".join), st.text(LETTERS, max_size=8))


def pinyin_of(text: str) -> str:
    """Readings made from the little table above, so that no test needs pypinyin."""
    units: list[str] = []
    for letter in fold(text):
        if is_character(letter) or not units or units[-1] != "-":
            units.append(SOUNDS.get(letter, "-"))
    return " ".join(units)


@st.composite
def documents(draw) -> list[Document]:
    ids = draw(st.lists(st.text("ABC123", min_size=1, max_size=4), unique=True, max_size=40))
    made = []
    for name in ids:
        fields = {field: draw(TEXTS) for field in draw(st.sets(st.sampled_from(FIELDS)))}
        spoken = "|".join(pinyin_of(fields[field]) for field in ("name", "alias") if field in fields)
        made.append(Document(name, fields, spoken))
    return made


QUERIES = st.one_of(
    TEXTS,
    st.text(LETTERS, min_size=2, max_size=4),
    st.sampled_from(
        [
            "zhuji zj zjyey youer bao bei",
            "tuoyuz",
            "ab",
            "0681ma",
            "3",
            "y er",
            "zhongxin tuoyu",
            "يه",
            "abc 托育",
            "你",
            "第2",
            "12幼儿园",
            "2",
            "二",
            "zj第十二幼",
            "zhu1ji4托育",
        ]
    ),
    st.lists(st.sampled_from(sorted(SOUNDS.values())), min_size=1, max_size=3).map("".join),
)


def truth(found: list[Document], query: Query) -> list[str]:
    """Ids that match, read off the definition in the slowest and plainest way."""
    return sorted(
        item.id for item in found if query.terms and all(_matches(item, term) for term in query.terms)
    )


def _matches(item: Document, term: Term) -> bool:
    values = [fold(value) for field in item.fields.values() for value in field.split("|")]
    if any(_holds_number(value, other) for value in values for other in term.spellings):
        return True
    if term.kind is Kind.CHARACTERS:
        return any(term.key in value for value in values)
    if all(any(_holds(value, word) for value in values) for word in term.words):
        return True
    if term.joined and any(_holds(value, term.joined) for value in values):
        return True
    spoken = [reading.split() for reading in item.pinyin.split("|")]
    return bool(term.pinyin) and any(
        consumed(term.pinyin, reading[first:]) for reading in spoken for first in range(len(reading))
    )


def _holds_number(value: str, key: str) -> bool:
    """Whether the key stands in a value with no letter of a number before or behind its own number."""
    for at in range(len(value) - len(key) + 1):
        around = [(value[at - 1 : at], key[0]), (value[at + len(key) : at + len(key) + 1], key[-1])]
        alone = not any(other and _same_script(other, own) for other, own in around)
        if value[at : at + len(key)] == key and alone:
            return True
    return False


def _same_script(one: str, other: str) -> bool:
    return any(
        one in letters and other in letters for letters in ("0123456789", "〇零一二三四五六七八九十百")
    )


def _holds(value: str, word: str) -> bool:
    apart = "".join(f" {letter} " if is_character(letter) else letter for letter in value).split()
    code = len(word) >= 4 and any(letter.isdigit() for letter in word)
    return any(own.startswith(word) or (code and len(own) >= 8 and word in own) for own in apart)
