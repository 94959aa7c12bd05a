"""Replies, endings and what follows them. Nothing here commits."""

from typing import Any

from sqlalchemy import select

from app.areas import queries as areas
from app.cases.model import (
    Case,
    CaseFile,
    CaseGate,
    CaseMessage,
    CaseNotice,
    CaseProposal,
    CaseReply,
    CaseReveal,
    CaseTask,
)
from app.cases.rules import contexts
from app.cases.rules import words as limits
from app.cases.service import clocks, record
from app.core import blobs, clock, sealing
from app.extensions import db


def reply_context(number: str, reply_id: int) -> str:
    """Return what the words of a reply are bound to."""
    return contexts.reply(number, reply_id)


def waiting_reply(case: Case) -> CaseReply:
    """Return the reply that waits for approval."""
    query = select(CaseReply).where(CaseReply.case_id == case.id, CaseReply.state == "proposed")
    return db.session.scalars(query.order_by(CaseReply.id.desc())).first() or _no_reply(case)


def _no_reply(case: Case) -> CaseReply:
    raise LookupError(case.number)


def parts_of(case: Case, reply: CaseReply) -> dict[str, str]:
    """Return the elements of a reply, unsealed."""
    found: dict[str, str] = (
        sealing.open_json(reply.words, reply_context(case.number, reply.id)) if reply.words else {}
    )
    return {name: found.get(name, "") for name in limits.REPLY_PARTS}


def publish_reply(case: Case, reply: CaseReply) -> None:
    """Give an approved reply to the resident, and to those whose cases were merged into this one."""
    now = clock.now()
    reply.state, reply.approved_at = "approved", now
    parts = parts_of(case, reply)
    for each in [case, *joined(case)]:
        row = CaseMessage(
            case_id=each.id,
            at=now,
            author="unit",
            account=reply.drafter,
            unit=case.lead or "",
            visibility="public",
            kind="reply",
            words=None,
        )
        db.session.add(row)
        db.session.flush()
        row.words = sealing.seal_json(parts, record.words_context(each.number, row.id))
        each.replied_at = now
    clocks.stop(case)
    clocks.start(case, "rating")
    clocks.start(case, "reopen")


def joined(case: Case) -> list[Case]:
    """Return the cases that were merged into this one; their residents get its answers."""
    return list(db.session.scalars(select(Case).where(Case.merged_into == case.id)))


def close(case: Case) -> None:
    """Close an answered case: what is owed ends, the resident may still reopen it for its time."""
    clocks.stop(case, "rating")
    case.ended_at = clock.now()


def end(case: Case) -> None:
    """End a case: nothing is owed any more."""
    clocks.stop(case)
    case.ended_at = clock.now()


def reopen(case: Case) -> None:
    """Take a case up again: the same unit, half the time, another approver."""
    clocks.stop(case)
    clocks.halve(case)
    case.reopened += 1
    case.replied_at = case.ended_at = None
    case.outcome, case.outcome_on = {}, None


def reviewers(case: Case) -> list[str]:
    """Return the units that review a case: the one above the lead, else the coordinating office."""
    office = areas.office(case.lead) if case.lead else None
    units = [office.parent] if office and office.parent else coordinators(case.place)
    units = [unit for unit in units if unit != case.about]
    for unit in units:
        record.give(case, unit, "review")
    return units


def coordinators(place: str) -> list[str]:
    """Return the office that coordinates child care in a place: its health authority."""
    return [card.code for card in areas.offices(place) if card.kind == "health" and card.area == place]


def erase_contact(case: Case) -> None:
    """Erase by which the resident could be reached."""
    case.contact = None
    case.contact_erased_on = clock.today()


def erase(case: Case) -> list[str]:
    """Erase all words and files of a case; the row for figures stays. Returns the sealed files to delete."""
    erase_contact(case)
    case.told = None
    case.disposed_on = clock.today()
    gone: list[str] = []
    for file in db.session.scalars(select(CaseFile).where(CaseFile.case_id == case.id)):
        gone += [blob for blob in (file.original, file.view, file.thumb) if blob]
        db.session.delete(file)
    wordy: tuple[Any, ...] = (CaseGate, CaseMessage, CaseProposal, CaseReply)
    for model in wordy:
        for row in db.session.scalars(select(model).where(model.case_id == case.id)):
            row.words = None
    for task in db.session.scalars(select(CaseTask).where(CaseTask.case_id == case.id)):
        task.asked, task.answer = b"", None
    for model in (CaseNotice, CaseReveal):
        for row in db.session.scalars(select(model).where(model.case_id == case.id)):
            db.session.delete(row)
    return gone


def delete_blobs(gone: list[str]) -> None:
    """Delete sealed files, after the commit that forgot them."""
    for blob in gone:
        blobs.delete(blob)
