"""Where a facility can lie: coordinates of a datum as a place in WGS-84, judged by the area. Pure."""

from collections.abc import Sequence
from enum import StrEnum

from app.core.geo import Point, from_bd09, from_gcj02

Box = tuple[float, float, float, float]
"""South, west, north, east in WGS-84 degrees."""
_ROOM = 0.3
"""Degrees around the outermost township centres that still belong to the area: about 30 km."""
_WIDE = 1.0
"""Degrees around a county's centre where its townships are not known."""


class Wrong(StrEnum):
    """Why coordinates cannot be those of a facility of the area."""

    OUTSIDE = "outside"
    EXCHANGED = "exchanged"
    """Latitude and longitude the other way round would lie in the area."""


def box_around(centres: Sequence[Point]) -> Box | None:
    """Return where places of an area can lie, from what is known of its centres; None if nothing is."""
    if not centres:
        return None
    room = _ROOM if len(centres) > 1 else _WIDE
    lats, lons = [point.lat for point in centres], [point.lon for point in centres]
    return (min(lats) - room, min(lons) - room, max(lats) + room, max(lons) + room)


def judge(lat: float, lon: float, datum: str, box: Box | None) -> Point | Wrong:
    """Return the place in WGS-84 of coordinates in a datum, `wgs84`, `gcj02` or `bd09`, or what is wrong."""
    point = _place(lat, lon, datum)
    if point is not None and (box is None or _inside(point, box)):
        return point
    turned = _place(lon, lat, datum)
    return Wrong.EXCHANGED if turned and box and _inside(turned, box) else Wrong.OUTSIDE


def _place(lat: float, lon: float, datum: str) -> Point | None:
    """Return the place; None if there is none of these degrees on the globe."""
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):  # noqa: PLR2004 - the whole globe
        return None
    given = Point(lat, lon)
    if datum == "wgs84":
        return given
    return from_gcj02(given) if datum == "gcj02" else from_bd09(given)


def _inside(point: Point, box: Box) -> bool:
    return box[0] <= point.lat <= box[2] and box[1] <= point.lon <= box[3]
