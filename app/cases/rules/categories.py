"""The subjects of reports: how urgent, what is usually wanted, whom to call first. Pure.

After the taxonomy of complaints about childcare that the routing tables use.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.areas.rules import CATEGORIES

EMERGENCY, SAME_DAY, ORDINARY = "e1", "e2", "n"
SEVERITIES = (ORDINARY, SAME_DAY, EMERGENCY)


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject: severity and purpose unless said otherwise, and the lines to call first (kinds of hotline).

    `grave` is the severity if the one question about danger that some subjects ask is answered with yes.
    """

    severity: str
    purpose: str
    first: tuple[str, ...]
    grave: str = ""


SUBJECTS: Mapping[str, Subject] = {
    "abuse": Subject(EMERGENCY, "report", ("police",)),
    "injury": Subject(EMERGENCY, "report", ("ambulance", "police")),
    "missing": Subject(EMERGENCY, "report", ("police",)),
    "fire": Subject(SAME_DAY, "report", ("fire",), grave=EMERGENCY),
    "food": Subject(SAME_DAY, "report", ("consumer", "ambulance"), grave=EMERGENCY),
    "health": Subject(SAME_DAY, "report", ("service",)),
    "build": Subject(ORDINARY, "report", ("service",), grave=SAME_DAY),
    "secure": Subject(SAME_DAY, "report", ("police", "service")),
    "unlic": Subject(SAME_DAY, "report", ("service",)),
    "staffq": Subject(ORDINARY, "report", ("service",), grave=SAME_DAY),
    "care": Subject(ORDINARY, "report", ("service",)),
    "fees": Subject(ORDINARY, "report", ("consumer",)),
    "refund": Subject(ORDINARY, "complaint", ("consumer",), grave=SAME_DAY),
    "ads": Subject(ORDINARY, "report", ("consumer",)),
    "ktc": Subject(ORDINARY, "report", ("service",)),
    "labour": Subject(ORDINARY, "complaint", ("labour",)),
    "reg": Subject(ORDINARY, "report", ("service",)),
    "prov": Subject(ORDINARY, "question", ("service",)),
    "serv": Subject(ORDINARY, "question", ("service", "tax")),
    "conduct": Subject(ORDINARY, "report", ("service", "discipline"), grave=SAME_DAY),
    "other": Subject(ORDINARY, "report", ("service",)),
}
"""By code, in the order in which subjects are offered."""

GRAVE = frozenset(code for code, subject in SUBJECTS.items() if subject.grave)
"""Subjects that ask one question about danger: fire burning or exits locked, two or more ill, a building
about to fall, a carer with a criminal record, a place about to close, a name leaked."""

HARM = frozenset({"abuse", "injury", "missing"})
PUBLIC_INTEREST = HARM | {"unlic"}
"""A resident may step back from these; the case goes on."""
TWO_APPROVALS = frozenset({"abuse", "unlic"})
"""Subjects whose replies need a second approval, as every emergency's does."""

assert list(SUBJECTS) == CATEGORIES  # noqa: S101 - one list, two rooms


def severity(category: str, *, grave: bool = False, danger: bool = False) -> str:
    """Return how urgent a report is: answers can only raise it. A child in danger is an emergency."""
    subject = SUBJECTS[category]
    found = [subject.severity]
    if grave and subject.grave:
        found.append(subject.grave)
    if danger:
        found.append(EMERGENCY)
    return max(found, key=SEVERITIES.index)


def is_sensitive(category: str, severity: str, *, photos_of_children: bool = False) -> bool:
    """Tell whether a report is about harm to a child or shows children: it is opened with a reason only."""
    return category in HARM or severity == EMERGENCY or photos_of_children


def must_report(category: str, severity: str) -> bool:
    """Tell whether the law has it reported at once (minors' protection law, article 11).

    Harm to a child, and a carer with a criminal record: the reply waits until that report is on record.
    """
    return category in HARM or (category == "staffq" and severity != ORDINARY)
