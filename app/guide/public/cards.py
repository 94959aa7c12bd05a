"""Emergency cards: what to do first, each on a page of its own that fits a sheet of A6."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.core import clock, headers
from app.core.errors import WrongQuestion
from app.core.i18n import SOURCE
from app.core.pages import direction, language, public_address
from app.guide.forms.asking import links
from app.guide.forms.linked import made_by_machine
from app.guide.public.entry import bp
from app.guide.public.printing import in_language, lines_of, qr, unlinked
from app.guide.queries import cards as reads
from app.guide.queries import texts
from app.guide.queries.rendering import Shown
from app.guide.queries.texts import Article, Version
from app.guide.rules.density import density


@dataclass(frozen=True, slots=True)
class Sheet:
    """One card on paper: a text in one language, ready for the page."""

    language: str
    dir: str
    step: int
    """How small its letters are printed, see `rules.density`."""
    html: Markup


@bp.get("/cards")
def cards() -> ResponseReturnValue:
    """Show whom to call, the danger signs and every card."""
    today = clock.today()
    found = reads.card_list(language(), today)
    return headers.public(make_response(render_template("guide/cards.html", cards=found, today=today)))


@bp.get("/cards/<slug>")
def card(slug: str) -> ResponseReturnValue:
    """Show one card; what a machine translated stands under its Chinese original."""
    found = texts.find(slug[:80], language(), links=links())
    if found is None or not reads.is_card(found.slug, found.kind):
        raise WrongQuestion([], status=404, way_on=url_for("guide.cards"))
    sheets: list[Sheet] = []
    for version in _versions(found):
        sheets.append(_sheet(found, version, sheets[0].step if sheets else 1))
    body = render_template(
        "guide/card.html",
        article=found,
        sheets=sheets,
        aigc=made_by_machine(found),
        today=clock.today(),
    )
    return headers.public(make_response(body))


def _versions(found: Article) -> list[Version]:
    """Return the words to show: the reader's, under the source where nobody vouches for them."""
    beside = found.original
    if beside is None and "outdated" in found.notices:
        source = texts.find(found.slug, SOURCE, links=links())
        beside = source.shown if source else None
    return [beside, found.shown] if beside and beside.language != found.shown.language else [found.shown]


def _sheet(found: Article, version: Version, at_least: int) -> Sheet:
    """Return a card for paper; its letters are no larger than those of the card before it."""
    large = [block for block in version.blocks if block.kind != "source"]
    html = in_language(
        version.language,
        "guide/card_sheet.html",
        article=found,
        version=version,
        blocks=[(block.kind, unlinked(block.html)) for block in version.blocks],
        machine=version.made_by == "machine" and not version.reviewer,
        code=qr(public_address("guide.card", slug=found.slug, lang=version.language)),
    )
    step = density(_words(large), _words(block for block in large if block.kind == "key"), lines_of(large))
    return Sheet(version.language, direction(version.language), max(step, at_least), html)


def _words(blocks: Iterable[Shown]) -> str:
    return " ".join(str(block.html.striptags()) for block in blocks)
