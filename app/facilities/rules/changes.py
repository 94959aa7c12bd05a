"""What changed in a record, read from its observations: each time another value came to stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.facilities.rules.projection import Observation, current
from app.facilities.rules.proposals import KEYS

TABLES = frozenset(KEYS)
"""Fields that are lists of rows."""
UNTOLD = frozenset({"history"})
"""Fields that are themselves a list of what happened; telling that they grew would say it twice."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field's value giving way to another on a day. `before` None: nobody had reported it."""

    field: str
    before: Any
    after: Any
    on: date
    source: str


def changes(observations: Iterable[Observation]) -> list[Change]:
    """Return what changed, oldest first, without what only confirms a value or loses to a surer word."""
    held: dict[str, Observation] = {}
    found: list[Change] = []
    for each in sorted(observations, key=lambda seen: (seen.observed_on, seen.order)):
        before = held.get(each.field)
        standing = current([each] if before is None else [before, each])[each.field]
        held[each.field] = standing
        was = before.value if before else None
        if standing is each and was != each.value and each.field not in UNTOLD:
            found.append(Change(each.field, was, each.value, each.observed_on, each.source))
    return found


def apart(field: str, before: Any, after: Any) -> tuple[Any, Any]:
    """Return of two values what one has and the other has not: of a table only the rows that differ."""
    if field not in TABLES or not before or not after:
        return before, after
    gone, new = [row for row in before if row not in after], [row for row in after if row not in before]
    return (gone, new) if gone or new else (before, after)
