"""One entry of a ledger beside the record: what is to be recorded, and what then differs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.core.faults import N_
from app.extensions import db
from app.facilities.loading.ledger.entries import Entry
from app.facilities.loading.ledger.table import Notes
from app.facilities.model import Observed, Source
from app.facilities.rules.likeness import plain
from app.facilities.rules.merging import merged, same
from app.facilities.rules.projection import IDENTITY, Observation, current
from app.facilities.rules.vocabulary import Status
from app.facilities.service.ledgers.gazetteer import Spot
from app.facilities.service.ledgers.opening import Opened
from app.facilities.service.register import INFERENCE

_LATEST = 1 << 62


@dataclass(frozen=True, slots=True)
class Said:
    """One observation to be recorded."""

    field: str
    value: Any
    day: date
    source: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field that will be another: what stands now (who said so, when), and what will."""

    field: str
    before: Any
    after: Any
    before_source: str | None
    before_on: date | None
    after_on: date


class Comparer:
    """Compares entries with the observations of their facilities, fetched together."""

    def __init__(self, opened: Opened, day: date, ids: Iterable[str]) -> None:
        self._opened = opened
        self._day = day
        self._kinds = dict(db.session.execute(select(Source.key, Source.kind)).all())
        self._kinds.setdefault(opened.source, opened.profile.source_kind)
        self._kinds.setdefault(INFERENCE, "inferred")
        self._held: dict[str, list[Observation]] = {}
        wanted = list(ids)
        for start in range(0, len(wanted), 5000):
            query = select(Observed).where(Observed.facility.in_(wanted[start : start + 5000]))
            for row in db.session.scalars(query.order_by(Observed.id)):
                held = Observation(
                    row.field, row.value, row.source, self._kinds[row.source], row.observed_on, row.id
                )
                self._held.setdefault(row.facility, []).append(held)

    def compare(
        self, entry: Entry, spot: Spot, facility: str, notes: Notes
    ) -> tuple[tuple[Said, ...], tuple[Change, ...]]:
        """Return what to record about a facility (empty id: a new one), and how its record changes."""
        held = self._held.get(facility, [])
        standing = current(held)
        said: list[Said] = []
        changes: list[Change] = []
        for each in self._statements(entry, spot, new=not facility):
            now = standing.get(each.field)
            if each.source == INFERENCE and now is not None:
                continue
            value = merged(each.field, each.value, now.value if now else None, each.day)
            if now and same(each.field, value, now.value) and each.day <= now.observed_on:
                continue
            if self._said_before(held, each, value):
                continue
            kind = self._kinds[each.source]
            fresh = Observation(each.field, value, each.source, kind, each.day, _LATEST)
            after = current([now, fresh] if now else [fresh])[each.field]
            if now and after is now and not same(each.field, value, now.value):
                self._stays(entry, each, now, notes)
            said.append(Said(each.field, value, each.day, each.source))
            if facility and not same(each.field, after.value, now.value if now else None):
                before = (now.value, now.source, now.observed_on) if now else (None, None, None)
                changes.append(Change(each.field, before[0], after.value, before[1], before[2], each.day))
        return tuple(said), tuple(changes)

    @staticmethod
    def _said_before(held: Iterable[Observation], said: Said, value: Any) -> bool:
        return any(
            each.field == said.field
            and each.source == said.source
            and each.observed_on >= said.day
            and same(said.field, value, each.value)
            for each in held
        )

    def _stays(self, entry: Entry, said: Said, now: Observation, notes: Notes) -> None:
        if said.field == "name" and plain(str(said.value)) == plain(str(now.value)):
            return
        heading = entry.headings.get(said.field, "")
        if said.field in IDENTITY and now.source_kind == "register":
            sentence = N_("The register says otherwise about “%(field)s”, and its word stands.")
            notes.warn(entry.row, heading, sentence, field=said.field)
        else:
            sentence = N_("Of %(day)s there is a later word about “%(field)s”, and it stands.")
            notes.warn(entry.row, heading, sentence, field=said.field, day=now.observed_on)

    def _statements(self, entry: Entry, spot: Spot, *, new: bool) -> Iterator[Said]:
        day = entry.day or self._day
        source = self._opened.source
        for name, value in entry.fields.items():
            yield Said(name, self._finished(name, value, day, spot), day, source)
        if new and "status" not in entry.fields:
            yield Said("status", Status.NOT_FOUND.value, day, source)
        if spot.township:
            by = INFERENCE if spot.by == "address" else source
            yield Said("township", {"code": spot.township, "by": spot.by}, day, by)
            if new and "location" not in entry.fields:
                yield Said("location", {"lat": None, "lon": None, "precision": "township"}, day, by)

    def _finished(self, name: str, value: Any, day: date, spot: Spot) -> Any:
        if name == "address" and spot.county:
            return self._opened.gazetteer.clean(value, spot.county)
        if name == "fees":
            beside = {"source": self._opened.source, "checked_on": day.isoformat()}
            return [{**fee, **beside} for fee in value]
        if name == "bands":
            who = self._opened.profile.source_names.get("zh-Hans", "")
            return [{**band, "as_of": band["as_of"] or day.isoformat(), "said_by": who} for band in value]
        return value
