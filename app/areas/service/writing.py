"""What a change that comes into force writes into the tables that pages read."""

from collections.abc import Mapping

from sqlalchemy import delete, select

from app.areas.model import Cap, Document, Duty, Hotline, PlaceChange, Population, Target, Unit
from app.areas.queries import proposed
from app.areas.queries.routing import edition
from app.areas.rules.edits import DAYS, table_of
from app.areas.service import import_year, write_editions
from app.core import clock
from app.core.db import insert_rows
from app.extensions import db

_WHOLE: Mapping[str, type[Hotline] | type[Target] | type[Cap] | type[Population]] = {
    "hotlines": Hotline,
    "targets": Target,
    "caps": Cap,
    "population": Population,
}
"""Tables that are written anew when a row of them changes."""


def write(held: PlaceChange) -> None:
    """Write a change into the tables that pages read, in the transaction that is open."""
    if table_of(held.name) is DAYS:
        import_year(proposed.year_with(held.name, held.rows), now=clock.now(), commit=False)
        return
    if held.name == "leave":
        return
    found = proposed.pack_with(held.place, held.name, held.rows)
    for document in found.pack.referred():
        db.session.merge(Document(**document))
    if held.name in {"routing", "clocks", "documents"}:
        before = _newest(held.place)
        write_editions([found.pack], found.national, clock.now())
        held.edition = now if (now := _newest(held.place)) != before else ""
    elif held.name == "units":
        for unit in found.pack.units:
            db.session.merge(Unit(**unit))
    elif held.name == "duties":
        theirs = select(Unit.code).where(Unit.place == held.place)
        db.session.execute(delete(Duty).where(Duty.unit.in_(theirs)))
        insert_rows(Duty, found.pack.duties)
    else:
        model = _WHOLE[held.name]
        db.session.execute(delete(model).where(model.place == held.place))
        insert_rows(model, getattr(found.pack, held.name))


def _newest(place: str) -> str:
    found = edition(place)
    return found.version if found else ""
