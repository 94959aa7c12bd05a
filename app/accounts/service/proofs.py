"""What proves who somebody is: passwords, one-time codes, recovery codes, and the tokens for them."""

import secrets
from functools import cache
from typing import cast

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from pyotp.exceptions import OTPVerificationError
from sqlalchemy import CursorResult, delete, insert, update

from app.accounts.model import Account, RecoveryCode
from app.accounts.rules.credentials import (
    RECOVERY_CODES,
    RECOVERY_LENGTH,
    in_groups,
    is_one_time_code,
    normal_code,
    normal_password,
    sealed_as,
)
from app.core import clock
from app.core.codes import CROCKFORD
from app.core.sealing import keyed_hash, open_text, seal_text
from app.extensions import db

_WINDOW = 1
"""Steps of 30 seconds by which a clock may be off, either way (RFC 6238, 5.2)."""


@cache
def _hasher(*, quick: bool) -> PasswordHasher:
    """Return Argon2id with the library's parameters (RFC 9106, second choice), or with next to none."""
    return PasswordHasher(time_cost=1, memory_cost=64, parallelism=1) if quick else PasswordHasher()


def _usual() -> PasswordHasher:
    return _hasher(quick=current_app.extensions["settings"].testing)


@cache
def _nobodys(*, quick: bool) -> str:
    return _hasher(quick=quick).hash(secrets.token_urlsafe())


def hash_password(password: str, *, random: bool = False) -> str:
    """Return what is kept of a password. One drawn at random needs no work against guessing."""
    return (_hasher(quick=True) if random else _usual()).hash(normal_password(password))


def is_password(held: str | None, password: str) -> bool:
    """Tell whether a password is the one that is kept; where none is, or a lighter hash, it takes as long."""
    text = normal_password(password)
    nobodys = _nobodys(quick=current_app.extensions["settings"].testing)
    if held is None or is_outdated(held):
        _verify(nobodys, text)
    return held is not None and _verify(held, text)


def _verify(held: str, text: str) -> bool:
    try:
        return _usual().verify(held, text)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(held: str) -> bool:
    """Tell whether a password should be hashed anew, because the parameters grew."""
    return _usual().check_needs_rehash(held)


def new_token() -> str:
    """Return 256 random bits that fit into a link or a cookie."""
    return secrets.token_urlsafe(32)


def new_authenticator(account: str) -> bytes:
    """Return a new secret of 160 bits for an authenticator, sealed for its account."""
    return seal_text(pyotp.random_base32(), sealed_as(account))


def authenticator_uri(handle: str, secret: str, issuer: str) -> str:
    """Return what an authenticator reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=handle, issuer_name=issuer)


def use_code(account: Account, answer: str) -> str | None:
    """Use up a one-time or recovery code in the present transaction.

    Returns `code` or `recovery-code`, whichever it was, or nothing if it is wrong or was used before.
    """
    code = normal_code(answer)
    if is_one_time_code(code):
        return "code" if _use_one_time(account, code) else None
    return "recovery-code" if _use_recovery(account.id, code) else None


def shown_at(sealed: bytes, account: str, answer: str) -> int | None:
    """Return the step at which an authenticator shows this code, if it is one of now."""
    totp = pyotp.TOTP(open_text(sealed, sealed_as(account)))
    try:
        return int(
            totp.verify_and_get_timecode(normal_code(answer), for_time=clock.now(), valid_window=_WINDOW)
        )
    except OTPVerificationError:
        return None


def _use_one_time(account: Account, code: str) -> bool:
    step = shown_at(account.totp, account.id, code) if account.totp else None
    if step is None:
        return False
    newer = update(Account).where(Account.id == account.id, Account.totp_step < step)
    return _rows(newer.values(totp_step=step)) == 1


def _use_recovery(account: str, code: str) -> bool:
    used = delete(RecoveryCode).where(
        RecoveryCode.account == account, RecoveryCode.code == _recovery_digest(account, code)
    )
    return _rows(used) == 1


def _rows(statement: object) -> int:
    result = db.session.execute(statement)  # type: ignore[call-overload]
    return cast("CursorResult[object]", result).rowcount


def new_recovery_codes(account: str) -> tuple[str, ...]:
    """Replace the recovery codes of an account, in the present transaction; they are shown once."""
    codes = [
        "".join(secrets.choice(CROCKFORD) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)
    ]
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account == account))
    db.session.execute(
        insert(RecoveryCode),
        [{"account": account, "code": _recovery_digest(account, code)} for code in codes],
    )
    return tuple(in_groups(code) for code in codes)


def _recovery_digest(account: str, code: str) -> str:
    return keyed_hash("recovery-codes", f"{account}:{code}")
