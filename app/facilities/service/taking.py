"""Taking back what was entered behind the counter: it counts no more, and stays to be seen."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from app.accounts.queries import Staff
from app.core import audit, clock
from app.core.db import touch_data
from app.extensions import db
from app.facilities.model import Edit, Observed, TakenBack
from app.facilities.queries.standing import takeable_of
from app.facilities.service.editing import APPLIED, UNDONE
from app.facilities.service.recording import Statement, record
from app.facilities.service.saying import entered, locked


class TooLate(Exception):  # noqa: N818 - nobody made an error
    """It cannot be taken back any more: it is old, something stands on it, or it was taken back before."""


@dataclass(frozen=True, slots=True)
class Undone:
    """How many facilities an edit was taken back at, and at how many something newer stands on it."""

    taken: int
    left: int


def take_back(identity: str, number: int, staff: Staff) -> None:
    """Take one observation of a facility back. Commits. Raises `TooLate`."""
    locked([identity])
    row = db.session.get(Observed, number, populate_existing=True)
    can = takeable_of([identity], clock.now()).get(identity, frozenset())
    if row is None or row.facility != identity or number not in can:
        db.session.rollback()
        raise TooLate
    rows = [row]
    if row.edit is not None:
        together = select(Observed).where(Observed.edit == row.edit, Observed.facility == identity)
        rows = [each for each in db.session.scalars(together) if each.id in can]
    _retract(rows, staff)
    db.session.commit()


def undo(number: int, staff: Staff) -> Undone:
    """Take an edit back at every facility where it still stands. Commits. Raises `TooLate`."""
    claimed = db.session.execute(
        update(Edit)
        .where(Edit.id == number, Edit.state == APPLIED)
        .values(state=UNDONE, undone_at=clock.now(), undone_by=staff.id)
        .execution_options(synchronize_session=False)
    )
    if not claimed.rowcount:  # type: ignore[attr-defined]  # an update has one
        db.session.rollback()
        raise TooLate
    row = db.session.get_one(Edit, number, populate_existing=True)
    locked(row.facilities)
    said = list(db.session.scalars(select(Observed).where(Observed.edit == number)))
    can = takeable_of(row.facilities, clock.now())
    rows = [each for each in said if each.id in can[each.facility]]
    if not rows:
        db.session.rollback()
        raise TooLate
    _retract(rows, staff)
    taken = len({each.facility for each in rows})
    audit.record("facility.edit-undone", subject=str(number), data={"count": taken})
    db.session.commit()
    return Undone(taken, len(row.facilities) - taken)


def _retract(rows: Sequence[Observed], staff: Staff) -> None:
    now, ids = clock.now(), sorted({each.facility for each in rows})
    for each in rows:
        db.session.add(
            TakenBack(
                number=each.id,
                facility=each.facility,
                field=each.field,
                value=each.value,
                source=each.source,
                observed_on=each.observed_on,
                recorded_at=each.recorded_at,
                recorded_by=each.recorded_by,
                edit=each.edit,
                taken_at=now,
                taken_by=staff.id,
            )
        )
        data = {"field": each.field, "observation": each.id, "edit": each.edit}
        audit.record("facility.taken-back", subject=each.facility, data=data)
    db.session.flush()
    gone = Observed.id.in_([each.id for each in rows])
    db.session.execute(delete(Observed).where(gone).execution_options(synchronize_session=False))
    facilities = locked(ids)
    statements = [
        Statement(each.id, each.area_code, (), pack=each.pack, zoning=each.zoning)
        for each in facilities.values()
    ]
    record(statements, now=now, by=entered(staff, facilities[ids[0]]))
    touch_data()
