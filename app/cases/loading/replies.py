"""Reads `national/replies.csv`: words to begin a reply with, by subject and part, in our own sentences."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from app.cases.rules.categories import SUBJECTS
from app.cases.rules.words import REPLY_PARTS
from app.core.faults import N_
from app.core.files import Faults, table

ANY = "*"
_LANGUAGES = ("zh-Hans", "ug", "en")
_COLUMNS = ("category", "part", *(f"text_{code}" for code in _LANGUAGES))

Templates = Mapping[str, Mapping[str, Mapping[str, str]]]
"""Texts by subject, part and language; `*` is for any subject."""


def load_replies(content: Path) -> Templates:
    """Read the templates. Raises `FaultyFiles` with everything that is wrong with them."""
    path = content / "national" / "replies.csv"
    return _read(content, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=4)
def _read(content: Path, _changed: int) -> Templates:
    faults = Faults(content)
    found: dict[str, dict[str, Mapping[str, str]]] = {}
    subjects, parts = frozenset([*SUBJECTS, ANY]), frozenset(REPLY_PARTS)
    for row in table(content / "national" / "replies.csv", _COLUMNS, faults):
        category, part = row.one_of("category", subjects), row.one_of("part", parts)
        if part in found.setdefault(category, {}):
            row.bad("part", N_("This text is there twice."))
        row.need("text_zh-Hans")
        found[category][part] = row.names("text", _LANGUAGES)
    faults.check()
    return found


def template(content: Path, category: str, lang: str) -> dict[str, str]:
    """Return the five parts to begin with: those of the subject, else those for any, else empty."""
    known = load_replies(content)
    general, own = known.get(ANY, {}), known.get(category, {})
    filled = {}
    for part in REPLY_PARTS:
        texts = own.get(part) or general.get(part) or {}
        filled[part] = texts.get(lang) or texts.get(_LANGUAGES[0], "")
    return filled
