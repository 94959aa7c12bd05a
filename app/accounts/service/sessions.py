"""Beginning and ending sessions. A session is a random token; the database keeps its keyed hash."""

from collections.abc import Iterable

from sqlalchemy import delete, update

from app.accounts.model import Account, Invitation, StaffSession
from app.accounts.queries.current import token_digest
from app.accounts.rules.credentials import ABSOLUTE, HALF
from app.accounts.service.proofs import new_token
from app.core import clock
from app.extensions import db


def begin(account: Account, *, half: bool = False) -> str:
    """Begin a session (or the half of one, before the one-time code) in the present transaction."""
    token, now = new_token(), clock.now()
    db.session.add(
        StaffSession(
            token=token_digest(token),
            account=account.id,
            half=half,
            stamp=account.session_stamp,
            created=now,
            confirmed=now,
        )
    )
    return token


def end(tokens: Iterable[str]) -> None:
    """End sessions in the present transaction."""
    db.session.execute(
        delete(StaffSession).where(StaffSession.token.in_([token_digest(token) for token in tokens]))
    )


def end_all(account: Account) -> None:
    """End every session of an account in the present transaction, also those that are just beginning."""
    db.session.execute(
        update(Account).where(Account.id == account.id).values(session_stamp=Account.session_stamp + 1)
    )
    db.session.execute(delete(StaffSession).where(StaffSession.account == account.id))
    db.session.refresh(account, ["session_stamp"])


def forget_ended() -> int | None:
    """Delete sessions and links whose time is over; a job. Returns how many there were, if any."""
    now = clock.now()
    old = delete(StaffSession).where(
        (StaffSession.created < now - ABSOLUTE)
        | (StaffSession.half.is_(True) & (StaffSession.created < now - HALF))
    )
    gone = 0
    for statement in (old, delete(Invitation).where(Invitation.expires < now)):
        gone += db.session.execute(statement).rowcount  # type: ignore[attr-defined]
    db.session.commit()
    return gone or None
