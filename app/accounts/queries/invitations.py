"""Reads a one-time link: for whom it is, and what is still to be done with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.model import Account, Invitation
from app.accounts.queries.current import DISABLED, token_digest
from app.accounts.rules.credentials import sealed_as
from app.core import clock
from app.core.sealing import open_text
from app.extensions import db


@dataclass(frozen=True, slots=True)
class Invited:
    """The holder of a one-time link. With `secret` the password is chosen and the authenticator is next."""

    account: str
    handle: str
    names: Mapping[str, str]
    secret: str | None
    """Secret of the authenticator in base 32, shown to its owner while it is being set up, never again."""


def invited(token: str) -> Invited | None:
    """Return who holds a link that can still be used."""
    row = db.session.execute(
        select(Account)
        .join(Invitation)
        .where(Invitation.token == token_digest(token), Invitation.expires > clock.now())
    ).scalar_one_or_none()
    if row is None or row.state == DISABLED:
        return None
    secret = open_text(row.totp, sealed_as(row.id)) if row.totp else None
    return Invited(row.id, row.handle, row.names, secret)
