"""Geometry of small places: straight-line distance, and the shifted datum that Chinese map sites expect."""

import math
from typing import NamedTuple

EARTH_KM = 6371.0088
_A = 6378245.0  # Krasovsky 1940 semi-major axis in metres, the ellipsoid GCJ-02 is computed on
_EE = 0.00669342162296594323


class Point(NamedTuple):
    """A place in WGS-84 degrees (CGCS2000 is taken as equal)."""

    lat: float
    lon: float


def distance_km(one: Point, other: Point) -> float:
    """Return the great-circle distance in kilometres."""
    lat1, lat2 = math.radians(one.lat), math.radians(other.lat)
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def to_gcj02(point: Point) -> Point:
    """Return the point shifted to GCJ-02, for links that take no datum. Good to about a metre."""
    x, y = point.lon - 105.0, point.lat - 35.0
    wave = 20 * math.sin(6 * x * math.pi) + 20 * math.sin(2 * x * math.pi)
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    north += (wave + _waves(y, (20, 1), (40, 3)) + _waves(y, (160, 12), (320, 30))) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    east += (wave + _waves(x, (20, 1), (40, 3)) + _waves(x, (150, 12), (300, 30))) * 2 / 3
    radians = math.radians(point.lat)
    magic = 1 - _EE * math.sin(radians) ** 2
    root = math.sqrt(magic)
    return Point(
        point.lat + math.degrees(north * magic * root / (_A * (1 - _EE))),
        point.lon + math.degrees(east * root / (_A * math.cos(radians))),
    )


def from_gcj02(point: Point) -> Point:
    """Return the WGS-84 place of coordinates in GCJ-02, as Chinese map sites give them.

    The shift has no inverse in closed form: it is undone step by step until less than a centimetre is left.
    """
    guess = point
    for _step in range(5):
        there = to_gcj02(guess)
        guess = Point(guess.lat + point.lat - there.lat, guess.lon + point.lon - there.lon)
    return guess


_BD = math.pi * 3000 / 180


def from_bd09(point: Point) -> Point:
    """Return the WGS-84 place of coordinates in BD-09, the datum of Baidu Maps (a second shift on GCJ-02)."""
    x, y = point.lon - 0.0065, point.lat - 0.006
    length = math.hypot(x, y) - 0.00002 * math.sin(y * _BD)
    angle = math.atan2(y, x) - 0.000003 * math.cos(x * _BD)
    return from_gcj02(Point(length * math.sin(angle), length * math.cos(angle)))


def _waves(value: float, *terms: tuple[float, float]) -> float:
    return sum(height * math.sin(value / length * math.pi) for height, length in terms)
