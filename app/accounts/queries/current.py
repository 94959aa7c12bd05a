"""Who is signed in: the one place that turns what a browser holds into a member of staff."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from flask import Flask, Response, current_app, session
from flask_login import LoginManager, current_user
from sqlalchemy import select

from app.accounts.model import Account, AccountGrant, Cover, StaffSession
from app.accounts.rules import Action, Grant, Role, Target, actions, cover, may, rights
from app.accounts.rules.credentials import ABSOLUTE, FRESH, IDLE
from app.core import clock
from app.core.sealing import keyed_hash
from app.extensions import db

ACTIVE, INVITED, DISABLED = "active", "invited", "disabled"
SEEN = "seen"
"""Key of the signed session cookie: when the browser was last here, in seconds since 1970."""
_TOLERANCE = 60
"""Seconds by which the clocks of two web servers may differ."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who is signed in: what they may do, and since when."""

    id: str
    handle: str
    names: Mapping[str, str]
    grants: tuple[Grant, ...]
    """What they may do: of their own, then what was lent to them for today."""
    since: datetime
    confirmed: datetime
    """When they last proved to be there; see `is_fresh`."""
    token: str = field(repr=False)
    """What the browser holds."""
    lent: Mapping[Grant, str] = field(default_factory=dict)
    """Those of the grants that somebody lent them, with the account of who did."""

    is_authenticated: ClassVar[bool] = True
    is_active: ClassVar[bool] = True
    is_anonymous: ClassVar[bool] = False

    def may(self, action: Action, target: Target | None = None) -> bool:
        """Tell whether they may do this to that; without a target, to anything at all."""
        return may(self.grants, action, target)

    @property
    def actions(self) -> frozenset[Action]:
        """Everything they may do to something."""
        return actions(self.grants)

    def lender(self, action: Action) -> str:
        """Return the account whose right this is, where their own does not reach as far; else ""."""
        own = {rights(grant).get(action) for grant in self.grants if grant not in self.lent}
        reached = ((rights(grant).get(action), account) for grant, account in self.lent.items())
        return next((account for scope, account in reached if scope and scope not in own), "")

    @property
    def units(self) -> frozenset[str]:
        """The offices they act for."""
        return frozenset(grant.unit for grant in self.grants if grant.unit)

    @property
    def is_fresh(self) -> bool:
        """Tell whether they proved to be there within the last ten minutes."""
        return clock.now() - self.confirmed < FRESH

    def get_id(self) -> str:
        """Return what Flask-Login keeps in the session cookie."""
        return self.token


class Logins(LoginManager):  # type: ignore[misc]  # Flask-Login is untyped
    """Flask-Login without a remember-me cookie, and without a fingerprint of address and browser."""

    def __init__(self) -> None:
        super().__init__()
        self.session_protection = None
        self._session_identifier_generator = str

    def _update_remember_cookie(self, response: Response) -> Response:
        return response  # touching the session here would make every public page vary by it

    def _load_user_from_remember_cookie(self, cookie: str) -> None:
        """Nobody is remembered."""


def install(app: Flask) -> None:
    """Let the program know who is signed in."""
    logins = Logins()
    logins.user_loader(_from_session)
    logins.init_app(app, add_context_processor=False)


def staff() -> Staff | None:
    """Return who is signed in, if anybody."""
    user: Any = current_user
    return user._get_current_object() if user.is_authenticated else None  # noqa: SLF001 - the proxy's own way


def token_digest(token: str) -> str:
    """Return what the database keeps of a token: a browser's session, a one-time link."""
    return keyed_hash("staff-tokens", token)


def grants_of(account: str) -> tuple[Grant, ...]:
    """Return what an account may do."""
    rows = db.session.scalars(
        select(AccountGrant)
        .where(AccountGrant.account == account)
        .order_by(AccountGrant.role, AccountGrant.area, AccountGrant.unit)
    )
    return tuple(Grant(Role(row.role), row.unit, row.area, row.facility) for row in rows)


def lent_to(account: str, own: tuple[Grant, ...]) -> dict[Grant, str]:
    """Return what others lend to an account today, and who. Nothing is, while the lender's is not in use."""
    today = clock.today()
    rows = db.session.execute(
        select(Cover, Account, AccountGrant)
        .join(Account, Account.id == Cover.giver)
        .join(AccountGrant, AccountGrant.account == Cover.giver)
        .where(Cover.taker == account, Cover.state == cover.State.AGREED.value)
        .where(Cover.first <= today, Cover.last >= today)
        .order_by(Cover.made_at, Cover.id)
    )
    offered: dict[str, tuple[str, list[Grant], list[Grant]]] = {}
    for row, giver, held in rows:
        if is_open(giver):
            lent = [cover.from_json(each) for each in row.grants]
            now = offered.setdefault(row.id, (giver.id, lent, []))[2]
            now.append(Grant(Role(held.role), held.unit, held.area, held.facility))
    return cover.in_force(own, offered.values())


def is_open(account: Account) -> bool:
    """Tell whether an account may be used now."""
    return account.state == ACTIVE and (not account.fictional or current_app.extensions["settings"].sample)


def _from_session(token: str) -> Staff | None:
    """Return the member of staff of a session that has not ended."""
    now = clock.now()
    idle = now.timestamp() - session.get(SEEN, 0)
    if not -_TOLERANCE <= idle < IDLE.total_seconds():
        return None
    found = db.session.execute(
        select(Account, StaffSession)
        .join(StaffSession, StaffSession.account == Account.id)
        .where(StaffSession.token == token_digest(token), StaffSession.half.is_(False))
    ).one_or_none()
    if found is None:
        return None
    account, row = found
    if not is_open(account) or row.stamp != account.session_stamp or now - row.created >= ABSOLUTE:
        return None
    own = grants_of(account.id)
    lent = lent_to(account.id, own)
    return Staff(
        id=account.id,
        handle=account.handle,
        names=account.names,
        grants=(*own, *lent),
        since=row.created,
        confirmed=row.confirmed,
        token=token,
        lent=lent,
    )
