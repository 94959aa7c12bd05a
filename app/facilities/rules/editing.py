"""Edits behind the counter: which fields, how somebody knows, what an edit does to what stands. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from app.facilities.rules.projection import Observation, current
from app.facilities.rules.proposals import KEYS, applied, checked

UNDO_DAYS = 30
"""How long an edit can be taken back; later, the fields are corrected instead."""
OLDEST_DAYS = 366
"""How long ago somebody may have seen what they enter now."""
MOST = 500
"""Facilities that can be changed in one go."""


class How(StrEnum):
    """How a worker knows what they enter."""

    VISIT = "visit"
    PHONE = "phone"
    DOCUMENT = "document"
    NOTICE = "notice"


KIND: Mapping[How, str] = {
    How.VISIT: "township",
    How.PHONE: "provider",
    How.DOCUMENT: "provider",
    How.NOTICE: "county",
}
"""Kind of the source that it is recorded under."""
EDITED = (
    "kind",
    "aliases",
    "names",
    "address",
    "township",
    "location",
    "phone",
    "opening",
    "holidays",
    "opens_on",
    "care",
    "bands",
    "inclusive",
    "demonstration",
    "food",
    "languages",
    "needs",
    "indoor_m2",
    "outdoor_m2",
)
"""What has a form of one answer each. Prices, status and records have pages of their own."""
SEVERAL = ("holidays", "opening", "inclusive", "demonstration", "food", "languages", "needs", "kind", "fees")
"""Fields that can be the same at several facilities."""


class Effect(StrEnum):
    """What a value entered now does at one facility."""

    CHANGES = "changes"
    CONFIRMS = "confirms"
    """The same value, seen on a later day: its age is new."""
    SAME = "same"
    """The record says so already, of that very day or a later one."""
    NEWER = "newer"
    """What stands is of a later day, so this would not stand."""


WORTH = frozenset({Effect.CHANGES, Effect.CONFIRMS})
"""Effects that are worth an observation."""


def after(field: str, held: Any, proposed: Any, day: date) -> Any:
    """Return the value of a field once an edit is made; of a table, a list is the whole of it."""
    if field in KEYS and not isinstance(proposed, list):
        return applied(field, held, checked(field, proposed, day))
    return proposed


def effect(held: Observation | None, value: Any, day: date) -> Effect:
    """Tell what a value of a day does where another stands; None: nothing is known yet."""
    if held is None:
        return Effect.CHANGES if value is not None else Effect.SAME
    firm = held.source_kind != "inferred"
    if held.value == value:
        return Effect.CONFIRMS if held.observed_on < day or not firm else Effect.SAME
    return Effect.NEWER if firm and held.observed_on > day else Effect.CHANGES


def day_fits(day: date, today: date) -> bool:
    """Tell whether somebody may say today what they saw on a day."""
    return today - timedelta(days=OLDEST_DAYS) <= day <= today


@dataclass(frozen=True, slots=True)
class Said:
    """An observation with what its being taken back depends on."""

    observation: Observation
    recorded_at: datetime
    by_staff: bool
    """Somebody entered it behind the counter: no list, register or pack did."""


def takeable(said: list[Said], now: datetime) -> frozenset[int]:
    """Return which observations of one facility can be taken back, by their order.

    Those that somebody entered within thirty days and that stand: what was said after them may have been
    written in the knowledge of them.
    """
    standing = {each.order for each in current(each.observation for each in said).values()}
    return frozenset(
        each.observation.order
        for each in said
        if each.by_staff
        and each.observation.order in standing
        and now - each.recorded_at <= timedelta(days=UNDO_DAYS)
    )


class RecordState(StrEnum):
    """What becomes of a record that is published on a day."""

    WAITING = "waiting"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


def is_due(publish_on: date, today: date) -> bool:
    """Tell whether the day of a record has come."""
    return publish_on <= today
