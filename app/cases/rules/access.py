"""Who sees how much of a case, and which parts they play in it. Pure.

Least privilege: the unit that leads and the coordinating office work with the whole case; a unit that is
asked for a contribution sees the story where it is not sensitive, never who told it and never the
conversation; a unit that is only informed reads that there is a case, and no word of anybody. A unit that a
case is about sees nothing of it, whatever else it is. A unit whose time with a case is over sees nothing any
more.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from app.accounts.rules import WITH_UNIT, Action, Grant, Target, may, rights
from app.cases.rules.acts import Actor, Event

LEADING, HELPING, TOLD, TERRITORY, REVIEWING = "lead", "co", "inform", "territory", "review"
"""In which part a unit has a case."""
_SHARING = frozenset({"primary", "co", "lead"})
"""Roles of a territory that make it more than informed."""
_UPPER_STEPS = frozenset({Event.FINALISE, Event.SEND_BACK})
_DESK_STEPS = frozenset(
    {Event.ASSIGN, Event.UPHOLD, Event.INSIST, Event.DISPUTE, Event.DESIGNATE, Event.TRANSFER}
)


class Level(StrEnum):
    """How much of a case somebody sees."""

    FULL = "full"
    """Everything but what is sealed apart: contact, originals, and the story where it is sensitive."""
    PART = "part"
    """Subject, facility, what the own unit is asked, the story where it is not sensitive."""
    SUMMARY = "summary"
    """That there is a case, its subject and its dates; no words of anybody."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a case decides who sees it. `holders` are (part, unit) of those who have it now."""

    place: str
    area: str
    about: str | None
    lead: str | None
    holders: frozenset[tuple[str, str]]
    territory_role: str = ""


@dataclass(frozen=True, slots=True)
class Access:
    """What one member of staff may see and be in one case."""

    level: Level
    actors: frozenset[Actor]
    units: frozenset[str]
    """Their units that have the case or watch over it."""
    lead: str | None
    leading: str = ""
    """Their unit, if it leads."""
    helping: frozenset[str] = frozenset()
    """Their units that were asked for a contribution."""
    reviewing: str = ""
    desk: str = ""
    rights: frozenset[Action] = field(default_factory=frozenset)
    """What they may do to this case, as the table of rights says."""

    @property
    def full(self) -> bool:
        """Tell whether they see the whole case."""
        return self.level is Level.FULL

    @property
    def may_know_contact(self) -> bool:
        """Tell whether they may ask for the contact: those who handle the case, not those who review it."""
        return bool(self.leading or self.desk) and Action.CASE_REVEAL in self.rights

    def unit_for(self, event: Event, unit: str = "") -> str:
        """Return the unit somebody acts for in a step; `unit` is the one a sub-task names."""
        if event is Event.TASK_REPLY:
            return unit if unit in self.helping else next(iter(sorted(self.helping)), "")
        if event in _UPPER_STEPS:
            return self.reviewing
        if event in _DESK_STEPS:
            return self.desk
        return self.leading or self.desk or self.reviewing or next(iter(sorted(self.units)), "")


def offices(grants: Iterable[Grant]) -> frozenset[str]:
    """Return the offices somebody works cases in."""
    return frozenset(
        grant.unit
        for grant in grants
        if grant.role in WITH_UNIT and grant.unit and Action.CASE_READ in rights(grant)
    )


def desks(grants: Iterable[Grant]) -> dict[str, str]:
    """Return the places whose coordinating desk somebody sits at, each with their unit there."""
    return {
        grant.area: grant.unit
        for grant in grants
        if grant.area and may([grant], Action.CASE_TRIAGE, Target(place=grant.area))
    }


def access(grants: Iterable[Grant], case: Standing) -> Access | None:
    """Return what somebody with these grants sees of a case, or None: then there is no such case for them."""
    held = tuple(grants)
    own = offices(held)
    if case.about in own:
        return None
    parts = {part: frozenset(unit for role, unit in case.holders if role == part) for part in _PARTS}
    desk = desks(held).get(case.place, "")
    leading = case.lead if case.lead in own and case.lead in parts[LEADING] else ""
    helping = parts[HELPING] & own
    reviewing = next(iter(sorted(parts[REVIEWING] & own)), "")
    told = (parts[TOLD] | parts[TERRITORY]) & own
    if leading or desk or reviewing:
        level = Level.FULL
    elif helping or (parts[TERRITORY] & own and case.territory_role in _SHARING):
        level = Level.PART
    elif told:
        level = Level.SUMMARY
    else:
        return None
    units = own & frozenset(unit for _role, unit in case.holders)
    working = frozenset(unit for unit in (leading, reviewing) if unit)
    counting = {**dict.fromkeys(_READING, units), **dict.fromkeys(_HELPING, working | helping)}
    rights = frozenset(
        action
        for action in Action
        if may(held, action, Target(case.place, case.area, counting.get(action, working)))
    )
    actors = _actors(rights, leading=leading or "", helping=bool(helping), desk=desk, reviewing=reviewing)
    return Access(level, actors, units, case.lead, leading or "", helping, reviewing, desk, rights)


_READING = frozenset({Action.CASE_LIST, Action.CASE_READ, Action.CASE_PRINT, Action.CASE_STATS})
"""For these any part in a case counts; for all others the units that lead or review it."""
_HELPING = frozenset({Action.CASE_HANDLE, Action.CASE_REVEAL})
"""For these the units that were asked for a contribution count too."""
_PARTS = (LEADING, HELPING, TOLD, TERRITORY, REVIEWING)


def _actors(
    rights: frozenset[Action], *, leading: str, helping: bool, desk: str, reviewing: str
) -> frozenset[Actor]:
    """Return the parts somebody plays for the state machine."""
    found = {
        Actor.LEAD: leading and Action.CASE_HANDLE in rights,
        Actor.CO: helping and Action.CASE_HANDLE in rights,
        Actor.HEAD: (leading or desk) and Action.CASE_APPROVE in rights,
        Actor.DESK: desk,
        Actor.UPPER: reviewing,
    }
    return frozenset(actor for actor, plays in found.items() if plays)
