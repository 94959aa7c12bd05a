"""Recall and precision of the exact tier, against the plainest truth: whether a value holds the text.

Truth is found by Python's `in` over every name, other name, area, address and name in other languages of
every facility, both sides folded (full width, Traditional, accents). The engines' terms, short lists, shelf
and memory have no part in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Flask


@dataclass(slots=True)
class Exactness:
    """Facilities counted over many queries."""

    found: int = 0
    wanted: int = 0
    both: int = 0
    queries: int = 0

    @property
    def recall(self) -> float:
        """Share of what should be found that is found."""
        return self.both / self.wanted if self.wanted else 0.0

    @property
    def precision(self) -> float:
        """Share of what is found that should be."""
        return self.both / self.found if self.found else 0.0


def measure(app: Flask, queries: Iterable[str], tally: Exactness) -> None:
    """Ask the site's own text search each query and add what it found to the tally."""
    from app.facilities import index  # noqa: PLC0415 - the help must not need the program
    from app.facilities.service.recording import documents  # noqa: PLC0415
    from app.search.text import fold  # noqa: PLC0415

    with app.app_context():
        held = [
            (
                document.id,
                "\n".join(fold(value) for field in document.fields.values() for value in field.split("|")),
            )
            for document in documents()
        ]
        for query in queries:
            key = fold(query)
            truth = {identity for identity, text in held if key in text}
            found = set(index.search(query).ids)
            tally.queries += 1
            tally.wanted += len(truth)
            tally.found += len(found)
            tally.both += len(truth & found)
