"""The map that belongs to a page of results: the same places, under the same numbers."""

from collections.abc import Mapping, Sequence

from app.areas import queries as areas
from app.core.geo import Point, distance_km
from app.facilities.queries.cards import FacilityCard, Mark, Pin, Plot, Ring, TownshipDot
from app.facilities.rules.near import Anchor, located
from app.facilities.rules.plot import (
    SIZE,
    SQUARE,
    Placed,
    Scale,
    Spot,
    compass,
    inside,
    label_place,
    merge,
    scale,
    tally,
)


def plot(
    cards: Sequence[FacilityCard],
    first: int,
    anchors: Sequence[Anchor] = (),
    radius: float = 0,
    held: Mapping[str, int] | None = None,
) -> Plot | None:
    """Return the map of some cards numbered from `first`, or None if none of them has a place on it.

    One place to measure from is the middle, with rings around it; of several each has the ring of the radius
    asked. `held`: how many facilities are known only to these townships; by default those among the cards.
    """
    spots = [
        Spot(number, card.name, card.point)
        for number, card in enumerate(cards, first)
        if card.point is not None and card.precision == "exact"
    ]
    vague = [card.township or "" for card in cards if card.precision != "exact"]
    named = areas.areas(code for code in [*vague, *(held or ())] if code)
    points = {code: card.point for code, card in named.items() if card.point is not None}
    counted, nowhere = tally(vague, points)
    counted = dict(held) if held else counted
    homes = located(anchors)
    exact = [*(spot.point for spot in spots), *homes]
    around = exact if spots else [*exact, *(points[code] for code in counted if code in points)]
    fitted = scale(around, homes[0] if len(homes) == 1 else None)
    if fitted is None or not (spots or counted):
        return None
    pins = merge(spots, fitted)
    placed = [each for each, _numbers, _names in pins]
    return Plot(
        pins=tuple(Pin(each.x, each.y, numbers, names) for each, numbers, names in pins),
        townships=_townships(fitted, points, counted, named, placed),
        rings=_rings(fitted, homes, radius, placed),
        marks=_marks(fitted, anchors),
        unplaced=nowhere,
        words=_words(spots, homes[0] if homes else fitted.centre),
    )


def _townships(
    fitted: Scale,
    points: Mapping[str, Point],
    counted: Mapping[str, int],
    named: Mapping[str, areas.AreaCard],
    pins: Sequence[Placed],
) -> tuple[TownshipDot, ...]:
    """Return the squares that fit the drawing; those of farther townships stand in the list beside it."""
    found = []
    for code, number in counted.items():
        placed = fitted.place(points[code]) if code in points else None
        if placed is not None and inside(placed):
            label = label_place(placed, SQUARE, pins) or placed
            found.append(TownshipDot(placed.x, placed.y, number, named[code].names, (label.x, label.y)))
    return tuple(found)


def _rings(fitted: Scale, homes: Sequence[Point], radius: float, pins: Sequence[Placed]) -> tuple[Ring, ...]:
    middle = Placed(SIZE / 2, SIZE / 2)
    rings = [(middle, units, km) for units, km in fitted.rings]
    if len(homes) > 1:
        rings = [(fitted.place(home), fitted.units(radius), radius) for home in homes]
    found = []
    for centre, units, km in rings:
        label = label_place(centre, units, pins)
        found.append(Ring(centre.x, centre.y, (label.x, label.y) if label else None, units, km))
    return tuple(found)


def _marks(fitted: Scale, anchors: Sequence[Anchor]) -> tuple[Mark, ...]:
    if not anchors:
        return (Mark(SIZE / 2, SIZE / 2, ""),)
    placed = [(fitted.place(anchor.point), anchor.name) for anchor in anchors if anchor.point is not None]
    return tuple(Mark(each.x, each.y, name) for each, name in placed)


def _words(spots: Sequence[Spot], centre: Point) -> tuple[tuple[int, float, str], ...]:
    return tuple(
        (spot.number, distance_km(centre, spot.point), compass(centre, spot.point)) for spot in spots
    )
