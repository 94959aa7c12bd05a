"""The public door of the finder: results, one facility, is it filed. Cacheable, no cookie, no session."""

import io
from dataclasses import replace

import segno
from flask import Blueprint, abort, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.areas import queries as areas
from app.core import clock, headers
from app.core.errors import WrongQuestion
from app.core.pages import public_address
from app.facilities.forms import asking
from app.facilities.forms.chips import chips, tidy, url
from app.facilities.forms.maps import map_links
from app.facilities.forms.question import LONGEST_TEXT, printable
from app.facilities.queries import pages as reads
from app.facilities.queries.cards import FacilityCard
from app.facilities.queries.plotting import plot
from app.facilities.queries.search import count_real
from app.facilities.queries.search import find as ask
from app.facilities.queries.verifying import verify as judge
from app.facilities.rules.criteria import PAGE_SIZE, Criteria, Sort

bp = Blueprint("facilities", __name__, url_prefix="/<lang:lang>")
_WINDOW = 2


@bp.get("/find")
def find() -> ResponseReturnValue:
    """Show the places that answer a question."""
    if (moved := asking.longer_code("facilities.find")) is not None:
        return moved
    criteria = asking.question(request.args)
    today = clock.today()
    results = ask(criteria, today)
    if criteria.page > results.pages:
        raise WrongQuestion(
            [("page", _("There are only %(pages)s pages.", pages=results.pages))],
            status=404,
            way_on=url("facilities.find", replace(criteria, page=1)),
        )
    first = (criteria.page - 1) * PAGE_SIZE + 1
    path = areas.path(criteria.area) if criteria.area else []
    page = render_template(
        "facilities/find.html",
        criteria=criteria,
        results=results,
        first=first,
        place=areas.place_of(criteria.area) if criteria.area else None,
        area_path=path,
        chips=chips(criteria, path[-1].names if path else {}),
        sorts=_sorts(criteria),
        pager=_pager(criteria, results.pages),
        previous_url=url("facilities.find", replace(criteria, page=criteria.page - 1))
        if criteria.page > 1
        else None,
        next_url=(
            url("facilities.find", replace(criteria, page=criteria.page + 1))
            if criteria.page < results.pages
            else None
        ),
        plot=plot(results.cards, first, criteria.near),
        view_urls={view: url("facilities.find", replace(criteria, view=view)) for view in ("list", "map")},
        unknown_url=url("facilities.find", replace(criteria, unknown=not criteria.unknown, page=1)),
        undecided_url=_undecided_url(criteria, results.silent_filters),
        clear_url=url("facilities.find", Criteria(area=criteria.area)),
        loosened=_loosened(criteria) if not results.count else (),
        named_areas=areas.named(criteria.q, 6) if criteria.q else [],
        snapshot_on=reads.newest_snapshot(),
        hotlines=areas.hotlines(),
    )
    return headers.public(make_response(page))


def _undecided_url(criteria: Criteria, silent: tuple[str, ...]) -> str:
    """Return the question without the filters that several places have not reported on."""
    for name in silent:
        criteria = criteria.without(name)
    return url("facilities.find", tidy(criteria))


def _sorts(criteria: Criteria) -> tuple[tuple[str, str, bool], ...]:
    offered = [Sort.NAME, Sort.PRICE, Sort.UPDATED]
    if criteria.near:
        offered.insert(0, Sort.DISTANCE)
    if criteria.q:
        offered.insert(0, Sort.RELEVANCE)
    return tuple(
        (
            sort.value,
            url("facilities.find", replace(criteria, sort=sort, page=1)),
            sort is criteria.order,
        )
        for sort in offered
    )


def _pager(criteria: Criteria, pages: int) -> tuple[tuple[int | None, str, bool], ...]:
    near = range(criteria.page - _WINDOW, criteria.page + _WINDOW + 1)
    shown = [number for number in range(1, pages + 1) if number in {1, pages} or number in near]
    links: list[tuple[int | None, str, bool]] = []
    for previous, number in zip([0, *shown], shown, strict=False):
        if number - previous > 1:
            links.append((None, "", False))
        address = url("facilities.find", replace(criteria, page=number))
        links.append((number, address, number == criteria.page))
    return tuple(links)


def _loosened(criteria: Criteria) -> tuple[tuple[str, int, str], ...]:
    """Return, for each filter in force, how many places there would be without it, the most first."""
    today = clock.today()
    found = []
    for name in criteria.filters:
        looser = tidy(criteria.without(name))
        number = count_real(looser, today)
        if number:
            found.append((name, number, url("facilities.find", looser)))
    return tuple(sorted(found, key=lambda each: -each[1]))


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


@bp.get("/verify")
def verify() -> ResponseReturnValue:
    """Answer whether a place is filed, by name, other name or credit code."""
    asked = " ".join(printable(request.args.get("q", "")).split())[:LONGEST_TEXT]
    verdict = judge(asked, clock.today()) if asked else None
    if verdict is not None and verdict.state == "citizen":
        g.forget_query = True  # the language links of the page must not repeat it
        asked = ""
    body = render_template(
        "facilities/verify.html",
        verdict=verdict,
        q=asked,
        snapshot_on=reads.newest_snapshot(),
        hotlines=areas.hotlines(),
    )
    response = make_response(body)
    return headers.public(response)
