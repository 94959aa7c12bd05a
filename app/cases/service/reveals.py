"""Reading what is sealed: asked for with a reason, allowed by somebody else for a day, every read recorded.

Where a child may be in danger now, an officer reads at once and somebody else looks at it afterwards.
"""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select

from app.accounts.queries import Staff
from app.accounts.rules import Action
from app.cases.model import Case, CaseFile, CaseReveal
from app.cases.queries import reveals as reads
from app.cases.rules import contexts
from app.cases.rules.access import Access, Level
from app.cases.rules.acts import Refused
from app.cases.rules.guards import SHORTEST_REASON
from app.cases.service.drafts import ORIGINAL, THUMB, VIEW
from app.cases.service.illegal import audited
from app.core import audit, blobs, clock, sealing
from app.extensions import db

LIFE = timedelta(hours=24)
"""How long something may be read after it was allowed."""
_OPEN = (reads.ASKED, reads.URGENT)


def may_ask(case: Case, reach: Access, what: str) -> bool:
    """Tell whether somebody may ask for this at all."""
    if reach.level is Level.SUMMARY or Action.CASE_REVEAL not in reach.rights:
        return False
    if what == "contact":
        return reach.may_know_contact and case.contact is not None
    if what == "originals":
        return reach.full and Action.CASE_FILE_ORIGINAL in reach.rights and _has_photos(case)
    return what == "told" and case.sensitive and case.told is not None


def _has_photos(case: Case) -> bool:
    query = select(CaseFile.id).where(CaseFile.case_id == case.id, CaseFile.kind == "photo").limit(1)
    return db.session.scalar(query) is not None


def may_allow(reach: Access) -> bool:
    """Tell whether somebody may allow others to read."""
    return Action.CASE_REVEAL_APPROVE in reach.rights


def ask(case: Case, reach: Access, staff: Staff, what: str, reason: str, *, urgent: bool = False) -> None:
    """Ask to read something sealed. Raises `Refused`; a request that is open already is not made twice."""
    with audited(case, staff.id, "reveal"):
        if not may_ask(case, reach, what):
            raise Refused("wrong-actor", illegal=True)
        if len(reason.strip()) < SHORTEST_REASON:
            raise Refused("reason-too-short")
        if urgent and case.severity != "e1":
            raise Refused("not-urgent")
    waiting = select(CaseReveal).where(
        CaseReveal.case_id == case.id, CaseReveal.by == staff.id, CaseReveal.what == what
    )
    open_ = [row for row in db.session.scalars(waiting) if row.state == reads.ASKED]
    if reads.active(case, staff.id, what) or (open_ and not urgent):
        return
    now = clock.now()
    row = CaseReveal(
        case_id=case.id,
        what=what,
        by=staff.id,
        at=now,
        reason=b"",
        state=reads.URGENT if urgent else reads.ASKED,
        decided_by=None,
        decided_at=None,
        expires_at=now + LIFE if urgent else None,
    )
    db.session.add(row)
    db.session.flush()
    row.reason = sealing.seal_text(reason.strip(), contexts.reveal(case.number, row.id))
    for each in open_:
        each.state = "declined"
    action = "sealed.urgent" if urgent else "sealed.asked"
    audit.record(action, actor=staff.id, subject=case.number, data={"what": what, "request": row.id})
    db.session.commit()


def decide(case: Case, reach: Access, staff: Staff, request: int, *, allow: bool) -> None:
    """Allow or decline a request, or confirm an urgent one; never one's own.

    Raises `Refused`, `LookupError`.
    """
    row = db.session.get(CaseReveal, request, populate_existing=True, with_for_update=True)
    if row is None or row.case_id != case.id or row.state not in _OPEN:
        raise LookupError(request)
    with audited(case, staff.id, "reveal-decide"):
        if not may_allow(reach):
            raise Refused("wrong-actor", illegal=True)
        if row.by == staff.id:
            raise Refused("same-person", illegal=True)
    now = clock.now()
    urgent = row.state == reads.URGENT
    row.decided_by, row.decided_at = staff.id, now
    if allow:
        row.state = "confirmed" if urgent else "allowed"
        row.expires_at = row.expires_at if urgent else now + LIFE
    else:
        row.state = "declined"
    word = "allowed" if allow else "declined"
    audit.record(
        f"sealed.{word}", actor=staff.id, subject=case.number, data={"what": row.what, "request": row.id}
    )
    db.session.commit()


def contact(case: Case, reach: Access, staff: Staff) -> Mapping[str, str]:
    """Return the contact of a case, and record that it was read. Raises `Refused`."""
    with audited(case, staff.id, "reveal-read"):
        if not may_ask(case, reach, "contact") or not reads.active(case, staff.id, "contact"):
            raise Refused("not-allowed-to-read", illegal=True)
    _record(case, staff, "contact")
    found: dict[str, str] = (
        sealing.open_json(case.contact, contexts.contact(case.number)) if case.contact else {}
    )
    db.session.commit()
    return found


def _record(case: Case, staff: Staff, what: str, **more: str) -> None:
    audit.record("sealed.read", actor=staff.id, subject=case.number, data={"what": what, **more})


def may_see_pictures(case: Case, reach: Access, staff: Staff) -> bool:
    """Tell whether somebody may see the clean pictures of a case: as its story."""
    if reach.level is Level.SUMMARY:
        return False
    return not case.sensitive or reads.active(case, staff.id, "told")


def picture(case: Case, reach: Access, staff: Staff, file_id: str, *, small: bool) -> bytes:
    """Return a picture made anew from a photo: no place, no device in it. Raises `LookupError`."""
    file = _file(case, file_id)
    blob = file.thumb if small else file.view
    if blob is None or not may_see_pictures(case, reach, staff):
        raise LookupError(file_id)
    if not reach.full and file.message is not None:
        raise LookupError(file_id)
    return blobs.get(blob, THUMB if small else VIEW)


def original(case: Case, reach: Access, staff: Staff, file_id: str) -> tuple[str, str, bytes]:
    """Return kind, name and bytes of a file as it was sent, and record it. Raises `LookupError`, `Refused`.

    A paper has no clean picture: who reads the story of a case may have it, if the case is theirs in full.
    """
    file = _file(case, file_id)
    if not reach.full or Action.CASE_FILE_ORIGINAL not in reach.rights:
        raise LookupError(file_id)
    enough = file.kind == "pdf" and may_see_pictures(case, reach, staff)
    with audited(case, staff.id, "reveal-read"):
        if not enough and not reads.active(case, staff.id, "originals"):
            raise Refused("not-allowed-to-read", illegal=True)
    _record(case, staff, "originals", file=file.id)
    data = blobs.get(file.original, ORIGINAL)
    db.session.commit()
    return file.kind, sealing.open_text(file.name, contexts.file_name(file.id)), data


def _file(case: Case, file_id: str) -> CaseFile:
    file = db.session.get(CaseFile, file_id)
    if file is None or file.case_id != case.id:
        raise LookupError(file_id)
    return file
