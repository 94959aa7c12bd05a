"""Taking a register snapshot back: the mirror as it was before, and what it added up to made anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select, update

from app.core import audit
from app.core.db import touch_data
from app.core.faults import N_
from app.extensions import Base, db
from app.facilities.index import from_database
from app.facilities.model import (
    Facility,
    Fee,
    Filed,
    FilingBefore,
    Observed,
    RegisterChange,
    Snapshot,
    Source,
)
from app.facilities.service.depending import described, named_by_ledgers, pointing
from app.facilities.service.ledgers.applying import lock_imports
from app.facilities.service.recording import Statement, record

_PART = 5000
_COUNTY = 6
_NEWER = N_("A newer snapshot, of %(day)s, rests on this one. Take that one back first.")
_BUILT = N_("Something else rests on facilities that this snapshot made. Nothing was taken back.")
_WHY = {
    "account_grant": N_("%(name)s (%(id)s): somebody there has an account."),
    "case": N_("%(name)s (%(id)s): a case is about it."),
    "facility_photo": N_("%(name)s (%(id)s): it has photos."),
    "facility_record": N_("%(name)s (%(id)s): an assessment or inspection was entered."),
    "ledger": N_("%(name)s (%(id)s): a ledger that was imported names it."),
    "proposal": N_("%(name)s (%(id)s): somebody proposed a correction."),
    "slot": N_("%(name)s (%(id)s): places for single days were announced."),
}
_NAMES = N_("%(name)s (%(id)s): the newer snapshot has it.")
_SAID = N_("%(name)s (%(id)s): facts were entered for it.")
"""Why a facility stays, by table or reason; what has no sentence of its own is an entry of facts."""


class StaysError(RuntimeError):
    """A snapshot that stays. `sentence` is a msgid; `rows` say it of each facility: msgid and values."""

    def __init__(
        self,
        sentence: str,
        values: Mapping[str, object] | None = None,
        rows: Sequence[tuple[str, Mapping[str, object]]] = (),
    ) -> None:
        self.sentence = sentence
        self.values = values or {}
        self.rows = rows
        super().__init__(sentence % self.values)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What went: facilities the snapshot had made, and those that are as they were before."""

    removed: int
    restored: int


def of_upload(upload: int) -> int | None:
    """Return the number of the snapshot that a file at the counter became, if it stands."""
    return db.session.scalar(select(Snapshot.id).where(Snapshot.upload == upload))


def forget(upload: int) -> None:
    """Forget what was before a snapshot that can no longer be taken back. The caller commits."""
    mine = select(Snapshot.id).where(Snapshot.upload == upload).scalar_subquery()
    db.session.execute(delete(FilingBefore).where(FilingBefore.snapshot == mine))


def take_back(identity: int, *, now: datetime, by: str) -> TakenBack:
    """Take a snapshot back exactly, in one transaction. Commits.

    Raises `StaysError` if a newer snapshot, or anything else, rests on it; `LookupError` if nothing of
    before is kept; `BusyError` like `ledgers.apply`.
    """
    db.session.rollback()
    lock_imports()
    kept = db.session.scalars(select(FilingBefore).where(FilingBefore.snapshot == identity)).all()
    snapshot = db.session.get(Snapshot, identity, populate_existing=True)
    if snapshot is None or not kept:
        db.session.rollback()
        raise LookupError(identity)
    made = sorted(row.facility for row in kept if row.filing is None)
    stays = _newer(identity, kept) or _built(identity, made)
    if stays is not None:
        db.session.rollback()
        raise stays
    olds = [row.filing for row in kept if row.filing is not None]
    moved = {row.facility: row.place for row in kept if row.place is not None}
    db.session.execute(delete(RegisterChange).where(RegisterChange.snapshot == identity))
    db.session.execute(delete(Observed).where(Observed.snapshot == identity))
    _remove(made)
    if olds:
        db.session.execute(update(Filed), [{**each, "filed_at": _moment(each["filed_at"])} for each in olds])
    record(_stood(moved), now=now, by=by)
    source = snapshot.source
    db.session.execute(delete(FilingBefore).where(FilingBefore.snapshot == identity))
    db.session.execute(delete(Snapshot).where(Snapshot.id == identity))
    if not _is_named(source):
        db.session.execute(delete(Source).where(Source.key == source))
    touch_data()
    data = {"removed": len(made), "restored": len(olds)}
    audit.record("register.taken-back", actor=by, subject=f"snapshot:{identity}", data=data)
    db.session.commit()
    return TakenBack(len(made), len(olds))


