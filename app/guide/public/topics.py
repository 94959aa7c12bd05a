"""The texts of a topic: those for every place, and those of one place under its name."""

from collections.abc import Iterable

from flask import make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from app.areas import queries as areas
from app.areas.queries import AreaCard
from app.core import clock, headers
from app.core.errors import WrongQuestion
from app.core.pages import language
from app.guide.forms.asking import tool_address
from app.guide.public.entry import bp
from app.guide.queries import listing, lists
from app.guide.queries.listing import Card


@bp.get("/guide/topics/<code>")
def topic(code: str) -> ResponseReturnValue:
    """Show what there is on a topic."""
    found = next((each for each in lists.topics() if each.code == code), None)
    if found is None:
        raise WrongQuestion([], status=404, way_on=url_for("guide.home", _anchor="topics"))
    cards = listing.cards(language(), topic=code, today=clock.today())
    general = [card for card in cards if card.place is None]
    body = render_template(
        "guide/topic.html",
        topic=found,
        topics=lists.topics(),
        urgent=[card for card in general if card.kind == "card"],
        general=[card for card in general if card.kind != "card"],
        local=by_place(cards),
        tools=_tools(code),
    )
    return headers.public(make_response(body))


def by_place(cards: Iterable[Card]) -> list[tuple[AreaCard, list[Card]]]:
    """Return the texts of single places by place; of a place nobody knows any more nothing is shown."""
    mine: dict[str, list[Card]] = {}
    for card in cards:
        if card.place:
            mine.setdefault(card.place, []).append(card)
    known = areas.areas(mine)
    return [(known[code], found) for code, found in sorted(mine.items()) if code in known]


_TOOLS = {
    "nutrition": ("portions",),
    "growth": ("growth", "checks", "signs"),
    "vaccines": ("vaccines",),
    "newborn": ("checks", "growth"),
    "choosing": ("classes",),
}
"""Tools of topics."""


def _tools(code: str) -> list[tuple[str, str]]:
    found = ((tool, tool_address(tool)) for tool in _TOOLS.get(code, ()))
    return [(tool, address) for tool, address in found if address]
