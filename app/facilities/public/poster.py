"""A sheet for the wall: what is filed, a code to look it up, and whom to tell if something is wrong."""

from flask import abort, current_app, g, make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from markupsafe import Markup

from app.areas import queries as areas
from app.core import clock, headers
from app.core.brand import in_print_order
from app.core.pages import language, public_address
from app.facilities.public.entry import bp
from app.facilities.queries import pages as reads
from app.facilities.queries.cards import FacilityPage

SOURCE = "zh-Hans"


@bp.get("/facilities/<id>/poster")
def poster(id: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Show the sheet, in Chinese first and in a second language of the place."""
    page = reads.facility_page(id, clock.today())
    if page is None:
        abort(404)
    place = areas.place_of(page.card.township or page.card.area)
    body = render_template(
        "facilities/poster.html",
        card=page.card,
        place=place,
        blocks=[(code, _block(page, code)) for code in _spoken(place)],
        share_url=public_address("facilities.facility", id=id),
    )
    return headers.public(make_response(body))


def _spoken(place: areas.PlaceCard | None) -> list[str]:
    """Return two languages: the common one, then the reader's, or the next that the place itself uses."""
    offered = current_app.extensions["languages"].codes
    local = [code for code in (place.languages if place else ()) if code in offered]
    second = next((code for code in (language(), *local) if code != SOURCE), None)
    return in_print_order([SOURCE, second]) if second else [SOURCE]


def _block(page: FacilityPage, code: str) -> Markup:
    """Return the sheet's words in one language, whatever the language of the page around them."""
    around, g.lang = language(), code
    try:
        with force_locale(code.replace("-", "_")):
            return Markup(  # noqa: S704 - a template of ours, which escapes
                render_template(
                    "facilities/parts/sheet.html",
                    card=page.card,
                    filing=page.filing,
                    numbers=areas.hotlines(),
                    qr_url=url_for("facilities.qr", id=page.card.id, lang=code),
                )
            )
    finally:
        g.lang = around
