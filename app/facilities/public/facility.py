"""The page of one facility."""

import io

import segno
from flask import abort, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.areas import queries as areas
from app.core import clock, headers
from app.core.pages import public_address
from app.facilities.forms.maps import map_links
from app.facilities.public.entry import bp
from app.facilities.queries import pages as reads
from app.facilities.queries.cards import FacilityCard


@bp.get("/facilities/<id>")
def facility(id: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Show one facility."""
    if id != id.upper():
        return redirect(url_for("facilities.facility", id=id.upper()), 301)
    page = reads.facility_page(id, clock.today())
    if page is None:
        abort(404)
    code = page.card.township or page.card.area
    body = render_template(
        "facilities/facility.html",
        page=page,
        place=areas.place_of(code),
        area_path=areas.path(code),
        map_links=_map_links(page.card),
        share_url=public_address("facilities.facility", id=id),
        report_url=url_for("cases.report", facility=id),
        snapshot_on=reads.newest_snapshot(),
        hotlines=areas.hotlines(),
        today=clock.today(),
    )
    return headers.public(make_response(body))


def _map_links(card: FacilityCard) -> tuple[tuple[str, str], ...]:
    return (
        map_links(card.name, card.address or "", card.point)
        if card.precision == "exact" and card.point
        else ()
    )


@bp.get("/facilities/<id>/qr.png")
def qr(id: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Return the QR code of a facility's page, as a picture that phones recognise on a long press."""
    if not reads.exists(id):
        abort(404)
    picture = io.BytesIO()
    address = public_address("facilities.facility", id=id)
    segno.make(address, error="m").save(picture, kind="png", scale=6, border=3)
    response = make_response(picture.getvalue())
    response.mimetype = "image/png"
    return headers.public(response, 86400)
