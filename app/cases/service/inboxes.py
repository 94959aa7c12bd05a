"""Opening and closing the inbox of a place."""

from app.cases.model import CaseInbox
from app.core import audit, clock
from app.core.db import touch_data
from app.extensions import db


def set_inbox(place: str, *, is_open: bool, actor: str | None = audit.SYSTEM) -> None:
    """Open or close the inbox of a place; cases that are there stay. Without an actor, who is signed in."""
    state = "open" if is_open else "closed"
    db.session.merge(CaseInbox(place=place, state=state, at=clock.now()))
    audit.record("inbox.set", actor=actor, subject=place, data={"state": state})
    touch_data(texts=False)  # public pages say whether a place takes cases
    db.session.commit()
