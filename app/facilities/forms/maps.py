"""Links that open a place in the map sites people use; order and datum differ, nothing is loaded."""

from urllib.parse import urlencode

from flask import current_app
from flask_babel import gettext as _

from app.core.geo import Point, to_gcj02

SOURCE = "tuoyu"


def map_links(name: str, address: str, point: Point) -> tuple[tuple[str, str], ...]:
    """Return (words, address) of each map site for an exactly known place.

    Amap takes longitude first and its route page expects GCJ-02; the others accept WGS-84 by a flag.
    """
    shifted = to_gcj02(point)
    lat, lon = f"{point.lat:.6f}", f"{point.lon:.6f}"
    amap = {
        "to": f"{shifted.lon:.6f},{shifted.lat:.6f},{name}",
        "mode": "walk",
        "src": SOURCE,
        "callnative": "1",
    }
    baidu = {
        "location": f"{lat},{lon}",
        "title": name,
        "content": address or name,
        "output": "html",
        "coord_type": "wgs84",
        "src": f"webapp.{SOURCE}.{SOURCE}",
    }
    marker = f"coord:{lat},{lon};title:{name};addr:{address or name}"
    tencent = {"marker": marker, "coord_type": "1", "referer": SOURCE}
    return (
        *_street_map(lat, lon),
        (_("Walk there with Amap"), f"https://uri.amap.com/navigation?{urlencode(amap)}"),
        (_("Show on Baidu Maps"), f"https://api.map.baidu.com/marker?{urlencode(baidu)}"),
        (_("Show on Tencent Maps"), f"https://apis.map.qq.com/uri/v1/marker?{urlencode(tencent)}"),
    )


def _street_map(lat: str, lon: str) -> tuple[tuple[str, str], ...]:
    """Return the operator's own street map, if one is configured: the seam for approved maps."""
    brand = current_app.extensions["settings"].brand
    if not brand.street_map:
        return ()
    address = brand.street_map.replace("{lat}", lat).replace("{lon}", lon)
    return ((_("Street map: %(credit)s", credit=brand.street_map_credit), address),)
