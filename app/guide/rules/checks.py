"""The health checks of a child: ten dates by age, with what belongs to each.

国家基本公共卫生服务规范（第三版）, 0～6岁儿童健康管理, with what later documents
added to the same visits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.guide.rules.schedule import Span

CONTENTS = (
    "visit", "measure", "examine", "feeding", "development", "hepb", "autism", "hearing", "blood",
    "blood-once", "eyes", "mouth", "traditional", "safety",
)  # fmt: skip
"""What a check holds, in the order it is told."""


class Standing(StrEnum):
    """Whether a check is behind, open now, or to come."""

    PAST = "past"
    NOW = "now"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Check:
    """A health check. `at` is None for the visit at home, whose day follows the way home from hospital."""

    id: str
    at: Span | None
    until: Span | None
    contents: tuple[str, ...]
    sequence: int
    source: str
    clause: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DueCheck:
    """A check of one child: its first day, its last where the rules name one, and how it stands today."""

    check: Check
    day: date
    until: date | None
    standing: Standing


def plan_checks(checks: tuple[Check, ...], born: date, today: date) -> tuple[DueCheck, ...]:
    """Return the checks that have a day of their own, in order."""
    dated = [(check, check.at.after(born)) for check in checks if check.at is not None]
    found = []
    for place, (check, day) in enumerate(dated):
        until = check.until.after(born) if check.until else None
        following = dated[place + 1][1] if place + 1 < len(dated) else None
        if today < day:
            standing = Standing.COMING
        else:
            standing = Standing.PAST if following and today >= following else Standing.NOW
        found.append(DueCheck(check, day, until, standing))
    return tuple(found)


def common(checks: tuple[Check, ...]) -> tuple[str, ...]:
    """Return what every check that has a day of its own holds."""
    return tuple(code for code in CONTENTS if all(code in each.contents for each in checks if each.at))
