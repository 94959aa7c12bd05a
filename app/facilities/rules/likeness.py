"""How alike two names or two addresses are. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_HOLDS = 0.8
"""How alike two own words count of which one holds the other."""
_SUFFIXES = re.compile(r"(?:股份)?有限(?:责任)?公司|个体工商户|\(普通合伙\)|分?公司")
_COMMON = (
    *("婴幼儿照护服务", "婴幼儿照护", "婴幼儿", "照护服务", "托育服务", "托育中心", "托育", "托儿所", "幼托"),
    *(
        "幼儿园",
        "托班",
        "早教",
        "教育咨询",
        "教育科技",
        "教育",
        "咨询",
        "科技",
        "发展",
        "管理",
        "服务",
        "照护",
    ),
    *("中心", "分公司", "分园", "园区", "连锁", "公共", "健康"),
)
"""Words that most names are made of; they say little about which place is meant."""
_HOUSE = re.compile(r"\d+(?:-\d+)*号")
_SPACE = re.compile(r"[\s·•,，.。、\-—_'\"“”‘’《》()（）\[\]【】<>]+")


def plain(name: str) -> str:
    """Return a name in narrow small letters without spaces and punctuation: what makes two names the same."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", name).casefold())


def own_words(name: str, places: Iterable[str]) -> str:
    """Return a name without places, company form, brackets and common words: what tells it apart.

    `places` are taken off in their order: the longest first.
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    for place in places:
        text = text.replace(place, " ")
    text = _SUFFIXES.sub(" ", text)
    for word in _COMMON:
        text = text.replace(word, " ")
    return _SPACE.sub("", text)


def pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring letters; a single letter is by itself."""
    return frozenset([text] if len(text) == 1 else [text[at : at + 2] for at in range(len(text) - 1)])


def dice(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how alike two texts are by their pairs of letters (Dice): from 0 to 1, 0 if one is empty."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def houses(address: str) -> frozenset[str]:
    """Return the house numbers an address names."""
    return frozenset(_HOUSE.findall(unicodedata.normalize("NFKC", address)))


@dataclass(frozen=True, slots=True)
class Shape:
    """Names and address of a party, taken apart once for many comparisons."""

    names: tuple[str, ...]
    """In plain form; the first is the name, the rest are aliases."""
    whole: tuple[frozenset[str], ...]
    own: tuple[tuple[int, frozenset[str]], ...]
    """Length and pairs of the own words of each name that has any."""
    address: frozenset[str]
    houses: frozenset[str]


def shape_of(names: Iterable[str], address: str, places: Sequence[str]) -> Shape:
    """Return the shape of a party. `places` are names of areas, longest first."""
    written = list(names)
    plains = tuple(dict.fromkeys(filter(None, map(plain, written))))
    own = dict.fromkeys(filter(None, (own_words(name, places) for name in written)))
    return Shape(
        plains,
        tuple(map(pairs, plains)),
        tuple((len(words), pairs(words)) for words in own),
        pairs(plain(address)),
        houses(address),
    )


def own_alike(one: Shape, other: Shape) -> float:
    """Return how alike the own words are; one that holds the other, as a branch's does, is nearly it."""
    best = 0.0
    for length, first in one.own:
        for other_length, second in other.own:
            best = max(best, dice(first, second))
            if min(length, other_length) > 1:
                best = max(best, _HOLDS * len(first & second) / min(len(first), len(second)))
    return best


def whole_alike(one: Shape, other: Shape) -> float:
    """Return how alike the names are as they stand."""
    return max((dice(first, second) for first in one.whole for second in other.whole), default=0.0)
