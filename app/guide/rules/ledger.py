"""The ledger's values: a fact and a source as files, tables and pages know them."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from app.guide.rules.figures import Figure, figure_of
from app.guide.rules.stamps import digest


@dataclass(frozen=True, slots=True)
class Source:
    """A document that facts rest on. `issued_on` is a day, a month, a year or ""."""

    id: str
    titles: Mapping[str, str]
    number: str
    publishers: Mapping[str, str]
    issued_on: str
    status: str
    url: str
    read: str
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def stamp(self) -> str:
        """Return the digest of what it says."""
        return digest(asdict(self))


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure (`low`, for a range also `high`, written with a decimal point) or a statement without one."""

    key: str
    theme: str
    says: Mapping[str, str]
    low: str | None
    high: str | None
    unit: str
    bands: tuple[str, ...]
    source: str
    clause: str
    valid_from: date | None
    valid_until: date | None
    superseded_by: str | None
    see_also: str | None
    confidence: str
    checked_on: date
    quotes: Mapping[str, str] = field(default_factory=dict)

    @property
    def figure(self) -> Figure:
        """Return what it states as numbers."""
        return figure_of(self.low, self.high, self.unit)

    @property
    def states(self) -> list[str]:
        """Return what texts rest on: figure, unit, source, validity. If it changes, the texts have."""
        days = [day.isoformat() if day else "" for day in (self.valid_from, self.valid_until)]
        return [self.low or "", self.high or "", self.unit, self.source, *days, self.superseded_by or ""]

    @property
    def cells(self) -> dict[str, Any]:
        """Return everything it says, as JSON can hold it."""
        cells = asdict(self)
        cells["bands"] = list(self.bands)
        for name in ("valid_from", "valid_until", "checked_on"):
            cells[name] = cells[name].isoformat() if cells[name] else None
        return cells

    @property
    def stamp(self) -> str:
        """Return the digest of what it says."""
        return digest(self.cells)

    def holds(self, today: date) -> bool:
        """Tell whether it is the present word: begun, not over, and nothing newer in its place."""
        begun = self.valid_from is None or self.valid_from <= today
        return begun and not self.over(today)

    def over(self, today: date) -> bool:
        """Tell whether something newer stands in its place, or its time is over."""
        return self.superseded_by is not None or (self.valid_until is not None and self.valid_until < today)


def loops(facts: Mapping[str, Fact]) -> set[str]:
    """Return the keys of facts whose chain of `superseded_by` comes back to themselves."""
    found = set()
    for key in facts:
        seen, at = set(), key
        while at in facts and at not in seen:
            seen.add(at)
            at = facts[at].superseded_by or ""
        if at == key:
            found.add(key)
    return found


def figures_of(keys: Iterable[str], facts: Mapping[str, Fact]) -> dict[str, list[str]]:
    """Return what the facts of a text state, by key; keys the ledger does not have are left out."""
    return {key: facts[key].states for key in sorted(keys) if key in facts}
