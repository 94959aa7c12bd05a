"""What is on the desk today: kinds of things, the most pressing first. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Why something is on the desk, in the order in which it is shown."""

    OVERDUE = "overdue"
    WAITS = "waits"
    """For one's own word or hand."""
    REPORTED = "reported"
    """As wrong, by readers or residents."""
    EXPIRES = "expires"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Thing:
    """So many of something: a whole sentence that says how many, and the page where they are."""

    kind: Kind
    count: int
    words: str
    address: str


def by_kind(things: Iterable[Thing]) -> tuple[tuple[Kind, tuple[Thing, ...]], ...]:
    """Return what there is anything of, by kind; within a kind as the rooms brought it."""
    found = [each for each in things if each.count > 0]
    kinds = [kind for kind in Kind if any(each.kind is kind for each in found)]
    return tuple((kind, tuple(each for each in found if each.kind is kind)) for kind in kinds)
