"""The public door of figures: one page, which anybody may keep."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.areas import queries as areas
from app.cases.forms import figures as forms
from app.cases.queries import figures as reads
from app.cases.queries import outcomes
from app.core import clock, headers

bp = Blueprint("figures", __name__, url_prefix="/<lang:lang>")
_KEPT = 300
"""Seconds a page of figures may be kept: they change slowly, and by steps of five."""


@bp.get("/stats")
def stats() -> ResponseReturnValue:
    """Show what came in at a place and what became of it, in a table and a drawing of the same numbers."""
    place, period, code = forms.asked(request.args)
    if place is not None and code != place.area:
        return redirect(url_for("figures.stats", area=place.area, period=str(period)), 302)
    found = reads.figures(place.area, period) if place else None
    drawn, height = forms.bars(found) if found else ((), 0)
    page = render_template(
        "cases/stats.html",
        place=place,
        places=areas.places(),
        period=period,
        periods=reads.periods(clock.today()),
        figures=found,
        bars=drawn,
        height=height,
        outcomes=outcomes.of_place(place.area) if place else (),
    )
    return headers.public(make_response(page), _KEPT, by_content=True)
