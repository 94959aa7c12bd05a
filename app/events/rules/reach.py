"""Figures of what was held: each is a count of something, and none is derived from page views."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.events.rules.vocabulary import Status


@dataclass(frozen=True, slots=True)
class Counted:
    """An event as far as figures are concerned. Families and children are None until somebody counted."""

    status: Status
    over: bool
    township: str
    families: int | None
    children: int | None


@dataclass(frozen=True, slots=True)
class Reach:
    """What was held in a period.

    `held` is what took place, `counted` those of them where somebody wrote down who came; families and
    children are sums over these alone. `townships` had at least one.
    """

    planned: int
    held: int
    cancelled: int
    counted: int
    families: int
    children: int
    townships: frozenset[str]


def reach(events: Iterable[Counted]) -> Reach:
    """Count events of a period."""
    every = list(events)
    held = [each for each in every if each.status == Status.PLANNED and each.over]
    counted = [each for each in held if each.families is not None]
    return Reach(
        planned=sum(each.status == Status.PLANNED and not each.over for each in every),
        held=len(held),
        cancelled=sum(each.status == Status.CANCELLED for each in every),
        counted=len(counted),
        families=sum(each.families or 0 for each in counted),
        children=sum(each.children or 0 for each in counted),
        townships=frozenset(each.township for each in held if each.township),
    )
