"""The page of one text: in the reader's language or in Chinese, with its state, sources and figures."""

from flask import abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.areas import queries as areas
from app.areas.queries import AreaCard
from app.areas.rules import normalise
from app.core import headers
from app.core.errors import WrongQuestion
from app.core.pages import language
from app.guide.forms import showing
from app.guide.forms.asking import links
from app.guide.public.entry import bp
from app.guide.queries import lists, texts
from app.guide.queries.texts import Article


@bp.get("/guide/<slug>")
def article(slug: str) -> ResponseReturnValue:
    """Show a text; an emergency card has a page of its own."""
    area = asked_area()
    found = known(slug, area)
    if found.kind == "card":
        return redirect(url_for("guide.card", slug=slug), 301)
    body = render_template(showing.TEMPLATE, **showing.values(found, area))
    return headers.public(make_response(body))


@bp.get("/guide/<topic>/<slug>")
@bp.get("/policies/<slug>")
def moved(slug: str, topic: str = "") -> ResponseReturnValue:
    """Lead from the longer addresses of a text to the one that stays, whatever topic it has today."""
    known(slug)
    if topic and topic not in {each.code for each in lists.topics()}:
        abort(404)
    return redirect(url_for("guide.article", slug=slug, area=request.args.get("area")), 301)


def known(slug: str, area: AreaCard | None = None) -> Article:
    """Return the text of an address; 404 with a way on if there is none that is shown."""
    code = area.code if area else None
    found = texts.find(slug[:80], language(), links=links(code), area=code)
    if found is None:
        raise WrongQuestion([], status=404, way_on=url_for("guide.home"))
    return found


def asked_area() -> AreaCard | None:
    """Return the area that the address names, if it names one. Raises `WrongQuestion` if there is no such."""
    typed = request.args.get("area", "").strip()
    code = normalise(typed)
    found = areas.area(code) if code else None
    if typed and found is None:
        shown = "".join(letter for letter in typed if letter.isprintable())[:40]
        sentence = _("There is no area with the code %(code)s.", code=shown)
        way_on = url_for(request.endpoint or "guide.home", **(request.view_args or {}))
        raise WrongQuestion([("area", sentence)], way_on=way_on)
    return found
