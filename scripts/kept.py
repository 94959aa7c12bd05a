"""Looks at a site after `kill_test.py`: every code that was shown opens a whole case, and nothing is half."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from resident import Receipt
from sqlalchemy import func, select, text

from app import create_app, settings
from app.cases.model import Case, CaseClock, CaseEvent, CaseFile
from app.cases.rules import contexts
from app.cases.service import drafts, intake, reconcile
from app.core import audit, blobs, sealing
from app.extensions import db


def look_at_all(environment: Mapping[str, str], receipts: Sequence[Receipt], given_up: int) -> list[str]:
    """Return everything that is not as it must be, a sentence each; prints what it swept and read."""
    app = create_app(settings.load(environment))
    with app.app_context():
        lost = [problem for receipt in receipts for problem in look(receipt)]
        cases = db.session.scalar(select(func.count()).select_from(Case)) or 0
        if cases < len(receipts):
            lost.append(f"{len(receipts)} receipts were shown and there are {cases} cases")
        if cases > len(receipts) + given_up:
            lost.append(f"{cases} cases of {len(receipts) + given_up} reports: one was filed twice")
        found = reconcile.reconcile(older_than=timedelta())
        print(f"swept      {found.files_swept} files without rows, {found.parts_swept} half-written")
        lost += [f"the reconciler finds {found.troubles} things that are not whole"] * bool(found.troubles)
        verdict = audit.verify()
        print(f"audit      {verdict.count} rows, {'whole' if verdict.ok else verdict}")
        lost += ["the audit chain is broken"] * (not verdict.ok)
        if db.engine.dialect.name == "sqlite":
            lost += ["the database is damaged"] * (db.session.scalar(text("PRAGMA integrity_check")) != "ok")
        db.session.remove()
        db.engine.dispose()
    return lost


def look(receipt: Receipt) -> list[str]:
    """Return what a code that was shown does not open."""
    case = db.session.scalar(select(Case).where(Case.access_hash == intake.code_hash(receipt.code)))
    if case is None or case.number != receipt.number:
        return [f"{receipt.number}: the code opens nothing"]
    told = sealing.open_json(case.told or b"", contexts.told(case.number))["story"]
    files = db.session.scalars(select(CaseFile).where(CaseFile.case_id == case.id)).all()
    events = db.session.scalars(select(CaseEvent.event).where(CaseEvent.case_id == case.id)).all()
    clocks = db.session.scalars(select(CaseClock.name).where(CaseClock.case_id == case.id)).all()
    for file in files:
        blobs.get(file.original, drafts.ORIGINAL)
        blobs.get(file.view or "", drafts.VIEW)
    wrong = {
        "the story is another one": told != receipt.story,
        f"{len(files)} of {receipt.photos} photos": len(files) != receipt.photos,
        f"only these events: {events}": not {"submit"} < set(events),
        "no date is owed": "reply" not in clocks,
    }
    return [f"{receipt.number}: {words}" for words, is_so in wrong.items() if is_so]
