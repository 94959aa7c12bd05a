"""Whether a place takes cases here, and which places do."""

from app.areas import queries as areas
from app.cases.model import CaseInbox
from app.extensions import db


def is_open(place: str) -> bool:
    """Tell whether a place takes cases: the operator's word stands above the pack's."""
    card = areas.place_of(place)
    if card is None:
        return False
    said = db.session.get(CaseInbox, card.area)
    return (said.state if said else card.inbox) == "open"


def open_places() -> list[areas.PlaceCard]:
    """Return the places that take cases, the real ones first."""
    return [place for place in areas.places() if is_open(place.area)]
