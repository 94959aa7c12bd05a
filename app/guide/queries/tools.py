"""What the tools know: their data files as they are now."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app
from markupsafe import Markup

from app.guide.loading import schedules, tools
from app.guide.queries import ledger
from app.guide.queries.citing import value_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.guide.loading.tools import Named, Portion
    from app.guide.rules.checks import Check
    from app.guide.rules.classes import ClassRule
    from app.guide.rules.growth import ChinaStandard, WhoStandard
    from app.guide.rules.signs import Sign
    from app.guide.rules.vaccines import Schedule


_BOWL = "portion-bowl"


def _content() -> Path:
    return Path(current_app.extensions["settings"].content)


def schedule() -> "Schedule":
    """Return the vaccine schedule with its editions."""
    return schedules.load_schedule(_content())


def checks() -> "tuple[Check, ...]":
    """Return the health checks in order."""
    return tools.load_checks(_content())


def signs() -> "tuple[Sign, ...]":
    """Return the warning signs of all ages."""
    return tools.load_signs(_content())


def classes() -> "tuple[ClassRule, ...]":
    """Return what the standard says of each class."""
    return tools.load_classes(_content())


def standards() -> "dict[str, ChinaStandard | WhoStandard]":
    """Return the growth standards, the usual one first."""
    return {"china": tools.load_china(_content()), "who": tools.load_who(_content())}


@dataclass(frozen=True, slots=True)
class Portions:
    """The table of portions: rows of figures by column, those of meals and those of milk; and who says so."""

    meals: "tuple[Mapping[str, Markup], ...]"
    milk: "tuple[Mapping[str, Markup], ...]"
    bowl: "Markup"
    sources: tuple[str, ...]


def portions(language: str) -> Portions:
    """Return the table in a language; a fact the ledger does not hold leaves its cell empty."""
    rows = tools.load_portions(_content())
    keys = {key for row in rows for key in row if key}
    facts = ledger.facts({*keys, _BOWL})

    def said(row: "Portion") -> "dict[str, Markup]":
        return {name: value_of(facts[key], language) for name, key in row._asdict().items() if key in facts}

    shown = [(row, said(row)) for row in rows]
    return Portions(
        tuple(values for row, values in shown if row.meals and "age" in values),
        tuple(values for row, values in shown if row.milk and "age" in values),
        value_of(facts[_BOWL], language) if _BOWL in facts else Markup(""),
        tuple(dict.fromkeys(fact.source for fact in facts.values())),
    )


def named() -> "Mapping[str, Named]":
    """Return the documents that tools rest on, by id."""
    return tools.load_named(_content())
