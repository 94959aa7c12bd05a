"""Facilities of a list, in the order the reader chose; and several of them side by side."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.extensions import db
from app.facilities.model import Facility
from app.facilities.queries.cards import FacilityCard, Known
from app.facilities.queries.costs import costs
from app.facilities.queries.listing import cards
from app.facilities.queries.observed import fields_of, rows
from app.facilities.rules.cost import Quotes
from app.facilities.rules.near import Anchor, distances
from app.facilities.rules.opening import clock_text, parse_opening
from app.facilities.rules.pattern import Pattern
from app.facilities.rules.vocabulary import TAKING_CHILDREN


@dataclass(frozen=True, slots=True)
class Entry:
    """A facility of a list. `kms`: distance from each anchor; None where its exact position is not known."""

    card: FacilityCard
    phone: str | None
    kms: tuple[float, ...] | None

    @property
    def open(self) -> bool:
        """Tell whether it may take children at all."""
        return self.card.status in TAKING_CHILDREN and self.card.opens_on is None


@dataclass(frozen=True, slots=True)
class Column:
    """One facility of a comparison."""

    entry: Entry
    fields: Mapping[str, Known]
    care: tuple[Mapping[str, Any], ...]
    bands: tuple[Mapping[str, Any], ...]
    week: tuple[tuple[str, str, str], ...]
    """(first weekday, last weekday, hours) of each run of days with the same hours."""
    assessment: Mapping[str, Any] | None
    """The newest assessment by an office."""

    @property
    def card(self) -> FacilityCard:
        """Return the facility."""
        return self.entry.card


@dataclass(frozen=True, slots=True)
class Comparison:
    """Facilities side by side, and the rows in which all of them are the same."""

    columns: tuple[Column, ...]
    same: frozenset[str]
    costs: Mapping[str, Quotes]
    """What each asks for the family's pattern; empty without one."""


def known(ids: Sequence[str]) -> set[str]:
    """Return those of the ids that there are."""
    return set(db.session.scalars(select(Facility.id).where(Facility.id.in_(list(ids)))))


def entries(ids: Sequence[str], today: date, anchors: Sequence[Anchor] = ()) -> tuple[Entry, ...]:
    """Return the facilities of a list in its order, closed ones too."""
    query = select(Facility.id, Facility.phone).where(Facility.id.in_(list(ids)))
    phones = dict(db.session.execute(query).all())
    return tuple(
        Entry(card, phones.get(card.id), _kms(card, anchors)) for card in cards(ids, today, None, {}, ())
    )


def _kms(card: FacilityCard, anchors: Sequence[Anchor]) -> tuple[float, ...] | None:
    if card.point is None or card.precision != "exact":
        return None
    return distances(anchors, card.point)


def compare(
    ids: Sequence[str], today: date, anchors: Sequence[Anchor] = (), pattern: Pattern | None = None
) -> Comparison:
    """Return the facilities side by side, with the distances and the monthly cost for a family."""
    held = columns(ids, today, anchors)
    asked = costs(ids, pattern, today) if pattern else {}
    said = [_said(column) | {"cost": _cost(asked.get(column.card.id))} for column in held]
    same = {name for name in said[0] if len({each[name] for each in said}) == 1} if said else set()
    return Comparison(held, frozenset(same), asked)


def columns(ids: Sequence[str], today: date, anchors: Sequence[Anchor] = ()) -> tuple[Column, ...]:
    """Return everything known of some facilities, in their order."""
    fields = fields_of(ids, today)
    return tuple(_column(entry, fields[entry.card.id]) for entry in entries(ids, today, anchors))


def _column(entry: Entry, fields: Mapping[str, Known]) -> Column:
    assessed = [row for row in rows(fields["records"]) if row["kind"] == "assessment"]
    return Column(
        entry,
        fields,
        rows(fields["care"]),
        rows(fields["bands"]),
        _week(fields["opening"].value),
        max(assessed, key=lambda row: row["issued_on"] or date.min, default=None),
    )


def _week(opening: str | None) -> tuple[tuple[str, str, str], ...]:
    """Return the week as runs of days with the same hours."""
    runs: list[tuple[int, int, str]] = []
    for hours in parse_opening(opening).week if opening else ():
        text = f"{clock_text(hours.opens)}–{clock_text(hours.closes)}"
        if runs and runs[-1][1] == hours.weekday - 1 and runs[-1][2] == text:
            runs[-1] = (runs[-1][0], hours.weekday, text)
        else:
            runs.append((hours.weekday, hours.weekday, text))
    return tuple((str(first), str(last), text) for first, last, text in runs)


def _said(column: Column) -> dict[str, Hashable]:
    """Return what a reader would see in each row, to tell whether two facilities differ in it."""
    card, fields = column.card, column.fields
    prices = [price for price in card.prices if price.component == "care"]
    rest = column.assessment
    return {
        "filing": (card.status, card.filed_on),
        "distance": column.entry.kms,
        "care": _table(column.care, "care", "days", "opens", "closes", "notice_hours"),
        "ages": card.ages,
        "vacancies": _table(column.bands, "band", "vacancies", "as_of"),
        "ratio": _table(column.bands, "band", "children_per_carer", "class_size"),
        "prices": frozenset((each.care, each.band, each.unit, each.min_fen, each.max_fen) for each in prices),
        "inclusive": card.inclusive,
        "opening": (column.week, fields["holidays"].value),
        "food": _codes(fields["food"]),
        "languages": _codes(fields["languages"]),
        "needs": _codes(fields["needs"]),
        "assessment": (rest["issued_on"], str(rest["results"]), str(rest["bodies"])) if rest else None,
        "kind": (card.kind, card.form),
        "phone": column.entry.phone,
        "address": card.address,
    }


def _cost(asked: Quotes | None) -> Hashable:
    best = asked.best() if asked else None
    return (best.care, best.low_fen, best.high_fen, best.complete) if best else None


def _table(held: Sequence[Mapping[str, Any]], *names: str) -> Hashable:
    return frozenset(tuple(row.get(name) for name in names) for row in held)


def _codes(field: Known) -> Hashable:
    return None if field.value is None else frozenset(field.value)
