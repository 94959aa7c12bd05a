"""The warning signs of the national table: four for each of eight ages; a single one is to be looked at.

0～6岁儿童健康管理 and the guide of 2022 (annex 2) print the same table. There is no score.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

FOUR = 4
"""Signs of one age."""


class Answer(StrEnum):
    """What a reader says of one sign."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Finding(StrEnum):
    """What the answers mean: go, watch and ask, or nothing of this table."""

    REFER = "refer"
    WATCH = "watch"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of an age in completed months."""

    id: str
    months: int
    texts: Mapping[str, str]


def ages(signs: tuple[Sign, ...]) -> tuple[int, ...]:
    """Return the ages of the table."""
    return tuple(sorted({sign.months for sign in signs}))


def table_age(signs: tuple[Sign, ...], months: int) -> int | None:
    """Return the age of the table that a child has reached; None before the first."""
    reached = [age for age in ages(signs) if age <= months]
    return reached[-1] if reached else None


def judge(answers: Mapping[str, Answer]) -> Finding:
    """Return what answers mean: a single sign is enough."""
    said = set(answers.values())
    if Answer.YES in said:
        return Finding.REFER
    return Finding.WATCH if Answer.UNSURE in said else Finding.NONE
