"""The tasks of a ledger: look at its columns, compare it with the record, apply it, take it back."""

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.core import clock
from app.core.faults import N_, FaultyFiles
from app.core.progress import uncounted
from app.extensions import db
from app.facilities.loading import kept
from app.facilities.loading.ledger.container import RefusedFileError
from app.facilities.loading.ledger.survey import known_in, survey_columns
from app.facilities.model import LedgerImport, Upload
from app.facilities.queries import profiles
from app.facilities.rules.uploads import LOOKED_AT, Layout, State
from app.facilities.service import ledgers
from app.facilities.service.ledgers.undoing import UNDONE
from app.facilities.service.uploads.outcome import Outcome, faulty, refused, trouble
from app.facilities.service.uploads.telling import counts, tell

_CHANGED = N_("The record has changed since you looked. Nothing was written; look again, then apply.")
_NOTHING = N_("The first sheet of this file is empty. Look whether the list stands on a hidden one.")
_NO_PROFILE = N_("This profile is no longer there. Choose another.")
_COMPARING, _WRITING = 2, 2


def survey(row: Upload, data: bytes, _step: Callable[[int], None]) -> Outcome:
    """Look at the columns, and which profiles know them."""
    known = {card.name: card.headings for card in profiles.available(row.area)}
    headings = [heading for several in known.values() for heading in several]
    try:
        with kept.opened(data, row.file) as path:
            found = survey_columns(path, headings, Layout(**(row.layout or {})))
    except RefusedFileError as error:
        return refused(error.sentence, error.values)
    if not any(found.headings):
        return refused(_NOTHING)
    told = {**dataclasses.asdict(found), "hits": known_in(found, known)}
    return Outcome(State.MATCHING, {"counts": {"rows": found.rows}}, {"survey": (told, kept.SURVEY)})


def plan(row: Upload, data: bytes, step: Callable[[int], None]) -> Outcome:
    """Read it by its profile and compare it with the record; nothing is written."""
    with _opened(row, data) as opened:
        if isinstance(opened, Outcome):
            return opened
        step(_COMPARING)
        return _told(ledgers.prepare(opened, decisions=_choices(row), by=row.asked_by, day=row.on).plan)


def apply(row: Upload, data: bytes, step: Callable[[int], None]) -> Outcome:
    """Apply what was shown, and only that: if it would do something else by now, it is shown anew."""
    shown, by = row.stamp, row.asked_by
    with _opened(row, data) as opened:
        if isinstance(opened, Outcome):
            return opened
        ready = ledgers.prepare(opened, decisions=_choices(row), by=by, day=row.on)
        outcome = _told(ready.plan)
        already = outcome.files["plan"][0]["already"]
        if already is not None:  # done by a worker that was killed before it could say so
            return _applied(outcome, already)
        if outcome.values["stamp"] == shown and outcome.values["counts"]["errors"]:
            return outcome
        if outcome.values["stamp"] != shown:
            return dataclasses.replace(outcome, trouble=trouble(_CHANGED))
        choices, day = _choices(row), row.on
        step(_WRITING)
        with uncounted():  # where others wrote meanwhile it is compared anew, and nobody may see how far
            done = ledgers.apply(
                opened, now=clock.now(), by=by, decisions=choices, day=day, prepared=ready,
                accept=lambda plan: tell(plan)["stamp"] == shown,
            )  # fmt: skip
        if done.id is None:
            return dataclasses.replace(_told(done.plan), trouble=trouble(_CHANGED))
        return _applied(outcome, done.id)


def undo(row: Upload, _data: bytes, _step: Callable[[int], None]) -> Outcome:
    """Take an import back, exactly."""
    identity, by = row.ledger or 0, row.asked_by
    try:
        ledgers.undo(identity, now=clock.now(), by=by)
    except ledgers.CannotUndoError as error:
        db.session.rollback()
        past = db.session.get(LedgerImport, identity)
        if past is None or past.state != UNDONE:
            return refused(error.sentence, error.values, State.APPLIED)
    return Outcome(State.UNDONE)


def _applied(outcome: Outcome, identity: int) -> Outcome:
    values = {**outcome.values, "ledger": identity, "ends_at": clock.now() + LOOKED_AT}
    return Outcome(State.APPLIED, values, outcome.files)


def _told(plan: ledgers.Plan) -> Outcome:
    told = tell(plan)
    values: dict[str, Any] = {"stamp": told["stamp"], "counts": counts(told)}
    return Outcome(State.READY, values, {"plan": (told, kept.PLAN)})


def _choices(row: Upload) -> dict[int, str]:
    return {int(number): choice for number, choice in row.choices.items()}


@contextmanager
def _opened(row: Upload, data: bytes) -> Iterator[ledgers.Opened | Outcome]:
    """Lay the file and its profile in the open and read them."""
    card = profiles.profile(row.profile)
    if card is None:
        yield refused(_NO_PROFILE)
        return
    with kept.opened(data, row.file) as path:
        name = row.profile
        if card.own:
            beside = path.parent / f"{card.name}.toml"
            beside.write_text(profiles.written(card), "utf-8")
            name = str(beside)
        try:
            found: ledgers.Opened | Outcome = _read(path, name, row.area)
        except FaultyFiles as error:
            found = faulty(error.faults)
        yield found


def _read(path: Path, profile: str, area: str) -> ledgers.Opened:
    return ledgers.open_ledger(path, profile, area, profiles.folder())
