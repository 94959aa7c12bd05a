"""The JSON door of the finder. The same question, the same answer; money in fen, ages in months."""

from dataclasses import replace

from flask import Blueprint, Response, current_app, jsonify, make_response, request
from flask_babel import gettext as _

from app.areas import queries as areas
from app.core import clock, headers, kept
from app.core.errors import WrongQuestion
from app.facilities.forms.answers import card_json, page_json
from app.facilities.forms.asking import longer_code, question
from app.facilities.forms.openapi import document
from app.facilities.forms.pattern import read_pattern
from app.facilities.queries import pages as reads
from app.facilities.queries.cards import Facet
from app.facilities.queries.costs import costs
from app.facilities.queries.search import find as ask
from app.facilities.queries.similar import alike
from app.facilities.rules.chosen import read_id
from app.facilities.rules.near import SLOTS

bp = Blueprint("facilities_api", __name__, url_prefix="/api/v1")


@bp.get("/facilities")
def facilities() -> Response:
    """Answer a question with the parameters of `/find`."""
    if any(request.args.get(slot) for slot in SLOTS):
        kept.forget()
    if (moved := longer_code("facilities_api.facilities")) is not None:
        return moved
    criteria = question(request.args)
    results = ask(criteria, clock.today())
    if criteria.page > results.pages:
        raise WrongQuestion([("page", _("There are only %(pages)s pages.", pages=results.pages))], status=404)
    nearly = alike(criteria, results.count, clock.today())
    body = {
        "count": results.count,
        "results": [card_json(card, criteria.care) | {"tier": "exact"} for card in results.cards],
        "similar": [card_json(card, criteria.care) | {"tier": "similar"} for card in nearly.cards],
        "similar_count": nearly.count,
        "meant": list(nearly.words),
        "facets": {name: _facet(facet) for name, facet in results.facets.items()},
        "not_reported": dict(results.not_reported),
        "page": results.page,
        "pages": results.pages,
    }
    return headers.public(make_response(jsonify(body)))


@bp.get("/facilities/<identity>")
def facility(identity: str) -> Response:
    """Return one facility with every field, its source and its day; with a pattern, its monthly cost."""
    pattern, problems = read_pattern(request.args)
    if problems:
        raise WrongQuestion([(problem.field, problem.sentence) for problem in problems])
    page = reads.facility_page(read_id(identity) or identity, clock.today())
    if page is None:
        raise WrongQuestion([("id", "No facility has this id.")], status=404)
    if pattern is not None:
        quotes = costs([page.card.id], pattern, clock.today()).get(page.card.id)
        page = replace(page, card=replace(page.card, monthly=quotes))
    return headers.public(make_response(jsonify(page_json(page))))


@bp.get("/areas/<code>")
def area(code: str) -> Response:
    """Return an area and the areas directly below it."""
    found = areas.area(code)
    if found is None:
        raise WrongQuestion([("code", "No area has this code.")], status=404)
    body = {
        "code": found.code,
        "level": found.level,
        "kind": found.kind,
        "name": dict(found.names),
        "children": [{"code": child.code, "name": dict(child.names)} for child in areas.children(found.code)],
    }
    return headers.public(make_response(jsonify(body)))


@bp.get("/openapi.json")
def openapi() -> Response:
    """Return the contract of this door."""
    prefix = current_app.extensions["settings"].prefix
    return headers.public(make_response(jsonify(document(prefix))), 3600)


def _facet(facet: Facet) -> dict[str, int]:
    counts = {value.value: value.count for value in facet.values if value.count or value.names is None}
    return {**counts, "not_reported": facet.not_reported}
