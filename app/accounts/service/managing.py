"""Looking after the accounts of others. Whoever does it never sees or chooses a secret."""

from sqlalchemy import delete, select

from app.accounts.model import Account, Invitation, RecoveryCode
from app.accounts.queries.current import DISABLED, INVITED
from app.accounts.rules import Grant, needs_code
from app.accounts.service import sessions
from app.accounts.service.inviting import as_data, check_grant, new_link, put_grants
from app.accounts.service.refusals import Refusal, RefusedError
from app.core import audit, clock
from app.extensions import db


def disable(account: str, *, by: str) -> None:
    """Close an account; its sessions and links end at once. Raises `RefusedError`."""
    found = _other(account, by)
    found.state, found.changed = DISABLED, clock.now()
    _end_everything(found)
    audit.record("account.disabled", actor=by, subject=found.id)
    db.session.commit()


def reset(account: str, *, by: str) -> str:
    """Take password, authenticator and recovery codes from an account and return a new one-time link's token.

    Also opens a disabled account again. Raises `RefusedError`.
    """
    found = _other(account, by)
    token = _start_anew(found)
    audit.record("account.reset", actor=by, subject=found.id)
    db.session.commit()
    return token


def regrant(account: str, grant: Grant, *, by: str) -> str | None:
    """Change what an account may do; its sessions end.

    Returns a new one-time link's token where the new role needs an authenticator that the account has not.
    Raises `RefusedError`.
    """
    found = _other(account, by)
    check_grant(grant)
    put_grants(found.id, [grant])
    found.changed = clock.now()
    audit.record("account.granted", actor=by, subject=found.id, data=as_data(grant))
    db.session.flush()
    sessions.end_all(found)
    lacking = found.state not in {INVITED, DISABLED} and found.totp is None and needs_code([grant])
    token = _start_anew(found) if lacking else None
    db.session.commit()
    return token


def _other(account: str, by: str) -> Account:
    found = db.session.scalar(
        select(Account).where((Account.id == account) | (Account.handle == account)).with_for_update()
    )
    if found is None:
        raise RefusedError(Refusal.UNKNOWN)
    if found.id == by:
        raise RefusedError(Refusal.OWN)
    return found


def _start_anew(account: Account) -> str:
    account.state, account.changed = INVITED, clock.now()
    account.password, account.totp, account.totp_step = None, None, 0
    _end_everything(account)
    return new_link(account)


def _end_everything(account: Account) -> None:
    db.session.flush()
    sessions.end_all(account)
    db.session.execute(delete(Invitation).where(Invitation.account == account.id))
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account == account.id))
