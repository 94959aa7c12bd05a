"""Reads what the shipped register rows are a snapshot of, and how many rows were left out."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows of the register that are counted but not shipped, for one place, by reason."""

    area: str
    shipped: int
    individual: int
    """Individual businesses (code begins with 92): too close to a private person."""
    invalid: int
    """Rows whose code fails its own check."""
    corps: int
    """Rows filed under a Corps code, outside the codes of the place."""


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """What the shipped rows are a snapshot of."""

    taken_on: date
    names: Mapping[str, str]
    licence: Mapping[str, str]
    """What is known about the right to repeat them."""
    url: str
    places: tuple[LeftOut, ...]


def register_facts(folder: Path) -> RegisterFacts:
    """Read `snapshot.toml`. Raises the errors of a missing or broken file: without it nothing can load."""
    facts = tomllib.loads((folder / "snapshot.toml").read_text("utf-8"))
    places = tuple(
        LeftOut(each["area"], each["rows"], each["individual"], each["invalid"], each["corps"])
        for each in facts["place"]
    )
    return RegisterFacts(facts["taken_on"], facts["source"], facts["licence"], facts["register_url"], places)
