"""The class a child of some age belongs to, and what the national standard says of its size."""

from typing import NamedTuple

from app.facilities.rules.vocabulary import BAND_MONTHS, Band


class ClassRule(NamedTuple):
    """A class band, its most children, and the most children for one carer (None: the standard says none)."""

    band: Band
    most: int
    per_carer: int | None


DOCUMENT = "setup-standards"
"""The nation's document that says so, by its id in `content/national/documents.csv`."""
_RULES = (
    ClassRule(Band.INFANT, 10, 3),
    ClassRule(Band.JUNIOR, 15, 5),
    ClassRule(Band.SENIOR, 20, 7),
    ClassRule(Band.MIXED, 18, None),
)
"""托育机构设置标准（试行）2019, on classes and staff: 10, 15 and 20 children, 18 in a mixed class;
one carer for at most 3, 5 and 7."""


def class_rules(age: int) -> tuple[ClassRule, ...]:
    """Return the rules of the classes that a child of this age in completed months could join."""
    return tuple(rule for rule in _RULES if BAND_MONTHS[rule.band][0] <= age < BAND_MONTHS[rule.band][1])
