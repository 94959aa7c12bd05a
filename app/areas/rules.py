"""Division codes, the vocabularies of a locality pack, and who answers for a place. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_LENGTHS = (2, 4, 6, 9)
_TOWNSHIP = 9


class Level(StrEnum):
    """Levels of division, widest first."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"


LEVELS = {2: Level.PROVINCE, 4: Level.PREFECTURE, 6: Level.COUNTY, 9: Level.TOWNSHIP}
AREA_KINDS = frozenset(
    [
        "province",
        "municipality",
        "autonomous-region",
        "sar",
        "prefecture",
        "county",
        "district",
        "county-city",
        "banner",
        "direct",
        "zone",
        "town",
        "township",
        "ethnic-township",
        "subdistrict",
        "area-office",
        "farm",
        "park",
        "corps",
        "other",
    ]
)
ALIAS_KINDS = frozenset({"name", "nbs-name", "mca-code", "short", "former", "register"})
PRECISIONS = frozenset({"township", "county", "none"})
DOCUMENT_STATUSES = frozenset({"issued", "draft", "interpretation"})
TERRITORY_ROLES = frozenset({"lead", "primary", "co", "informed", "not-stated"})
CONFIDENCES = frozenset("abc")
AUDIENCES = frozenset({"families", "residents", "providers"})
STAFF_ROLES = frozenset(
    [
        "community-worker",
        "translator",
        "reviewer",
        "expert",
        "township-officer",
        "department-officer",
        "lead",
        "provider",
        "auditor",
        "administrator",
    ]
)
CALENDARS = frozenset({"CN", "CN-65"})
INDICATORS = frozenset(
    [
        "demonstration-facilities",
        "facilities-built",
        "inclusive-facilities",
        "service-centres",
        "inclusive-share",
        "inclusive-street-coverage",
        "coverage",
        "places-per-1000",
        "places-per-1000-new-estates",
        "places-per-1000-old-estates",
        "health-management-rate",
        "knowledge-rate",
        "guidance-rate",
        "certified-carers",
        "managers-trained",
        "infant-enrolment",
    ]
)
UNITS_OF_MEASURE = frozenset({"percent", "count", "per-1000"})
COMPARATORS = frozenset({"at-least", "exactly", "range"})
CATEGORIES = [
    "abuse",
    "injury",
    "missing",
    "fire",
    "food",
    "health",
    "build",
    "secure",
    "unlic",
    "staffq",
    "care",
    "fees",
    "refund",
    "ads",
    "ktc",
    "labour",
    "reg",
    "prov",
    "serv",
    "conduct",
    "other",
]
"""The 21 subjects of a report, in the order they are offered."""


def normalise(code: str) -> str | None:
    """Return a division code without trailing zeros, or None if the text is not shaped like one.

    Accepts the 6-, 9- and 12-digit forms of the official lists: `650100` is `6501`, `330681000000` is
    `330681`, `330681005000` is `330681005`.
    """
    if not re.fullmatch(r"[1-9]\d{1,11}", code):
        return None
    if len(code) > _TOWNSHIP:
        code = code[:_TOWNSHIP] if code[_TOWNSHIP:].strip("0") == "" else ""
    if len(code) == _TOWNSHIP and code.endswith("000"):
        code = code[:6]
    while len(code) in {4, 6} and code.endswith("00"):
        code = code[:-2]
    return code if len(code) in _LENGTHS else None


def parents(code: str) -> tuple[str, ...]:
    """Return the codes above a code, widest first."""
    return tuple(code[:length] for length in _LENGTHS if length < len(code))


def level(code: str) -> Level:
    """Return the level of a normalised code."""
    return LEVELS[len(code)]


class DocumentStatus(StrEnum):
    """What a document is today."""

    ISSUED = "issued"
    DRAFT = "draft"
    INTERPRETATION = "interpretation"
    ENDED = "period-ended"


def document_status(status: str, period_end: date | None, today: date) -> DocumentStatus:
    """Return the status to show: a document whose own period is over says so, whatever it was."""
    if period_end is not None and period_end < today:
        return DocumentStatus.ENDED
    return DocumentStatus(status)


@dataclass(frozen=True, slots=True)
class RoutingRow:
    """One line of a pack's table of who answers what; `*` covers everything."""

    priority: int
    category: str
    kind: str
    form: str
    severity: str
    lead: str


def has_catch_all(rows: list[RoutingRow]) -> bool:
    """Tell whether the last rule covers every report, so that none is left without an office."""
    if not rows:
        return False
    last = max(rows, key=lambda row: row.priority)
    return (last.category, last.kind, last.form, last.severity) == ("*",) * 4
