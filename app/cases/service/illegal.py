"""Records attempts at what the state or the rights forbid, for the verbs that do not go through `acting`."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.cases.model import Case
from app.cases.rules.acts import Refused
from app.core import audit
from app.extensions import db


@contextmanager
def audited(case: Case, account: str, name: str) -> Iterator[None]:
    """Run a verb; a refusal takes everything back, and an illegal one is recorded before it goes on."""
    try:
        yield
    except Refused as refusal:
        db.session.rollback()
        if refusal.illegal:
            audit.record(
                "case.illegal-step",
                actor=account,
                subject=case.number,
                data={"event": name, "state": case.state, "why": refusal.code},
            )
            db.session.commit()
        raise
