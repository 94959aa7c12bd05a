"""Who is told when something is late, and when a case cannot wait. Pure.

The ladder follows practice of government hotlines: the officer is warned, the unit's head told, then the
coordinating office; then a supervision order, which the resident sees; then the office above.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.cases.rules.clocks import Rung

WINDOWS = frozenset({"objection", "extension", "rating", "reopen", "pause"})
"""Clocks of what somebody may do, not of what an office owes: nobody is late when they end."""
DESK = frozenset({"triage", "dispute"})
"""Clocks of the coordinating office."""
REPORT = "mandatory-report"
"""Told to the coordinating office as soon as it is over: a child may be in danger."""


class AtOnce(StrEnum):
    """Alarms of a case that cannot wait, beside the rungs of the ladder."""

    LEAD = "at-once"
    OFFICE = "at-once-office"
    GROUND = "at-once-territory"


@dataclass(frozen=True, slots=True)
class Around:
    """The offices around a case: who works on it, who coordinates, who stands above, who is on the ground."""

    handlers: Sequence[str]
    office: Sequence[str]
    above: Sequence[str]
    ground: Sequence[str] = ()
    barred: frozenset[str] = frozenset()
    """What the case is about; it is told nothing."""

    def free(self, units: Sequence[str]) -> tuple[str, ...]:
        """Return units in order, each once, without those the case is about."""
        return tuple(unit for unit in dict.fromkeys(units) if unit and unit not in self.barred)


def is_owed(name: str) -> bool:
    """Tell whether an office is late when a clock of that name ends."""
    return name not in WINDOWS


def told(rung: Rung, name: str, around: Around) -> tuple[str, ...]:
    """Return the units that are told of a rung, the one that must act first."""
    handlers, office = around.handlers or around.office, around.office
    match rung:
        case Rung.SOON:
            units = [*handlers]
        case Rung.DUE:
            units = [*handlers, *office] if name == REPORT else [*handlers]
        case Rung.OFFICE:
            units = [*office, *handlers]
        case Rung.SUPERVISED:
            units = [*handlers, *office]
        case Rung.DEPUTY:
            units = [*around.above, *office, *handlers]
    return around.free(units)


def at_once(around: Around) -> tuple[tuple[AtOnce, tuple[str, ...]], ...]:
    """Return who is told at once of a case that cannot wait: lead, coordinating office, ground."""
    groups = (
        (AtOnce.LEAD, around.handlers),
        (AtOnce.OFFICE, around.office),
        (AtOnce.GROUND, around.ground),
    )
    return tuple((kind, around.free(units)) for kind, units in groups if around.free(units))
