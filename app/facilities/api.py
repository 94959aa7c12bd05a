"""The JSON door of the finder. The same question, the same answer; money in fen, ages in months."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, make_response, request

from app.areas import queries as areas
from app.core import clock, headers
from app.core.errors import WrongQuestion
from app.facilities.forms.asking import longer_code, question
from app.facilities.forms.openapi import document
from app.facilities.queries import pages as reads
from app.facilities.queries.cards import Facet, FacilityCard, FacilityPage
from app.facilities.queries.search import find as ask

bp = Blueprint("facilities_api", __name__, url_prefix="/api/v1")


@bp.get("/facilities")
def facilities() -> Response:
    """Answer a question with the parameters of `/find`."""
    if (moved := longer_code("facilities_api.facilities")) is not None:
        return moved
    criteria = question(request.args)
    results = ask(criteria, clock.today())
    if criteria.page > results.pages:
        raise WrongQuestion([("page", f"There are only {results.pages} pages.")], status=404)
    body = {
        "count": results.count,
        "results": [_card(card) for card in results.cards],
        "facets": {name: _facet(facet) for name, facet in results.facets.items()},
        "not_reported": dict(results.not_reported),
        "page": results.page,
        "pages": results.pages,
    }
    return headers.public(make_response(jsonify(body)))


@bp.get("/facilities/<identity>")
def facility(identity: str) -> Response:
    """Return one facility with every field, its source and its day."""
    page = reads.facility_page(identity.upper(), clock.today())
    if page is None:
        raise WrongQuestion([("id", "No facility has this id.")], status=404)
    return headers.public(make_response(jsonify(_page(page))))


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


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _card(card: FacilityCard) -> dict[str, Any]:
    return {
        "id": card.id,
        "name": card.name,
        "names": {"zh-Hans": card.name, **card.names},
        "aliases": list(card.aliases),
        "area": card.area,
        "township": card.township,
        "kind": card.kind,
        "kind_inferred": card.kind_inferred,
        "form": card.form,
        "status": card.status,
        "filed_on": _day(card.filed_on),
        "credit_code": card.credit_code,
        "address": card.address,
        "location": _location(card),
        "care_types": None if card.care is None else list(card.care),
        "fees": [
            {
                "care": price.care,
                "band": price.band,
                "component": price.component,
                "unit": price.unit,
                "min_fen": price.min_fen,
                "max_fen": price.max_fen,
                "voluntary": price.voluntary,
                "valid_from": _day(price.valid_from),
                "valid_to": _day(price.valid_to),
            }
            for price in card.prices
        ],
        "ages": None if card.ages is None else {"from": card.ages[0], "to": card.ages[1]},
        "inclusive": card.inclusive,
        "vacancy": card.vacancy,
        "monthly_cost_fen": None,
        "distance_km": None if card.distance_km is None else round(card.distance_km, 2),
        "updated_on": _day(card.updated_on),
        "source": dict(card.source),
        "not_reported": list(card.unknown),
    }


def _location(card: FacilityCard) -> dict[str, Any] | None:
    if card.precision == "none":
        return None
    lat, lon = card.point if card.point and card.precision == "exact" else (None, None)
    return {"lat": lat, "lon": lon, "precision": card.precision, "datum": "WGS-84"}


def _page(page: FacilityPage) -> dict[str, Any]:
    filing = page.filing
    return {
        **_card(page.card),
        "fields": {
            name: {
                "value": known.value,
                "source": dict(known.source),
                "observed_on": _day(known.observed_on),
                "stale": known.stale,
                "inferred": known.inferred,
            }
            for name, known in sorted(page.fields.items())
            if known
        },
        "filing": None
        if filing is None
        else {
            "name": filing.name,
            "alias": filing.alias,
            "address": filing.address,
            "filed_on": _day(filing.filed_on),
            "snapshot_on": _day(filing.snapshot_on),
            "gone_on": _day(filing.gone_on),
        },
        "branches": [card.id for card in page.branches],
    }
