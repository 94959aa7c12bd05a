"""A leaflet of every text: A4, one side a language, the common script first, with a code to the page."""

from dataclasses import dataclass

from flask import current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.core import clock, headers
from app.core.brand import in_print_order
from app.core.errors import WrongQuestion
from app.core.i18n import SOURCE
from app.core.pages import direction, language, public_address
from app.guide.forms.linked import made_by_machine
from app.guide.public.entry import bp
from app.guide.public.printing import in_language, qr, unlinked
from app.guide.queries import texts
from app.guide.queries.texts import Article


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a leaflet."""

    language: str
    dir: str
    html: Markup


@bp.get("/guide/<slug>/leaflet")
def leaflet(slug: str) -> ResponseReturnValue:
    """Show a text as a sheet to print: in Chinese and, where there is a text, in one more language."""
    registry = current_app.extensions["languages"]
    found = {code: texts.find(slug[:80], code, links=_nowhere) for code in registry.codes}
    source = found[SOURCE]
    if source is None:
        raise WrongQuestion([], status=404, way_on=url_for("guide.home"))
    written = {code: each for code, each in found.items() if each is not None and each.shown.language == code}
    wanted = request.args.get("with", language())
    second = wanted if wanted in written else SOURCE
    sides = [_side(written[code]) for code in in_print_order({SOURCE, second})]
    body = render_template(
        "guide/leaflet.html",
        article=written.get(language(), source),
        sides=sides,
        second=second,
        others=[code for code in written if code != SOURCE],
        aigc=made_by_machine(written[second]),
    )
    return headers.public(make_response(body))


def _side(article: Article) -> Side:
    version = article.shown
    html = in_language(
        version.language,
        "guide/leaflet_side.html",
        article=article,
        version=version,
        blocks=[(block.kind, unlinked(block.html)) for block in version.blocks],
        code=qr(public_address("guide.article", slug=article.slug, lang=version.language)),
        today=clock.today(),
    )
    return Side(version.language, direction(version.language), html)


def _nowhere(_scheme: str, _value: str) -> None:
    """Links lead nowhere on paper: their words stand alone."""
