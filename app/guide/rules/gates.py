"""Who must have read a text before readers get it, by what hangs on it, and whose name stands under it.

R1, life and death: a clinician and a second person. R2, health: a reviewer. R3: whoever writes it. Nobody
vouches for words they wrote, and nobody takes two parts. Of a translation the second person reads its
language as their own; the clinician reads it too, or read a translation back that is kept on file.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, Literal

Part = Literal["second", "reviewer", "clinician"]
"""What somebody vouches for a revision as."""
How = Literal["reads", "back"]
"""How a clinician knows what a translation says: they read the language, or a translation back."""
PARTS: Final[tuple[Part, ...]] = ("second", "reviewer", "clinician")
HOWS: Final[tuple[How, ...]] = ("reads", "back")
MEDICINE: Final = "medicine"
FIELDS: Final = (MEDICINE, "nutrition", "psychology", "education", "law", "language")
"""What somebody who vouches with their name knows about; only the first makes a clinician."""


@dataclass(frozen=True, slots=True)
class Person:
    """What counts of somebody: whether they review, whether they are named, what they know and read."""

    account: str
    reviews: bool = False
    """Their role reviews texts of this reach."""
    named: bool = False
    """The health commission entered them with name, title and organisation."""
    field: str = ""
    reads: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Vouch:
    """Somebody's word for a revision. `named`: their name may stand under it."""

    account: str
    part: Part
    how: How = "reads"
    named: bool = True


@dataclass(frozen=True, slots=True)
class Words:
    """What is vouched for: its risk, its language, whether it is the source, and who wrote it.

    `authors` are all who wrote on it since it was last published.
    """

    risk: str
    language: str
    is_source: bool
    authors: frozenset[str]


_WANTED: Final[dict[str, tuple[Part, ...]]] = {"R1": ("clinician", "second"), "R2": ("reviewer",)}


def wanted(risk: str) -> tuple[Part, ...]:
    """Return the parts that somebody has to take before a text of this risk is published."""
    return _WANTED.get(risk, ())


def publisher_part(risk: str) -> Part | None:
    """Return the part that whoever publishes takes by doing so: the last of those that are wanted."""
    return wanted(risk)[-1] if wanted(risk) else None


def missing(risk: str, vouches: Collection[Vouch]) -> tuple[Part, ...]:
    """Return the parts that nobody has taken yet."""
    had = {each.part for each in vouches}
    return tuple(part for part in wanted(risk) if part not in had)


def hindrance(person: Person, part: Part, how: How, words: Words, vouches: Collection[Vouch]) -> str:
    """Return why somebody may not take a part: a code of `guide-refused`, "" if they may."""
    if person.account in words.authors:
        return "own"
    if any(each.account == person.account and each.part != part for each in vouches):
        return "both"
    reads = words.is_source or words.language in person.reads
    checks: dict[Part, tuple[tuple[bool, str], ...]] = {
        "clinician": (
            (person.named and person.field == MEDICINE, "clinician"),
            (reads or how == "back", "language"),
        ),
        "reviewer": ((person.reviews, "reviewer"),),
        "second": ((words.is_source or (person.reviews and reads), "native"),),
    }
    return next((code for good, code in checks[part] if not good), "")


def parts_of(person: Person, words: Words, vouches: Collection[Vouch]) -> tuple[Part, ...]:
    """Return the parts that somebody may take by signing, the one that names them first.

    A text of everyday matters needs nobody; a named reviewer may still put their name under it.
    """
    offered: Sequence[Part] = wanted(words.risk) or ("reviewer",)
    if any(each.account == person.account for each in vouches) or not person.named:
        return ()
    return tuple(part for part in offered if not hindrance(person, part, "back", words, vouches))


def look(person: Person, words: Words, vouches: Collection[Vouch], last: str) -> tuple[Part | None, str]:
    """Return the part somebody takes by saying that a published text is right as it is, and why they may not.

    It is what publishing it anew would ask for, of one person: for health a reviewer; for life and death a
    clinician, or somebody who neither wrote the words nor was the `last` to read them.
    """
    refused = ""
    for part in wanted(words.risk):
        refused = hindrance(person, part, "reads", words, vouches)
        if part == "second" and (refused or person.account == last):
            refused = "second"
        if not refused:
            return part, ""
    return None, refused


def names(person: Person, how: How, words: Words) -> bool:
    """Tell whether somebody's name may stand under a text: they are named, and know what it says."""
    return person.named and (words.is_source or how == "back" or words.language in person.reads)


def signatory(words: Words, vouches: Sequence[Vouch]) -> Vouch | None:
    """Return whose name stands under a text; None as long as nobody's may.

    Under a text about life and death it is the clinician's, and under a translation of one only once the
    second person has read it too: until then what a machine made is marked as that.
    """
    if words.risk == "R1":
        if not words.is_source and missing(words.risk, vouches):
            return None
        return next((each for each in vouches if each.part == "clinician" and each.named), None)
    return next((each for each in vouches if each.part == "reviewer" and each.named), None)


def may_acknowledge(person: Person, words: Words) -> bool:
    """Tell whether somebody may say that a translation need not be changed although its source was.

    Life and death: a named reviewer who reads the language, never the translator. Health: a reviewer.
    Everything else: whoever translates.
    """
    if words.risk == "R3":
        return True
    if person.account in words.authors or not person.reviews:
        return False
    return words.risk != "R1" or (person.named and words.language in person.reads)
