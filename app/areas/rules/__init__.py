"""Division codes, the vocabularies of a locality pack, and who answers for a place. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.workdays import Kind, Status

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
NATIONAL_DEFAULT = "c"
"""Confidence of what no local document says."""
SEVERITIES = ("e1", "e2", "n")
"""At once · the same day · in the ordinary way."""
PURPOSES = ("complaint", "report", "question", "suggestion")
"""Wants a remedy and gives a name · reports a breach, may stay unnamed · asks · suggests."""
CLOCKS = {
    "K1": "triage",
    "K2": "sign",
    "K3": "objection",
    "K3b": "dispute",
    "K4": "decide",
    "K5": "reply",
    "K5b": "full-reply",
    "K6": "extension",
    "K7": "co",
    "K8": "rating",
    "K9": "reopen",
    "K10": "review",
    "K11": "mediation",
    "K12": "breach-check",
    "K13": "filing-inspection",
    "K13b": "filing-receipt",
    "K13c": "filing-notice",
    "K14": "mandatory-report",
}
"""What is owed in the course of a case, by number and by name."""
MEASURES = frozenset({"minutes", "hours", "office-hours", "workdays", "days"})
TERRITORIAL = frozenset({"government", "township-office", "park-committee"})
"""Kinds of office that answer for an area as such, not for a subject."""
RETENTION = {"contact_days": range(30, 366), "words_years": range(1, 11)}
"""How long a place may keep words about people after a case: days of contact details, years of the rest."""
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


def is_retention(said: object) -> bool:
    """Tell whether a pack's terms of keeping can be used; a pack may leave them out."""
    if said is None:
        return True
    return isinstance(said, dict) and all(
        type(value) is int and value in RETENTION.get(name, ()) for name, value in said.items()
    )


def area_of(unit: str) -> str:
    """Return the area that an office's code begins with: `330681.health` is an office of 330681."""
    return unit.partition(".")[0]


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


NATIONAL_CALENDAR = "CN"
_CALENDAR = re.compile(rf"{NATIONAL_CALENDAR}(-[1-9][0-9])?")


def is_calendar(region: str) -> bool:
    """Tell whether a text names a work calendar: the nation's, or `CN-` and the digits of a province."""
    return _CALENDAR.fullmatch(region) is not None


def provincial_calendar(area: str) -> str:
    """Return the name that the work calendar of an area's province has, if there is one."""
    return f"{NATIONAL_CALENDAR}-{area[:2]}"


def calendar_layers(region: str) -> tuple[str, ...]:
    """Return the calendars whose days hold in a region, the one that overrides last."""
    return (NATIONAL_CALENDAR,) if region == NATIONAL_CALENDAR else (NATIONAL_CALENDAR, region)


def calendar_years(nation: Mapping[int, Status], region: Mapping[int, Status]) -> dict[int, Status]:
    """Return what is known of each year in a region: official only if its own word and the nation's are."""
    return {
        year: "official" if nation.get(year) == region.get(year) == "official" else "provisional"
        for year in nation.keys() | region.keys()
    }


def calendar_year_stays(held: str, shipped: str, *, imported: bool) -> bool:
    """Tell whether a year in the database is kept when the content files bring their own.

    `held` and `shipped` are statuses. An official year gives way to another official one from the files,
    unless an operator imported it; a provisional one gives way to any official one, and to a provisional one
    of the files if it came from them.
    """
    if shipped == "official":
        return imported and held == "official"
    return imported or held == "official"


@dataclass(frozen=True, slots=True)
class DayChange:
    """A day that another announcement made something else; None is a day that follows its weekday."""

    on: date
    before: Kind | None
    after: Kind | None


def day_changes(before: Mapping[date, Kind], after: Mapping[date, Kind]) -> tuple[DayChange, ...]:
    """Return the days that were added, removed or turned, in order."""
    days = sorted(before.keys() | after.keys())
    changes = (DayChange(day, before.get(day), after.get(day)) for day in days)
    return tuple(change for change in changes if change.before != change.after)
