"""What somebody does with their own account."""

from dataclasses import dataclass

from app.accounts.model import Account, StaffSession
from app.accounts.queries.current import Staff, token_digest
from app.accounts.service import proofs, sessions
from app.accounts.service.inviting import refuse_password
from app.accounts.service.refusals import Refusal, RefusedError
from app.core import audit, clock, limits
from app.extensions import db


def change_password(staff: Staff, present: str, new: str) -> str:
    """Change the password and end every session; returns the new one of this browser.

    Raises `RefusedError` for a wrong present password and for a new one that is refused.
    """
    account = _own(staff)
    _ask_password(account, present)
    refuse_password(new, account.handle)
    account.password, account.changed = proofs.hash_password(new), clock.now()
    audit.record("account.password", actor=staff.id, subject=staff.id)
    token = _only_session(account)
    db.session.commit()
    limits.forgive("account.password", account.id)
    return token


def renew_recovery_codes(staff: Staff) -> tuple[str, ...]:
    """Replace the recovery codes and return the new ones, which are shown once."""
    codes = proofs.new_recovery_codes(staff.id)
    audit.record("account.recovery-codes", actor=staff.id, subject=staff.id)
    db.session.commit()
    return codes


def replace_authenticator(staff: Staff, sealed: bytes, answer: str) -> str:
    """Put a new authenticator in the place of the old one, once it shows the code of now.

    Every session ends; returns the new one of this browser. The recovery codes stay. Raises `RefusedError`.
    """
    account = _own(staff)
    if not limits.allow("sign-in.code", account.id):
        raise RefusedError(Refusal.TRIES)
    step = proofs.shown_at(sealed, account.id, answer)
    if step is None or account.totp is None:
        raise RefusedError(Refusal.CODE)
    account.totp, account.totp_step, account.changed = sealed, step, clock.now()
    audit.record("account.authenticator", actor=staff.id, subject=staff.id)
    token = _only_session(account)
    db.session.commit()
    limits.forgive("sign-in.code", account.id)
    return token


def end_other_sessions(staff: Staff) -> str:
    """End every session but this one, which goes on under a new token."""
    account = _own(staff)
    audit.record("account.sessions-ended", actor=staff.id, subject=staff.id)
    token = _only_session(account)
    db.session.commit()
    return token


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Whether somebody proved to be there, and the token their session goes on with."""

    ok: bool
    token: str = ""


def confirm(staff: Staff, answer: str) -> Confirmed:
    """Let somebody prove to be there: with a one-time code, or the password where there is no authenticator.

    Raises `RefusedError` after too many tries.
    """
    account = _own(staff)
    if not limits.allow("sign-in.code", account.id):
        raise RefusedError(Refusal.TRIES)
    with_code = account.totp is not None
    right = proofs.use_code(account, answer) if with_code else proofs.is_password(account.password, answer)
    row = db.session.get(StaffSession, token_digest(staff.token))
    if not right or row is None:
        audit.record("account.not-confirmed", actor=staff.id, subject=staff.id)
        db.session.commit()
        return Confirmed(ok=False)
    token = sessions.begin(account)
    db.session.flush()
    db.session.get_one(StaffSession, token_digest(token)).created = row.created
    sessions.end([staff.token])
    audit.record("account.confirmed", actor=staff.id, subject=staff.id)
    db.session.commit()
    limits.forgive("sign-in.code", account.id)
    return Confirmed(ok=True, token=token)


def _own(staff: Staff) -> Account:
    return db.session.get_one(Account, staff.id)


def _ask_password(account: Account, present: str) -> None:
    if not limits.allow("account.password", account.id):
        raise RefusedError(Refusal.TRIES)
    if not proofs.is_password(account.password, present):
        raise RefusedError(Refusal.PASSWORD)


def _only_session(account: Account) -> str:
    db.session.flush()
    sessions.end_all(account)
    return sessions.begin(account)
