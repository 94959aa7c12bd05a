"""Reads about exports: one's own, those that wait for one's word, and in whose name a file is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select

from app.accounts import queries as accounts
from app.accounts.queries import Staff
from app.accounts.queries.current import ACTIVE, lent_to
from app.areas import queries as areas
from app.core import clock
from app.core.sealing import open_text
from app.extensions import db
from app.site.model import Export
from app.site.rules import exporting as rules
from app.site.rules.exporting import State

_MOST = 30


@dataclass(frozen=True, slots=True)
class Card:
    """An export as a page shows it; `reason` is read only by those who decide."""

    id: str
    kind: str
    form: str
    area: str
    area_names: Mapping[str, str]
    at: datetime
    state: str
    purpose: str
    reason: str
    by: Mapping[str, str]
    decider: Mapping[str, str]
    """Name of who allowed or declined it; empty where nobody did."""
    expires_at: datetime | None
    rows: int | None
    size: int | None
    cut: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many: files that wait for somebody's word, and written ones of their own that nobody fetched."""

    asked: int
    ready: int


def reason_context(identity: str) -> str:
    """Return what the reason of an export is bound to."""
    return f"export:{identity}:reason"


def own(staff: Staff) -> list[Card]:
    """Return what somebody asked for, the newest first."""
    query = select(Export).where(Export.by == staff.id).order_by(Export.at.desc(), Export.id).limit(_MOST)
    return _cards(db.session.scalars(query), told=False)


def to_decide(staff: Staff) -> list[Card]:
    """Return what waits for somebody's word, the oldest first."""
    if not staff.may(rules.SECOND):
        return []
    query = select(Export).where(Export.state == State.ASKED.value, Export.by != staff.id).order_by(Export.at)
    rows = (row for row in db.session.scalars(query) if rules.may_decide(staff.grants, row.place, own=False))
    return _cards(rows, told=True)


def waiting(staff: Staff) -> Waiting:
    """Return what of files to take out is on somebody's desk; no reason is opened."""
    theirs = and_(Export.state == State.ASKED.value, Export.by != staff.id)
    written = and_(Export.by == staff.id, Export.state == State.READY.value, Export.expires_at > clock.now())
    wanted = or_(written, theirs) if staff.may(rules.SECOND) else written
    rows = db.session.execute(select(Export.by, Export.place).where(wanted)).all()
    asked = [row for row in rows if row.by != staff.id]
    mine = sum(rules.may_decide(staff.grants, row.place, own=False) for row in asked)
    return Waiting(mine, len(rows) - len(asked))


def kind_of(identity: str) -> rules.Kind | None:
    """Return what a file is about, if there is one of this id."""
    kind = db.session.scalar(select(Export.kind).where(Export.id == identity))
    return rules.Kind(kind) if kind else None


def acting(account: str) -> Staff | None:
    """Return an account as the worker writes a file in its name, with what is lent to it; None if closed."""
    found = accounts.person(account)
    if found is None or found.state != ACTIVE:
        return None
    now, lent = clock.now(), lent_to(found.id, found.grants)
    return Staff(found.id, found.handle, found.names, (*found.grants, *lent), now, now, "", lent)


def _cards(rows: Iterable[Export], *, told: bool) -> list[Card]:
    held = list(rows)
    named = areas.areas({row.area for row in held})
    people = accounts.called({each for row in held for each in (row.by, row.decided_by) if each})
    found = []
    for row in held:
        over = row.state == State.READY and row.expires_at is not None and row.expires_at <= clock.now()
        found.append(
            Card(
                id=row.id,
                kind=row.kind,
                form=row.form,
                area=row.area,
                area_names=named[row.area].names if row.area in named else {},
                at=row.at,
                state=State.GONE.value if over else row.state,
                purpose=row.purpose,
                reason=open_text(row.reason, reason_context(row.id)) if told and row.reason else "",
                by=people.get(row.by, {}),
                decider=people.get(row.decided_by or "", {}),
                expires_at=row.expires_at,
                rows=row.rows,
                size=row.size,
                cut=row.cut,
            )
        )
    return found
