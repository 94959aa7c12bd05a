"""Brings sources and facts of the files into the ledger, and never over what was edited here."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.extensions import db
from app.guide.loading.ledger import Ledger
from app.guide.model import GuideFact, GuideFactChange, GuideSource
from app.guide.queries.ledger import fact_of, source_of
from app.guide.rules.ledger import Fact, Source


@dataclass(slots=True)
class Entered:
    """What entering the ledger did: ids and keys of what changed, and of what was edited on both sides."""

    sources: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    moved: bool = False
    """Rows only stand in another order, or say what an edit here had said already."""


def enter(ledger: Ledger, *, now: datetime, by: str, whole: bool) -> Entered:
    """Bring the rows in. With `whole` the files had no fault, so what they lack is gone."""
    done = Entered()
    _sources(ledger.sources, done)
    _facts(ledger.facts, done, now, by)
    if whole:
        _gone(ledger, done, now, by)
    db.session.flush()
    return done


def write_fact(row: GuideFact | None, fact: Fact, *, now: datetime, by: str, position: int) -> GuideFact:
    """Write a fact into its row, or a new one, and keep what it said before."""
    before = fact_of(row).cells if row else None
    if row is None:
        row = GuideFact(key=fact.key, stamp=fact.stamp, version=0)
        db.session.add(row)
    columns = {name: getattr(fact, name) for name in fact.cells if name not in {"key", "bands"}}
    for name, value in (columns | {"bands": list(fact.bands), "position": position}).items():
        setattr(row, name, value)
    row.version += 1
    db.session.add(GuideFactChange(key=fact.key, at=now, by=by, before=before, after=fact.cells))
    return row


def _sources(sources: Mapping[str, Source], done: Entered) -> None:
    held = {row.id: row for row in db.session.scalars(select(GuideSource))}
    for position, source in enumerate(sources.values()):
        row = held.get(source.id)
        if row is None:
            cells = asdict(source) | {"position": position, "stamp": source.stamp}
            db.session.add(GuideSource(**cells))
            done.sources.append(source.id)
        elif source_of(row).stamp == source.stamp:
            done.moved, row.stamp = done.moved or row.stamp != source.stamp, source.stamp
        elif row.stamp != source.stamp:
            if source_of(row).stamp not in {row.stamp, source.stamp}:
                done.conflicts.append(f"sources.csv: {source.id}")
                continue
            for name, value in (asdict(source) | {"stamp": source.stamp}).items():
                setattr(row, name, value)
            row.version += 1
            done.sources.append(source.id)
        _place(row, position, done)


def _facts(facts: Mapping[str, Fact], done: Entered, now: datetime, by: str) -> None:
    held = {row.key: row for row in db.session.scalars(select(GuideFact))}
    stood: Counter[str] = Counter()
    for fact in facts.values():
        position = stood[fact.theme]
        stood[fact.theme] += 1
        row = held.get(fact.key)
        if row is not None and fact_of(row).stamp == fact.stamp:
            done.moved, row.stamp = done.moved or row.stamp != fact.stamp, fact.stamp
        elif row is None or row.stamp != fact.stamp:
            if row is not None and fact_of(row).stamp not in {row.stamp, fact.stamp}:
                done.conflicts.append(f"facts/{fact.theme}.csv: {fact.key}")
                continue
            write_fact(row, fact, now=now, by=by, position=position).stamp = fact.stamp
            done.facts.append(fact.key)
        _place(row, position, done)


def _place(row: Any, position: int, done: Entered) -> None:
    if row is not None and row.position != position:
        row.position, done.moved = position, True


def _gone(ledger: Ledger, done: Entered, now: datetime, by: str) -> None:
    """Take away what the files do not have any more, unless it was edited or made here."""
    for fact in db.session.scalars(select(GuideFact)).all():
        if fact.key not in ledger.facts and fact.stamp and fact_of(fact).stamp == fact.stamp:
            change = GuideFactChange(key=fact.key, at=now, by=by, before=fact_of(fact).cells, after=None)
            db.session.add(change)
            db.session.delete(fact)
            done.facts.append(fact.key)
    used = set(db.session.scalars(select(GuideFact.source)))
    for source in db.session.scalars(select(GuideSource)).all():
        same = source.stamp and source_of(source).stamp == source.stamp
        if source.id not in ledger.sources and same and source.id not in used:
            db.session.delete(source)
            done.sources.append(source.id)
