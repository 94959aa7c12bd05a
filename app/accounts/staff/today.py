"""The page of the day: each room brings what is on somebody's desk, by their role and as far as it reaches.

    @bring(Action.EVENT_EDIT, order=40)
    def events(staff: Staff) -> Iterator[Thing]:
        yield Thing(Kind.WAITS, count, ngettext("%(num)s event …", "%(num)s events …", count), url_for(…))

A source is asked only for who may do one of its actions, and asks the database once.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.accounts import queries
from app.accounts.queries import Staff
from app.accounts.queries.waiting import waiting
from app.accounts.rules import Action
from app.accounts.rules.today import Kind, Thing, by_kind
from app.accounts.staff.door import bp, door

Source = Callable[[Staff], Iterable[Thing]]


@dataclass(frozen=True, slots=True)
class _Room:
    source: Source
    actions: frozenset[Action]
    order: int


_rooms: Final[list[_Room]] = []


def bring(*actions: Action, order: int = 50) -> Callable[[Source], Source]:
    """Have a source asked for whoever may do one of these actions; for everybody if none is named."""

    def put(source: Source) -> Source:
        _rooms.append(_Room(source, frozenset(actions), order))
        _rooms.sort(key=lambda room: room.order)
        return source

    return put


def things(staff: Staff) -> tuple[tuple[Kind, tuple[Thing, ...]], ...]:
    """Return what is on somebody's desk, by kind, the most pressing first."""
    asked = [room for room in _rooms if not room.actions or room.actions & staff.actions]
    return by_kind(thing for room in asked for thing in room.source(staff))


@bp.get("/<lang:lang>/staff")
@door()
def home() -> ResponseReturnValue:
    """Show what is on one's desk today, and the screens of one's role."""
    return render_template(
        "staff/home.html", staff=g.staff, names=queries.names_of(g.staff.grants), today=things(g.staff)
    )


@bring(order=90)
def accounts(staff: Staff) -> Iterator[Thing]:
    """Bring invitations, covers and recovery codes."""
    found = waiting(staff)
    people, covers = url_for("accounts.people"), url_for("accounts.cover")
    yield Thing(
        Kind.WAITS,
        found.covers,
        ngettext(
            "%(num)s colleague asks to lend rights", "%(num)s colleagues ask to lend rights", found.covers
        ),
        covers,
    )
    yield Thing(
        Kind.EXPIRES,
        found.ending,
        ngettext(
            "%(num)s invitation ends within a day", "%(num)s invitations end within a day", found.ending
        ),
        people,
    )
    yield Thing(
        Kind.EXPIRES,
        found.ended,
        ngettext(
            "%(num)s invitation ended before it was used",
            "%(num)s invitations ended before they were used",
            found.ended,
        ),
        people,
    )
    yield Thing(
        Kind.EXPIRES,
        found.covers_ending,
        ngettext(
            "%(num)s cover of yours ends within three days",
            "%(num)s covers of yours end within three days",
            found.covers_ending,
        ),
        covers,
    )
    if found.codes is not None:
        words = ngettext(
            "You have %(num)s recovery code left.", "You have %(num)s recovery codes left.", found.codes
        )
        yield Thing(Kind.WAITS, 1, words, url_for("accounts.recovery_codes"))
