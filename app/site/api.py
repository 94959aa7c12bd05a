"""The machines' door: what crawlers may read, and where every public page is, in every language."""

from collections.abc import Iterable
from datetime import date

from flask import Blueprint, Response, abort, current_app, make_response, render_template
from flask import url_for as path_of

from app.areas import queries as areas
from app.core import clock, headers
from app.core.i18n import SOURCE, Languages
from app.core.pages import public_address
from app.facilities.queries import pages as reads
from app.facilities.queries.published import addresses
from app.guide.queries.listing import inventory
from app.guide.queries.lists import topics

bp = Blueprint("maps", __name__)
_KEPT = 3600
PRIVATE = ("accounts.home", "cases.report", "cases.track", "site.view_settings")
"""Pages between one reader and us; everything below them too."""
SAME_EVERYWHERE = (
    "site.home",
    "facilities.find",
    "facilities.verify",
    "facilities.data",
    "guide.home",
    "guide.cards",
    "guide.policies",
    "guide.coverage",
    "guide.numbers",
    "guide.tool_list",
    "events.events",
    "events.experts",
    "figures.stats",
    "site.privacy",
    "site.minors",
    "site.accessibility",
    "site.sources",
)
"""Public pages that there is one of."""
LISTED = frozenset({"published"})
"""States of texts that search engines may list: not what nobody has read since a machine translated it."""
Page = tuple[dict[str, str], date | None]
"""The addresses of a page by language, and the day it last changed."""


@bp.get("/robots.txt")
def robots() -> Response:
    """Tell crawlers what may be read."""
    root = current_app.extensions["settings"].prefix
    closed = [path_of(endpoint, lang=code) for code in _languages().codes for endpoint in PRIVATE]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in (f"{root}/staff", f"{root}/api/", *closed))]
    body = "\n".join([*lines, "Allow: /", "", f"Sitemap: {public_address('maps.index')}", ""])
    response = make_response(body)
    response.mimetype = "text/plain"
    return headers.public(response, 86400)


@bp.get("/sitemap.xml")
def index() -> Response:
    """List the maps: one of the site's own pages, one of each place. What is invented is not listed."""
    parts = ["pages", *(place.area for place in areas.places() if not place.fictional)]
    maps = [public_address("maps.part", part=part) for part in parts]
    return _xml(render_template("site/sitemaps.xml", maps=maps, changed=reads.newest_fact()))


@bp.get("/sitemap/<part>.xml")
def part(part: str) -> Response:
    """List the pages of a place, or the pages that there is one of."""
    if part == "pages":
        return _map([*((_everywhere(endpoint), None) for endpoint in SAME_EVERYWHERE), *_guidance()])
    place = areas.place_of(part)
    if place is None or place.area != part or place.fictional:
        abort(404)
    below = [place.area, *(child.code for child in areas.children(place.area))]
    facilities = [
        (_everywhere("facilities.facility", id=identity), day) for identity, day in addresses(place.area)
    ]
    lists: list[Page] = [(_everywhere("facilities.find", area=place.area), None)]
    return _map([*lists, *((_everywhere("site.area", code=code), None) for code in below), *facilities])


def _guidance() -> Iterable[Page]:
    """Yield the topics, and each text in the languages in which search engines may list it."""
    for topic in topics():
        yield _everywhere("guide.topic", code=topic.code), None
    for row in inventory(_languages().codes, clock.today()):
        listed = [code for code, state in row.languages.items() if state in LISTED]
        door = "guide.card" if row.kind == "card" else "guide.article"
        if SOURCE in listed:
            yield {code: public_address(door, lang=code, slug=row.slug) for code in listed}, None


def _map(pages: Iterable[Page]) -> Response:
    return _xml(render_template("site/sitemap.xml", pages=list(pages)))


def _everywhere(endpoint: str, **values: str) -> dict[str, str]:
    return {code: public_address(endpoint, lang=code, **values) for code in _languages().codes}


def _languages() -> Languages:
    found: Languages = current_app.extensions["languages"]
    return found


def _xml(body: str) -> Response:
    response = make_response(body)
    response.mimetype = "application/xml"
    return headers.public(response, _KEPT)
