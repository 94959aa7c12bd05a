"""Entering what offices decided about a facility, for a day: before it, nothing public has it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.accounts.queries import Staff
from app.core import audit, clock
from app.core.db import touch_data
from app.extensions import db
from app.facilities.model import Facility, Recorded
from app.facilities.queries.standing import standing
from app.facilities.rules.editing import How, RecordState, is_due
from app.facilities.service.recording import Statement, record
from app.facilities.service.saying import entered, locked, once_of, source_of


@dataclass(frozen=True, slots=True)
class Entry:
    """A record to enter: a row of the field `records`, the day from which it is public."""

    row: dict[str, Any]
    publish_on: date
    once: str
    """Of the form it was typed into."""


def enter(identity: str, entry: Entry, staff: Staff) -> None:
    """Enter a record; one whose day has come is public at once. Commits. The same form counts once."""
    facility = db.session.get_one(Facility, identity)
    row = Recorded(
        facility=identity,
        row=entry.row,
        publish_on=entry.publish_on,
        token=once_of(entry.once, entry.row, entry.publish_on),
        state=RecordState.WAITING.value,
        account=staff.id,
        recorded_by=entered(staff, facility),
        made_at=clock.now(),
        decided_at=None,
    )
    db.session.add(row)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        return
    data = {"record": row.id, "kind": entry.row["kind"], "on": entry.publish_on.isoformat()}
    audit.record("facility.record-entered", subject=identity, data=data)
    if is_due(entry.publish_on, clock.today()):
        _publish(row)
    db.session.commit()


def withdraw(identity: str, number: int, staff: Staff) -> bool:
    """Withdraw a record that waits for its day. Commits. False if it waits no longer."""
    mine = Recorded.id == number, Recorded.facility == identity
    taken = _take(mine, RecordState.WITHDRAWN)
    if taken:
        data = {"record": number, "by": staff.id}
        audit.record("facility.record-withdrawn", subject=identity, data=data)
        db.session.commit()
    return taken


def publish_due() -> int:
    """Publish what has come to its day, one after the other; a job. Commits and returns how many."""
    due = select(Recorded.id).where(
        Recorded.state == RecordState.WAITING, Recorded.publish_on <= clock.today()
    )
    count = 0
    for number in list(db.session.scalars(due.order_by(Recorded.publish_on, Recorded.id))):
        row = db.session.get(Recorded, number, with_for_update=True, populate_existing=True)
        if row is not None and row.state == RecordState.WAITING:
            _publish(row)
            count += 1
        db.session.commit()
    return count


def _publish(row: Recorded) -> None:
    """Make a record an observation of the day it is published."""
    facility = locked([row.facility])[row.facility]
    row.state, row.decided_at = RecordState.PUBLISHED.value, clock.now()
    held = standing([row.facility], "records")[row.facility]
    said = ("records", [*(held.value or ()), row.row], clock.today(), source_of(facility, How.NOTICE))
    statement = Statement(
        facility.id, facility.area_code, (said,), pack=facility.pack, zoning=facility.zoning
    )
    record([statement], now=clock.now(), by=row.recorded_by)
    touch_data(texts=False)
    audit.record("facility.record-published", subject=row.facility, data={"record": row.id})


def _take(mine: tuple[Any, ...], state: RecordState) -> bool:
    done = db.session.execute(
        update(Recorded)
        .where(*mine, Recorded.state == RecordState.WAITING)
        .values(state=state.value, decided_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    if not done.rowcount:  # type: ignore[attr-defined]  # an update has one
        db.session.rollback()
        return False
    return True
