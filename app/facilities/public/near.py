"""Choosing the places a family measures from: home, work, grandparents. Nothing is stored."""

from dataclasses import replace

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from app.core import headers
from app.facilities.forms.asking import longer_code
from app.facilities.forms.carried import read_carried
from app.facilities.forms.chosen import carried_list
from app.facilities.forms.question import LONGEST_TEXT, printable, write_criteria
from app.facilities.public.entry import bp
from app.facilities.queries.near import counties_below, townships_of
from app.facilities.queries.search import by_text
from app.facilities.rules.criteria import RADIUS_KM, Criteria
from app.facilities.rules.near import SLOTS

_COUNTY = 6
_FOUND = 8
_PREFECTURE = 4


@bp.get("/near")
def near() -> ResponseReturnValue:
    """Offer townships and facilities to measure from, and keep the question that is being asked."""
    if (moved := longer_code("facilities.near")) is not None:
        return moved
    carried = read_carried(request.args)
    criteria = carried.criteria
    who = " ".join(printable(request.args.get("who", "")).split())[:LONGEST_TEXT]
    counties = counties_below((criteria.area or "")[:_PREFECTURE] or None) or counties_below(None)
    county = _county(criteria, [each.code for each in counties])
    found = [card for card in by_text(who, _FOUND) if card.precision == "exact"] if who else []
    body = render_template(
        "facilities/near.html",
        carried=carried,
        criteria=criteria,
        pairs=write_criteria(replace(criteria, near=(), radius=RADIUS_KM, sort=None, page=1)),
        slots=[(name, next((each for each in criteria.near if each.name == name), None)) for name in SLOTS],
        counties=counties,
        county=next((each for each in counties if each.code == county), None),
        townships=townships_of(county) if county else [],
        who=who,
        found=found,
        mine=carried_list(request.args),
    )
    return headers.public(make_response(body))


def _county(criteria: Criteria, counties: list[str]) -> str | None:
    """Return the county whose townships are offered: the one chosen, else that of the question."""
    for code in (request.args.get("in"), (criteria.area or "")[:_COUNTY]):
        if code in counties:
            return code
    return counties[0] if len(counties) == 1 else None
