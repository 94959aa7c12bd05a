"""Up to three places that a family measures from, and what *near* means. Pure.

A facility is near if it lies within the radius of at least one of the places, in a straight line. It is the
nearest by the sum of its distances to all of them: what a family walks in a day when one brings the child and
another fetches it. A facility whose exact position is not published has no distance to anything.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.core.geo import EARTH_KM, Point, distance_km
from app.facilities.rules.chosen import read_id

SLOTS = ("near", "near2", "near3")
"""Parameters, one a place: home, work, grandparents."""
DECIMALS = 3
"""Of a position in degrees: about a hundred metres, so that no address tells a door."""
SOUTH, NORTH, WEST, EAST = 3.0, 54.0, 73.0, 136.0
"""Degrees around the country, generously; a position outside them is a slip."""
_EXACT = re.compile(rf"\d*\.\d{{{DECIMALS + 1},}}")
_LONGEST_NUMBER = 30
_KM_PER_DEGREE = EARTH_KM * math.pi / 180


class Wrong(StrEnum):
    """Why a text names no place."""

    SHAPE = "shape"
    SWAPPED = "swapped"
    ABROAD = "abroad"
    NO_AREA = "no-area"
    AREA_UNPLACED = "area-unplaced"
    NO_FACILITY = "no-facility"
    FACILITY_UNPLACED = "facility-unplaced"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place to measure from.

    `text` is how addresses write it: `29.713,120.243`, `area:` and a code, `facility:` and an id. `point` is
    None until a named place has been looked up; `names` are the names of what was named.
    """

    slot: int
    text: str
    point: Point | None = None
    names: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def name(self) -> str:
        """Return the parameter: which of the places it is."""
        return SLOTS[self.slot]

    @property
    def kind(self) -> str:
        """Return `area`, `facility` or `position`."""
        head, colon, _tail = self.text.partition(":")
        return head if colon else "position"

    @property
    def key(self) -> str:
        """Return the code or id of a named place."""
        return self.text.partition(":")[2]


def read_anchor(slot: int, text: str) -> Anchor | Wrong:
    """Read a place from an address. A named one still has to be looked up."""
    head, colon, tail = text.partition(":")
    if colon:
        key = (read_id(tail.strip()) if head == "facility" else None) or tail.strip().upper()
        named = head in {"area", "facility"} and key.isascii() and key.isalnum()
        return Anchor(slot, f"{head}:{key}") if named else Wrong.SHAPE
    parts = text.split(",")
    try:
        lat, lon = (float(part) for part in parts)
    except ValueError:
        return Wrong.SHAPE
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):  # noqa: PLR2004 - degrees; not a number fails too
        return Wrong.SWAPPED if _inside(lon, lat) else Wrong.SHAPE
    if not _inside(lat, lon):
        return Wrong.SWAPPED if _inside(lon, lat) else Wrong.ABROAD
    return position(slot, Point(lat, lon))


def coarse(text: str) -> str:
    """Return how an address may write a place: a position with few decimals, whatever is wrong with it."""
    return text if ":" in text else _EXACT.sub(_rounded, text)


def _rounded(found: "re.Match[str]") -> str:
    return f"{round(float(found[0]), DECIMALS):g}" if len(found[0]) < _LONGEST_NUMBER else ""


def position(slot: int, point: Point) -> Anchor:
    """Return the anchor of a position, rounded so that it tells no door."""
    rounded = Point(round(point.lat, DECIMALS), round(point.lon, DECIMALS))
    return Anchor(slot, f"{rounded.lat:g},{rounded.lon:g}", rounded)


def _inside(lat: float, lon: float) -> bool:
    return SOUTH <= lat <= NORTH and WEST <= lon <= EAST


BEYOND_KM = 5.0
"""Townships are wide: they stand beside the results if their centre lies so much beyond the radius."""


def located(anchors: Iterable[Anchor]) -> tuple[Point, ...]:
    """Return the points of the places, in their order."""
    return tuple(anchor.point for anchor in anchors if anchor.point is not None)


def distances(anchors: Sequence[Anchor], point: Point) -> tuple[float, ...]:
    """Return the straight-line distance in kilometres from each place, in their order."""
    return tuple(distance_km(each, point) for each in located(anchors))


def boxes(anchors: Sequence[Anchor], km: float) -> tuple[tuple[float, float, float, float], ...]:
    """Return (south, north, west, east) in degrees around each place, holding all that lies within `km`."""
    found = []
    for point in located(anchors):
        up = km / _KM_PER_DEGREE
        across = up / math.cos(math.radians(min(abs(point.lat) + up, 89.0)))
        found.append((point.lat - up, point.lat + up, point.lon - across, point.lon + across))
    return tuple(found)
