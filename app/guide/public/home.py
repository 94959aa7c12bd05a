"""The entrance of guidance: by age first, then by topic, with what is needed in a hurry on top."""

from itertools import groupby

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock, headers
from app.core.pages import language
from app.guide.forms.asking import Asked, links, read_age, read_birth_month, tool_address
from app.guide.public.entry import bp
from app.guide.queries import listing, lists
from app.guide.queries.cards import card_list
from app.guide.queries.listing import Card
from app.guide.queries.today import thing_to_do
from app.guide.rules.vocabulary import TOOLS


@bp.get("/guide")
def home() -> ResponseReturnValue:
    """Show what is for a child of this age, or let the reader say the age."""
    asked = read_age(request.args)
    today = clock.today()
    every = listing.cards(language(), today=today)
    general = [card for card in every if card.place is None]
    band = asked.band
    body = render_template(
        "guide/home.html",
        asked=asked,
        typed=request.args,
        problems=list(asked.problems),
        bands=lists.bands(),
        emergencies=card_list(language(), today),
        thing=thing_to_do(band.code, language(), today, links=links(months=asked.months)) if band else None,
        themes=_themes(general, asked),
        tools=[(tool, address) for tool in sorted(TOOLS) if (address := tool_address(tool))],
        topics=[
            (topic, sum(card.topic == topic.code for card in every if card.kind != "card"))
            for topic in lists.topics()
        ],
    )
    return headers.public(make_response(body, 400 if asked.problems else 200))


def _themes(general: list[Card], asked: Asked) -> list[tuple[object, list[Card]]]:
    """Return the texts of the band by topic, in their order; those for every age stand under topics only."""
    if asked.band is None:
        return []
    topics = {topic.code: topic for topic in lists.topics()}
    mine = [card for card in general if asked.band.code in card.bands and card.topic in topics]
    return [(topics[code], list(cards)) for code, cards in groupby(mine, key=lambda card: card.topic)]


@bp.route("/guide/age", methods=["GET", "POST"])
def age() -> ResponseReturnValue:
    """Work out the age from the month of birth, which arrives by POST and is kept nowhere."""
    if request.method == "GET":
        return _ask([])
    months, problems = read_birth_month(request.form, clock.today())
    if months is None:
        return _ask(problems)
    if months < 0:
        return redirect(url_for("guide.home", band=lists.bands()[0].code), 303)
    return redirect(url_for("guide.home", age=months), 303)


def _ask(problems: list[tuple[str, str]]) -> ResponseReturnValue:
    body = render_template("guide/age.html", typed=request.form, problems=problems)
    return make_response(body, 400 if problems else 200)
