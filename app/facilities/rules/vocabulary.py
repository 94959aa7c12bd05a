"""The closed lists of codes used in URLs, the API, files and the database, and their bit masks."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T", bound=StrEnum)


class Care(StrEnum):
    """Types of care."""

    FULL_DAY = "full-day"
    HALF_DAY = "half-day"
    HOURLY = "hourly"
    TEMPORARY = "temporary"


class Kind(StrEnum):
    """Kinds of facility."""

    NURSERY = "nursery"
    KINDERGARTEN_CLASS = "kindergarten-class"
    COMMUNITY = "community"
    WORKPLACE = "workplace"
    FAMILY = "family"
    SERVICE_CENTRE = "service-centre"
    MEDICAL = "medical"
    UNKNOWN = "unknown"


class Form(StrEnum):
    """Legal forms, each with its registering authority."""

    FOR_PROFIT = "for-profit"
    NON_PROFIT = "non-profit"
    PUBLIC = "public"
    UNREGISTERED = "unregistered"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """Filing statuses. A facility is never deleted: its status says what happened."""

    FILED = "filed"
    RECTIFYING = "rectifying"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    NOT_FOUND = "not-found"


TAKING_CHILDREN = frozenset({Status.FILED, Status.RECTIFYING})
"""Statuses under which a facility may take children; these stand first in the order by name."""


class Band(StrEnum):
    """Class bands."""

    INFANT = "infant"
    JUNIOR = "junior"
    SENIOR = "senior"
    MIXED = "mixed"


class Component(StrEnum):
    """What a fee is for."""

    CARE = "care"
    MEALS = "meals"
    EXTENDED_HOURS = "extended-hours"
    TRANSPORT = "transport"
    BEDDING = "bedding"
    INSURANCE = "insurance"
    MATERIALS = "materials"
    OTHER = "other"


class Extra(StrEnum):
    """Components of voluntary items that a family can ask to have counted in."""

    TRANSPORT = Component.TRANSPORT.value
    BEDDING = Component.BEDDING.value
    INSURANCE = Component.INSURANCE.value
    MATERIALS = Component.MATERIALS.value
    OTHER = Component.OTHER.value


class Unit(StrEnum):
    """What a fee is counted by."""

    MONTH = "month"
    HALF_MONTH = "half-month"
    WEEK = "week"
    DAY = "day"
    HALF_DAY = "half-day"
    HOUR = "hour"
    SESSION = "session"
    TERM = "term"
    YEAR = "year"
    ONCE = "once"


class Food(StrEnum):
    """What can be eaten or given."""

    HALAL = "halal"
    ALLERGY = "allergy"
    BREAST_MILK = "breast-milk"
    VEGETARIAN = "vegetarian"


class Need(StrEnum):
    """Needs a facility can meet."""

    SPECIAL_NEEDS = "special-needs"
    MEDICATION = "medication"
    WHEELCHAIR = "wheelchair"


class CarerLanguage(StrEnum):
    """Languages that carers speak with children."""

    CHINESE = "zh"
    UYGHUR = "ug"
    KAZAKH = "kk"
    ENGLISH = "en"
    MONGOLIAN = "mn"
    KYRGYZ = "ky"
    TIBETAN = "bo"
    YI = "ii"
    ZHUANG = "za"


BAND_MONTHS: Mapping[Band, tuple[int, int]] = {
    Band.INFANT: (6, 12),
    Band.JUNIOR: (12, 24),
    Band.SENIOR: (24, 36),
    Band.MIXED: (18, 36),
}
"""Ages in completed months, upper end exclusive (设置标准 2019, articles on class types)."""

BANDS = tuple(Band)
MAX_AGE = 48
"""Ages above this are outside the question; kindergartens take over at 36 months."""


def mask(kind: type[StrEnum], values: Iterable[str]) -> int:
    """Return the bit mask of some codes of a list; the bit is the code's place in the list."""
    order = list(kind)
    return sum(1 << order.index(kind(value)) for value in set(values))


def unmask(kind: type[T], bits: int | None) -> tuple[T, ...] | None:
    """Return the codes of a mask in list order; None (not reported) stays None."""
    if bits is None:
        return None
    return tuple(value for place, value in enumerate(kind) if bits >> place & 1)


def bands_for(age: int) -> int:
    """Return the mask of class bands that a child of this age in months could join."""
    return mask(Band, [band for band, (low, high) in BAND_MONTHS.items() if low <= age < high])
