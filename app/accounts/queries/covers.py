"""Reads about leave cover: one's own, what waits for one's word, and to whom something could be lent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from app.accounts.model import Account, AccountGrant, Cover
from app.accounts.queries.current import ACTIVE, Staff, grants_of, is_open
from app.accounts.rules import Action, Grant, Role, Target
from app.accounts.rules import cover as rules
from app.accounts.rules.cover import Part, State
from app.core import clock
from app.core.sealing import open_text
from app.extensions import db

_MOST = 100


@dataclass(frozen=True, slots=True)
class CoverCard:
    """Rights that one person hands to another, as both of them and those who agree to it see it."""

    id: str
    giver: Mapping[str, str]
    taker: Mapping[str, str]
    is_mine: bool
    """The reader lends."""
    is_for_me: bool
    grants: tuple[Grant, ...]
    parts: tuple[tuple[Grant, tuple[Part, ...]], ...]
    first: date
    last: date
    reason: str
    state: State
    made_at: datetime
    decider: Mapping[str, str]
    """Name of who agreed or declined; empty where nobody did."""
    is_on: bool
    over: bool
    """Its last day is past."""
    can_end: bool
    """By the reader."""
    can_decide: bool


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody in use whom a right could be lent to, and the code of their office or area."""

    id: str
    names: Mapping[str, str]
    of: str


def sealed_as(cover: str) -> str:
    """Return the context that the reason of a cover is sealed for."""
    return f"cover:{cover}:reason"


def reaches(staff: Staff, grants: Iterable[Grant]) -> bool:
    """Tell whether somebody may agree to the lending of all of these."""
    return all(
        staff.may(Action.COVER_APPROVE, Target(area=area))
        for grant in grants
        for area in filter(None, (grant.area, grant.unit.partition(".")[0]))
    )


def covers(staff: Staff) -> tuple[CoverCard, ...]:
    """Return what somebody lends or borrows, and what they may agree to or end; the newest first."""
    query = select(Cover).order_by(Cover.made_at.desc(), Cover.id)
    mine = or_(Cover.giver == staff.id, Cover.taker == staff.id)
    if not staff.may(Action.COVER_APPROVE):
        return _cards(db.session.scalars(query.where(mine).limit(_MOST)).all(), staff)
    live = (Cover.state.in_([State.ASKED.value, State.AGREED.value])) & (Cover.last >= clock.today())
    rows = db.session.scalars(query.where(or_(mine, live))).all()
    own = [row for row in rows if staff.id in {row.giver, row.taker}][:_MOST]
    return _cards([row for row in rows if row in own or _decides(row, staff)], staff)


def cover(identity: str, staff: Staff) -> CoverCard | None:
    """Return a cover that is somebody's business; any other is as if it were not there."""
    row = db.session.get(Cover, identity)
    if row is None or not (staff.id in {row.giver, row.taker} or _decides(row, staff)):
        return None
    return _cards([row], staff)[0]


def lendable(staff: Staff) -> tuple[tuple[Grant, Part], ...]:
    """Return what somebody could lend: parts of what is their own, nothing that was lent to them."""
    return rules.lendable(grants_of(staff.id))


def colleagues(staff: Staff) -> tuple[Colleague, ...]:
    """Return those to whom somebody could lend something: those of the same office or area come first."""
    own = rules.lent(rules.lendable(grants_of(staff.id)))
    held: dict[str, tuple[Account, list[Grant]]] = {}
    rows = db.session.execute(
        select(Account, AccountGrant)
        .join(AccountGrant, AccountGrant.account == Account.id)
        .where(Account.state == ACTIVE, Account.id != staff.id)
        .order_by(Account.handle)
    )
    for account, row in rows:
        if is_open(account):
            held.setdefault(account.id, (account, []))[1].append(
                Grant(Role(row.role), row.unit, row.area, row.facility)
            )
    near = {
        identity: (not _share(own, grants, "unit"), not _share(own, grants, "area"))
        for identity, (_account, grants) in held.items()
        if any(rules.is_colleague(each, grants) for each in own)
    }
    return tuple(
        Colleague(identity, held[identity][0].names, held[identity][1][0].unit or held[identity][1][0].area)
        for identity in sorted(near, key=near.__getitem__)
    )


def _share(own: Iterable[Grant], others: Iterable[Grant], what: str) -> bool:
    """Tell whether any grants of two people are of one office, or of one area."""
    mine = {getattr(each, what) for each in own} - {""}
    return any(getattr(each, what) in mine for each in others)


def _decides(row: Cover, staff: Staff) -> bool:
    grants = [rules.from_json(each) for each in row.grants]
    return staff.id not in {row.giver, row.taker} and reaches(staff, grants)


def _cards(rows: Sequence[Cover], staff: Staff) -> tuple[CoverCard, ...]:
    people = {each for row in rows for each in (row.giver, row.taker, row.decided_by) if each}
    found = db.session.execute(select(Account.id, Account.names).where(Account.id.in_(people)))
    names: dict[str, Mapping[str, str]] = {row.id: row.names for row in found}
    return tuple(_card(row, staff, names) for row in rows)


def _card(row: Cover, staff: Staff, names: Mapping[str, Mapping[str, str]]) -> CoverCard:
    today, state = clock.today(), State(row.state)
    grants = tuple(rules.from_json(each) for each in row.grants)
    decides = _decides(row, staff)
    left = rules.can_end(row.state, row.last, today)
    return CoverCard(
        id=row.id,
        giver=names.get(row.giver, {}),
        taker=names.get(row.taker, {}),
        is_mine=row.giver == staff.id,
        is_for_me=row.taker == staff.id,
        grants=grants,
        parts=tuple((rules.whole(each), rules.parts(each)) for each in grants),
        first=row.first,
        last=row.last,
        reason=open_text(row.reason, sealed_as(row.id)),
        state=state,
        made_at=row.made_at,
        decider=names.get(row.decided_by or "", {}),
        is_on=rules.is_on(row.state, row.first, row.last, today),
        over=row.last < today,
        can_end=left and (decides or staff.id in {row.giver, row.taker}),
        can_decide=left and decides and state is State.ASKED,
    )
