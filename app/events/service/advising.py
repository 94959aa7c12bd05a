"""Naming the people who advise families: new, changed, withdrawn."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from app.core import audit
from app.core.codes import mint
from app.core.db import touch_data
from app.events.model import Expert
from app.events.service.holding import Stale
from app.extensions import db


def create(place: str, facts: Mapping[str, Any], identity: str) -> str:
    """Name an expert of a place; `facts` are columns of `Expert`. Commits and returns the id.

    `identity` came with the form: one that is sent twice makes one expert.
    """
    if db.session.get(Expert, identity) is not None:
        return identity
    last = db.session.scalar(select(func.max(Expert.position)).where(Expert.place == place))
    made = Expert(
        id=identity, place=place, position=(last or 0) + 1, pack=None, sequence=0, withdrawn=False, **facts
    )
    db.session.add(made)
    _done("expert.named", made)
    return made.id


def change(identity: str, sequence: int, facts: Mapping[str, Any]) -> None:
    """Change what is said of an expert, over the words of any pack. Commits. Raises `Stale`."""
    held = _held(identity, sequence)
    for column, value in facts.items():
        setattr(held, column, value)
    held.sequence, held.pack = held.sequence + 1, None
    _done("expert.changed", held)


def withdraw(identity: str, sequence: int) -> None:
    """Take an expert off the site, for good. Commits. Raises `Stale`."""
    held = _held(identity, sequence)
    held.withdrawn, held.sequence, held.pack = True, held.sequence + 1, None
    _done("expert.withdrawn", held)


def new_id() -> str:
    """Return an id for a form that names somebody."""
    return mint()


def _held(identity: str, sequence: int) -> Expert:
    held = db.session.get_one(Expert, identity, with_for_update=True, populate_existing=True)
    if held.sequence != sequence:
        db.session.rollback()
        raise Stale
    return held


def _done(what: str, held: Expert) -> None:
    db.session.flush()
    touch_data(texts=False)
    audit.record(what, subject=held.id, data={"place": held.place, "sequence": held.sequence})
    db.session.commit()
