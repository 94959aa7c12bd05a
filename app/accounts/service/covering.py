"""Lending one's own rights to a colleague for a while: ask, agree, end. See `rules.cover`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts.model import Account, Cover
from app.accounts.queries import covers as reads
from app.accounts.queries.current import Staff, grants_of, is_open, lent_to
from app.accounts.rules import Grant
from app.accounts.rules import cover as rules
from app.accounts.rules.cover import No, Part, State
from app.accounts.service.refusals import Refusal, RefusedError
from app.core import audit, clock, codes
from app.core.sealing import keyed_hash, seal_text
from app.extensions import db


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to lend to whom, from which day to which, and why. `form` is the form's token."""

    taker: str
    chosen: tuple[tuple[Grant, Part], ...]
    first: date
    last: date
    reason: str
    form: str


def ask(staff: Staff, asked: Asked) -> State:
    """Lend rights, or ask for somebody's word where that is needed. Returns what became of it.

    A form that was sent twice is one cover. Raises `RefusedError`.
    """
    request = keyed_hash("cover-forms", f"{staff.id}:{asked.form}")
    held = _of_form(request)
    if held is not None:
        return State(held.state)
    taker = db.session.get(Account, asked.taker)
    if taker is None or not is_open(taker):
        raise RefusedError(Refusal.COVER_COLLEAGUE)
    if taker.id == staff.id:
        raise RefusedError(Refusal.COVER_SELF)
    if rules.wrong_days(asked.first, asked.last, clock.today()):
        raise RefusedError(Refusal.COVER_DAYS)
    grants = rules.lent(asked.chosen)
    _check(staff.id, taker.id, grants)
    alone = not rules.needs_second(grants)
    identity = codes.mint()
    row = Cover(
        id=identity,
        request=request,
        giver=staff.id,
        taker=taker.id,
        grants=[rules.as_json(each) for each in grants],
        first=asked.first,
        last=asked.last,
        reason=seal_text(asked.reason, reads.sealed_as(identity)),
        state=(State.AGREED if alone else State.ASKED).value,
        made_at=clock.now(),
    )
    db.session.add(row)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        held = _of_form(request)
        if held is None:
            raise
        return State(held.state)
    _audit("cover.lent" if alone else "cover.asked", row, staff.id)
    db.session.commit()
    return State(row.state)


def decide(identity: str, staff: Staff, *, agree: bool) -> None:
    """Agree to a cover of others or decline it. Raises `LookupError`, `RefusedError`."""
    row = _locked(identity)
    grants = [rules.from_json(each) for each in row.grants]
    if staff.id in {row.giver, row.taker} or not reads.reaches(staff, grants):
        raise LookupError(identity)
    if row.state != State.ASKED or row.last < clock.today():
        raise RefusedError(Refusal.COVER_DECIDED)
    if agree:
        _check(row.giver, row.taker, grants)
    row.state = (State.AGREED if agree else State.DECLINED).value
    row.decided_at, row.decided_by = clock.now(), staff.id
    _audit("cover.agreed" if agree else "cover.declined", row, staff.id)
    db.session.commit()


def end(identity: str, staff: Staff) -> None:
    """End a cover at once. Ending it twice is harmless. Raises `LookupError`."""
    row = _locked(identity)
    grants = [rules.from_json(each) for each in row.grants]
    if staff.id not in {row.giver, row.taker} and not reads.reaches(staff, grants):
        raise LookupError(identity)
    if not rules.can_end(row.state, row.last, clock.today()):
        return
    row.state = State.ENDED.value
    row.ended_at, row.ended_by = clock.now(), staff.id
    _audit("cover.ended", row, staff.id)
    db.session.commit()


def _check(giver: str, taker: str, grants: Sequence[Grant]) -> None:
    borrower = db.session.get(Account, taker)
    own = grants_of(taker)
    no = rules.refusal(grants_of(giver), own, grants, lent_to(taker, own))
    if borrower is None or not is_open(borrower):
        no = No.COLLEAGUE
    if no:
        raise RefusedError(Refusal(no.value))


def _of_form(request: str) -> Cover | None:
    return db.session.scalar(select(Cover).where(Cover.request == request))


def _locked(identity: str) -> Cover:
    row = db.session.scalar(select(Cover).where(Cover.id == identity).with_for_update())
    if row is None:
        raise LookupError(identity)
    return row


def _audit(what: str, row: Cover, by: str) -> None:
    data = {
        "cover": row.id,
        "giver": row.giver,
        "taker": row.taker,
        "first": row.first.isoformat(),
        "last": row.last.isoformat(),
        "grants": row.grants,
    }
    audit.record(what, actor=by, subject=row.giver, data=data)
