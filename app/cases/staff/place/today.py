"""What places bring to the page of the day: changes of their rules, offices and calendars."""

from collections.abc import Iterator, Mapping
from typing import Final

from flask import url_for
from flask_babel import ngettext

from app.accounts.queries import Staff
from app.accounts.rules import Action, Target, rights
from app.accounts.rules.today import Kind, Thing
from app.accounts.staff import bring
from app.areas.queries import overlays
from app.areas.queries.overlays import Unfinished
from app.areas.rules.edits import State, may_decide
from app.cases.staff.place.entry import regions

_ONE: Final = 1


@bring(Action.PLACE_EDIT, order=25)
def changes(staff: Staff) -> Iterator[Thing]:
    """Bring changes that wait for a second person, and one's own that nobody was asked about yet."""
    found = overlays.unfinished()
    if not found:
        return
    owners = _owners(staff)
    mine = [each for each in found if each.place in owners]
    asked = [each for each in mine if _approves(staff, each, owners[each.place])]
    begun = [each for each in mine if each.state is State.DRAFT and each.author == staff.id]
    yield Thing(
        Kind.WAITS,
        len(asked),
        ngettext(
            "%(num)s change of rules, offices or working days waits for a second person",
            "%(num)s changes of rules, offices or working days wait for a second person",
            len(asked),
        ),
        _address(asked, owners),
    )
    yield Thing(
        Kind.WAITS,
        len(begun),
        ngettext(
            "%(num)s change of yours was begun; nobody was asked about it yet",
            "%(num)s changes of yours were begun; nobody was asked about them yet",
            len(begun),
        ),
        _address(begun, owners),
    )


def _owners(staff: Staff) -> dict[str, str]:
    """Return the owners of tables that somebody looks after, with the place in whose pages they are."""
    held = {grant.area for grant in staff.grants if grant.area and Action.PLACE_EDIT in rights(grant)}
    found: dict[str, str] = {}
    for code in sorted(held):
        found.update({region: found.get(region, code) for region in regions(code)})
    return {**found, **{code: code for code in held}}


def _approves(staff: Staff, change: Unfinished, code: str) -> bool:
    if change.state is not State.PROPOSED or not may_decide(change.author, staff.id, second=True):
        return False
    return staff.may(Action.PLACE_APPROVE, Target(place=code, area=code))


def _address(changes_: list[Unfinished], owners: Mapping[str, str]) -> str:
    """Return the page of a single change, else that of the place they are all of, else the list of places."""
    codes = {owners[each.place] for each in changes_}
    if len(changes_) == _ONE:
        return url_for("place_staff.change", code=codes.pop(), id=changes_[0].id)
    if len(codes) == _ONE:
        return url_for("place_staff.place", code=codes.pop())
    return url_for("place_staff.places")
