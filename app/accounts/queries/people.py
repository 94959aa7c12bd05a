"""Reads about accounts, for those who look after them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.accounts.model import Account, AccountGrant, Invitation, RecoveryCode, StaffSession
from app.accounts.queries import reporting
from app.accounts.queries.current import ACTIVE, grants_of, is_open
from app.accounts.rules import TABLE, Action, Grant, Role, Target, actions, may
from app.accounts.rules.credentials import ABSOLUTE
from app.areas.queries import areas
from app.areas.queries.people import office_names
from app.core import clock
from app.extensions import db


@dataclass(frozen=True, slots=True)
class Person:
    """An account as others see it: no secret, and nothing that was read or done with it."""

    id: str
    handle: str
    names: Mapping[str, str]
    state: str
    grants: tuple[Grant, ...]
    created: datetime
    expires: datetime | None
    """When the one-time link ends, where there is one."""


def people() -> tuple[Person, ...]:
    """Return all accounts by handle."""
    held: dict[str, list[Grant]] = {}
    for row in db.session.scalars(select(AccountGrant).order_by(AccountGrant.role, AccountGrant.area)):
        held.setdefault(row.account, []).append(Grant(Role(row.role), row.unit, row.area, row.facility))
    rows = db.session.execute(
        select(Account, Invitation.expires).outerjoin(Invitation).order_by(Account.handle)
    )
    return tuple(_person(account, tuple(held.get(account.id, ())), expires) for account, expires in rows)


def person(key: str) -> Person | None:
    """Return the account of an id or a handle."""
    row = db.session.execute(
        select(Account, Invitation.expires)
        .outerjoin(Invitation)
        .where((Account.id == key) | (Account.handle == key))
    ).first()
    return _person(row[0], grants_of(row[0].id), row[1]) if row else None


def called(accounts: Iterable[str]) -> dict[str, Mapping[str, str]]:
    """Return the names of accounts, by id."""
    rows = db.session.execute(select(Account.id, Account.names).where(Account.id.in_(set(accounts))))
    return {row.id: row.names for row in rows}


def within_reach(grants: Iterable[Grant], action: Action, found: Person) -> bool:
    """Tell whether somebody with these grants may do this to an account: to every role it has."""
    held = tuple(grants)
    return bool(found.grants) and all(may(held, action, Target(area=grant.area)) for grant in found.grants)


def named(codes: Iterable[str]) -> dict[str, Mapping[str, str]]:
    """Return the names of areas and offices, by code."""
    held = set(codes) - {""}
    units = office_names({code for code in held if "." in code})
    cards = areas({code for code in held if "." not in code})
    return {**{code: card.names for code, card in cards.items()}, **units}


def names_of(grants: Iterable[Grant]) -> dict[str, Mapping[str, str]]:
    """Return the names of the areas, offices and facilities that grants are for, by code."""
    held = tuple(grants)
    own = {grant.facility: reporting.facility(grant.facility) for grant in held if grant.facility}
    facilities = {code: found.names for code, found in own.items() if found}
    return {**named(code for grant in held for code in (grant.area, grant.unit)), **facilities}


def recovery_codes_left(account: str) -> int:
    """Return how many recovery codes an account has not used."""
    return db.session.scalar(select(func.count()).where(RecoveryCode.account == account)) or 0


def has_authenticator(account: str) -> bool:
    """Tell whether an account signs in with a one-time code."""
    return bool(db.session.scalar(select(Account.totp.is_not(None)).where(Account.id == account)))


def sessions(account: str) -> tuple[datetime, ...]:
    """Return when the sessions of an account began that have not ended, newest first."""
    rows = db.session.scalars(
        select(StaffSession.created)
        .join(Account)
        .where(
            StaffSession.account == account,
            StaffSession.half.is_(False),
            StaffSession.stamp == Account.session_stamp,
            StaffSession.created > clock.now() - ABSOLUTE,
        )
        .order_by(StaffSession.created.desc())
    )
    return tuple(rows)


def _person(account: Account, grants: tuple[Grant, ...], expires: datetime | None) -> Person:
    return Person(account.id, account.handle, account.names, account.state, grants, account.created, expires)


def staffed(units: Iterable[str]) -> frozenset[str]:
    """Return those of the units in which somebody with an account in use may work on cases."""
    rows = db.session.execute(
        select(AccountGrant.unit, AccountGrant.role, Account)
        .join(Account, Account.id == AccountGrant.account)
        .where(AccountGrant.unit.in_(tuple(units)), Account.state == ACTIVE)
    )
    return frozenset(
        unit
        for unit, role, account in rows
        if is_open(account) and Action.CASE_HANDLE in actions([Grant(Role(role), unit)])
    )


def reached(action: Action, target: Target) -> bool:
    """Tell whether somebody with an account in use may do this to that."""
    roles = [role.value for role, rights in TABLE.items() if action in rights]
    rows = db.session.execute(
        select(AccountGrant, Account)
        .join(Account, Account.id == AccountGrant.account)
        .where(AccountGrant.role.in_(roles), Account.state == ACTIVE)
    )
    return any(
        is_open(account) and may([Grant(Role(row.role), row.unit, row.area, row.facility)], action, target)
        for row, account in rows
    )
