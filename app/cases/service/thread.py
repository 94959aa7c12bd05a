"""What a resident does to a case besides the steps of the state machine: write, correct, take along."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from app.cases.model import Case, CaseFile, CaseMessage
from app.cases.queries.tracking import Tracked, tracked
from app.cases.rules import contexts
from app.cases.rules.acts import Attempt, Event, Refused
from app.cases.rules.machine import decide, possible
from app.cases.rules.states import CONVERSING, State
from app.cases.service import drafts, endings, facts, record
from app.cases.service.acting import Changed
from app.core import clock, photos, sealing
from app.extensions import db

MOST_FILES = 20
"""Photos and papers that residents may add to one case, over all messages."""
OWN = (Event.RATE, Event.REOPEN, Event.REQUEST_REVIEW, Event.WITHDRAW)
"""Steps that are the resident's alone."""
_TWICE = timedelta(minutes=2)
_LONG_ENOUGH = "–" * 20


def offers(case_id: int) -> dict[Event, str]:
    """Return the resident's steps that this state knows: an empty text if it may be taken, else why not."""
    case = db.session.get_one(Case, case_id)
    now = facts.facts(case)
    found: dict[Event, str] = {}
    for event in possible(now, facts.RESIDENT) & set(OWN):
        try:
            decide(now, Attempt(event, facts.RESIDENT, reason=_LONG_ENOUGH))
            found[event] = ""
        except Refused as refusal:
            found[event] = refusal.code
    return found


def say(
    case_id: int, text: str, files: Sequence[tuple[str, str, bytes]], *, answer: bool = False
) -> list[tuple[str, photos.FileRefused | None]]:
    """Add words of the resident, with files (kind, name, bytes), and commit.

    Good files are kept; returns name and reason of the others, without a reason where there are too many.
    Raises `Refused` when nobody listens any more, `Changed`, and what storing may raise.
    """
    case = db.session.get_one(Case, case_id, populate_existing=True)
    if State(case.state) not in CONVERSING:
        raise Refused("not-conversing")
    if text and not files and _said_just_now(case, text):
        return []
    rows, refused = _stored(case, files)
    if not text and not rows:
        return refused
    message = record.message(
        case, text, author="resident", kind="answer" if answer else "message", public=True
    )
    for position, row in enumerate(rows):
        row.case_id, row.message, row.position = case.id, message.id, position
        db.session.add(row)
    event = "answer" if answer else "message"
    record.event(case, event, actor="resident", data={"message": message.id, "files": len(rows)})
    _commit(case)
    return refused


def _said_just_now(case: Case, text: str) -> bool:
    """Tell whether the same words came a moment ago: a button pressed twice says one thing."""
    query = select(CaseMessage).where(
        CaseMessage.case_id == case.id,
        CaseMessage.author == "resident",
        CaseMessage.at > clock.now() - _TWICE,
    )
    return any(
        row.words and sealing.open_text(row.words, contexts.words(case.number, row.id)) == text
        for row in db.session.scalars(query)
    )


def _stored(
    case: Case, files: Sequence[tuple[str, str, bytes]]
) -> tuple[list[CaseFile], list[tuple[str, photos.FileRefused | None]]]:
    held = db.session.scalar(select(func.count()).where(CaseFile.case_id == case.id)) or 0
    counts = {"photo": 0, "pdf": 0}
    most = {"photo": photos.PHOTOS, "pdf": photos.PDFS}
    rows: list[CaseFile] = []
    refused: list[tuple[str, photos.FileRefused | None]] = []
    for kind, name, data in files:
        if counts[kind] >= most[kind] or held + len(rows) >= MOST_FILES:
            refused.append((name, None))
            continue
        try:
            rows.append(drafts.store(kind, name, data))
        except photos.FileRefused as refusal:
            refused.append((name, refusal))
        else:
            counts[kind] += 1
    return rows, refused


def _commit(case: Case) -> None:
    case.changed_at = clock.now()
    try:
        db.session.commit()
    except StaleDataError as error:
        db.session.rollback()
        raise Changed from error


def correct_contact(case_id: int, contact: Mapping[str, str], *, seen: int) -> None:
    """Replace name and ways to reach the resident; nothing given erases them. Raises `Refused`, `Changed`."""
    case = db.session.get_one(Case, case_id, populate_existing=True)
    if case.version != seen:
        raise Changed
    if case.disposed_on is not None:
        raise Refused("disposed")
    given = {name: text for name, text in contact.items() if text}
    if given:
        case.contact = sealing.seal_json(given, contexts.contact(case.number))
        case.contact_erased_on = None
    elif case.contact is not None:
        endings.erase_contact(case)
    case.anonymous = not given
    record.event(case, "contact-corrected" if given else "contact-erased", actor="resident")
    _commit(case)


def export(case_id: int) -> dict[str, Any]:
    """Return everything the site holds that came from the resident or was told to them. Audited."""
    case = db.session.get_one(Case, case_id, populate_existing=True)
    found = tracked(case_id)
    contact = sealing.open_json(case.contact, contexts.contact(case.number)) if case.contact else {}
    record.event(case, "export", actor="resident", public=False)
    db.session.commit()
    return {} if found is None else _as_data(case, found, contact)


def _as_data(case: Case, found: Tracked, contact: Mapping[str, str]) -> dict[str, Any]:
    facility = found.facility
    return {
        "number": case.number,
        "registered_at": case.registered_at.isoformat(),
        "state": case.state,
        "purpose": case.purpose,
        "category": case.category,
        "severity": case.severity,
        "area": case.area,
        "facility": {"id": facility.id, "name": facility.name} if facility else None,
        "language": case.language,
        "channel": case.channel,
        "child_safety": case.child_safety,
        "emergency_call": case.emergency_call,
        "anonymous": case.anonymous,
        "contact": dict(contact),
        "told": dict(found.told),
        "files": [asdict(file) for file in found.files],
        "rule": {"version": case.rule_version, **case.rule},
        "units": [
            {"unit": part.unit, "role": part.role, "names": dict(part.names)} for part in found.outlook.units
        ],
        "dates": [
            {
                "what": each.name,
                "first_due": each.first_on.isoformat(),
                "due": each.on.isoformat(),
                "provisional": each.provisional,
            }
            for each in found.outlook.owed.values()
        ],
        "history": [
            {
                "at": each.at.isoformat(),
                "what": each.code,
                "by_resident": each.mine,
                "office": dict(each.unit),
                "text": each.text,
                "parts": dict(each.parts),
                "files": [asdict(file) for file in each.files],
            }
            for each in found.history
        ],
        "rating": case.rating,
        "solved": case.solved,
        "contact_erased_on": case.contact_erased_on.isoformat() if case.contact_erased_on else None,
    }
