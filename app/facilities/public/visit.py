"""What to ask and look at on a visit to one facility, to be printed and taken along."""

from flask import abort, make_response, render_template
from flask.typing import ResponseReturnValue

from app.areas import queries as areas
from app.core import clock, headers
from app.core.pages import public_address
from app.facilities.public.entry import bp
from app.facilities.queries.visiting import visit_page


@bp.get("/facilities/<id>/visit")
def visit(id: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Show the questions for a visit."""
    page = visit_page(id, clock.today())
    if page is None:
        abort(404)
    body = render_template(
        "facilities/visit.html",
        page=page,
        card=page.column.card,
        place=areas.place_of(page.column.card.area),
        share_url=public_address("facilities.visit", id=id),
        today=clock.today(),
    )
    return headers.public(make_response(body))
