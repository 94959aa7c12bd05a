"""Limits and closed lists of what people write into cases. Pure."""

LONGEST_STORY = 4000
SHORTEST_STORY = 10
LONGEST_LINE = 200
LONGEST_QUESTION = 60
LONGEST_MESSAGE = 2000
LONGEST_ANSWER = 6000

PURPOSES = ("complaint", "report", "question", "suggestion")
"""Wants a remedy and gives a name · reports a breach, may stay unnamed · asks · suggests."""

CHILD_SAFETY = ("danger", "past", "none", "unsure")
EMERGENCY_CALLS = ("called", "cannot", "not-needed")

REFUSALS = (
    "not-our-duty",
    "elsewhere-in-hand",
    "no-consumer-dispute",
    "over-three-years",
    "papers-missing",
    "name-refused",
    "answered-before",
    "unclear",
    "unlawful",
)
"""Coded reasons for not accepting a case, after the market regulator's complaint procedure and the rules on
letters and visits."""


def refusals(purpose: str, severity: str, *, anonymous: bool) -> tuple[str, ...]:
    """Return the reasons open to an office.

    Reports of a breach and the gravest cases are never turned away for a missing name or an unclear wish;
    *unclear* needs a resident who cannot be asked.
    """
    closed = set()
    if purpose != "complaint" or severity == "e1":
        closed.add("name-refused")
    if purpose == "report" or severity == "e1" or not anonymous:
        closed.add("unclear")
    return tuple(code for code in REFUSALS if code not in closed)


CHANNELS = ("court", "arbitration", "reconsideration", "petition", "discipline", "police", "other-place")
"""Other lawful ways a case may be referred to."""

PAUSES = ("testing", "papers", "court")

OBJECTIONS = ("other-duty", "other-area", "other-level", "already-handled")

REPLY_PARTS = ("facts", "grounds", "basis", "decision", "remedies")
"""What a reply must hold (rules on letters and visits, article 32)."""
SHORTEST_PART = 10

GATE_TOLD = ("police", "civil-affairs", "education", "prosecutor", "none")


def missing_parts(parts: dict[str, str]) -> tuple[str, ...]:
    """Return the elements a reply lacks or has in name only."""
    return tuple(name for name in REPLY_PARTS if len(parts.get(name, "").strip()) < SHORTEST_PART)
