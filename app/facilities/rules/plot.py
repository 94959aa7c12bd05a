"""The map of a page of results: points and distance rings in a square, no boundary and no tile. Pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.core.geo import EARTH_KM, Point

SIZE = 400.0
MARGIN = 36.0
PIN = 17.0
SQUARE = 22.0
"""Half the side of a township's square."""
_STEPS = (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2500.0)
_RINGS = 3
_EDGE = 20.0
_COMPASS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
_KM_PER_DEGREE = EARTH_KM * math.pi / 180


@dataclass(frozen=True, slots=True)
class Spot:
    """One result on the map: its number in the list and where it is."""

    number: int
    name: str
    point: Point


@dataclass(frozen=True, slots=True)
class Placed:
    """A position in the square, north up."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Scale:
    """How the square lies on the earth."""

    centre: Point
    km: float
    """Kilometres from the centre to the edge of the drawing."""

    def units(self, km: float) -> float:
        """Return a distance in units of the square."""
        return round(km * (SIZE / 2 - MARGIN) / self.km, 1)

    def place(self, point: Point) -> Placed:
        """Return the position of a point, flat-earth, good within a prefecture."""
        per_km = (SIZE / 2 - MARGIN) / self.km
        east = (point.lon - self.centre.lon) * math.cos(math.radians(self.centre.lat)) * _KM_PER_DEGREE
        north = (point.lat - self.centre.lat) * _KM_PER_DEGREE
        return Placed(round(SIZE / 2 + east * per_km, 1), round(SIZE / 2 - north * per_km, 1))

    @property
    def rings(self) -> tuple[tuple[float, float], ...]:
        """Return (radius in units, kilometres) of up to three rings."""
        step = next(step for step in _STEPS if step * _RINGS >= self.km)
        per_km = (SIZE / 2 - MARGIN) / self.km
        return tuple(
            (round(step * n * per_km, 1), step * n)
            for n in range(1, _RINGS + 1)
            if step * n <= self.km * 1.05
        )


def scale(points: Sequence[Point], anchor: Point | None) -> Scale | None:
    """Return the scale that shows all points around the anchor, or around their middle; None for none."""
    if not points:
        return None
    if anchor is None:
        lats, lons = [point.lat for point in points], [point.lon for point in points]
        anchor = Point((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
    flat = Scale(anchor, 1.0)
    per_km = SIZE / 2 - MARGIN
    reach = max(
        math.hypot(placed.x - SIZE / 2, placed.y - SIZE / 2) / per_km for placed in map(flat.place, points)
    )
    return Scale(anchor, max(reach, 0.3))


def compass(centre: Point, point: Point) -> str:
    """Return the direction of a point from another: n, ne, e, se, s, sw, w or nw."""
    east = (point.lon - centre.lon) * math.cos(math.radians(centre.lat))
    turns = math.atan2(east, point.lat - centre.lat) / (2 * math.pi)
    return _COMPASS[round(turns * len(_COMPASS)) % len(_COMPASS)]


def merge(spots: Sequence[Spot], scale: Scale) -> list[tuple[Placed, tuple[int, ...], tuple[str, ...]]]:
    """Return the pins; spots whose pins would overlap share one, at their mean position."""
    groups: list[list[tuple[Placed, Spot]]] = []
    for spot in spots:
        placed = scale.place(spot.point)
        near = next(
            (
                group
                for group in groups
                if math.hypot(group[0][0].x - placed.x, group[0][0].y - placed.y) < PIN * 1.6
            ),
            None,
        )
        if near is None:
            groups.append([(placed, spot)])
        else:
            near.append((placed, spot))
    return [
        (
            Placed(
                round(sum(placed.x for placed, _ in group) / len(group), 1),
                round(sum(placed.y for placed, _ in group) / len(group), 1),
            ),
            tuple(spot.number for _, spot in group),
            tuple(spot.name for _, spot in group),
        )
        for group in groups
    ]


def label_place(centre: Placed, reach: float, pins: Sequence[Placed]) -> Placed | None:
    """Return where something is written around a point: on that of its four sides farthest from any pin.

    None: no side lies within the drawing.
    """
    sides = [
        Placed(centre.x + across * reach, centre.y + down * reach)
        for across, down in ((0, -1), (0, 1), (-1, 0), (1, 0))
    ]
    shown = [
        side for side in sides if _EDGE < side.x < SIZE - _EDGE and _EDGE / 2 < side.y < SIZE - _EDGE / 2
    ]
    room = [min((math.hypot(side.x - pin.x, side.y - pin.y) for pin in pins), default=SIZE) for side in shown]
    return shown[room.index(max(room))] if shown else None


def inside(placed: Placed) -> bool:
    """Tell whether a township's square lies within the drawing."""
    return all(SQUARE < each < SIZE - SQUARE for each in (placed.x, placed.y))


def tally(codes: Sequence[str], points: Mapping[str, Point]) -> tuple[dict[str, int], int]:
    """Return how many results stand at each township that has a point, and how many nowhere."""
    counted: dict[str, int] = {}
    nowhere = 0
    for code in codes:
        if code in points:
            counted[code] = counted.get(code, 0) + 1
        else:
            nowhere += 1
    return counted, nowhere
