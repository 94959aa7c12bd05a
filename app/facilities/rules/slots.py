"""Places free for a day: who says so, until when it holds; and how old a vacancy is. Pure.

A provider's word about tomorrow is worth little, and asking for more is a burden: so an offer is one tap and
ends by itself.
"""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from app.core.clock import ZONE
from app.facilities.rules.projection import STALE_DAYS

ANY_AGE = "*"
END = 18 * 60
"""Minutes after midnight at which an offer ends that names no hours."""
MORNING = 9 * 60
"""An offer made the day before lasts at least until this time of its day, in minutes after midnight."""
LONGEST = timedelta(hours=12)
"""How long an offer lasts from its confirmation, if its day is not over before."""
FRESH_DAYS = 30
"""A vacancy that is no older than this is taken as it was said."""
MOST = 99
"""Places that can be offered at once."""


class Said(StrEnum):
    """Who says that a place is free, and how it came here. Never a name."""

    PROVIDER = "provider"
    """The facility itself, signed in."""
    PHONE = "provider-phone"
    """The facility by telephone; a worker wrote it down."""
    WORKER = "worker"
    """A worker who was there."""


class Age(StrEnum):
    """How old a vacancy is."""

    FRESH = "fresh"
    AGEING = "ageing"
    STALE = "stale"


def age(on: date | None, today: date) -> Age | None:
    """Return how old what was said on a day is; None if no day is known."""
    if on is None:
        return None
    days = (today - on).days
    if days <= FRESH_DAYS:
        return Age.FRESH
    return Age.AGEING if days <= STALE_DAYS else Age.STALE


def expires(on: date, closes: int | None, now: datetime) -> datetime | None:
    """Return when an offer for a day, confirmed now, ends by itself; None if it would be over already.

    It ends when the offered hours do (`closes`, minutes after midnight; 18:00 if none are named), and at the
    latest twelve hours after it was confirmed. One made the day before lasts until nine in the morning all
    the same, so that it is there when parents look; to hold longer it is confirmed again.
    """
    end = _at(on, END if closes is None else closes)
    held = max(now + LONGEST, min(_at(on, MORNING), end))
    found = min(end, held)
    return found if found > now else None


def _at(on: date, minutes: int) -> datetime:
    return datetime.combine(on, time(), ZONE) + timedelta(minutes=minutes)
