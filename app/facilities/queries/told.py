"""Everything that was ever said of a facility: what stands, what gave way, what was taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import func, select

from app.accounts.queries import Staff
from app.areas import queries as areas
from app.areas.queries.people import office_names
from app.core import clock
from app.extensions import db
from app.facilities.model import Edit, Facility, Observed, Source, TakenBack
from app.facilities.queries.cards import Entered
from app.facilities.queries.desk import mine_of
from app.facilities.queries.standing import aware, observation, takeable_of
from app.facilities.rules.entering import read_entered
from app.facilities.rules.projection import current

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Told:
    """One observation as the counter shows it."""

    number: int
    field: str
    value: Any
    source: Mapping[str, str]
    observed_on: date
    recorded_at: datetime
    entered: Entered | None
    stands: bool
    can_undo: bool
    taken_at: datetime | None = None
    """When it was taken back; None: it was not."""


@dataclass(frozen=True, slots=True)
class EditCard:
    """An edit as the counter shows it."""

    id: int
    what: str
    field: str
    names: Mapping[str, str]
    """Names of its facilities, by id."""
    observed_on: date
    made_at: datetime
    state: str
    undone_at: datetime | None
    can_undo: int
    """At how many facilities it still stands and can be taken back."""


def told(identity: str, page: int) -> tuple[list[Told], int]:
    """Return what was said of a facility, the newest record first, and how many pages there are."""
    sources = {row.key: row for row in db.session.scalars(select(Source))}
    kinds = {key: row.kind for key, row in sources.items()}
    rows = list(db.session.scalars(select(Observed).where(Observed.facility == identity)))
    gone = list(db.session.scalars(select(TakenBack).where(TakenBack.facility == identity)))
    stands = {each.order for each in current(observation(row, kinds) for row in rows).values()}
    can = takeable_of([identity], clock.now())[identity]
    every: list[Observed | TakenBack] = [*rows, *gone]
    by = _entered(every)
    found = [
        Told(
            number=row.id if isinstance(row, Observed) else row.number,
            field=row.field,
            value=row.value,
            source=sources[row.source].names,
            observed_on=row.observed_on,
            recorded_at=aware(row.recorded_at),
            entered=by.get(row.recorded_by),
            stands=isinstance(row, Observed) and row.id in stands,
            can_undo=isinstance(row, Observed) and row.id in can,
            taken_at=row.taken_at if isinstance(row, TakenBack) else None,
        )
        for row in every
    ]
    found.sort(key=lambda each: (each.recorded_at, each.number), reverse=True)
    pages = max(1, -(-len(found) // PAGE))
    start = (min(page, pages) - 1) * PAGE
    return found[start : start + PAGE], pages


def _entered(rows: Iterable[Observed | TakenBack]) -> dict[str, Entered]:
    """Return who entered something, by what is recorded of them."""
    read = {row.recorded_by: read_entered(row.recorded_by) for row in rows}
    places = {who.place for who in read.values() if who and who.place}
    names = {**{code: card.names for code, card in areas.areas(places).items()}, **office_names(places)}
    return {text: Entered(who.role, names.get(who.place)) for text, who in read.items() if who}


def edits(staff: Staff, page: int) -> tuple[list[EditCard], int]:
    """Return what somebody has edited, the newest first, and how many pages there are."""
    query = select(Edit).where(Edit.account == staff.id)
    count = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-count // PAGE))
    shown = query.order_by(Edit.id.desc()).offset((min(page, pages) - 1) * PAGE).limit(PAGE)
    return [_card(row) for row in db.session.scalars(shown)], pages


def edit_made(number: int, staff: Staff) -> EditCard | None:
    """Return an edit all of whose facilities somebody may edit; another is as if it were not there."""
    row = db.session.get(Edit, number)
    if row is None or len(mine_of(staff, row.facilities)) != len(row.facilities):
        return None
    return _card(row)


def _card(row: Edit) -> EditCard:
    names = select(Facility.id, Facility.name).where(Facility.id.in_(row.facilities))
    can = takeable_of(row.facilities, clock.now()) if row.state == "applied" else {}
    said = db.session.execute(select(Observed.id, Observed.facility).where(Observed.edit == row.id))
    standing = {facility for number, facility in said if number in can.get(facility, ())}
    return EditCard(
        id=row.id,
        what=row.what,
        field=row.field,
        names={each.id: each.name for each in db.session.execute(names.order_by(Facility.sort_key))},
        observed_on=row.observed_on,
        made_at=row.made_at,
        state=row.state,
        undone_at=row.undone_at,
        can_undo=len(standing),
    )
