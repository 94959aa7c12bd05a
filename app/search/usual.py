"""Pinyin by a table: each character as it is read most, words that are read otherwise as a whole. Pure.

For titles that have to be read while a page is served, for which `readings` is exact and too heavy. Names may
come out wrong, ordinary words do not.
"""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.search.pinyin import NO_READING
from app.search.readings import readings

if TYPE_CHECKING:
    from collections.abc import Iterable

_DATA: Final = Path(__file__).parent / "data"


def usual_readings(texts: "Iterable[str]") -> str:
    """Make the `pinyin` of a document as `readings.readings` does, each character as it is read most."""
    return readings(texts, _words(), lambda text: map(_characters().reading, text))


class _Readings(dict[str, str]):
    """Character -> syllable."""

    def reading(self, character: str) -> str:
        """Return how a character is read, NO_READING if that is not known."""
        return self.get(character, NO_READING)


@lru_cache(maxsize=1)
def _characters() -> _Readings:
    found = _Readings()
    for name in ("sounds.tsv", "usual.tsv"):  # the second has those that the first gives several readings
        for sound, characters in _lines(name):
            found.update(dict.fromkeys(characters, sound))
    return found


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    return {word: tuple(spoken.split()) for word, spoken in _lines("words.tsv")}


def _lines(name: str) -> list[tuple[str, str]]:
    lines = (_DATA / name).read_text("utf-8").splitlines()
    return [(one, other) for one, _tab, other in (line.partition("\t") for line in lines)]
