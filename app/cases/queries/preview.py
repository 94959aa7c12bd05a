"""Who would get a report as it stands, and by when they would have to answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.accounts import queries as accounts
from app.areas import queries as areas
from app.cases.queries import inboxes
from app.cases.queries import routing as routes
from app.cases.queries.routing import UnitRef
from app.cases.rules import categories
from app.cases.rules import clocks as rules
from app.cases.rules.clocks import Measure
from app.cases.rules.report import Report
from app.core import clock
from app.facilities.queries import targets

_TOLD = frozenset({"lead", "primary", "co", "informed"})
"""Roles of a township or street in which it is told of a report."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What of a report decides who gets it."""

    area: str
    kind: str
    form: str
    severity: str


@dataclass(frozen=True, slots=True)
class Expected:
    """A date that would be owed: the day whose end counts, and the moment for periods in hours."""

    on: date
    at: datetime
    in_hours: bool
    provisional: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """The route of a report, who would have it, and what would be owed if it were sent now.

    `lead` holds the names of the office that it goes to; None where the coordinating office finds one first.
    `co` and `towns` leave out that office. `word` is the first word to the resident in an emergency; `reply`
    is the whole reply.
    """

    route: routes.Route
    lead: Mapping[str, str] | None
    co: tuple[UnitRef, ...]
    towns: tuple[UnitRef, ...]
    sign: Expected | None
    word: Expected | None
    reply: Expected | None


def severity(report: Report) -> str:
    """Return how grave a report is as it stands; in order while its subject is not chosen."""
    if report.category not in categories.SUBJECTS:
        return "e1" if report.child_safety == "danger" else "n"
    grave, danger = report.grave == "yes", report.child_safety == "danger"
    return categories.severity(report.category, grave=grave, danger=danger)


def aim(report: Report) -> Aim:
    """Return area, kind, legal form and severity; what the register says stands above what was chosen."""
    facility = targets.target(report.facility) if report.facility else None
    if facility is None:
        form = "unregistered" if report.category == "unlic" else "unknown"
        return Aim(report.area, _kind(report, "unknown"), form, severity(report))
    area = facility.area if len(facility.area) > len(report.area) else report.area
    return Aim(area, _kind(report, facility.kind), facility.form, severity(report))


def _kind(report: Report, known: str) -> str:
    said = known == "unknown" and (report.kindergarten == "yes" or report.category == "ktc")
    return "kindergarten-class" if said else known


def preview(report: Report) -> Preview | None:
    """Return who would get a report; None where nobody of this site answers, or the subject is missing."""
    if report.category not in categories.SUBJECTS:
        return None
    target = aim(report)
    route = routes.route(
        target.area,
        report.category,
        kind=target.kind,
        form=target.form,
        severity=target.severity,
        purpose=report.purpose,
        about=report.about or None,
    )
    if route is None or not inboxes.is_open(route.place):
        return None
    code = receiver(route, report.category)
    office = areas.office(code) if code else None
    first = _owed(route, "reply")
    whole = _owed(route, "full-reply")
    return Preview(
        route=route,
        lead=office.names if office else None,
        co=tuple(unit for unit in route.co if unit.unit != code),
        towns=tuple(unit for unit in territory(route) if unit.unit != code),
        sign=_owed(route, "sign"),
        word=first if whole else None,
        reply=whole or first,
    )


def receiver(route: routes.Route, category: str) -> str | None:
    """Return the unit that a new report goes to: the rule's, or the one above it where nobody works there.

    None where the coordinating office has to find one: nobody works in either, or the subject says nothing.
    The check page and the registering of a case both ask this, so that they name the same office.
    """
    if category == "other" or route.lead is None:
        return None
    wanted = [unit for unit in (route.lead.unit, route.lead.parent) if unit]
    at_work = accounts.staffed(wanted)
    return next((unit for unit in wanted if unit in at_work), None)


def territory(route: routes.Route) -> tuple[UnitRef, ...]:
    """Return the townships or streets that are told of a report."""
    return route.territory_units if route.territory_role in _TOLD else ()


def _owed(route: routes.Route, name: str) -> Expected | None:
    spec = route.clocks.get(name)
    if spec is None:
        return None
    owed = rules.due(clock.now(), spec["amount"], spec["unit"], areas.work_calendar(route.place))
    in_hours = spec["unit"] not in {Measure.WORKDAYS, Measure.DAYS}
    return Expected(rules.day_of(owed.at), owed.at, in_hours, owed.status == "provisional")
