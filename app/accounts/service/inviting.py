"""Inviting somebody, and what the invited do: choose a password, set up the authenticator."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from app.accounts.model import Account, AccountGrant, Invitation
from app.accounts.queries import reporting
from app.accounts.queries.current import ACTIVE, DISABLED, INVITED, grants_of, token_digest
from app.accounts.rules import WITH_UNIT, Grant, Role, needs_code
from app.accounts.rules.credentials import (
    ENROLMENT,
    INVITATION,
    is_handle,
    normal_handle,
    password_fault,
)
from app.accounts.service import proofs, sessions
from app.accounts.service.refusals import Refusal, RefusedError
from app.areas.queries import area as find_area
from app.areas.queries import place_of
from app.areas.queries.people import office
from app.core import audit, clock, codes, limits
from app.extensions import db

_OF_A_PLACE = frozenset({Role.LEAD, Role.AUDITOR})


def invite(handle: str, names: Mapping[str, str], grant: Grant, *, by: str) -> str:
    """Make an account and return the token of its one-time link. Raises `RefusedError`."""
    handle = normal_handle(handle)
    if not is_handle(handle):
        raise RefusedError(Refusal.HANDLE_SHAPE)
    if db.session.scalar(select(Account.id).where(Account.handle == handle)):
        raise RefusedError(Refusal.HANDLE_TAKEN)
    check_grant(grant)
    account = new_account(handle, names, [grant])
    audit.record("account.invited", actor=by, subject=account.id, data=as_data(grant))
    token = new_link(account)
    db.session.commit()
    return token


def new_account(handle: str, names: Mapping[str, str], grants: list[Grant]) -> Account:
    """Make an account that is to be invited, in the present transaction."""
    now = clock.now()
    account = Account(
        id=codes.mint(),
        handle=handle,
        names=dict(names),
        state=INVITED,
        totp_step=0,
        session_stamp=0,
        fictional=False,
        created=now,
        changed=now,
    )
    db.session.add(account)
    db.session.flush()
    put_grants(account.id, grants)
    return account


def put_grants(account: str, grants: list[Grant]) -> None:
    """Replace what an account may do, in the present transaction."""
    db.session.execute(delete(AccountGrant).where(AccountGrant.account == account))
    rows = [{"account": account, **as_data(grant)} for grant in grants]
    db.session.execute(insert(AccountGrant), rows)


def as_data(grant: Grant) -> dict[str, str]:
    """Return a grant as the columns of its table."""
    return {"role": grant.role, "unit": grant.unit, "area": grant.area, "facility": grant.facility}


def new_link(account: Account) -> str:
    """Replace the one-time link of an account, in the present transaction; returns its token."""
    token = proofs.new_token()
    expires = clock.now() + INVITATION
    db.session.merge(Invitation(account=account.id, token=token_digest(token), expires=expires))
    return token


def check_grant(grant: Grant) -> None:
    """Raise `RefusedError` if a role does not go with its unit, area or facility, or there is no such."""
    if find_area(grant.area) is None:
        raise RefusedError(Refusal.AREA)
    place = place_of(grant.area)
    if grant.role in _OF_A_PLACE and (place is None or place.area != grant.area):
        raise RefusedError(Refusal.PLACE)
    if grant.role in WITH_UNIT and not grant.unit:
        raise RefusedError(Refusal.UNIT)
    if grant.unit:
        found = office(grant.unit)
        if found is None:
            raise RefusedError(Refusal.UNIT)
        if not (found.area.startswith(grant.area) or grant.area.startswith(found.area)):
            raise RefusedError(Refusal.UNIT_ELSEWHERE)
    _check_facility(grant)


def _check_facility(grant: Grant) -> None:
    """Raise `RefusedError` unless a provider, and nobody else, has one facility, which lies in the area."""
    if (grant.role == Role.PROVIDER) != bool(grant.facility) or not (
        grant.facility == "" or codes.is_id(grant.facility)
    ):
        raise RefusedError(Refusal.FACILITY)
    if grant.facility:
        facility = reporting.facility(grant.facility)
        if facility is None:
            raise RefusedError(Refusal.FACILITY_UNKNOWN)
        if not facility.area.startswith(grant.area):
            raise RefusedError(Refusal.FACILITY_ELSEWHERE)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A password was chosen. `link` leads on to the authenticator; `session` is there if none is needed."""

    link: str = ""
    session: str = ""
    account: str = ""


def choose_password(link: str, password: str) -> Chosen:
    """Let the holder of a one-time link choose a password; the link is void from then on.

    What follows goes on under a new one that only this browser has. Raises `RefusedError`.
    """
    account = _holder(link)
    refuse_password(password, account.handle)
    account.password = proofs.hash_password(password)
    account.changed = clock.now()
    audit.record("account.password", actor=account.id, subject=account.id)
    if needs_code(grants_of(account.id)):
        account.totp, account.totp_step = proofs.new_authenticator(account.id), 0
        token = new_link(account)
        invitation = db.session.get_one(Invitation, account.id)
        invitation.expires = clock.now() + ENROLMENT
        db.session.commit()
        return Chosen(link=token)
    session = _activate(account)
    db.session.commit()
    return Chosen(session=session, account=account.id)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """An account is ready: its first session, and the recovery codes, which are shown once."""

    session: str
    account: str
    recovery_codes: tuple[str, ...]


def confirm_authenticator(link: str, answer: str) -> Enrolled:
    """Take the first code of a new authenticator and open the account. Raises `RefusedError`."""
    account = _holder(link)
    if account.totp is None:
        raise RefusedError(Refusal.LINK)
    if not limits.allow("sign-in.code", account.id):
        raise RefusedError(Refusal.TRIES)
    step = proofs.shown_at(account.totp, account.id, answer)
    if step is None:
        db.session.rollback()
        raise RefusedError(Refusal.CODE)
    account.totp_step = step
    recovery = proofs.new_recovery_codes(account.id)
    audit.record("account.authenticator", actor=account.id, subject=account.id)
    session = _activate(account)
    db.session.commit()
    return Enrolled(session, account.id, recovery)


def refuse_password(password: str, handle: str) -> None:
    """Raise `RefusedError` for a new password that is too short, too long or easily guessed."""
    fault = password_fault(password, handle)
    if fault:
        raise RefusedError(Refusal(fault.value))


def _activate(account: Account) -> str:
    account.state, account.changed = ACTIVE, clock.now()
    db.session.execute(delete(Invitation).where(Invitation.account == account.id))
    token = sessions.begin(account)
    audit.record("account.opened", actor=account.id, subject=account.id)
    return token


def _holder(link: str) -> Account:
    account = db.session.scalar(
        select(Account)
        .join(Invitation)
        .where(Invitation.token == token_digest(link), Invitation.expires > clock.now())
        .with_for_update()
    )
    if account is None or account.state == DISABLED:
        raise RefusedError(Refusal.LINK)
    return account
