"""The form of a facility's position: two numbers, the map they were taken from, or that nobody knows."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.fields import SelectChoice

from app.facilities.forms.imports.words import DATUMS
from app.facilities.forms.proposing.base import ProposalForm, radio
from app.facilities.rules.position import Box, Wrong, judge

_EXACT, _TOWNSHIP = "exact", "township"
_DEGREES = {"inputmode": "decimal", "size": "12", "dir": "ltr", "autocomplete": "off"}
_NUMBER = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,15})?")
_WRONG = {
    Wrong.OUTSIDE: _l("This lies outside the county. Look at the numbers and at the map once more."),
    Wrong.EXCHANGED: _l("Latitude and longitude look exchanged. Change their places."),
}


class LocationForm(ProposalForm):
    """Where it lies; the door says where places of its county can lie."""

    facts = ("known", "lat", "lon", "datum")
    box: Box | None = None
    known = radio(
        _l("Position"),
        [
            SelectChoice(_EXACT, _l("Its coordinates are known")),
            SelectChoice(_TOWNSHIP, _l("Only its township is known")),
        ],
    )
    lat = StringField(
        _l("Latitude"),
        render_kw=_DEGREES,
        description=_l("In degrees with a decimal point, as a map site or a telephone shows them."),
    )
    lon = StringField(_l("Longitude"), render_kw=_DEGREES)
    datum = radio(_l("Coordinates come from"), [SelectChoice(code, words) for code, words in DATUMS.items()])

    def value(self) -> dict[str, Any] | None:
        """Return the position in WGS-84 to six decimals, about ten centimetres."""
        known = self.chosen("known")
        if known == _TOWNSHIP:
            return {"lat": None, "lon": None, "precision": _TOWNSHIP}
        lat, lon = self._degrees("lat"), self._degrees("lon")
        datum = self.chosen("datum")
        if lat is None or lon is None or not datum or not known:
            return None
        point = judge(lat, lon, datum, self.box)
        if isinstance(point, Wrong):
            self.lat.errors = [_WRONG[point]]
            return None
        return {"lat": round(point.lat, 6), "lon": round(point.lon, 6), "precision": _EXACT}

    def present(self, held: Any) -> None:
        """Fill in what is held. Which map new numbers come from is asked anew."""
        place = held or {}
        if place.get("lat") is None:
            self.known.data = place.get("precision") and _TOWNSHIP
            return
        self.known.data, self.datum.data = _EXACT, "wgs84"
        self.lat.data, self.lon.data = str(place["lat"]), str(place["lon"])

    def _degrees(self, field: str) -> float | None:
        text = self.line(field).removesuffix("°").strip()
        if _NUMBER.fullmatch(text):
            return float(text)
        self[field].errors = [_l("Write degrees with a decimal point, such as 30.25931.")]
        return None
