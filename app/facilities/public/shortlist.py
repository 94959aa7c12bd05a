"""A parent's own list, kept in its address: no account, no cookie, nothing stored here."""

from dataclasses import replace

from flask import abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.areas import queries as areas
from app.core import clock, headers
from app.facilities.forms.carried import read_carried, way_back
from app.facilities.forms.chosen import address, lasting_address, query_of, read_list
from app.facilities.forms.pattern import write_pattern
from app.facilities.forms.sharing import qr_png, sms_link
from app.facilities.public.entry import bp
from app.facilities.queries.comparing import entries, known
from app.facilities.queries.costs import costs
from app.facilities.rules.chosen import FEWEST_COMPARED, MOST_COMPARED, MOST_LISTED


@bp.get("/shortlist")
def shortlist() -> ResponseReturnValue:
    """Show a list: compare, call, print, send on, take one off."""
    listed = read_list(request.args, MOST_LISTED, known)
    carried = read_carried(request.args)
    if dropped := set(request.args.getlist("drop")):
        rest = [each for each in listed.ids if each not in dropped]
        return redirect(address("facilities.shortlist", rest, carried.pairs))
    found = entries(listed.ids, clock.today(), carried.criteria.near)
    pattern = carried.criteria.pattern
    if pattern:
        asked = costs(listed.ids, pattern, clock.today())
        found = tuple(
            replace(each, card=replace(each.card, monthly=asked.get(each.card.id))) for each in found
        )
    share_url = lasting_address("facilities.shortlist", listed.ids)
    body = render_template(
        "facilities/shortlist.html",
        entries=found,
        listed=listed,
        carried=carried,
        comparable=len(listed.ids) >= FEWEST_COMPARED,
        most=MOST_COMPARED,
        onward=query_of(write_pattern(pattern) if pattern else ()),
        back_url=way_back(carried.criteria, listed.ids),
        share_url=share_url,
        qr_url=address("facilities.shortlist_qr", listed.ids),
        sms_url=sms_link([(each.card.name, each.phone) for each in found], share_url),
        place=next((areas.place_of(each.card.area) for each in found if each.card.fictional), None),
    )
    return headers.public(make_response(body))


@bp.get("/shortlist/qr.png")
def shortlist_qr() -> ResponseReturnValue:
    """Return the QR code of a list's address; the question it came from stays with the reader."""
    listed = read_list(request.args, MOST_LISTED, known)
    if not listed.ids:
        abort(404)
    response = make_response(qr_png(lasting_address("facilities.shortlist", listed.ids)))
    response.mimetype = "image/png"
    return headers.public(response, 86400)
