"""Looking up the places a family measures from, and what lies near them."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import and_, or_, select

from app.areas import queries as areas
from app.core.geo import Point
from app.extensions import db
from app.facilities.model import Facility
from app.facilities.rules.near import Anchor, Wrong, boxes, distances


def looked_up(anchors: Sequence[Anchor]) -> tuple[tuple[Anchor, ...], tuple[tuple[Anchor, Wrong], ...]]:
    """Return the places with their points and names, and those that have none, with the reason."""
    found: list[Anchor] = []
    wrong: list[tuple[Anchor, Wrong]] = []
    for anchor in anchors:
        known = _AREA_OR_FACILITY[anchor.kind](anchor) if anchor.point is None else anchor
        if isinstance(known, Wrong):
            wrong.append((anchor, known))
        else:
            found.append(known)
    return tuple(found), tuple(wrong)


def _area(anchor: Anchor) -> Anchor | Wrong:
    card = areas.area(anchor.key)
    if card is None:
        return Wrong.NO_AREA
    return replace(anchor, point=card.point, names=card.names) if card.point else Wrong.AREA_UNPLACED


def _facility(anchor: Anchor) -> Anchor | Wrong:
    row = db.session.get(Facility, anchor.key)
    if row is None:
        return Wrong.NO_FACILITY
    if row.precision != "exact" or row.lat is None or row.lon is None:
        return Wrong.FACILITY_UNPLACED
    return replace(anchor, point=Point(row.lat, row.lon), names={"zh-Hans": row.name, **row.names})


_AREA_OR_FACILITY = {"area": _area, "facility": _facility}


def around(anchors: Sequence[Anchor], km: float) -> dict[str, tuple[float, ...]]:
    """Return the distances of every exactly located facility within `km` of at least one of the places."""
    near = [
        and_(Facility.lat.between(south, north), Facility.lon.between(west, east))
        for south, north, west, east in boxes(anchors, km)
    ]
    query = select(Facility.id, Facility.lat, Facility.lon).where(Facility.precision == "exact", or_(*near))
    measured = {
        each: distances(anchors, Point(lat, lon))
        for each, lat, lon in db.session.execute(query)
        if lat is not None and lon is not None
    }
    return {each: kms for each, kms in measured.items() if min(kms) <= km}


def counties_below(code: str | None) -> list[areas.AreaCard]:
    """Return the counties whose townships can be chosen, at or below an area."""
    known = areas.counties_with_townships()
    named = areas.areas(each for each in known if each.startswith(code or ""))
    return [named[each] for each in known if each in named]


def townships_of(county: str) -> list[areas.AreaCard]:
    """Return the townships of a county that something can be measured from."""
    return [each for each in areas.children(county) if each.point is not None]
