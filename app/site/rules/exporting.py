"""What may be taken out as a file, by whom, and for how long. Pure.

A file that names how to reach residents needs a reason and the word of a second person, and is handed out
once; every file ends after a day, so that none is forgotten on a web server.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from app.accounts.rules import Action, Grant, Target, may, rights

LIFE = timedelta(hours=24)
"""How long a file can be fetched once it is written."""
AGAIN = timedelta(minutes=10)
"""How long one with ways to reach residents is still there once it was fetched: a line may break."""
MOST_ROWS = 20_000
"""Rows of a file; what is longer is cut, and says so."""
SHORTEST_REASON, LONGEST_REASON = 10, 1000


class Kind(StrEnum):
    """What a file is about."""

    FACILITIES = "facilities"
    PROPOSALS = "proposals"
    EVENTS = "events"
    CASES = "cases"
    GUIDE = "guide"
    ACCOUNTS = "accounts"
    CONTACTS = "contacts"
    """How to reach those who reported: names and telephone numbers of cases that one handles."""
    BOOKINGS = "bookings"
    """Telephone numbers of those who booked."""


class Form(StrEnum):
    """How a file is written."""

    CSV = "csv"
    XLSX = "xlsx"


class State(StrEnum):
    """What has become of an export."""

    ASKED = "asked"
    """A second person decides."""
    WAITING = "waiting"
    """The worker writes it within a minute or two."""
    READY = "ready"
    DECLINED = "declined"
    REFUSED = "refused"
    """The right to it was gone when it was to be written."""
    FAILED = "failed"
    GONE = "gone"
    """Its day is over; the file is erased."""


RIGHTS: Mapping[Kind, Action] = {
    Kind.FACILITIES: Action.FACILITY_EDIT,
    Kind.PROPOSALS: Action.FACILITY_EDIT,
    Kind.EVENTS: Action.EVENT_EDIT,
    Kind.CASES: Action.CASE_LIST,
    Kind.GUIDE: Action.GUIDE_EDIT,
    Kind.ACCOUNTS: Action.ACCOUNT_LIST,
    Kind.CONTACTS: Action.CASE_REVEAL,
    Kind.BOOKINGS: Action.EVENT_EDIT,
}
"""The right somebody needs; the file holds what this right reaches, and nothing else."""
PERSONAL = frozenset({Kind.CONTACTS, Kind.BOOKINGS})
"""Files with ways to reach residents."""
PURPOSES = ("call-back", "safety", "event-changed", "law")
"""Why ways to reach residents are taken out: a closed list, so that a year can be counted."""
SECOND = Action.CASE_REVEAL_APPROVE
"""The right of the second person: the one that allows sealed words to be read."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file before it is written: its headings and rows; `cut` if there were more than a file may have."""

    title: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[object]]
    cut: bool


def kinds(grants: Iterable[Grant]) -> tuple[Kind, ...]:
    """Return what somebody may take out."""
    held = tuple(grants)
    return tuple(kind for kind in Kind if may(held, RIGHTS[kind]))


def reach(grants: Iterable[Grant], action: Action) -> tuple[str, ...]:
    """Return the areas that a right reaches, none inside of another; of a right of an office, its area."""
    codes = sorted({grant.area for grant in grants if grant.area and action in rights(grant)})
    return tuple(code for code in codes if not any(code != each and code.startswith(each) for each in codes))


def within(area: str, grants: Iterable[Grant], action: Action) -> bool:
    """Tell whether an area lies where a right reaches."""
    return any(area.startswith(code) for code in reach(grants, action))


def may_decide(grants: Iterable[Grant], place: str, *, own: bool) -> bool:
    """Tell whether somebody may be the second person for an export of a place; never for one's own."""
    return not own and may(grants, SECOND, Target(place=place))
