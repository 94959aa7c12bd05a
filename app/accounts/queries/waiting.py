"""What of accounts is on somebody's desk today."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, func, or_, select

from app.accounts.model import Account, AccountGrant, Cover, Invitation, RecoveryCode
from app.accounts.queries.covers import reaches
from app.accounts.queries.current import INVITED, Staff
from app.accounts.rules import Action, Target
from app.accounts.rules.cover import State, from_json
from app.core import clock
from app.extensions import db

_SOON = timedelta(hours=24)
"""An invitation that ends within a day is told before it does."""
_DAYS = timedelta(days=3)
"""A cover that ends within so many days is told to both."""
FEW = 3
"""With so few recovery codes left it is time for new ones."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many: invitations about to end and ended unused, covers to agree to and about to end."""

    ending: int
    ended: int
    covers: int
    covers_ending: int
    codes: int | None
    """Recovery codes that are left, if there are few."""


def waiting(staff: Staff) -> Waiting:
    """Return what of accounts is on somebody's desk."""
    ending, ended = _invitations(staff) if staff.may(Action.ACCOUNT_INVITE) else (0, 0)
    asked, soon = _covers(staff)
    return Waiting(ending, ended, asked, soon, _codes(staff))


def _invitations(staff: Staff) -> tuple[int, int]:
    """Return how many invited accounts in reach have a link that ends soon, and how many have none left."""
    now = clock.now()
    held: dict[str, tuple[bool, list[str]]] = {}
    rows = db.session.execute(
        select(Account.id, Invitation.expires, AccountGrant.area)
        .join(AccountGrant, AccountGrant.account == Account.id)
        .outerjoin(Invitation, Invitation.account == Account.id)
        .where(Account.state == INVITED, or_(Invitation.expires.is_(None), Invitation.expires < now + _SOON))
    )
    for account, expires, area in rows:
        held.setdefault(account, (expires is not None and expires > now, []))[1].append(area)
    mine = [
        runs
        for runs, areas in held.values()
        if all(staff.may(Action.ACCOUNT_INVITE, Target(area=area)) for area in areas)
    ]
    return sum(mine), len(mine) - sum(mine)


def _covers(staff: Staff) -> tuple[int, int]:
    """Return how many covers wait for somebody's word, and how many of their own end soon."""
    today = clock.today()
    own = or_(Cover.giver == staff.id, Cover.taker == staff.id)
    ending = and_(own, Cover.state == State.AGREED.value, Cover.last.between(today, today + _DAYS))
    asked = and_(Cover.state == State.ASKED.value, Cover.last >= today, ~own)
    wanted = or_(ending, asked) if staff.may(Action.COVER_APPROVE) else ending
    rows = db.session.execute(select(Cover.state, Cover.grants).where(wanted)).all()
    theirs = [row for row in rows if row.state == State.ASKED]
    reached = [row for row in theirs if reaches(staff, [from_json(each) for each in row.grants])]
    return len(reached), len(rows) - len(theirs)


def _codes(staff: Staff) -> int | None:
    """Return how many recovery codes are left, if somebody has an authenticator and they are few.

    Accounts of the fictional county were never given any; nobody is told to keep codes for them.
    """
    lasting = and_(Account.totp.is_not(None), Account.fictional.is_(False))
    left, has = db.session.execute(
        select(
            select(func.count()).where(RecoveryCode.account == staff.id).scalar_subquery(),
            select(lasting).where(Account.id == staff.id).scalar_subquery(),
        )
    ).one()
    return int(left) if has and left <= FEW else None
