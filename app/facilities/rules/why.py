"""Why a place is not among the answers: which filter says no, which one it has not reported on."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What a filter says of one place."""

    YES = "yes"
    NO = "no"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Why:
    """What every filter in force says of one place, in the order of the filters."""

    verdicts: tuple[tuple[str, Verdict], ...]

    @property
    def against(self) -> tuple[str, ...]:
        """Return the filters that say no."""
        return tuple(name for name, verdict in self.verdicts if verdict is Verdict.NO)

    @property
    def silent(self) -> tuple[str, ...]:
        """Return the filters it has not reported on."""
        return tuple(name for name, verdict in self.verdicts if verdict is Verdict.SILENT)

    @property
    def here(self) -> bool:
        """Tell whether it is among the answers."""
        return not self.against and not self.silent