def _newer(identity: int, kept: Sequence[FilingBefore]) -> StaysError | None:
    """Return the refusal if a later snapshot speaks of these entries, or of any in their counties.

    It was compared with what this one had brought in, so without it that comparison would be wrong.
    """
    later = (Filed.first_snapshot, Filed.last_snapshot, Filed.gone_in)
    county = func.substr(Filed.zoning, 1, _COUNTY)
    mine = select(FilingBefore.facility).where(FilingBefore.snapshot == identity)
    here = set(db.session.scalars(select(county).where(Filed.facility.in_(mine)).distinct()))
    here |= {row.filing["zoning"][:_COUNTY] for row in kept if row.filing is not None}
    query = select(Filed.facility, Filed.name).where(
        or_(*(column > identity for column in later)), or_(Filed.facility.in_(mine), county.in_(here))
    )
    rows = db.session.execute(query.order_by(Filed.id)).all()
    if not rows:
        return None
    day = db.session.scalar(select(func.max(Snapshot.taken_on)).where(Snapshot.id > identity))
    told = [(_NAMES, {"id": facility, "name": name}) for facility, name in rows]
    return StaysError(_NEWER, {"day": day}, told)


def _built(identity: int, made: Sequence[str]) -> StaysError | None:
    """Return the refusal if anything else points to a facility that the snapshot made."""
    others: ColumnElement[bool] = (Observed.snapshot != identity) | Observed.snapshot.is_(None)
    found = {(facility, "observation") for facility, _who in described(made, others)}
    found |= {(facility, "ledger") for facility, _ledger in named_by_ledgers(made)}
    found |= {(facility, table) for facility, table in pointing(made) if table != Filed.__tablename__}
    if not found:
        return None
    ids = {facility for facility, _why in found}
    names = dict(db.session.execute(select(Facility.id, Facility.name).where(Facility.id.in_(ids))).all())
    told = {(_WHY.get(why, _SAID), facility) for facility, why in found}
    rows = [
        (sentence, {"id": each, "name": names[each]}) for sentence, each in sorted(told, key=_by_facility)
    ]
    return StaysError(_BUILT, rows=rows)


def _by_facility(told: tuple[str, str]) -> tuple[str, str]:
    return told[1], told[0]


def _remove(made: Sequence[str]) -> None:
    for start in range(0, len(made), _PART):
        part = made[start : start + _PART]
        for model in (Fee, Filed):
            db.session.execute(delete(model).where(model.facility.in_(part)))
        db.session.execute(delete(Facility).where(Facility.id.in_(part)))
        from_database().update((), removed=part)


def _stood(moved: Mapping[str, Mapping[str, Any]]) -> list[Statement]:
    """Return where facilities stood; one that was put elsewhere since then stays there."""
    ids = sorted(moved)
    found: list[Statement] = []
    for start in range(0, len(ids), _PART):
        query = select(Facility.id, Facility.area_code, Facility.pack, Facility.zoning)
        for row in db.session.execute(query.where(Facility.id.in_(ids[start : start + _PART]))).all():
            kept = moved[row.id]
            place = [row.area_code, row.pack, row.zoning]
            area, pack, zoning = kept["before"] if place == kept["after"] else place
            found.append(Statement(row.id, str(area), (), pack=pack, zoning=zoning))
    return found


def _is_named(source: str) -> bool:
    """Tell whether anything still names a source."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == Source.__tablename__:
                query = select(key.parent).where(key.parent == source).limit(1)
                if db.session.scalar(query) is not None:
                    return True
    return False


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
