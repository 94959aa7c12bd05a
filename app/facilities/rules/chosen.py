"""A parent's own list of facilities: what an address may name, and how it is read. Pure."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.core.codes import is_id

MOST_LISTED = 20
"""Facilities of a list: its address still fits a QR code that old phones read, and a text message."""
FEWEST_COMPARED = 2
MOST_COMPARED = 5
_SEPARATORS = str.maketrans(dict.fromkeys(",. ;", " "))
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})
_LONGEST_SHOWN = 20
_LONGEST_TYPED = 20
_MOST_READ = 200


@dataclass(frozen=True, slots=True)
class Chosen:
    """Ids in the order they were named, each once; and what was left out, and why."""

    ids: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    """Pieces that are no id, shortened to be shown."""
    repeated: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    """Ids past the limit."""
    uncounted: int = field(default=0)
    """Pieces of an address of absurd length that were not looked at."""


def choose(texts: Iterable[str], limit: int) -> Chosen:
    """Read the ids of a list. Several may stand in one text, separated by a full stop, comma or space.

    Letters that Crockford's alphabet leaves out are read as the digits they look like, so that an id typed
    from a printed page is found. The order is kept, since it is the reader's own.
    """
    pieces = [piece for text in texts for piece in text.translate(_SEPARATORS).split()]
    ids: list[str] = []
    unreadable: list[str] = []
    repeated: list[str] = []
    beyond: list[str] = []
    for piece in pieces[:_MOST_READ]:
        identity = read_id(piece)
        if identity is None:
            unreadable.append(piece[:_LONGEST_SHOWN])
        elif identity in ids or identity in beyond:
            repeated.append(identity)
        elif len(ids) < limit:
            ids.append(identity)
        else:
            beyond.append(identity)
    return Chosen(
        tuple(ids),
        tuple(dict.fromkeys(unreadable)),
        tuple(dict.fromkeys(repeated)),
        tuple(beyond),
        max(0, len(pieces) - _MOST_READ),
    )


def read_id(typed: str) -> str | None:
    """Return the id that somebody typed, perhaps in small or wide letters, in groups, or with O for 0."""
    if len(typed) > _LONGEST_TYPED:
        return None
    mended = unicodedata.normalize("NFKC", typed).upper().translate(_MISREAD)
    return mended if is_id(mended) else None
