"""Writes into translations which source text they were made of."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.faults import Fault
from app.guide.loading.shelf import load_shelf

if TYPE_CHECKING:
    from app.guide.rules.ledger import Fact

_OF = re.compile(r"^of:.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Stamped:
    """Files that got a stamp, those whose stamp is of an older text, and why others have none."""

    written: tuple[Path, ...]
    older: tuple[Path, ...]
    faults: tuple[Fault, ...]


def stamp_files(
    content: Path, languages: tuple[str, ...], glossary: Path, again: Collection[str], today: date
) -> Stamped:
    """Write the stamp of the present source text into every translation that has none.

    One that has another stays as it is, since somebody has to read it first; `again` are the files
    (`<language>/<slug>`) of which somebody did.
    """
    shelf = load_shelf(content, languages, glossary, today)
    facts: dict[str, Fact] = shelf.ledger.facts
    written, older = [], []
    for (language, slug), text in sorted(shelf.translations.items()):
        stamp = shelf.texts[slug].words.stamp(facts)
        if text.of == stamp:
            continue
        if text.of and f"{language}/{slug}" not in again:
            older.append(text.page.path)
            continue
        path = text.page.path
        whole = path.read_text("utf-8")
        front, body = (
            whole[: len("---\n") + len(text.page.front)],
            whole[len("---\n") + len(text.page.front) :],
        )
        line = f'of: "{stamp}"'
        new = _OF.sub(line, front, count=1) if _OF.search(front) else f"{front}{line}\n"
        path.write_text(new + body, "utf-8")
        written.append(path)
    return Stamped(tuple(written), tuple(older), tuple(shelf.faults))
