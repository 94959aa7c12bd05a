"""How far the guidance can be trusted: what each language has, and every figure with its source."""

from collections.abc import Mapping

from flask import current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock, headers
from app.core.errors import WrongQuestion
from app.core.pages import language
from app.guide.forms.labels import LABELS
from app.guide.public.entry import bp
from app.guide.queries import listing, lists
from app.guide.queries import numbers as reads

_MOST_DIGITS = 4


@bp.get("/guide/coverage")
def coverage() -> ResponseReturnValue:
    """Show every text and its state in every language, and how many of each there are."""
    today = clock.today()
    codes: tuple[str, ...] = current_app.extensions["languages"].codes
    cards = {card.slug: card for card in listing.cards(language(), today=today)}
    rows = [row for row in listing.inventory(codes, today) if row.slug in cards]
    body = render_template(
        "guide/coverage.html",
        counts=listing.coverage(today),
        groups=[(topic, [row for row in rows if row.topic == topic.code]) for topic in lists.topics()],
        cards=cards,
    )
    return headers.public(make_response(body))


@bp.get("/guide/numbers")
def numbers() -> ResponseReturnValue:
    """List the themes of the ledger."""
    return headers.public(
        make_response(render_template("guide/numbers.html", themes=reads.themes(), names=_names()))
    )


@bp.get("/guide/numbers/<theme>")
def theme(theme: str) -> ResponseReturnValue:
    """Show the figures of a theme."""
    themes = reads.themes()
    if theme not in themes:
        raise WrongQuestion([], status=404, way_on=url_for("guide.numbers"))
    asked = request.args.get("page", "1")
    wanted = int(asked) if asked.isdecimal() and len(asked) < _MOST_DIGITS else 1
    found = reads.theme_page(theme, wanted, language(), clock.today())
    body = render_template("guide/numbers.html", themes=themes, names=_names(), theme=theme, found=found)
    return headers.public(make_response(body))


def _names() -> Mapping[str, object]:
    """Return the names of themes; one that has none is shown by its code."""
    return LABELS["guide-theme"]
