"""Reads `national/visit.csv`: what to ask on a visit, in our own words, with the clause it rests on."""

from functools import lru_cache
from pathlib import Path

from app.core.faults import N_
from app.core.files import Faults, table
from app.facilities.rules.visiting import ASK, CONFIDENCES, FIELDS, TOPICS, Question
from app.facilities.rules.vocabulary import Kind

_LANGUAGES = ("zh-Hans", "ug", "en")
_COLUMNS = (
    "id", "topic", "field", "kinds", *(f"text_{code}" for code in _LANGUAGES), "document", "clause",
    "confidence",
)  # fmt: skip


def load_visit(content: Path) -> tuple[Question, ...]:
    """Read the questions in the order of the file. Raises `FaultyFiles` with everything wrong with them."""
    path = content / "national" / "visit.csv"
    return _read(content, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=4)
def _read(content: Path, _changed: int) -> tuple[Question, ...]:
    faults = Faults(content)
    found: dict[str, Question] = {}
    for row in table(content / "national" / "visit.csv", _COLUMNS, faults):
        identity = row.need("id")
        if identity in found:
            row.bad("id", N_("This text is there twice."))
        topic = row.one_of("topic", frozenset([*TOPICS, ASK]))
        row.need("text_zh-Hans")
        if topic == ASK:
            row.one_of("field", FIELDS)
        else:
            row.need("document")
            row.one_of("confidence", CONFIDENCES)
        kinds = row.many("kinds")
        for kind in kinds:
            if kind not in list(Kind):
                row.bad(
                    "kinds",
                    N_("“%(value)s” is not one of: %(allowed)s."),
                    value=kind,
                    allowed=", ".join(Kind),
                )
        found[identity] = Question(
            identity,
            topic,
            row["field"],
            frozenset(kinds),
            row.names("text", _LANGUAGES),
            row["document"],
            row["clause"],
            row["confidence"],
        )
    faults.check()
    return tuple(found.values())
