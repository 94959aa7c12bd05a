"""Open data of this room: the public figures as a table."""

from flask import Blueprint, Response, make_response, request

from app.cases.forms import figures as forms
from app.cases.queries import figures as reads
from app.core import headers
from app.core.errors import WrongQuestion
from app.core.files import as_csv

bp = Blueprint("cases_data", __name__, url_prefix="/data")
_KEPT = 300


@bp.get("/stats.csv")
def stats() -> Response:
    """Answer with the figures of a place and a period; the numbers of the page, in CSV."""
    place, period, code = forms.asked(request.args)
    if place is None or code != place.area:
        raise WrongQuestion([("area", "Figures are published for a place that runs this site.")], status=404)
    body = as_csv(forms.HEADER, forms.table(reads.figures(place.area, period)))
    response = make_response(body)
    response.mimetype = "text/csv"
    name = f"stats-{place.area}-{period}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return headers.public(response, _KEPT, by_content=True)
