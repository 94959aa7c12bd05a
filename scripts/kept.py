"""Looks at a site after `kill_test.py`: every code that was shown opens a whole case, and nothing is half."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from resident import Receipt
from sqlalchemy import select, text

from app import create_app, settings
from app.cases.model import Case, CaseClock, CaseEvent, CaseFile
from app.cases.rules import contexts
from app.cases.service import drafts, intake, reconcile
from app.core import audit, blobs, sealing
from app.extensions import db


@dataclass(slots=True)
class Found:
    """What is there after the run, each fault a sentence."""

    lost: list[str] = field(default_factory=list)
    """Codes that were shown and do not open their whole case."""
    duplicates: list[str] = field(default_factory=list)
    """Reports that are more than one case."""
    faults: list[str] = field(default_factory=list)
    """Anything else that is not whole."""
    told: list[str] = field(default_factory=list)
    """What was swept and read, for the report."""


def look_at_all(environment: Mapping[str, str], receipts: Sequence[Receipt], given_up: int) -> Found:
    """Look for every case, every file and every line of the audit."""
    app = create_app(settings.load(environment))
    found = Found()
    with app.app_context():
        found.lost = [problem for receipt in receipts for problem in look(receipt)]
        stories = Counter(_stories())
        found.duplicates = [f"{many} cases: {story}" for story, many in stories.items() if many > 1]
        if stories.total() > len(receipts) + given_up:
            found.faults.append(f"{stories.total()} cases of {len(receipts) + given_up} reports")
        swept = reconcile.reconcile(older_than=timedelta())
        found.told.append(
            f"swept         {swept.files_swept} files without rows, {swept.parts_swept} half-written"
        )
        found.faults += [f"rows and files: {swept.troubles} are not whole"] * bool(swept.troubles)
        verdict = audit.verify()
        found.told.append(f"audit         {verdict.count} rows, {'whole' if verdict.ok else verdict}")
        found.faults += ["the audit chain is broken"] * (not verdict.ok)
        if db.engine.dialect.name == "sqlite":
            found.faults += ["the database is damaged"] * (
                db.session.scalar(text("PRAGMA integrity_check")) != "ok"
            )
        db.session.remove()
        db.engine.dispose()
    return found


def _stories() -> Iterator[str]:
    """Yield what each case tells; of one that does not open, its number."""
    for number, told in db.session.execute(select(Case.number, Case.told)):
        try:
            yield sealing.open_json(told or b"", contexts.told(number))["story"]
        except sealing.SealError:
            yield number


def look(receipt: Receipt) -> list[str]:
    """Return what a code that was shown does not open."""
    case = db.session.scalar(select(Case).where(Case.access_hash == intake.code_hash(receipt.code)))
    if case is None or case.number != receipt.number:
        return [f"{receipt.number}: the code opens nothing"]
    try:
        told = sealing.open_json(case.told or b"", contexts.told(case.number))["story"]
    except sealing.SealError as error:
        return [f"{receipt.number}: the story does not open: {error}"]
    files = db.session.scalars(select(CaseFile).where(CaseFile.case_id == case.id)).all()
    events = db.session.scalars(select(CaseEvent.event).where(CaseEvent.case_id == case.id)).all()
    clocks = db.session.scalars(select(CaseClock.name).where(CaseClock.case_id == case.id)).all()
    wrong = {
        "a photo does not open": not all(_opens(file) for file in files),
        "the story is another one": told != receipt.story,
        f"{len(files)} of {receipt.photos} photos": len(files) != receipt.photos,
        f"only these events: {events}": not {"submit"} < set(events),
        "no date is owed": "reply" not in clocks,
    }
    return [f"{receipt.number}: {words}" for words, is_so in wrong.items() if is_so]


def _opens(file: CaseFile) -> bool:
    """Tell whether what was sent and what is shown of it are there and whole."""
    try:
        blobs.get(file.original, drafts.ORIGINAL)
        blobs.get(file.view or "", drafts.VIEW)
    except (blobs.BlobError, sealing.SealError):
        return False
    return True
