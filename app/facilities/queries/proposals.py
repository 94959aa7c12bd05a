"""Reads about proposals: those a member of staff may decide, and one of them with what it would change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select

from app.accounts.queries import Staff
from app.accounts.rules import Action, Grant, Scope, Target, rights
from app.areas import queries as areas
from app.core.sealing import open_text
from app.extensions import db
from app.facilities.model import Facility, Proposal
from app.facilities.queries.cards import Known
from app.facilities.queries.observed import fields_of
from app.facilities.rules.proposals import State, touched

REASON: Final = "proposal.reason"
NOTE: Final = "proposal.note"
"""Contexts that the words of a proposal are sealed for."""
PAGE: Final = 20
_TOWNSHIP = 9


@dataclass(frozen=True, slots=True)
class ProposalCard:
    """A proposal as staff see it."""

    id: int
    facility: str
    name: str
    area_names: tuple[Mapping[str, str], ...]
    field: str
    before: Any
    """What would give way: a value, or the rows of a table that change."""
    after: Any
    value: Any
    """What is proposed, as `applied` of the rules takes it."""
    standing: Known
    """What stands now, with its source and day."""
    reason: str
    by: str
    made_at: datetime
    state: str
    why: str | None
    note: str
    decided_at: datetime | None
    decided_by: str | None
    """The account that decided."""


@dataclass(frozen=True, slots=True)
class ProposalList:
    """One page of proposals, the oldest that waits first."""

    cards: tuple[ProposalCard, ...]
    count: int
    page: int
    pages: int


def target_of(facility: Facility) -> Target:
    """Return what rights to a facility depend on."""
    place = areas.place_of(facility.area_code)
    return Target(
        place=place.area if place else "",
        area=facility.township_code or facility.area_code,
        facility=facility.id,
    )


def target(identity: str) -> Target | None:
    """Return what rights to a facility depend on; None if there is none of that id."""
    facility = db.session.get(Facility, identity)
    return target_of(facility) if facility else None


def proposals(staff: Staff, state: State, page: int, today: date) -> ProposalList:
    """Return the proposals in a state that somebody may decide."""
    mine = _reached(staff.grants, Action.FACILITY_EDIT)
    query = select(Proposal).join(Facility).where(Proposal.state == state, mine)
    count = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    order = (
        (Proposal.made_at, Proposal.id) if state is State.OPEN else (Proposal.decided_at.desc(), Proposal.id)
    )
    rows = db.session.scalars(query.order_by(*order).limit(PAGE).offset((page - 1) * PAGE)).all()
    return ProposalList(tuple(_cards(rows, today)), count, page, max(1, -(-count // PAGE)))


def proposal(identity: int, staff: Staff, today: date) -> ProposalCard | None:
    """Return a proposal that somebody may decide; what lies elsewhere is as if it were not there."""
    row = db.session.get(Proposal, identity)
    facility = db.session.get(Facility, row.facility) if row else None
    if row is None or facility is None or not staff.may(Action.FACILITY_EDIT, target_of(facility)):
        return None
    return _cards([row], today)[0]


def own_facilities(staff: Staff) -> list[str]:
    """Return the facilities that somebody reports for."""
    ids = [each.facility for each in staff.grants if each.facility and Action.FACILITY_OWN in rights(each)]
    return list(
        db.session.scalars(select(Facility.id).where(Facility.id.in_(ids)).order_by(Facility.sort_key))
    )


def waiting(facility: str, account: str, today: date) -> list[ProposalCard]:
    """Return what somebody proposed for a facility, the newest first."""
    query = select(Proposal).where(Proposal.facility == facility, Proposal.account == account)
    return _cards(db.session.scalars(query.order_by(Proposal.id.desc()).limit(PAGE)).all(), today)


def _reached(grants: Iterable[Grant], action: Action) -> ColumnElement[bool]:
    """Return, as a condition, what `may` says of the facilities that an action reaches."""
    codes = [grant.area for grant in grants if rights(grant).get(action) == Scope.AREA and grant.area]
    area = func.coalesce(Facility.township_code, Facility.area_code)
    return (
        or_(*(area.startswith(code, autoescape=True) for code in codes)) if codes else Facility.id.is_(None)
    )


def _cards(rows: Iterable[Proposal], today: date) -> list[ProposalCard]:
    listed = list(rows)
    ids = list({row.facility for row in listed})
    known = fields_of(ids, today)
    held = {row.id: row for row in db.session.scalars(select(Facility).where(Facility.id.in_(ids)))}
    trails = {
        identity: tuple(each.names for each in areas.path(_area(held[identity])))[-2:] for identity in ids
    }
    found = []
    for row in listed:
        standing = known[row.facility][row.field]
        is_open = row.state == State.OPEN
        before, after = touched(row.field, standing.value if is_open else row.before, row.value)
        found.append(
            ProposalCard(
                id=row.id,
                facility=row.facility,
                name=held[row.facility].name,
                area_names=trails[row.facility],
                field=row.field,
                before=before,
                after=after,
                value=row.value,
                standing=standing,
                reason=open_text(row.reason, REASON) if row.reason else "",
                by=row.by,
                made_at=row.made_at,
                state=row.state,
                why=row.why,
                note=open_text(row.note, NOTE) if row.note else "",
                decided_at=row.decided_at,
                decided_by=row.decided_by,
            )
        )
    return found


def _area(row: Facility) -> str:
    return row.township_code or row.area_code
