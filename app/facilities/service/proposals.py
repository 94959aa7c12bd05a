"""Asking for a change of a fact, and deciding about it: what is approved becomes an observation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select, update

from app.accounts.queries import Staff
from app.accounts.rules import Action, Target, may
from app.areas import queries as areas
from app.core import audit, clock
from app.core.db import touch_data
from app.core.sealing import seal_text
from app.extensions import db
from app.facilities.model import Facility, Proposal
from app.facilities.queries.observed import fields_of
from app.facilities.queries.proposals import NOTE, REASON, target_of
from app.facilities.rules.entering import write_entered
from app.facilities.rules.proposals import SOURCE_KIND, By, State, Why, applied, changes_nothing, checked
from app.facilities.service.recording import SEARCHED, Statement, put_source, record

_MOST_OPEN: Final = 50
"""Proposals of one facility that may wait; more help nobody to decide."""
_NAMES: Mapping[By, Mapping[str, str]] = {
    By.PUBLIC: {
        "zh-Hans": "公众更正，经工作人员核实",
        "ug": "ئامما تۈزىتىش كىرگۈزگەن، خادىملار تەكشۈرگەن",
        "en": "Corrected by the public, checked by staff",
    },
    By.PROVIDER: {
        "zh-Hans": "机构自行填报，经工作人员核实",
        "ug": "ئورۇن ئۆزى مەلۇم قىلغان، خادىملار تەكشۈرگەن",
        "en": "Reported by the facility, checked by staff",
    },
    By.STAFF: {
        "zh-Hans": "工作人员核实填报",
        "ug": "خادىملار تەكشۈرۈپ كىرگۈزگەن",
        "en": "Entered by staff after checking",
    },
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A change that somebody asks for."""

    facility: str
    field: str
    value: Any
    reason: str
    by: By
    account: str | None = None


class TooMany(Exception):  # noqa: N818 - nobody made an error
    """So much waits for this facility that no more is taken."""


class NoChange(Exception):  # noqa: N818
    """The record says already what is proposed."""


def propose(asked: Asked) -> int:
    """Keep a proposal and commit. The same one, if it waits already, is not kept twice. Returns its number.

    Raises `NoChange`, `TooMany`.
    """
    held = fields_of([asked.facility], clock.today())[asked.facility][asked.field].value
    if changes_nothing(asked.field, held, asked.value):
        raise NoChange
    waiting = db.session.scalars(
        select(Proposal).where(Proposal.facility == asked.facility, Proposal.state == State.OPEN)
    ).all()
    same = [
        each for each in waiting if (each.field, each.value, each.by) == (asked.field, asked.value, asked.by)
    ]
    if same:
        return same[0].id
    if len(waiting) >= _MOST_OPEN:
        raise TooMany
    row = Proposal(
        facility=asked.facility,
        field=asked.field,
        value=asked.value,
        before=held,
        reason=seal_text(asked.reason, REASON),
        by=asked.by.value,
        account=asked.account,
        made_at=clock.now(),
        state=State.OPEN.value,
    )
    db.session.add(row)
    db.session.flush()
    if asked.account:
        _audit("made", row)
    db.session.commit()
    return row.id


def approve(identity: int, staff: Staff, note: str = "") -> State:
    """Take a proposal in: an observation of today, and the record that follows from it. Returns its state.

    Somebody else may have decided a moment before; then that stands and nothing is done.
    """
    row = _take(identity, State.APPROVED, staff, None, note)
    if row is None:
        return _state(identity)
    query = select(Facility).where(Facility.id == row.facility)
    facility = db.session.scalars(query.with_for_update()).one()  # tables change row by row, one at a time
    by, today = By(row.by), clock.today()
    held = fields_of([row.facility], today)[row.facility][row.field].value
    place = areas.place_of(facility.area_code)
    key = f"{place.area if place else facility.area_code}:proposal-{by}"
    put_source(key, SOURCE_KIND[by], _NAMES[by], None)
    value = applied(row.field, held, checked(row.field, row.value, today))
    said = ((row.field, value, today, key),)
    statement = Statement(facility.id, facility.area_code, said, pack=facility.pack, zoning=facility.zoning)
    record([statement], now=clock.now(), by=_entered(staff, target_of(facility)))
    touch_data(texts=row.field in SEARCHED)
    _audit("approved", row)
    db.session.commit()
    return State.APPROVED


def settle(identity: int, staff: Staff) -> State:
    """Count a proposal as taken in if the record says by now what it proposes. Returns its state.

    A worker has entered it with a source and day of their own; otherwise it waits on for a decision.
    """
    row = db.session.get_one(Proposal, identity)
    held = fields_of([row.facility], clock.today())[row.facility][row.field].value
    if not changes_nothing(row.field, held, row.value):
        return State(row.state)
    taken = _take(identity, State.APPROVED, staff, None, "")
    if taken is None:
        return _state(identity)
    _audit("approved", taken)
    db.session.commit()
    return State.APPROVED


def decline(identity: int, staff: Staff, why: Why, note: str = "") -> State:
    """Turn a proposal down; if somebody else decided before, that stands. Returns its state."""
    row = _take(identity, State.DECLINED, staff, why, note)
    if row is None:
        return _state(identity)
    _audit("declined", row)
    db.session.commit()
    return State.DECLINED


def _take(identity: int, state: State, staff: Staff, why: Why | None, note: str) -> Proposal | None:
    """Decide a proposal that is open; None if it is not. How its author knew is erased: it has served."""
    done = db.session.execute(
        update(Proposal)
        .where(Proposal.id == identity, Proposal.state == State.OPEN)
        .values(
            state=state.value,
            decided_at=clock.now(),
            decided_by=staff.id,
            why=why.value if why else None,
            note=seal_text(note, NOTE) if note else None,
            reason=None,
        )
        .execution_options(synchronize_session=False)
    )
    if not done.rowcount:  # type: ignore[attr-defined]  # an update has one
        db.session.rollback()
        return None
    return db.session.get_one(Proposal, identity, populate_existing=True)


def _state(identity: int) -> State:
    return State(db.session.get_one(Proposal, identity, populate_existing=True).state)


def _entered(staff: Staff, target: Target) -> str:
    """Return the role that lets somebody decide, and its office: never who they are."""
    grants = (each for each in staff.grants if may([each], Action.FACILITY_EDIT, target))
    grant = next(grants, staff.grants[0])
    return write_entered(grant.role, grant.unit or grant.area)


def _audit(what: str, row: Proposal) -> None:
    data = {"facility": row.facility, "field": row.field, "by": row.by, "why": row.why}
    audit.record(f"proposal.{what}", subject=str(row.id), data=data)
