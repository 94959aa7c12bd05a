"""What a member of staff sees of one case, and the same rule as a condition on all of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, exists, false, or_, select

from app.accounts.queries import Staff
from app.accounts.rules import Grant
from app.cases.model import Case, CaseReply, CaseUnit
from app.cases.rules import access as rules
from app.cases.rules.access import Access, Standing
from app.cases.rules.acts import Actor
from app.extensions import db


def access(staff: Staff, case: Case) -> Access | None:
    """Return what somebody sees of a case; None means that the door answers 404.

    Who wrote or approved an answer does not review it.
    """
    found = rules.access(staff.grants, standing(case))
    if found is not None and Actor.UPPER in found.actors and _answered(case, staff.id):
        return replace(found, actors=found.actors - {Actor.UPPER})
    return found


def _answered(case: Case, account: str) -> bool:
    replies = db.session.scalars(select(CaseReply).where(CaseReply.case_id == case.id))
    return any(account == reply.drafter or account in reply.approvers for reply in replies)


def standing(case: Case) -> Standing:
    """Return what of a case decides who sees it."""
    holders = db.session.execute(
        select(CaseUnit.role, CaseUnit.unit).where(CaseUnit.case_id == case.id, CaseUnit.until.is_(None))
    )
    return Standing(
        place=case.place,
        area=case.area,
        about=case.about,
        lead=case.lead,
        holders=frozenset((row.role, row.unit) for row in holders),
        territory_role=case.rule.get("territory", {}).get("role") or "",
    )


@dataclass(frozen=True, slots=True)
class Found:
    """A case and what the one who asked for it sees of it."""

    case: Case
    reach: Access


def find(staff: Staff, number: str) -> Found | None:
    """Return a case for somebody; None if there is no such case, or none for them."""
    case = db.session.scalar(select(Case).where(Case.number == number))
    if case is None:
        return None
    reach = access(staff, case)
    return Found(case, reach) if reach else None


def visible(grants: Iterable[Grant]) -> ColumnElement[bool]:
    """Return the condition under which somebody sees a case at all."""
    held = tuple(grants)
    own, desks = rules.offices(held), rules.desks(held)
    if not own and not desks:
        return false()
    with_unit = exists().where(
        CaseUnit.case_id == Case.id, CaseUnit.until.is_(None), CaseUnit.unit.in_(own), _counts()
    )
    reached = or_(with_unit, Case.place.in_(desks)) if desks else with_unit
    return reached & or_(Case.about.is_(None), Case.about.not_in(own))


def _counts() -> ColumnElement[bool]:
    """Let a time as lead count only for the unit that leads now."""
    return or_(CaseUnit.role != rules.LEADING, CaseUnit.unit == Case.lead)


def led_by(grants: Iterable[Grant]) -> ColumnElement[bool]:
    """Return the condition under which one of somebody's units leads a case."""
    return Case.lead.in_(rules.offices(grants))


def at_desk(grants: Iterable[Grant]) -> ColumnElement[bool]:
    """Return the condition under which somebody sits at the desk of a case's place."""
    places = rules.desks(grants)
    return Case.place.in_(places) if places else false()


def reviewed_by(grants: Iterable[Grant]) -> ColumnElement[bool]:
    """Return the condition under which one of somebody's units reviews a case."""
    reviewing = exists().where(
        CaseUnit.case_id == Case.id,
        CaseUnit.until.is_(None),
        CaseUnit.role == rules.REVIEWING,
        CaseUnit.unit.in_(rules.offices(grants)),
    )
    return reviewing.correlate(Case)
