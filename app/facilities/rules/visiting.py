"""Which questions a parent takes along on a visit. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

ASK = "ask"
"""Topic of what is only asked where a facility has not reported it."""
TOPICS = ("papers", "people", "rooms", "health", "day", "food", "money")
"""Parts of the list, in the order in which a visit goes."""
CONFIDENCES = frozenset("ab")
FIELDS = frozenset(
    [
        "phone", "opening", "holidays", "care", "fees", "bands", "food", "languages", "needs", "outdoor_m2",
        "records", "inclusive",
    ]
)  # fmt: skip
"""Fields of a facility that a question can stand in for."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the list: its words by language, and the document it rests on."""

    id: str
    topic: str
    field: str
    kinds: frozenset[str]
    texts: Mapping[str, str]
    document: str
    clause: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Visit:
    """What to ask of one facility: what it has not reported, then topic by topic what the standards say."""

    ask: tuple[Question, ...]
    topics: tuple[tuple[str, tuple[Question, ...]], ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """Return the documents that the questions rest on, each once, in the order of the list."""
        return tuple(dict.fromkeys(each.document for _topic, held in self.topics for each in held))


def visit_of(questions: Iterable[Question], kind: str, silent: Collection[str]) -> Visit:
    """Return the questions for a facility of a kind that has not reported the `silent` fields."""
    asked = [each for each in questions if not each.kinds or kind in each.kinds]
    topics = [(topic, tuple(each for each in asked if each.topic == topic)) for topic in TOPICS]
    return Visit(
        tuple(each for each in asked if each.topic == ASK and each.field in silent),
        tuple((topic, held) for topic, held in topics if held),
    )
