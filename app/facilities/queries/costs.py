"""What a pattern of care costs in each of many places, from their reported care types and prices."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask import current_app
from sqlalchemy import select

from app.areas import queries as areas
from app.core.db import data_version
from app.extensions import db
from app.facilities.model import Facility, Observed, Source
from app.facilities.queries.capping import Checked, checked
from app.facilities.rules.break_even import BreakEven, break_even
from app.facilities.rules.cost import Quotes, quotes
from app.facilities.rules.fees import Offer, read_care, read_fees
from app.facilities.rules.opening import parse_opening
from app.facilities.rules.pattern import Month, Pattern, month_of
from app.facilities.rules.projection import Observation, current

_BATCH = 500
_REMEMBERED = 8192
"""Offers, and quotes, kept by a process; about 2 kB each."""


@dataclass(frozen=True, slots=True)
class _Held:
    """An offer and the area whose working days count for it."""

    area: str
    offer: Offer


@dataclass(slots=True)
class _Memory:
    """The offers read at one version of the data, the oldest first."""

    version: int
    held: OrderedDict[str, _Held] = field(default_factory=OrderedDict)
    answers: OrderedDict[tuple[Pattern, Month], dict[str, Quotes]] = field(default_factory=OrderedDict)
    """The quotes of the last few patterns, by facility: pages and orders of one question share them."""

    def answered(self, pattern: Pattern, month: Month) -> dict[str, Quotes]:
        """Return the quotes of a pattern as far as they were worked out; old patterns are forgotten."""
        found = self.answers.pop((pattern, month), {})
        self.answers[pattern, month] = found
        while len(self.answers) > 1 and sum(map(len, self.answers.values())) > _REMEMBERED:
            self.answers.popitem(last=False)
        return found


def costs(ids: Iterable[str], pattern: Pattern, today: date) -> dict[str, Quotes]:
    """Return what each place asks for a pattern; ids that no facility has are left out."""
    held = _offers(list(ids))
    counted = months((each.area for each in held.values()), pattern.start, today)
    memory = _memory()
    answered = {month: memory.answered(pattern, month) for month in set(counted.values())}
    found: dict[str, Quotes] = {}
    for identity, each in held.items():
        month = counted[each.area]
        known = answered[month]
        if identity not in known:
            known[identity] = quotes(each.offer, pattern, month)
        found[identity] = known[identity]
    return found


@dataclass(frozen=True, slots=True)
class Monthly:
    """Everything a page says about the monthly cost of one place."""

    pattern: Pattern
    month: Month
    quotes: Quotes
    cheapest: BreakEven
    caps: tuple[Checked, ...] = ()


def monthly(identity: str, pattern: Pattern, today: date) -> Monthly:
    """Return what a pattern costs at a place that exists, and which care type is cheapest when."""
    held = _offers([identity])[identity]
    month = months([held.area], pattern.start, today)[held.area]
    return Monthly(
        pattern,
        month,
        quotes(held.offer, pattern, month),
        break_even(held.offer, pattern, month),
        checked(identity, held.offer, pattern, month, today),
    )


def worked_out(offer: Offer, pattern: Pattern, area: str | None, today: date) -> Monthly:
    """Return what a pattern costs at an offer from no table; without an area, by the nation's days."""
    calendar = areas.work_calendar(area) if area else areas.named_calendar()
    month = month_of(calendar, pattern.start, today)
    return Monthly(pattern, month, quotes(offer, pattern, month), break_even(offer, pattern, month))


def months(codes: Iterable[str], start: date | None, today: date) -> dict[str, Month]:
    """Return the month care starts in, counted by the calendar of each area."""
    named = areas.calendars_of(set(codes))
    counted = {name: month_of(areas.named_calendar(name), start, today) for name in set(named.values())}
    return {code: counted[name] for code, name in named.items()}


def _offers(ids: Sequence[str]) -> Mapping[str, _Held]:
    memory = _memory()
    unread = [identity for identity in ids if identity not in memory.held]
    read: dict[str, _Held] = {}
    for place in range(0, len(unread), _BATCH):
        read |= _read(unread[place : place + _BATCH])
    found = {}
    for identity in ids:
        held = read.get(identity) or memory.held.get(identity)
        if held is not None:
            found[identity] = held
    memory.held.update(read)
    while len(memory.held) > _REMEMBERED:
        memory.held.popitem(last=False)
    return found


def _memory() -> _Memory:
    version = data_version()
    memory = current_app.extensions.get("offers")
    if memory is None or memory.version != version:
        memory = current_app.extensions["offers"] = _Memory(version)
    assert isinstance(memory, _Memory)  # noqa: S101 - for the type checker
    return memory


def _read(ids: Sequence[str]) -> dict[str, _Held]:
    kinds = {row.key: row.kind for row in db.session.execute(select(Source.key, Source.kind))}
    wanted = Observed.facility.in_(ids), Observed.field.in_(["care", "fees"])
    said: dict[str, list[Observation]] = {}
    for row in db.session.scalars(select(Observed).where(*wanted)):
        observation = Observation(
            row.field, row.value, row.source, kinds[row.source], row.observed_on, row.id
        )
        said.setdefault(row.facility, []).append(observation)
    found: dict[str, _Held] = {}
    rows = select(Facility.id, Facility.area_code, Facility.opening).where(Facility.id.in_(ids))
    for identity, area, opening in db.session.execute(rows):
        standing = {name: each.value for name, each in current(said.get(identity, ())).items()}
        week = parse_opening(opening).week if opening else None
        offer = Offer(read_care(standing.get("care")), read_fees(standing.get("fees")), week)
        found[identity] = _Held(area, offer)
    return found
