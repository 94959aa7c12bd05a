"""Writing the ledger that counties fill in, with the names of one county in it."""

from pathlib import Path

from app.areas import queries as areas
from app.areas.rules import normalise
from app.facilities.loading.ledger.profile import load_profile
from app.facilities.loading.ledger.template import write_workbook


def write_template(out: Path, folder: Path, profile: str, area: str) -> None:
    """Write the template. Raises `LookupError` for an unknown area, `FaultyFiles` for the profile."""
    place, townships = "", []
    if area:
        code = normalise(area)
        card = areas.area(code) if code else None
        if card is None:
            raise LookupError(area)
        place = card.names["zh-Hans"]
        townships = [each.names["zh-Hans"] for each in areas.children(card.code) if each.level == "township"]
    write_workbook(out, load_profile(folder, profile), place, townships)
