"""The closed lists of guidance. Content files, tables and pages know no other codes."""

from typing import Final, Literal

Change = Literal["safety", "substance", "cosmetic"]
"""What a change of a source text means for its translations."""
State = Literal[
    "missing", "draft", "in_review", "mt_unreviewed", "published", "needs_update", "withdrawn"
]  # fmt: skip
"""What a reader's language has of a text."""
Stored = Literal["draft", "in_review", "published", "replaced", "withdrawn"]
"""What a revision is. `replaced`: it was published and a newer one is."""

KINDS: Final = frozenset({"article", "checklist", "schedule", "calculator", "card", "explainer", "faq"})
AUDIENCES: Final = frozenset({"parents", "grandparents", "carers", "providers"})
RISKS: Final = frozenset({"R1", "R2", "R3"})
"""R1: life and death. R2: health. R3: everything else."""
CHANGES: Final = frozenset({"safety", "substance", "cosmetic"})
STATES: Final = (
    "published", "mt_unreviewed", "needs_update", "in_review", "draft", "withdrawn", "missing"
)  # fmt: skip
SHOWN: Final = frozenset({"published", "mt_unreviewed", "needs_update"})
"""States in which a reader is given the text in this language."""
MAKERS: Final = frozenset({"people", "assisted", "machine"})
"""Who wrote the words: people; people with the help of a machine; a machine alone."""
TOOLS: Final = frozenset({"vaccines", "checks", "growth", "signs", "classes", "portions"})
CONFIDENCES: Final = frozenset({"a", "b", "c"})
"""How surely a figure is known: read in the text itself or two copies; in one copy; not looked up yet."""
SOURCE_STATUSES: Final = frozenset({"in-force", "draft", "superseded", "foreign"})
READINGS: Final = frozenset({"text", "copy", "summary"})
"""What of a source was read: the official text, a copy of it, what others say of it."""
BLOCKS: Final = frozenset({"key", "do", "steps", "doctor", "dont", "source", "note"})
"""Kinds of containers; what stands outside of them is `text`."""
TEXT: Final = "text"
LINKS: Final = frozenset({"guide", "tool", "report", "find", "verify", "area"})
"""What a link may lead to besides an official site."""
RESERVED: Final = frozenset({
    "age", "cards", "coverage", "leaflet", "numbers", "policies", "say", "search", "tools", "topics",
})  # fmt: skip
"""Words that addresses of other pages below `/guide/` begin or end with: no text is named so."""
REVIEW_MONTHS: Final = {"R1": 6, "R2": 12, "R3": 24}
"""After how many months a text is looked at again, unless it says otherwise."""
LONGEST_SUMMARY: Final = 80
"""Characters of a Chinese summary."""
LONGEST_CARD: Final = 900
"""Characters of a Chinese card: what one A6 page holds."""

MEASURES: Final = frozenset({
    "month", "week", "day", "hour", "minute", "year", "age", "second", "degree", "gram", "kilogram",
    "millilitre", "litre", "microgram", "milligram", "iu", "yuan", "percent", "permille", "metre",
    "centimetre",
    "square-metre", "breath", "working-day",
})  # fmt: skip
"""Units of measures: a number with one of them is a figure wherever it stands."""
COUNTS: Final = frozenset({
    "time", "meal", "spoon", "bowl", "dose", "child", "carer", "place", "floor", "person", "inspection",
    "word", "tooth", "try", "group", "feed",
})  # fmt: skip
"""Units of counting: a number with one of them is a figure only where the text means that very fact."""
UNITS: Final = MEASURES | COUNTS


def default_change(risk: str) -> Change:
    """Return the class of a change that nobody has classed."""
    return "safety" if risk == "R1" else "substance"


_WEIGHT: Final[dict[Change, int]] = {"cosmetic": 0, "substance": 1, "safety": 2}


def stronger(one: Change, other: Change) -> Change:
    """Return the class of two that weighs more."""
    return max(one, other, key=_WEIGHT.__getitem__)
