"""What a report must hold before it can be sent, step by step. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from app.cases.rules import categories, words

STEPS = ("purpose", "where", "what", "files", "you")
"""The five steps, in order; a page to check the answers follows."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a resident has answered so far. Empty text means: not answered."""

    purpose: str = ""
    facility: str = ""
    """Id of a listed facility."""
    named: str = ""
    """Name of a facility as typed, where it is not listed."""
    area: str = ""
    """Township, or county where the township is not known."""
    address: str = ""
    category: str = ""
    about: str = ""
    """Unit that a report of conduct is about."""
    kindergarten: str = ""
    """Whether a place whose kind is not known is a kindergarten's class: `yes`, `no` or `unsure`."""
    grave: str = ""
    """`yes` or `no` to the one question that some subjects ask about danger."""
    child_safety: str = ""
    emergency_call: str = ""
    story: str = ""
    happened: str = ""
    """When, in the resident's words."""
    children_shown: str = ""
    """`yes` or `no`: whether photos show children."""
    children_consent: bool = False
    contact: Mapping[str, str] = field(default_factory=dict)
    """`name phone other`; all empty for an anonymous report."""
    notice: bool = False
    language: str = ""
    channel: str = "web"

    @property
    def anonymous(self) -> bool:
        """Tell whether nothing was given by which the resident could be known."""
        return not any(value.strip() for value in self.contact.values())

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Report":
        """Return a report from what a draft holds; fields nobody knows any more are left out."""
        known = {item.name for item in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})


@dataclass(frozen=True, slots=True)
class Problem:
    """What is missing or wrong: the step it belongs to, its field, and a code."""

    step: str
    field: str
    code: str


def problems(report: Report, *, photos: int = 0, grave_asked: bool = False) -> list[Problem]:
    """Return everything that keeps a report from being sent, in the order of the steps."""
    unnamed = report.purpose == "complaint" and not report.contact.get("name", "").strip()
    unreachable = report.purpose == "complaint" and not _reachable(report.contact)
    judged = report.purpose in {"complaint", "report"}
    length = len(report.story.strip())
    wrong = (
        ("purpose", "purpose", "choose", report.purpose not in words.PURPOSES),
        ("where", "area", "choose", not report.area),
        ("what", "category", "choose", report.category not in categories.SUBJECTS),
        ("what", "about", "choose", report.category == "conduct" and not report.about),
        ("what", "grave", "choose", grave_asked and report.grave not in {"yes", "no"}),
        ("what", "child_safety", "choose", judged and report.child_safety not in words.CHILD_SAFETY),
        ("what", "story", "too-short", length < words.SHORTEST_STORY),
        ("what", "story", "too-long", length > words.LONGEST_STORY),
        ("files", "children_shown", "choose", bool(photos) and report.children_shown not in {"yes", "no"}),
        ("files", "children_consent", "agree", bool(photos) and _unagreed(report)),
        ("you", "name", "name-needed", unnamed),
        ("you", "phone", "reach-needed", unreachable),
        ("check", "notice", "agree", not report.notice),
    )
    return [Problem(step, name, code) for step, name, code, bad in wrong if bad]


def _unagreed(report: Report) -> bool:
    return report.children_shown == "yes" and not report.children_consent


def _reachable(contact: Mapping[str, str]) -> bool:
    return any(contact.get(way, "").strip() for way in ("phone", "other"))
