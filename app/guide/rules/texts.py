"""A text's values: what is the same in every language, and its words in one."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from app.guide.rules import stamps
from app.guide.rules.ledger import Fact, figures_of
from app.guide.rules.vocabulary import Change, default_change

_LISTS = ("bands", "audience", "related", "sources")
_DAYS = ("written_on", "valid_until")


@dataclass(frozen=True, slots=True)
class Record:
    """What is the same in every language of a text."""

    topic: str
    kind: str
    bands: tuple[str, ...]
    audience: tuple[str, ...]
    risk: str
    review_months: int
    category: str | None
    tool: str | None
    related: tuple[str, ...]
    sources: tuple[str, ...]
    place: str | None
    written_on: date
    valid_until: date | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the record as JSON can hold it."""
        cells = asdict(self)
        cells.update({name: list(cells[name]) for name in _LISTS})
        cells.update({name: cells[name].isoformat() if cells[name] else None for name in _DAYS})
        return cells

    @classmethod
    def from_json(cls, cells: Mapping[str, Any]) -> "Record":
        """Return a record from what `as_json` gave."""
        lists = {name: tuple(cells[name]) for name in _LISTS}
        days = {name: date.fromisoformat(cells[name]) if cells[name] else None for name in _DAYS}
        return cls(**{**cells, **lists, **days})


@dataclass(frozen=True, slots=True)
class Words:
    """A text in one language."""

    title: str
    summary: str
    body: str

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of its facts and claims, sorted, each once."""
        return stamps.keys_of(self.title, self.summary, self.body)

    def stamp(self, facts: Mapping[str, Fact]) -> str:
        """Return its stamp as a source text, with what its facts state."""
        return stamps.stamp(self.title, self.summary, self.body, figures_of(self.keys, facts))


def change_class(risk: str, declared: str, *, words: bool, figures: bool) -> Change:
    """Return the class of a new source revision: what its author says, else the default of its risk.

    A figure that changed is never less than the default, whatever is said of the words; a revision that
    changes neither (another topic, other ages) is cosmetic.
    """
    default = default_change(risk)
    if figures:
        return "safety" if declared == "safety" else default
    if not words:
        return "cosmetic"
    said: dict[str, Change] = {"safety": "safety", "substance": "substance", "cosmetic": "cosmetic"}
    return said.get(declared, default)
