"""A parent's own list in an address: read with every fault explained, and written into links."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.pages import public_address
from app.facilities.forms.question import printable
from app.facilities.rules.chosen import MOST_LISTED, choose

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

LIST = "list"
"""The parameter that carries the list through pages that are not the list itself."""
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Listed:
    """The ids of a list that can be shown, and a sentence for each thing that was left out."""

    ids: tuple[str, ...]
    notes: tuple[str, ...]


def read_list(args: "MultiDict[str, str]", limit: int, known: Callable[[Sequence[str]], set[str]]) -> Listed:
    """Return the list of an address; `known` tells which of some ids there are."""
    chosen = choose((printable(text) for text in [*args.getlist("id"), *args.getlist(LIST)]), limit)
    named = [*chosen.ids, *chosen.beyond]
    there = known(named) if named else set()
    gone = [each for each in named if each not in there]
    found = [each for each in named if each in there]
    kept, beyond = found[:limit], found[limit:]
    notes = []
    if chosen.unreadable:
        notes.append(_("Not the number of a facility, left out: %(items)s", items=_few(chosen.unreadable)))
    if gone:
        notes.append(_("There is no facility with this number, left out: %(items)s", items=_few(gone)))
    if chosen.repeated:
        notes.append(_("Named more than once, shown once: %(items)s", items=_few(chosen.repeated)))
    if beyond or chosen.uncounted:
        number = len(beyond) + chosen.uncounted
        notes.append(
            ngettext(
                "There is room for %(limit)s. %(num)s more was left out.",
                "There is room for %(limit)s. %(num)s more were left out.",
                number,
                limit=limit,
            )
        )
    return Listed(tuple(kept), tuple(notes))


def _few(items: Sequence[str]) -> str:
    """Name some of them; a hundred would hide the sentence."""
    return ", ".join(items[:_MOST_NAMED]) + (" …" if len(items) > _MOST_NAMED else "")


def carried_list(args: "MultiDict[str, str]") -> str | None:
    """Return the list that an address carries along, tidied, or None."""
    return ".".join(choose(args.getlist(LIST), MOST_LISTED).ids) or None


def address(endpoint: str, ids: Iterable[str], carried: Iterable[tuple[str, str]] = ()) -> str:
    """Return the address of a page about a list, together with the question it came from."""
    return url_for(endpoint, **_values(ids, carried))


def lasting_address(endpoint: str, ids: Iterable[str], carried: Iterable[tuple[str, str]] = ()) -> str:
    """Return the full address of such a page, to be sent, printed or put into a QR code."""
    return public_address(endpoint, **_values(ids, carried))


def _values(ids: Iterable[str], carried: Iterable[tuple[str, str]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    chosen = list(ids)
    if chosen:
        values["id"] = chosen
    return values | query_of(carried)


def list_of(ids: Sequence[str]) -> list[tuple[str, str]]:
    """Return the parameter that carries a list, nothing for an empty one."""
    return [(LIST, ".".join(ids))] if ids else []


def query_of(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return parameters as `url_for` takes them."""
    values: dict[str, Any] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return values
