"""Proposals for tests: a facility of the fictional county, those who may decide, a way to ask."""

from sqlalchemy import select

from app.accounts.queries import Staff
from app.accounts.queries.current import grants_of
from app.core import clock
from app.extensions import db
from app.facilities.model import Proposal
from app.facilities.rules.proposals import By
from app.facilities.service import proposals
from app.facilities.service.proposals import Asked
from tests.factories.accounts import sign_in

SHOP = "V2BZZGN6"
TOWN = "990101001"
"""Township of that facility."""
WORKER, ELSEWHERE, LEAD = "demo-worker-1", "demo-worker-2", "demo-lead"
PROVIDER, OTHER = "demo-provider-1", "demo-provider-2"


def ask(**answers) -> int:
    """Propose a fact of the facility; returns the proposal's number. Call it inside an app context."""
    given = {"field": "phone", "value": "0000-5550999", "reason": "门口的牌子", "by": By.PUBLIC, **answers}
    return proposals.propose(Asked(SHOP, **given))


def staff_of(handle: str, client) -> Staff:
    """Return somebody who is signed in, as a service knows them."""
    identity = sign_in(client, handle)
    now = clock.now()
    return Staff(identity, handle, {}, grants_of(identity), now, now, "")


def rows() -> list[Proposal]:
    """Return every proposal."""
    return list(db.session.scalars(select(Proposal).order_by(Proposal.id)))
