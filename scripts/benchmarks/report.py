"""A report: figures by name, with what they mean; as lines for people or as data."""

import math
import platform
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One number of a report."""

    median: float
    unit: str = ""
    p95: float | None = None
    samples: int = 1
    at_least: float | None = None
    """What it has to reach, where a floor is set."""
    at_most: float | None = None
    """What it must not pass, where a ceiling is set."""

    def data(self) -> dict[str, Any]:
        """Return the figure as JSON."""
        found: dict[str, Any] = {"median": self.median, "unit": self.unit, "samples": self.samples}
        limits = {"p95": self.p95, "at_least": self.at_least, "at_most": self.at_most}
        return found | {name: value for name, value in limits.items() if value is not None}

    def text(self) -> str:
        """Return the figure as words."""
        more = "" if self.p95 is None else f" (95 % below {self.p95:g})"
        for limit, words in ((self.at_least, "at least"), (self.at_most, "at most")):
            if limit is not None:
                more += f" (wanted: {words} {limit:g}; {'kept' if self.is_kept else 'MISSED'})"
        return f"{self.median:g} {self.unit}".strip() + more

    @property
    def is_kept(self) -> bool:
        """Whether the median is on the right side of what is wanted."""
        low = self.at_least is None or self.median >= self.at_least
        return low and (self.at_most is None or self.median <= self.at_most)


@dataclass
class Report:
    """What one command found out."""

    title: str
    notes: list[str] = field(default_factory=list)
    figures: dict[str, Figure] = field(default_factory=dict)
    inside: dict[str, str] = field(default_factory=dict)
    """What is inside a request that was measured, by kind of request."""
    peers: dict[str, dict[str, float]] = field(default_factory=dict)
    """Processor time of one request (ms) by kind of question, a column for each program and way."""
    costs: dict[str, dict[str, float]] = field(default_factory=dict)
    """Share of a request's processor time that each part of the program has, by collection."""
    skipped: dict[str, str] = field(default_factory=dict)
    """Figures that could not be measured here, by name, with the reason."""

    def data(self) -> dict[str, Any]:
        """Return the report as JSON: `figures` by name, each with its `median`."""
        more = {"inside": self.inside, "peers": self.peers, "costs": self.costs, "skipped": self.skipped}
        return {
            "title": self.title,
            "machine": f"Python {platform.python_version()}, {platform.machine()}",
            "notes": self.notes,
            "figures": {name: figure.data() for name, figure in self.figures.items()},
            **{name: value for name, value in more.items() if value},
        }

    def text(self) -> str:
        """Return the report as lines."""
        width = max(map(len, [*self.figures, *self.skipped]), default=0)
        lines = [f"{name:<{width}}  {figure.text()}" for name, figure in self.figures.items()]
        lines += [f"{name:<{width}}  skipped: {why}" for name, why in self.skipped.items()]
        notes = [*self.notes, *(f"{name}: {text}" for name, text in self.inside.items())]
        return "\n".join([self.title, *(f"  {note}" for note in notes), "", *lines])


def cpu_ms(work: Callable[[], object]) -> float:
    """Return the processor time of one call in milliseconds."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def spread(values: Iterable[float], unit: str, digits: int = 2) -> Figure:
    """Return median and 95th percentile of some measurements."""
    ordered = sorted(values)
    high = ordered[max(0, math.ceil(len(ordered) * 0.95) - 1)]
    return Figure(round(statistics.median(ordered), digits), unit, round(high, digits), len(ordered))
