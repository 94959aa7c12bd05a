"""The front door: home, areas, view settings, legal pages, health."""

from urllib.parse import urlsplit

from flask import (
    Blueprint,
    current_app,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from app.areas import queries as areas
from app.areas.rules import Level, normalise
from app.cases.queries import inboxes
from app.core import clock, headers, health
from app.core.errors import WrongQuestion
from app.core.pages import BACKGROUNDS, LINES, SIZES, VIEW_COOKIE, View, language, view
from app.facilities.index import is_usable
from app.facilities.loading.shipped import register_facts
from app.facilities.queries import pages as reads
from app.facilities.queries.search import facility_counts
from app.facilities.queries.search import find as find_facilities
from app.facilities.queries.supply import opening_soon
from app.facilities.rules.criteria import Criteria
from app.guide.forms.asking import question
from app.guide.queries import listing as guide_listing
from app.guide.queries import search as guide_search
from app.site.forms.view import ViewForm
from app.site.queries.targets import figures

bp = Blueprint("site", __name__)
_YEAR = 365 * 24 * 3600
_MOST_HITS = 6
"""Hits of each kind on the page of a search of the whole site."""


@bp.get("/")
def root() -> ResponseReturnValue:
    """Send a reader to the home page in their language."""
    response = make_response(redirect(url_for("site.home", lang=language()), 302))
    response.vary.add("Accept-Language")
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/<lang:lang>/")
def home() -> ResponseReturnValue:
    """Show the places, the finder, the three doors and the emergency numbers."""
    places = areas.places()
    counts = facility_counts(place.area for place in places)
    page = render_template(
        "site/home.html",
        places=places,
        counts=counts,
        takes_cases=bool(inboxes.open_places()),
        hotlines=areas.hotlines(),
        snapshot_on=reads.newest_snapshot(),
    )
    return headers.public(make_response(page))


@bp.get("/<lang:lang>/search")
def search() -> ResponseReturnValue:
    """Search the whole site: guidance, facilities and areas side by side, each with the way to all of it."""
    asked = question(request.args)
    today = clock.today()
    page = render_template(
        "site/search.html",
        asked=asked,
        texts=guide_search.search(asked, language(), today, _MOST_HITS) if asked else None,
        results=find_facilities(Criteria(q=asked), today) if asked else None,
        most=_MOST_HITS,
        named=areas.named(asked, _MOST_HITS) if asked else [],
    )
    return headers.public(make_response(page))


@bp.get("/<lang:lang>/areas/<code>")
def area(code: str) -> ResponseReturnValue:
    """Show an area: what is there, who answers, what was promised."""
    normal = normalise(code)
    if normal and normal != code:
        return redirect(url_for("site.area", code=normal), 301)
    found = areas.area(normal) if normal else None
    if found is None:
        raise WrongQuestion([], status=404, way_on=url_for("site.home"))
    place = areas.place_of(found.code)
    today = clock.today()
    documents = areas.documents(place.area, today) if place else {}
    counted = figures(found.code, place, today)
    children = areas.children(found.code) if found.level != Level.TOWNSHIP else []
    counts = facility_counts([found.code, *(child.code for child in children)])
    page = render_template(
        "site/area.html",
        area=found,
        path=areas.path(found.code),
        place=place,
        children=[(child, counts[child.code]) for child in children],
        facility_count=counts[found.code],
        unplaced=counts[found.code] - sum(counts[child.code] for child in children) if children else 0,
        documents=documents,
        units=areas.units(place.area, documents, found.code) if place else [],
        territory=areas.territory(place.area, documents) if place else [],
        figures=counted,
        opening=opening_soon(found.code, today),
        routing=areas.routing(place.area) if place else [],
        named=areas.areas({line.target.area for each in counted.indicators for line in each.lines}),
        takes_cases=place is not None and inboxes.is_open(place.area),
        hotlines=areas.hotlines(place.area if place else None),
        snapshot_on=reads.newest_snapshot(),
        guidance=[
            card for card in guide_listing.cards(language(), area=found.code, today=today) if card.place
        ],
    )
    return headers.public(make_response(page))


@bp.route("/<lang:lang>/view", methods=["GET", "POST"])
def view_settings() -> ResponseReturnValue:
    """Let a reader choose text size, background and line spacing; the choice is kept in one cookie."""
    held = view()
    form = ViewForm(
        request.form if request.method == "POST" else None,
        size=held.size,
        background=held.background,
        line=held.line,
        next=request.args.get("next", ""),
    )
    if request.method == "POST" and form.validate():
        chosen = View(form.size.data, form.background.data, form.line.data)
        response = make_response(redirect(_inside(form.next.data) or url_for("site.home"), 303))
        path = current_app.config["SESSION_COOKIE_PATH"]
        if chosen == View():
            response.delete_cookie(VIEW_COOKIE, path=path)
        else:
            response.set_cookie(
                VIEW_COOKIE,
                str(chosen),
                max_age=_YEAR,
                path=path,
                samesite="Lax",
                secure=request.is_secure,
                httponly=True,
            )
        return response
    page = render_template("site/view.html", form=form, choices=(SIZES, BACKGROUNDS, LINES))
    return make_response(page, 400 if form.errors else 200)


def _inside(address: str | None) -> str | None:
    """Return an address only if it is a path of this very site."""
    if not address or "\\" in address:
        return None
    parts = urlsplit(address)
    inside = (
        not parts.scheme and not parts.netloc and address.startswith("/") and not address.startswith("//")
    )
    return address if inside and all(letter.isprintable() for letter in address) else None


def _plain(template: str) -> ResponseReturnValue:
    places = areas.places()
    settings = current_app.extensions["settings"]
    page = render_template(
        template,
        snapshot_on=reads.newest_snapshot(),
        hotlines=areas.hotlines(),
        places=places,
        counts=facility_counts(place.area for place in places),
        register=register_facts(settings.content / "register"),
    )
    return headers.public(make_response(page))


@bp.get("/<lang:lang>/privacy")
def privacy() -> ResponseReturnValue:
    """Show the personal-data notice."""
    return _plain("site/privacy.html")


@bp.get("/<lang:lang>/minors")
def minors() -> ResponseReturnValue:
    """Show the rules for data of children under fourteen."""
    return _plain("site/minors.html")


@bp.get("/<lang:lang>/accessibility")
def accessibility() -> ResponseReturnValue:
    """Show the accessibility statement."""
    return _plain("site/accessibility.html")


@bp.get("/<lang:lang>/sources")
def sources() -> ResponseReturnValue:
    """Show where the data comes from and its day."""
    return _plain("site/sources.html")


@bp.get("/favicon.ico")
def favicon() -> ResponseReturnValue:
    """Send old browsers to the icon."""
    assets = current_app.extensions["assets"]
    return redirect(url_for("static_asset", name=assets.names["icon.svg"]), 301)


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Say that the process lives."""
    return jsonify(alive=True)


@bp.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Say whether database, index and catalogues can be used; 503 names what cannot."""
    state = health.check(current_app.extensions["settings"], current_app.extensions["languages"])
    state["index"] = is_usable()
    return jsonify(state), 200 if all(state.values()) else 503
