"""The page of one facility."""

import io
from typing import TYPE_CHECKING, Any

import segno
from flask import abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.areas import queries as areas
from app.core import clock, headers
from app.core.pages import public_address
from app.facilities.forms.chosen import LIST, read_list
from app.facilities.forms.linked import linked
from app.facilities.forms.maps import map_links
from app.facilities.forms.monthly import address, month_words
from app.facilities.forms.pattern import PATTERN, read_pattern
from app.facilities.public.entry import bp
from app.facilities.queries import pages as reads
from app.facilities.queries.capping import caps_for
from app.facilities.queries.cards import FacilityCard
from app.facilities.queries.comparing import known
from app.facilities.queries.costs import monthly
from app.facilities.queries.photos import photos_of
from app.facilities.rules.chosen import MOST_LISTED
from app.facilities.rules.classes import DOCUMENT, class_rules
from app.facilities.rules.slots import age

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict


@bp.get("/facilities/<id>")
def facility(id: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Show one facility."""
    page = reads.facility_page(id, clock.today())
    if page is None:
        abort(404)
    code = page.card.township or page.card.area
    pattern, problems = read_pattern(request.args)
    body = render_template(
        "facilities/facility.html",
        page=page,
        mine=read_list(request.args, MOST_LISTED, known).ids,
        place=areas.place_of(code),
        area_path=areas.path(code),
        map_links=_map_links(page.card),
        share_url=public_address("facilities.facility", id=id),
        linked=linked(page, areas.path(code), public_address("facilities.facility", id=id)),
        report_url=url_for("cases.report", facility=id),
        snapshot_on=reads.newest_snapshot(),
        hotlines=areas.hotlines(),
        today=clock.today(),
        age_of=age,
        monthly=monthly(id, pattern, clock.today()) if pattern else None,
        problems=[(problem.field, problem.sentence) for problem in problems],
        typed=request.args,
        tool_url=address("facilities.cost", pattern, area=code) if pattern else "",
        age_url=url_for("facilities.age", back="facility", id=id, **_shared(request.args)),
        month_words=month_words,
        sizes=class_rules,
        standard=areas.national_documents(clock.today()).get(DOCUMENT),
        caps=caps_for(page.card, clock.today()),
        photos=photos_of(id),
    )
    return headers.public(make_response(body, 400 if problems else 200))


def _shared(args: "MultiDict[str, str]") -> dict[str, Any]:
    """Return what goes along to the page that works out an age: parts of a pattern, the list in hand."""
    return {name: args.getlist(name) for name in (*PATTERN, LIST) if name in args}


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
