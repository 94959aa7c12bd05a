"""The links of the staff pages: each room offers its screens, each reader sees those of their role."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app, g
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.accounts import queries
from app.accounts.queries import Staff
from app.accounts.rules import Action
from app.accounts.rules.credentials import IDLE
from app.accounts.staff.door import bp
from app.areas import queries as areas
from app.areas.queries.people import office, office_names


@dataclass(frozen=True, slots=True)
class Item:
    """A screen: its endpoint, its words, what one must be allowed to do (and be), and where it stands."""

    endpoint: str
    words: LazyString
    action: Action
    order: int
    to: Callable[[Staff], bool]


_BEFORE = timedelta(minutes=5)
_items: list[Item] = []


def offer(
    endpoint: str,
    words: LazyString,
    action: Action,
    *,
    order: int = 50,
    to: Callable[[Staff], bool] = lambda _staff: True,
) -> None:
    """Put a screen into the menu; called once, where a room's staff door is defined.

    `to` tells who can do anything there, where the right alone does not say it.
    """
    _items.append(Item(endpoint, words, action, order, to))
    _items.sort(key=lambda item: item.order)


def menu(staff: Staff) -> Iterator[Item]:
    """Yield the screens of a member of staff; one that several rights open comes once."""
    mine = {item.endpoint: item for item in reversed(_items) if staff.may(item.action) and item.to(staff)}
    return (item for item in _items if mine.get(item.endpoint) is item and _is_there(item))


def _is_there(item: Item) -> bool:
    return item.endpoint in current_app.view_functions


def signed_in() -> Staff | None:
    """Return whom this page is made for, if anybody is signed in."""
    found: Staff | None = g.get("staff") or queries.staff()
    return found


def own_offices(staff: Staff) -> list[Mapping[str, str]]:
    """Return the names of the offices somebody acts for."""
    return [*office_names(staff.units).values()]


def acts_in_fiction(staff: Staff) -> bool:
    """Tell whether somebody acts for a place that is made up to show how the site works."""
    offices = (office(unit) for unit in staff.units)
    codes = {grant.area for grant in staff.grants} | {found.place for found in offices if found}
    places = [place.area for place in areas.places() if place.fictional]
    return any(code.startswith(place) for code in codes for place in places)


def warned_after() -> int:
    """Return after how many seconds without use somebody is told that they will be signed out."""
    return int((IDLE - _BEFORE).total_seconds())


bp.add_app_template_global(warned_after, "warned_after")
bp.add_app_template_global(own_offices, "own_offices")
bp.add_app_template_global(acts_in_fiction, "acts_in_fiction")
bp.add_app_template_global(signed_in, "signed_in")
bp.add_app_template_global(menu, "staff_menu")
offer("accounts.people", _l("Accounts"), Action.ACCOUNT_LIST, order=90)
