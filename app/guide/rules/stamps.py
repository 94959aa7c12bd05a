"""Stamps: a short digest that is the same as long as a text says the same."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from app.guide.rules.blocks import Placeholder, placeholders

LENGTH: Final = 12
"""Hexadecimal digits: short enough to read out, long enough that two texts never share one."""
Figures = Mapping[str, list[str]]
"""What the facts of a text stated: by key, the figure, its unit, source and validity, as text."""


def stamp(title: str, summary: str, body: str, figures: Figures) -> str:
    """Return the stamp of a source text: of its words and of what its facts state.

    What only files a text (topic, ages, related texts) is not in it: translations do not depend on it.
    """
    return digest([title, summary, body.strip(), dict(sorted(figures.items()))])


def digest(value: Any) -> str:
    """Return the digest of a value that JSON can hold."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def keys_of(*texts: str) -> tuple[str, ...]:
    """Return the keys of the facts and claims that texts refer to, sorted, each once."""
    return tuple(sorted({each.key for text in texts for each in _facts(placeholders(text))}))


def _facts(found: Iterable[Placeholder]) -> Iterable[Placeholder]:
    return (each for each in found if each.kind in {"fact", "claim"})
