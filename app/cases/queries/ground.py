"""Where a report can be about: the counties and townships whose office takes cases, and their facilities."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.areas import queries as areas
from app.areas.rules import Level
from app.cases.queries import inboxes
from app.cases.rules.whereabouts import named_in
from app.core import clock
from app.facilities.queries.cards import FacilityCard
from app.facilities.queries.search import find
from app.facilities.rules.criteria import Criteria

MOST_HITS = 8
_TOWNSHIP = 9


@dataclass(frozen=True, slots=True)
class County:
    """A county whose reports are taken here, and the place it belongs to."""

    code: str
    names: Mapping[str, str]
    place: areas.PlaceCard


def counties() -> list[County]:
    """Return the counties of the places that take cases, in the order of the places."""
    found: list[County] = []
    for place in inboxes.open_places():
        own = areas.area(place.area)
        inner = areas.children(place.area) if own and own.level == Level.PREFECTURE else [own]
        found += [County(card.code, card.names, place) for card in inner if card]
    return found


def county_of(code: str) -> County | None:
    """Return the county of an area, if its reports are taken here."""
    return next((county for county in counties() if code.startswith(county.code)), None)


def townships(county: str) -> list[areas.AreaCard]:
    """Return the townships and streets of a county."""
    return areas.children(county)


def township_named(county: str, address: str) -> str | None:
    """Return the township that an address names, if it names exactly one of that county."""
    names = {card.code: set(card.names.values()) for card in townships(county)}
    for wording, code in areas.wordings(county).items():
        if code in names and any(wording.endswith(name[-1:]) for name in names[code] if name):
            names[code].add(wording)
    found = named_in(address, names)
    return next(iter(found)) if len(found) == 1 else None


def hits(text: str, place: str = "") -> list[FacilityCard]:
    """Return the first facilities with these words, of one place or of all that take cases."""
    wanted = [place] if place else [each.area for each in inboxes.open_places()]
    found = [card for area in wanted for card in _within(text, area)]
    return found[:MOST_HITS]


def _within(text: str, area: str) -> list[FacilityCard]:
    return list(find(Criteria(q=text, area=area), clock.today()).cards[:MOST_HITS])


def units(area: str) -> list[areas.OfficeCard]:
    """Return the offices that a report from an area can be about, the widest first."""
    place = areas.place_of(area)
    county = area[: _TOWNSHIP - 3]
    near = [
        office
        for office in (areas.offices(place.area) if place else ())
        if area.startswith(office.area) or office.area.startswith(county)
    ]
    return sorted(near, key=lambda office: len(office.area))
