"""The tasks of a register snapshot: compare it with the mirror, bring it in, take it back."""

import dataclasses
from collections.abc import Callable

from app.core import clock
from app.core.faults import N_, FaultyFiles
from app.extensions import db
from app.facilities.loading import kept
from app.facilities.model import Upload
from app.facilities.rules.uploads import LOOKED_AT, State
from app.facilities.service.register import OlderSnapshotError
from app.facilities.service.unmirroring import StaysError, of_upload, take_back
from app.facilities.service.uploads.outcome import Outcome, faulty, refused, trouble
from app.facilities.service.uploads.snapshots import compare_snapshot, day_of, read_snapshot, tell_snapshot
from app.facilities.service.uploads.telling import counts, faults

_OLDER = N_("The mirror already holds a newer snapshot; an older one never overwrites it.")
_CHANGED = N_("The mirror has changed since you looked. Nothing was written; look again, then apply.")
_OTHERS = N_("The mirror held this snapshot already; this file wrote nothing that could be taken back.")
_TOO_OLD = N_("A snapshot can be taken back for %(days)s days; this one is older. The next one corrects it.")
_STEP = 2


def plan(row: Upload, data: bytes, step: Callable[[int], None]) -> Outcome:
    """Compare with the mirror; nothing is written."""
    return _run(row, data, step)


def apply(row: Upload, data: bytes, step: Callable[[int], None]) -> Outcome:
    """Bring in what was shown, and only that."""
    outcome = _run(row, data, step, shown=row.stamp)
    if outcome.state is not State.APPLIED:
        return outcome
    values = {**outcome.values, "ledger": of_upload(row.id), "ends_at": clock.now() + LOOKED_AT}
    return dataclasses.replace(outcome, values=values)


def undo(row: Upload, _data: bytes, _step: Callable[[int], None]) -> Outcome:
    """Take the snapshot back, exactly."""
    identity, by, now = of_upload(row.id), row.asked_by, clock.now()
    if row.ledger is None:
        return refused(_OTHERS, state=State.APPLIED)
    if identity is None:  # done by a worker that was killed before it could say so
        return Outcome(State.UNDONE)
    if now > row.ends_at:
        return refused(_TOO_OLD, {"days": LOOKED_AT.days}, State.APPLIED)
    try:
        take_back(identity, now=now, by=by)
    except StaysError as error:
        return refused(error.sentence, error.values, State.APPLIED, error.rows)
    except LookupError:
        return refused(_TOO_OLD, {"days": LOOKED_AT.days}, State.APPLIED)
    return Outcome(State.UNDONE)


def _run(row: Upload, data: bytes, step: Callable[[int], None], shown: str | None = None) -> Outcome:
    """Compare; with the stamp of a plan that was shown, also write, if it is still that very plan."""
    name, area, on, by = row.file, row.area, row.on, row.asked_by
    whole, upload = frozenset(row.choices), None if shown is None else row.id
    try:
        found, elsewhere = read_snapshot(data, name, area)
        day = day_of(found, on)
        step(_STEP)
        done = compare_snapshot(
            found,
            day,
            now=clock.now(),
            by=by,
            whole=whole,
            upload=upload,
            accept=lambda done: tell_snapshot(done, found, elsewhere, day)["stamp"] == shown,
        )
    except FaultyFiles as error:
        return dataclasses.replace(
            faulty(error.faults), files={"survey": ({"faults": faults(error.faults)}, kept.SURVEY)}
        )
    except OlderSnapshotError:
        return refused(_OLDER)
    finally:
        db.session.rollback()
    told = tell_snapshot(done, found, elsewhere, day)
    written = shown is not None and (done.written or done.already)
    return Outcome(
        State.APPLIED if written else State.READY,
        {"stamp": told["stamp"], "counts": {**counts(told), "same": told["unchanged"]}, "on": day},
        {"plan": (told, kept.PLAN)},
        trouble(_CHANGED) if shown is not None and not written else None,
    )
