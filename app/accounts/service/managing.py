"""Looking after the accounts of others. Whoever does it never sees or chooses a secret."""

from sqlalchemy import delete, select

from app.accounts.model import Account, Invitation, RecoveryCode
from app.accounts.queries.current import DISABLED, INVITED, grants_of
from app.accounts.rules import WITHOUT_CODE, Grant, needs_code
from app.accounts.rules.cover import stays_apart
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


def regrant(account: str, grant: Grant, *, by: str, instead: Grant | None = None) -> str | None:
    """Give an account a role in place of another, or of all it has; its sessions end.

    Returns a new one-time link's token where the new role needs an authenticator that the account has not.
    Raises `RefusedError`.
    """
    found = _other(account, by)
    kept = _without(found, instead) if instead else []
    return _give(found, grant, kept, by)


def add_role(account: str, grant: Grant, *, by: str) -> str | None:
    """Give an account a role beside those it has; else as `regrant`. Raises `RefusedError`."""
    found = _other(account, by)
    return _give(found, grant, list(grants_of(found.id)), by)


def take_role(account: str, grant: Grant, *, by: str) -> None:
    """Take one of several roles from an account; its sessions end. Raises `RefusedError`."""
    found = _other(account, by)
    kept = _without(found, grant)
    if not kept:
        raise RefusedError(Refusal.ROLE_LAST)
    left = {"role": kept[-1].role, "unit": kept[-1].unit}
    _put(found, kept)
    audit.record("account.role-taken", actor=by, subject=found.id, data={**as_data(grant), "left": left})
    db.session.commit()


def _give(found: Account, grant: Grant, kept: list[Grant], by: str) -> str | None:
    check_grant(grant)
    if grant in kept:
        raise RefusedError(Refusal.ROLE_HELD)
    grants = [*kept, grant]
    alone = [each.role in WITHOUT_CODE for each in grants]
    if any(alone) and not all(alone):
        raise RefusedError(Refusal.PROVIDER_ALONE)
    if not stays_apart(grants):
        raise RefusedError(Refusal.COVER_APART)
    _put(found, grants)
    audit.record("account.granted", actor=by, subject=found.id, data=as_data(grant))
    lacking = found.state not in {INVITED, DISABLED} and found.totp is None and needs_code(grants)
    token = _start_anew(found) if lacking else None
    db.session.commit()
    return token


def _without(found: Account, grant: Grant) -> list[Grant]:
    """Return what an account has but for one role. Raises `RefusedError` if it has that no more."""
    held = grants_of(found.id)
    if grant not in held:
        raise RefusedError(Refusal.ROLE_GONE)
    return [each for each in held if each != grant]


def _put(found: Account, grants: list[Grant]) -> None:
    """Let an account have these roles and no others, and end its sessions, in the present transaction."""
    put_grants(found.id, grants)
    found.changed = clock.now()
    db.session.flush()
    sessions.end_all(found)


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
