"""Reads what holds in the whole country: documents, numbers, and who answers what where a place is silent."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.areas.loading.desk import Names
from app.areas.loading.packs import load_documents, load_hotlines
from app.areas.loading.routing import load_clocks, load_routing
from app.core.files import Faults

NATION = "*"


@dataclass(frozen=True, slots=True)
class National:
    """The tables of the nation. `documents` are keyed by id; packs may refer to them."""

    documents: dict[str, dict[str, Any]]
    hotlines: tuple[dict[str, Any], ...]
    routing: tuple[dict[str, Any], ...]
    clocks: tuple[dict[str, Any], ...]


def load_national(content: Path) -> National:
    """Read `national/`. Raises `FaultyFiles` with everything that is wrong with it."""
    faults = Faults(content)
    folder = content / "national"
    documents = {row["id"]: row for row in load_documents(folder / "documents.csv", NATION, faults)}
    known = frozenset(documents)
    names = Names(documents=known, units=frozenset(), areas=frozenset())
    hotlines = tuple(load_hotlines(folder / "hotlines.csv", NATION, faults))
    routing = tuple(load_routing(folder / "routing.csv", names, faults, kinds=True))
    clocks = tuple(load_clocks(folder / "clocks.csv", known, faults))
    faults.check()
    return National(documents, hotlines, routing, clocks)
