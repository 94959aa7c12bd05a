"""The places that somebody looks after, one of them, and what all pages of a place share."""

from collections.abc import Mapping

from flask import Blueprint, abort, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.accounts.queries import Staff
from app.accounts.rules import Action, Target
from app.accounts.staff import door, keep_typed, offer
from app.areas import queries as areas
from app.areas import rules as area_rules
from app.areas.queries import PlaceCard, overlays
from app.areas.rules.edits import CALENDAR, TABLES
from app.cases.queries import inboxes as inbox_reads
from app.cases.service import inboxes
from app.guide.queries.editing import names

bp = Blueprint("place_staff", __name__, url_prefix="/<lang:lang>/staff/place")
CONFLICT, UNREADY = 409, 422
_TYPED = frozenset({"days", "note", "source"})
keep_typed(bp, shown=lambda name: name.startswith("cell-") or name in _TYPED)
offer("place_staff.places", _l("Place"), Action.PLACE_EDIT, order=70)


def me() -> Staff:
    """Return who is signed in; behind the door somebody is."""
    found: Staff = g.staff
    return found


def show(template: str, status: int = 200, **values: object) -> ResponseReturnValue:
    """Answer with a page of the counter."""
    words = {"region_names": _region_names, **values}
    return make_response(render_template(f"staff/place/{template}", **words), status)


def _region_names(region: str) -> Mapping[str, str] | None:
    """Return what the region of a calendar is called; None for the whole country."""
    card = areas.area(region.partition("-")[2]) if "-" in region else None
    return card.names if card else None


def theirs(code: str, action: Action = Action.PLACE_EDIT) -> PlaceCard:
    """Return a place that somebody looks after; any other is as if it were not there."""
    card = areas.place_of(code) if area_rules.normalise(code) == code else None
    if card is None or card.area != code or not me().may(action, Target(place=code, area=code)):
        abort(404)
    return card


def may_rule(code: str) -> bool:
    """Tell whether somebody decides what the place itself decides."""
    return me().may(Action.PLACE_RULES, Target(place=code, area=code))


def may_approve(code: str) -> bool:
    """Tell whether somebody puts into force what another proposed."""
    return me().may(Action.PLACE_APPROVE, Target(place=code, area=code))


def regions(code: str) -> tuple[str, ...]:
    """Return the calendars that hold in a place, the nation's first."""
    return area_rules.calendar_layers(areas.calendar_of(code))


def owner(code: str, name: str) -> str:
    """Return whose table it is: the place's, or that of the calendar's region."""
    return name.split(":")[1] if name.startswith(f"{CALENDAR}:") else code


@bp.get("")
@door(Action.PLACE_EDIT)
def places() -> ResponseReturnValue:
    """Go to one's place, or show those one looks after."""
    mine = [
        place
        for place in areas.places()
        if me().may(Action.PLACE_EDIT, Target(place=place.area, area=place.area))
    ]
    if len(mine) == 1:
        return redirect(url_for("place_staff.place", code=mine[0].area), 303)
    return show("places.html", places=mine)


@bp.get("/<code>")
@door(Action.PLACE_EDIT)
def place(code: str) -> ResponseReturnValue:
    """Show what can be changed in a place, what waits, and where files contradict."""
    card = theirs(code)
    tables = {name: overlays.lines(code, name) for name in TABLES}
    layers = regions(code)
    known = [f"{CALENDAR}:{region}:{year}" for region, year, _status in overlays.years(layers)]
    of_calendars = (each for region in layers for each in overlays.changes(region, *known))
    found = [*overlays.changes(code), *of_calendars]
    return show(
        "place.html",
        place=card,
        tables={
            name: (sum(line.row is not None for line in lines), sum(line.conflict for line in lines))
            for name, lines in tables.items()
        },
        years=overlays.years(layers),
        changes=sorted(found, key=lambda each: each.at, reverse=True)[: overlays.MOST],
        rules=may_rule(code),
        is_open=inbox_reads.is_open(code),
        people=names({each.author for each in found}),
    )


@bp.post("/<code>/inbox")
@door(Action.PLACE_RULES)
def inbox(code: str) -> ResponseReturnValue:
    """Open or close the inbox of a place."""
    card = theirs(code, Action.PLACE_RULES)
    wanted = request.form.get("to")
    if wanted in {"open", "closed"} and inbox_reads.is_open(card.area) != (wanted == "open"):
        inboxes.set_inbox(card.area, is_open=wanted == "open", actor=None)
    return redirect(url_for("place_staff.place", code=code), 303)
