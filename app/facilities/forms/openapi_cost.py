"""The part of the OpenAPI contract that is about a monthly cost."""

from typing import Any

from app.facilities.rules.pattern import MOST_DAYS
from app.facilities.rules.vocabulary import Band, Care, Component, Extra, Unit

Schema = dict[str, Any]

_FLAG: Schema = {"type": "string", "enum": ["1", "0"]}
_FEN: Schema = {"type": "integer"}
_FEN_OR_NULL: Schema = {"type": ["integer", "null"]}
_CARE: Schema = {"type": "string", "enum": [care.value for care in Care]}
_COMPONENT: Schema = {"type": "string", "enum": [component.value for component in Component]}


def _parameter(name: str, schema: Schema, text: str) -> Schema:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": text}


PATTERN_PARAMETERS = [
    _parameter(
        "days", {"type": "integer", "minimum": 1, "maximum": MOST_DAYS}, "Days a week of the pattern."
    ),
    _parameter(
        "hours",
        {"type": "number", "minimum": 0.5, "maximum": 24, "multipleOf": 0.5},
        "Hours a day of the pattern; needed with days.",
    ),
    _parameter("meals", _FLAG, "Count meals."),
    _parameter(
        "extra",
        {"type": "array", "items": {"type": "string", "enum": [extra.value for extra in Extra]}},
        "Count these voluntary items.",
    )
    | {"style": "form", "explode": True},
    _parameter("spread", _FLAG, "Count what is paid once as a twelfth a month."),
]

_DAY: Schema = {"type": ["string", "null"], "format": "date"}

FEE: Schema = {
    "type": "object",
    "properties": {
        "care": {"type": "string", "enum": [*(care.value for care in Care), "*"]},
        "band": {"type": "string", "enum": [*(band.value for band in Band), "*"]},
        "component": _COMPONENT,
        "unit": {"type": "string", "enum": [unit.value for unit in Unit]},
        "min_fen": _FEN,
        "max_fen": _FEN,
        "voluntary": {"type": "boolean"},
        "valid_from": _DAY,
        "valid_to": _DAY,
    },
}

_LINE: Schema = {
    "type": "object",
    "description": "prices_fen × times ÷ divided_by, lowest and highest price.",
    "properties": {
        "component": _COMPONENT,
        "unit": {"type": "string", "enum": [unit.value for unit in Unit]},
        "prices_fen": {"type": "array", "items": {"type": "array", "items": _FEN}},
        "times": {"type": "integer"},
        "divided_by": {"type": "integer"},
        "low_fen": _FEN,
        "high_fen": _FEN,
        "voluntary": {"type": "boolean"},
        "fees": {
            "type": "array",
            "items": FEE,
            "minItems": 1,
            "description": "The published prices the line was reckoned from; `*` is: for all.",
        },
    },
}
_LINES: Schema = {"type": "array", "items": _LINE}
_QUOTE: Schema = {
    "type": "object",
    "required": ["care", "low_fen", "high_fen", "complete", "missing", "lines"],
    "properties": {
        "care": _CARE,
        "low_fen": _FEN_OR_NULL,
        "high_fen": _FEN_OR_NULL,
        "complete": {"type": "boolean", "description": "false: the amounts are at least; see missing."},
        "missing": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "reason": {"type": "string", "enum": ["not-reported", "term-length", "session-length"]},
                    "component": _COMPONENT,
                    "min_fen": {**_FEN_OR_NULL, "description": "Of a term, whose length is not reported."},
                    "max_fen": _FEN_OR_NULL,
                },
            },
        },
        "assumed": {"type": "array", "items": {"type": "string", "enum": ["days", "hours"]}},
        "lines": _LINES,
        "once": _LINES,
        "apart": _LINES,
        "instead": {**_LINES, "description": "Other ways to pay for the care."},
    },
}

COST: Schema = {
    "monthly_cost_fen": {
        "type": ["integer", "null"],
        "description": "The lowest cost of the pattern in a month, if every part of it is known.",
    },
    "monthly_cost": {
        "type": ["object", "null"],
        "description": "What the pattern costs; null if none was asked.",
        "properties": {
            "best": {**_QUOTE, "type": ["object", "null"]},
            "care_types": {"type": "array", "items": _QUOTE},
            "not_fitting": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "care": _CARE,
                        "reason": {"type": "string", "enum": ["age", "days", "hours"]},
                        "reported": {"type": "boolean"},
                    },
                },
            },
        },
    },
}
