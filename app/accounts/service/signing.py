"""Signing in and out. A wrong answer says the same and takes as long whoever was asked for."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from app.accounts.model import Account, StaffSession
from app.accounts.queries.current import Staff, grants_of, is_open, token_digest
from app.accounts.rules import needs_code
from app.accounts.rules.credentials import HALF, normal_handle
from app.accounts.service import devices, proofs, sessions
from app.core import audit, clock, limits
from app.extensions import db


class Step(StrEnum):
    """Where an attempt to sign in stands."""

    OPEN = "open"
    """Signed in; the token is the session."""
    CODE = "code"
    """The password is right; the token waits for a one-time code."""
    WRONG = "wrong"
    SLOW = "slow"
    """Too many tries; nothing was looked at."""
    GONE = "gone"
    """The time between password and code is over."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a step went; `token` where there is one, `account` once signed in."""

    step: Step
    token: str = ""
    account: str = ""


def try_password(handle: str, password: str, *, device: str = "") -> Outcome:
    """Take the first step. `device` is what this browser kept from an earlier sign-in.

    A browser that signed in to this account before has tries of its own: nobody else can use them up.
    """
    handle = normal_handle(handle)
    account = db.session.scalar(select(Account).where(Account.handle == handle))
    known = devices.recognised(device, account.id) if account else None
    tries = _count([("sign-in.device", known)]) if known else _count_stranger(handle, limits.source_key())
    if not tries:
        return Outcome(Step.SLOW)
    usable = account is not None and is_open(account)
    right = proofs.is_password(account.password if account and usable else None, password)
    grants = grants_of(account.id) if account else ()
    if account is None or not right or (needs_code(grants) and account.totp is None):
        audit.record(
            "sign-in.failed",
            actor=account.id if account else "unknown",
            subject=account.id if account else "",
            data={"step": "password"},
        )
        db.session.commit()
        return Outcome(Step.WRONG)
    if account.password and proofs.is_outdated(account.password):
        account.password = proofs.hash_password(password)
    half = account.totp is not None
    token = sessions.begin(account, half=half)
    if not half:
        audit.record("sign-in", actor=account.id, subject=account.id, data={"with": "password"})
    db.session.commit()
    for name, key in tries:
        limits.forgive(name, key)
    return Outcome(Step.CODE if half else Step.OPEN, token, account.id)


def _count_stranger(handle: str, source: str) -> list[tuple[str, str]]:
    """Count a try from a source for a handle; returns what was counted, nothing if it is one too many.

    First what one source may try for one handle, so that whoever hammers on one handle uses up nothing else.
    A handle that is tried from everywhere is slowed for each source, never closed: its owner has a try too.
    """
    pair = f"{handle}\0{source}"
    counted = _count([("sign-in.pair", pair), ("sign-in.source", source)])
    if not counted:
        return []
    last = _count([("sign-in.handle", handle)]) or _count([("sign-in.pair-slowed", pair)])
    return [*counted, *last] if last else []


def _count(tries: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return tries if all(limits.allow(name, key) for name, key in tries) else []


def try_code(token: str, answer: str) -> Outcome:
    """Take the second step with a one-time or recovery code. Each code opens once."""
    account = _waiting(token)
    if account is None:
        return Outcome(Step.GONE)
    if not limits.allow("sign-in.code", account.id):
        sessions.end([token])
        audit.record("sign-in.blocked", actor=account.id, subject=account.id)
        db.session.commit()
        return Outcome(Step.SLOW)
    used = proofs.use_code(account, answer)
    if used is None:
        audit.record("sign-in.failed", actor=account.id, subject=account.id, data={"step": "code"})
        db.session.commit()
        return Outcome(Step.WRONG)
    sessions.end([token])
    opened = sessions.begin(account)
    audit.record("sign-in", actor=account.id, subject=account.id, data={"with": used})
    db.session.commit()
    limits.forgive("sign-in.code", account.id)
    return Outcome(Step.OPEN, opened, account.id)


def is_waiting(token: str) -> bool:
    """Tell whether a half session still waits for its code."""
    return _waiting(token) is not None


def _waiting(token: str) -> Account | None:
    row = db.session.execute(
        select(Account, StaffSession)
        .join(StaffSession, StaffSession.account == Account.id)
        .where(
            StaffSession.token == token_digest(token),
            StaffSession.half.is_(True),
            StaffSession.created > clock.now() - HALF,
            StaffSession.stamp == Account.session_stamp,
        )
    ).one_or_none()
    return row[0] if row and is_open(row[0]) else None


def sign_out(staff: Staff) -> None:
    """End this session."""
    sessions.end([staff.token])
    audit.record("sign-out", actor=staff.id, subject=staff.id)
    db.session.commit()
