"""What a notice to a facility is made of, without a case at hand: nothing of the resident fits in. Pure."""

from dataclasses import dataclass
from datetime import date

DEMANDS = ("explain", "correct", "papers", "visit", "meeting")
"""What a facility is asked: explain in writing, put right, hand in papers, admit a visit, come and talk."""


@dataclass(frozen=True, slots=True)
class Notice:
    """The facility, the subject, what is asked and by when. No number and no day of any report."""

    facility: str
    category: str
    unit: str
    demands: tuple[str, ...]
    due_on: date
    made_on: date
    extra: str = ""
    """Words of the officer, checked for what they give away."""


def problems(notice: Notice) -> tuple[str, ...]:
    """Return codes of what keeps a notice from being made."""
    found = []
    if not notice.facility.strip():
        found.append("facility-missing")
    if not notice.demands or not set(notice.demands) <= set(DEMANDS):
        found.append("demands-missing")
    if notice.due_on <= notice.made_on:
        found.append("day-wrong")
    return tuple(found)
