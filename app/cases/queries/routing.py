"""Who answers a report of a place, by the rules as they stand or as they stood in a version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.areas import queries as areas
from app.areas import rules as area_rules
from app.cases.rules import categories
from app.cases.rules import routing as rules
from app.core import clock


@dataclass(frozen=True, slots=True)
class UnitRef:
    """An office by its stable code, its names by language, and the office above it."""

    unit: str
    names: Mapping[str, str]
    parent: str | None


@dataclass(frozen=True, slots=True)
class Basis:
    """A clause behind a rule: the document's id, titles and number, how sure, and what it is on the day."""

    document: str
    titles: Mapping[str, str]
    number: str
    clause: str
    confidence: str
    status: str


@dataclass(frozen=True, slots=True)
class Route:
    """Who has a report, by when, and why.

    `lead` is None where every office that could lead is the one complained of; then `refer` is true.
    `clocks` holds `{"id", "amount", "unit"}` by name of the clock. `why` is our sentence, by language.
    """

    place: str
    lead: UnitRef | None
    co: tuple[UnitRef, ...]
    inform: tuple[UnitRef, ...]
    territory_units: tuple[UnitRef, ...]
    territory_role: str
    severity: str
    purpose: str
    clocks: Mapping[str, Mapping[str, Any]]
    basis: tuple[Basis, ...]
    why: Mapping[str, str]
    rule_id: str
    rule_version: str
    national_default: bool
    refer: bool


@dataclass(frozen=True, slots=True)
class RouteDesk:
    """Everything that routes the reports of a place, read once; ask it as often as you like."""

    version: str
    desk: rules.Desk
    clocks: tuple[rules.Clock, ...]
    documents: Mapping[str, Mapping[str, Any]]
    units: Mapping[str, UnitRef]

    def route(self, question: rules.Question, purpose: str) -> Route | None:
        """Return who has a report; None only if no rule fits it."""
        answer = self.desk.choose(question)
        if answer is None:
            return None
        rule = answer.rule
        found = rules.clocks_for(self.clocks, question.category, purpose, question.severity)
        return Route(
            place=self.desk.place,
            lead=self.units[answer.lead] if answer.lead else None,
            co=self._refs(answer.co),
            inform=self._refs(answer.inform),
            territory_units=self._refs(answer.territory),
            territory_role=answer.role,
            severity=question.severity,
            purpose=purpose,
            clocks={
                name: {"id": found[name].id, "amount": found[name].amount, "unit": found[name].unit}
                for name in area_rules.CLOCKS.values()
                if name in found
            },
            basis=tuple(self._basis(basis, question.on) for basis in rule.basis),
            why=rule.why,
            rule_id=rule.id,
            rule_version=self.version,
            national_default=rule.is_default,
            refer=answer.lead is None,
        )

    def _refs(self, codes: tuple[str, ...]) -> tuple[UnitRef, ...]:
        return tuple(self.units[code] for code in codes)

    def _basis(self, basis: rules.Basis, on: date) -> Basis:
        document = self.documents[basis.document]
        ends = date.fromisoformat(document["period_end"]) if document["period_end"] else None
        status = area_rules.document_status(document["status"], ends, on)
        return Basis(
            basis.document,
            document["titles"],
            document["number"],
            basis.clause,
            basis.confidence,
            status.value,
        )


def route(
    area: str,
    category: str,
    *,
    kind: str = "unknown",
    form: str = "unknown",
    severity: str | None = None,
    purpose: str | None = None,
    on: date | None = None,
    about: str | None = None,
) -> Route | None:
    """Return who answers a report from an area; None where no place runs this site (outside).

    Severity and purpose are those of the subject unless said; `on` is today. `about` is the unit that the
    report complains of: neither it nor an office below it gets the case. All codes must be known ones.
    """
    place = areas.place_of(area)
    desk = route_desk(place.area) if place else None
    if desk is None:
        return None
    subject = categories.SUBJECTS[category]
    question = rules.Question(
        area, category, kind, form, severity or subject.severity, on or clock.today(), about
    )
    return desk.route(question, purpose or subject.purpose)


def route_desk(place: str, version: str | None = None) -> RouteDesk | None:
    """Return what routes the reports of a place, now or in a version; offices are always those of today."""
    edition = areas.edition(place, version)
    return desk_of(edition, areas.offices(place)) if edition else None


def desk_of(edition: areas.Edition, offices: Sequence[areas.OfficeCard]) -> RouteDesk:
    """Return what an edition of the rules and some offices make of the reports of their place."""
    place = edition.place
    card = areas.place_of(place)
    roles = {row.area: row.role for row in areas.territory(place, areas.documents(place, clock.today()))}
    usual = card.territory_role if card else rules.NOT_STATED
    local = (_rule(place, row) for row in edition.rules)
    nation = (replace(_rule("national", row), national=True) for row in edition.national)
    return RouteDesk(
        edition.version,
        rules.Desk(
            place,
            (*local, *nation),
            {each.code: _office(each) for each in offices},
            {place: usual} | roles,
        ),
        tuple(_clock(row) for row in edition.clocks),
        edition.documents,
        {each.code: UnitRef(each.code, each.names, each.parent) for each in offices},
    )


def as_data(route: Route) -> dict[str, Any]:
    """Return a route as plain data: what the command prints."""
    return {
        "lead": _unit(route.lead) if route.lead else None,
        "co": [_unit(unit) for unit in route.co],
        "inform": [_unit(unit) for unit in route.inform],
        "territory": {"units": [_unit(unit) for unit in route.territory_units], "role": route.territory_role},
        "severity": route.severity,
        "purpose": route.purpose,
        "clocks": {name: dict(found) for name, found in route.clocks.items()},
        "basis": [
            {"document": basis.document, "clause": basis.clause, "confidence": basis.confidence}
            for basis in route.basis
        ],
        "rule_version": route.rule_version,
        "national_default": route.national_default,
    }


def _unit(ref: UnitRef) -> dict[str, Any]:
    return {"unit": ref.unit, "name": dict(ref.names), "parent": ref.parent}


def _office(card: areas.OfficeCard) -> rules.Office:
    ground = card.kind in area_rules.TERRITORIAL
    return rules.Office(card.code, card.area, card.kind, card.parent, card.inbox, ground)


def _rule(table: str, row: Mapping[str, Any]) -> rules.Rule:
    return rules.Rule(
        id=f"{table}:{row['priority']}",
        category=row["category"],
        kind=row["kind"],
        form=row["form"],
        severity=row["severity"],
        lead=tuple(row["lead"]),
        co=tuple(row["co"]),
        inform=tuple(row["inform"]),
        territory_role=row["territory_role"],
        basis=tuple(rules.Basis(**basis) for basis in row["basis"]),
        valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        why=row["paraphrase"],
    )


def _clock(row: Mapping[str, Any]) -> rules.Clock:
    return rules.Clock(
        row["id"],
        area_rules.CLOCKS[row["id"]],
        row["category"],
        row["purpose"],
        row["severity"],
        row["amount"],
        row["unit"],
        local=row["local"],
    )
