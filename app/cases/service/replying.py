"""Drafting a reply: kept unsent, checked for what it gives away, compared with what was there before."""

from collections.abc import Mapping

from flask import current_app
from sqlalchemy import delete, select

from app.accounts.queries import Staff
from app.cases.loading import replies
from app.cases.model import Case, CaseReply
from app.cases.queries.handling import Reply, parts
from app.cases.rules import contexts
from app.cases.rules.access import Access
from app.cases.rules.acts import Actor, Event, Refused
from app.cases.rules.states import OPEN, State
from app.cases.rules.words import LONGEST_ANSWER, REPLY_PARTS
from app.cases.service import counter
from app.cases.service.checking import TO_RESIDENT, gives_away
from app.cases.service.illegal import audited
from app.core import audit, clock, sealing
from app.core.differing import Change, compare
from app.extensions import db

DRAFT = "draft"


def draft(case: Case) -> tuple[Mapping[str, str], bool]:
    """Return the words to begin with, and whether they are an unfinished draft.

    They are the draft of the office, else the last reply that was returned, else empty.
    """
    rows = list(
        db.session.scalars(
            select(CaseReply).where(CaseReply.case_id == case.id).order_by(CaseReply.id.desc())
        )
    )
    for state in (DRAFT, "returned"):
        row = next((row for row in rows if row.state == state and row.words), None)
        if row is not None:
            return parts(case, row), state == DRAFT
    return dict.fromkeys(REPLY_PARTS, ""), False


def check(case: Case, words: Mapping[str, str]) -> tuple[str, ...]:
    """Return what a reply gives away."""
    return gives_away(case, "\n".join(words.values()), codes=TO_RESIDENT)


def save(case: Case, reach: Access, staff: Staff, words: Mapping[str, str]) -> None:
    """Keep a draft, sealed, in place of the one before. The case itself does not change. Raises `Refused`."""
    with audited(case, staff.id, "save-reply"):
        if Actor.LEAD not in reach.actors or State(case.state) not in OPEN:
            raise Refused("wrong-state" if Actor.LEAD in reach.actors else "wrong-actor", illegal=True)
        if sum(map(len, words.values())) > LONGEST_ANSWER:
            raise Refused("reply-too-long")
    row = db.session.scalar(
        select(CaseReply)
        .where(CaseReply.case_id == case.id, CaseReply.state == DRAFT)
        .order_by(CaseReply.id.desc())
        .limit(1)
    )
    if row is None:
        row = CaseReply(
            case_id=case.id, drafter=staff.id, at=clock.now(), state=DRAFT, approvers=[], words=None
        )
        db.session.add(row)
        db.session.flush()
    row.drafter, row.at = staff.id, clock.now()
    row.words = sealing.seal_json(_clean(words), contexts.reply(case.number, row.id))
    audit.record("case.save-reply", actor=staff.id, subject=case.number, data={"reply": row.id})
    db.session.commit()


def send(case: Case, reach: Access, staff: Staff, seen: int, words: Mapping[str, str]) -> None:
    """Send a reply to a second person. Raises `Refused`, `Changed`."""
    if sum(map(len, words.values())) > LONGEST_ANSWER:
        raise Refused("reply-too-long")
    leaks = len(check(case, words))
    counter.step(case, reach, staff, Event.SUBMIT_REPLY, seen, parts=_clean(words), leaks=leaks)
    db.session.execute(delete(CaseReply).where(CaseReply.case_id == case.id, CaseReply.state == DRAFT))
    db.session.commit()


def _clean(words: Mapping[str, str]) -> dict[str, str]:
    return {name: words.get(name, "").strip() for name in REPLY_PARTS}


def changes(drafted: tuple[Reply, ...], now: Reply) -> Mapping[str, tuple[Change, ...]]:
    """Return, part by part, what a reply changes of the one before it; empty if it is the first."""
    before = [reply for reply in drafted if reply.id < now.id and reply.state in {"returned", "approved"}]
    if not before:
        return {}
    return {name: tuple(compare(before[-1].parts[name], now.parts[name])) for name in REPLY_PARTS}


def templates(lang: str) -> dict[str, dict[str, str]]:
    """Return the words a reply may begin with, by subject, in a language; `*` is for any subject."""
    content = current_app.extensions["settings"].content
    return {category: replies.template(content, category, lang) for category in replies.load_replies(content)}
