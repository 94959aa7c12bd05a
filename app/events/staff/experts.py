"""The experts of one's place: the list, one of them, and taking somebody off it."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.rules import Action, Target
from app.accounts.staff import door
from app.areas import queries as areas
from app.events import queries as reads
from app.events.forms.experts import ExpertForm
from app.events.queries import ExpertCard
from app.events.service import advising
from app.events.service.holding import Stale
from app.events.staff.entry import bp, me, show

_CONFLICT = 409
_DIGITS = 6


@bp.get("/experts")
@door(Action.PLACE_RULES)
def experts() -> ResponseReturnValue:
    """Show who advises families in the places that one decides for."""
    places = _places()
    return show("experts.html", lists=[(each, reads.experts(each.area)) for each in places])


@bp.route("/experts/<id>", methods=["GET", "POST"])
@door(Action.PLACE_RULES)
def expert(id: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Change what is said of an expert, name a new one (`new`), or take somebody off the site."""
    card = None if id == "new" else _mine(id)
    place = card.place if card else _asked()
    form = ExpertForm()
    if not form.is_submitted():
        if card:
            form.present(card)
        form.id.data, form.sequence.data = (card.id if card else advising.new_id()), _number(card)
        return show("expert.html", form=form, card=card, place=place, stale=False)
    try:
        if card and request.form.get("do") == "withdraw":
            advising.withdraw(card.id, _seen(form.sequence.data))
            return redirect(url_for("events_staff.experts"), 303)
        if not form.validate():
            return show("expert.html", 400, form=form, card=card, place=place, stale=False)
        if card:
            advising.change(card.id, _seen(form.sequence.data), form.facts())
        else:
            advising.create(place, form.facts(), form.id.data or "")
    except Stale:
        now = _mine(id)
        form.sequence.data = _number(now)
        return show("expert.html", _CONFLICT, form=form, card=now, place=place, stale=True)
    return redirect(url_for("events_staff.experts"), 303)


def _places() -> list[areas.PlaceCard]:
    return [
        place
        for place in areas.places()
        if me().may(Action.PLACE_RULES, Target(place=place.area, area=place.area))
    ]


def _asked() -> str:
    """Return the place that a new expert is of: the one asked for, or the only one."""
    mine = [place.area for place in _places()]
    asked = request.args.get("place", mine[0] if mine else "")
    return asked if asked in mine else abort(404)


def _mine(identity: str) -> ExpertCard:
    """Return an expert of a place that one decides for; another's is as if it were not there."""
    card = reads.expert(identity)
    if card is None or not me().may(Action.PLACE_RULES, Target(place=card.place, area=card.place)):
        abort(404)
    return card


def _number(card: ExpertCard | None) -> str:
    return str(card.sequence) if card else "0"


def _seen(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < _DIGITS else -1
