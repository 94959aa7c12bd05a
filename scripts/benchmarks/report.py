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

    def data(self) -> dict[str, Any]:
        """Return the figure as JSON."""
        found = {"median": self.median, "unit": self.unit, "samples": self.samples}
        return found if self.p95 is None else {**found, "p95": self.p95}

    def text(self) -> str:
        """Return the figure as words."""
        more = "" if self.p95 is None else f" (95 % below {self.p95:g})"
        return f"{self.median:g} {self.unit}".strip() + more


@dataclass
class Report:
    """What one command found out."""

    title: str
    notes: list[str] = field(default_factory=list)
    figures: dict[str, Figure] = field(default_factory=dict)

    def data(self) -> dict[str, Any]:
        """Return the report as JSON: `figures` by name, each with its `median`."""
        return {
            "title": self.title,
            "machine": f"Python {platform.python_version()}, {platform.machine()}",
            "notes": self.notes,
            "figures": {name: figure.data() for name, figure in self.figures.items()},
        }

    def text(self) -> str:
        """Return the report as lines."""
        width = max(map(len, self.figures), default=0)
        lines = [f"{name:<{width}}  {figure.text()}" for name, figure in self.figures.items()]
        return "\n".join([self.title, *(f"  {note}" for note in self.notes), "", *lines])


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
