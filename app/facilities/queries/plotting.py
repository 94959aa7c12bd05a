"""The map that belongs to a page of results: the same places, under the same numbers."""

from collections.abc import Sequence

from app.areas import queries as areas
from app.core.geo import Point
from app.facilities.queries.cards import FacilityCard, Pin, Plot, Ring, TownshipDot
from app.facilities.rules.plot import Spot, merge, scale, tally


def plot(cards: Sequence[FacilityCard], first: int, anchor: Point | None) -> Plot | None:
    """Return the map of some cards numbered from `first`, or None if none of them has a place on it."""
    spots = [
        Spot(number, card.name, card.point)
        for number, card in enumerate(cards, first)
        if card.point is not None and card.precision == "exact"
    ]
    vague = [card.township or "" for card in cards if card.precision != "exact"]
    named = areas.areas(code for code in vague if code)
    points = {code: card.point for code, card in named.items() if card.point is not None}
    counted, nowhere = tally(vague, points)
    fitted = scale([*(spot.point for spot in spots), *(points[code] for code in counted)], anchor)
    if fitted is None:
        return None
    dots = []
    for code, number in counted.items():
        placed = fitted.place(points[code])
        dots.append(TownshipDot(placed.x, placed.y, number, named[code].names))
    centre = fitted.place(fitted.centre)
    return Plot(
        pins=tuple(
            Pin(placed.x, placed.y, numbers, names) for placed, numbers, names in merge(spots, fitted)
        ),
        townships=tuple(dots),
        rings=tuple(Ring(radius, km) for radius, km in fitted.rings),
        centre=(centre.x, centre.y),
        centre_names=None,
        unplaced=nowhere,
    )
