"""The OpenAPI contract of `/api/v1`, written from the closed lists of codes."""

from enum import StrEnum
from typing import Any

from app.facilities.forms.openapi_cost import COST, FEE, PATTERN_PARAMETERS
from app.facilities.rules.criteria import MAX_RADIUS_KM, PAGE_SIZE, Sort
from app.facilities.rules.near import DECIMALS
from app.facilities.rules.slots import Said
from app.facilities.rules.vocabulary import (
    MAX_AGE,
    Band,
    Care,
    CarerLanguage,
    Food,
    Form,
    Kind,
    Need,
    Status,
    Unit,
)

Schema = dict[str, Any]


def _codes(kind: type[StrEnum], *more: str) -> Schema:
    return {"type": "string", "enum": [*(value.value for value in kind), *more]}


def _parameter(name: str, schema: Schema, text: str) -> Schema:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": text}


def _several(name: str, kind: type[StrEnum], text: str) -> Schema:
    found = _parameter(name, {"type": "array", "items": _codes(kind)}, text)
    return {**found, "style": "form", "explode": True}


def _or_null(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


_TEXT: Schema = {"type": "string"}
_DAY: Schema = {"type": ["string", "null"], "format": "date"}
_CLOCK: Schema = {"type": "string", "pattern": r"^([01]?\d|2[0-4]):[0-5]\d$"}
_NAMES: Schema = {"type": "object", "additionalProperties": {"type": "string"}}
_COUNTS: Schema = {"type": "object", "additionalProperties": {"type": "integer"}}
_ANY = "Any of the values."
_ALL = "All of the values."
_FLAG: Schema = {"type": "string", "enum": ["1", "0"]}

_CHILD = [
    _parameter(
        "age", {"type": "integer", "minimum": 0, "maximum": MAX_AGE}, "Whole months on the start month."
    ),
    _parameter(
        "start",
        {"type": "string", "pattern": r"^\d{4}-\d{2}$"},
        "Month care would start: this one or later, at most five years ahead.",
    ),
]
PARAMETERS = [
    _parameter("q", _TEXT, "Words: Chinese, pinyin, initials, other names, Uyghur, English, a credit code."),
    _parameter("area", {"type": "string", "pattern": r"^\d{2,12}$"}, "Division code; longer forms redirect."),
    _several("care", Care, _ANY),
    _several("kind", Kind, _ANY),
    _several("form", Form, _ANY),
    _several("status", Status, _ANY),
    _parameter("inclusive", _FLAG, "Inclusive price (普惠)."),
    *_CHILD,
    _parameter(
        "max_price", {"type": "number", "minimum": 0}, "Yuan; a published care fee of a chosen care type."
    ),
    _parameter("price_unit", _codes(Unit), "Unit of max_price; never converted. Default month."),
    *PATTERN_PARAMETERS,
    _parameter(
        "max_cost", {"type": "number", "minimum": 0}, "Yuan a month; the computed cost of the pattern."
    ),
    _parameter("open_from", _CLOCK, "Open at this time or earlier."),
    _parameter("open_until", _CLOCK, "Open until this time or later."),
    _parameter(
        "open_days", {"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 7}}, _ALL
    ),
    _several("food", Food, _ALL),
    _several("language", CarerLanguage, _ANY),
    _several("needs", Need, _ALL),
    _parameter("vacancy", _FLAG, "A place free, for the age if one is given."),
    _parameter(
        "near",
        _TEXT,
        f"latitude,longitude (WGS-84), area:… or facility:…. A position is rounded to {DECIMALS} decimals, "
        "about 100 metres, before anything is measured; it is neither stored nor logged. Send it rounded.",
    ),
    _parameter("near2", _TEXT, "A second place; near is what lies within the radius of one of them."),
    _parameter("near3", _TEXT, "A third place."),
    _parameter("radius", {"type": "number", "exclusiveMinimum": 0, "maximum": MAX_RADIUS_KM}, "Kilometres."),
    _parameter("unknown", {"type": "string", "enum": ["show", "hide"]}, "Append places that lack one value."),
    _parameter("similar", _FLAG, "Look for similar names even where there are enough exact matches."),
    _parameter("sort", _codes(Sort), "Order; ends in name and id. By name: filed ones first."),
    _parameter("page", {"type": "integer", "minimum": 1}, f"Pages of {PAGE_SIZE}."),
]

_MOMENT: Schema = {"type": "string", "format": "date-time"}
_SLOT: Schema = {
    "type": "object",
    "properties": {
        "on": {"type": "string", "format": "date"},
        "band": _codes(Band, "*"),
        "places": {"type": "integer"},
        "opens": {"type": ["string", "null"], "description": "Like 08:30; null: as usual."},
        "closes": {"type": ["string", "null"]},
        "said_by": _codes(Said),
        "confirmed_at": _MOMENT,
        "expires_at": _MOMENT,
    },
}

_FACILITY: Schema = {
    "type": "object",
    "description": "null is everywhere: not reported.",
    "required": ["id", "name", "area", "kind", "form", "status", "updated_on", "source"],
    "properties": {
        "id": {"type": "string", "pattern": "^[0-9A-HJKMNP-TV-Z]{8}$"},
        "name": _TEXT,
        "names": _NAMES,
        "aliases": {"type": "array", "items": _TEXT},
        "area": _TEXT,
        "township": _or_null(_TEXT),
        "kind": _codes(Kind),
        "kind_inferred": {"type": "boolean"},
        "form": _codes(Form),
        "status": _codes(Status),
        "filed_on": _DAY,
        "credit_code": _or_null(_TEXT),
        "address": _or_null(_TEXT),
        "location": {
            "type": ["object", "null"],
            "properties": {
                "lat": {"type": ["number", "null"]},
                "lon": {"type": ["number", "null"]},
                "precision": {"type": "string", "enum": ["exact", "township"]},
                "datum": {"type": "string", "const": "WGS-84"},
            },
        },
        "care_types": {"type": ["array", "null"], "items": _codes(Care)},
        "fees": {"type": "array", "items": FEE},
        "ages": {
            "type": ["object", "null"],
            "description": "Completed months; `to` is exclusive.",
            "properties": {"from": {"type": "integer"}, "to": {"type": "integer"}},
        },
        "inclusive": {"type": ["boolean", "null"]},
        "vacancy": {"type": ["boolean", "null"]},
        "vacancies_on": {**_DAY, "description": "Day of what `vacancy` says."},
        "opens_on": {**_DAY, "description": "Later day on which it opens; takes no children before."},
        "slots": {"type": "array", "items": _SLOT, "description": "Places free on a day; each expires."},
        **COST,
        "distance_km": {"type": ["number", "null"]},
        "distances_km": {"type": ["array", "null"], "items": {"type": "number"}},
        "updated_on": _DAY,
        "source": _NAMES,
        "not_reported": {"type": "array", "items": _TEXT},
    },
}

_ERROR: Schema = {
    "type": "object",
    "properties": {
        "error": {
            "type": "object",
            "properties": {"code": {"type": "integer"}, "message": _TEXT, "fields": _NAMES},
        }
    },
}

_RESULTS: Schema = {
    "type": "object",
    "required": ["count", "results", "similar", "facets", "not_reported", "page", "pages"],
    "properties": {
        "count": {"type": "integer", "description": "Exact matches only; `similar` is never counted in."},
        "results": {"type": "array", "items": {"$ref": "#/components/schemas/Facility"}},
        "similar": {
            "type": "array",
            "items": {"$ref": "#/components/schemas/Facility"},
            "maxItems": 10,
            "description": "Names that differ by a slip or sound alike; on the first page, with few matches.",
        },
        "similar_count": {"type": "integer", "maximum": 1000},
        "meant": {"type": "array", "items": _TEXT, "description": "Words that were probably meant."},
        "facets": {
            "type": "object",
            "additionalProperties": _COUNTS,
            "description": "For each filter, how many facilities each value would find if chosen alone, "
            "all other filters kept. A care type is counted with its own price and monthly cost.",
        },
        "not_reported": _COUNTS,
        "page": {"type": "integer"},
        "pages": {"type": "integer"},
    },
}


def _answer(text: str, schema: Schema) -> Schema:
    return {"description": text, "content": {"application/json": {"schema": schema}}}


def _responses(schema: Schema) -> Schema:
    error = {"$ref": "#/components/schemas/Error"}
    return {
        "200": _answer("The answer.", schema),
        "400": _answer("The question cannot be answered; each field says why.", error),
        "404": _answer("There is no such thing.", error),
    }


def _path_parameter(name: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": _TEXT}


def document(prefix: str) -> Schema:
    """Return the OpenAPI 3.1 document; `prefix` is the path the site is mounted under."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tuoyu open API",
            "version": "1",
            "description": "Filed childcare for under-threes.",
        },
        "servers": [{"url": f"{prefix}/api/v1"}],
        "paths": {
            "/facilities": {
                "get": {
                    "operationId": "findFacilities",
                    "summary": "Find facilities.",
                    "parameters": PARAMETERS,
                    "responses": _responses(_RESULTS),
                }
            },
            "/facilities/{id}": {
                "get": {
                    "operationId": "getFacility",
                    "summary": "One facility, every field with its source and day.",
                    "parameters": [_path_parameter("id"), *PATTERN_PARAMETERS, *_CHILD],
                    "responses": _responses({"$ref": "#/components/schemas/Facility"}),
                }
            },
            "/areas/{code}": {
                "get": {
                    "operationId": "getArea",
                    "summary": "An area and the areas directly below it.",
                    "parameters": [_path_parameter("code")],
                    "responses": _responses({"type": "object"}),
                }
            },
        },
        "components": {"schemas": {"Facility": _FACILITY, "Error": _ERROR}},
    }
