"""Policies in plain words: those of the whole country, and what one place has of its own."""

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from app.areas import queries as areas
from app.areas.queries import DocumentCard
from app.core import clock, headers
from app.core.pages import language
from app.guide.public.articles import asked_area
from app.guide.public.entry import bp
from app.guide.public.topics import by_place
from app.guide.queries import listing, overlay
from app.guide.queries.listing import Card

KINDS = frozenset({"explainer", "faq"})
"""Kinds of texts that explain policies."""
_ALSO = frozenset({"leave", "money", "choosing", "places", "policy"})
"""Topics whose questions and answers are about policies."""


@bp.get("/policies")
def policies() -> ResponseReturnValue:
    """Show the policies of the country, and of the area that the address names."""
    area = asked_area()
    cards = [each for each in listing.cards(language(), today=clock.today()) if _explains(each)]
    mine = [each for each in cards if each.place and area and area.code.startswith(each.place)]
    place = areas.place_of(area.code) if area else None
    body = render_template(
        "guide/policies.html",
        area=area,
        place=place,
        places=areas.places(),
        general=[each for each in cards if each.place is None],
        mine=mine,
        others=by_place(each for each in cards if each not in mine),
        documents=_own_documents(place.area) if place else {},
        leave=overlay.leave(area.code) if area else None,
        hotlines=areas.hotlines(place.area if place else None),
    )
    return headers.public(make_response(body))


def _explains(card: Card) -> bool:
    return card.kind in KINDS and (card.kind == "explainer" or card.topic in _ALSO)


def _own_documents(area: str) -> dict[str, DocumentCard]:
    """Return the documents that a place has of its own; the nation's stand on the area's page."""
    today = clock.today()
    nation = areas.national_documents(today)
    return {key: card for key, card in areas.documents(area, today).items() if key not in nation}
