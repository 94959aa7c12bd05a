"""Codes of events, bookings and experts, as in URLs, files and the database."""

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What families come to, or what comes to them."""

    VISIT = "visit"
    """Somebody comes to the home on a day agreed by telephone."""
    CLASS = "class"
    """A lesson for parents and grandparents."""
    FAMILY = "family"
    """Children and adults do something together."""
    TALK = "talk"
    """An expert speaks and answers."""


class Status(StrEnum):
    """Whether an event takes place."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


class State(StrEnum):
    """What has become of a booking."""

    BOOKED = "booked"
    WAITING = "waiting"
    """Behind those who have a place; moves up by itself when somebody cancels."""
    CANCELLED = "cancelled"


TOPICS: Final = (
    "newborn", "nutrition", "growth", "vaccines", "safety", "illness", "play", "care", "wellbeing", "leave",
    "money", "choosing", "places", "policy",
)  # fmt: skip
"""Topics of guidance (`content/guide/topics.csv`)."""
SPOKEN: Final = ("zh", "ug", "en", "kk", "sign")
"""Languages that events are held in and experts speak."""
FIELDS: Final = ("medicine", "mind", "education", "health")
"""What an expert is an expert of."""
MOST_PEOPLE: Final = 10
"""People of one family that one booking may be for."""
