"""Loading what fictional places ship; real places make their events behind the counter."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select

from app.areas import queries as areas
from app.areas.model import ContentLoad
from app.areas.service import digest_of
from app.core.db import insert_rows, touch_data
from app.events.loading.shipped import load_events
from app.events.model import Event, Expert
from app.extensions import db

_KEPT = frozenset({"id", "status", "reasons", "families", "children", "sequence"})
"""Columns of an event that are decided behind the counter once it is here."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: events and experts by place, and whether anything had to be written."""

    events: int
    experts: int
    changed: bool


def load_shipped(content: Path, *, dry_run: bool = False) -> Loaded:
    """Load the events and experts of packs.

    Idempotent; bookings, and what workers changed of events and experts, stay. Raises `FaultyFiles` before
    anything is written.
    """
    packs = [place.area for place in areas.places() if (content / "places" / place.area / "events").exists()]
    digest = digest_of([content / "places" / area / "events" for area in packs], sample=bool(packs))
    present = db.session.get(ContentLoad, "events")
    if present is not None and present.digest == digest and not dry_run:
        return Loaded(0, 0, changed=False)
    read = {
        area: load_events(
            content,
            area,
            townships={card.code for card in areas.children(area)},
            units={office.code for office in areas.offices(area)},
        )
        for area in packs
    }
    if not dry_run:
        db.session.execute(delete(Expert).where(Expert.pack.is_not(None)))
        kept = set(db.session.scalars(select(Expert.id)))
        db.session.execute(delete(Event).where(Event.pack.is_not(None), Event.pack.not_in(packs)))
        for shipped in read.values():
            insert_rows(Expert, [row for row in shipped.experts if row["id"] not in kept])
            _merge(shipped.events)
        db.session.merge(ContentLoad(name="events", digest=digest))
        touch_data(texts=False)
        db.session.commit()
    events = sum(len(each.events) for each in read.values())
    return Loaded(events, sum(len(each.experts) for each in read.values()), changed=True)


def _merge(rows: Sequence[dict[str, Any]]) -> None:
    ids = [row["id"] for row in rows]
    present = {event.id: event for event in db.session.scalars(select(Event).where(Event.id.in_(ids)))}
    for row in rows:
        held = present.get(row["id"])
        if held is None:
            db.session.add(Event(**row))
            continue
        for column in row.keys() - _KEPT:
            setattr(held, column, row[column])
    db.session.flush()
