"""Open data: what the pages of facilities say, as files that anybody may keep. Streamed, cacheable."""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, make_response, redirect, render_template, url_for
from flask import stream_with_context as streamed
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from app.areas import queries as areas
from app.areas.rules import normalise
from app.core import clock, headers
from app.core.errors import WrongQuestion
from app.core.files import csv_lines
from app.core.pages import language, public_address
from app.facilities.forms import datasets
from app.facilities.forms.answers import card_json, facts_json
from app.facilities.forms.datasets import COLUMNS
from app.facilities.forms.labels import LABELS
from app.facilities.loading.shipped import RegisterFacts, register_facts
from app.facilities.public.entry import bp as pages
from app.facilities.queries import pages as reads
from app.facilities.queries.published import Published, published, published_changes
from app.facilities.queries.search import facility_counts

bp = Blueprint("open_data", __name__, url_prefix="/data")
_KEPT = 3600
_PIECE = 32 * 1024
_SHORTEST = 4
"""Digits of the widest area that is one file: a prefecture. A province is its prefectures."""
ASKED = ("monthly_cost_fen", "distance_km", "not_reported", "slots")
"""What an answer of the API says of a question or of this hour, not of a facility."""
FORMATS = (*((name, "csv") for name in COLUMNS), ("facilities", "jsonl"), ("facilities", "geojson"))


@pages.get("/data")
def data() -> ResponseReturnValue:
    """Show which files there are, of what day, and under which terms."""
    places = areas.places()
    page = render_template(
        "facilities/data.html",
        places=places,
        counts=facility_counts(place.area for place in places),
        formats=FORMATS,
        register=_register(),
        snapshot_on=reads.newest_snapshot(),
        updated_on=reads.newest_fact(),
    )
    return headers.public(make_response(page))


@bp.get("/")
def root() -> ResponseReturnValue:
    """Lead to the page that lists the files, in the reader's language."""
    response = make_response(redirect(url_for("facilities.data", lang=language()), 302))
    response.vary.add("Accept-Language")
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/schema.json")
def schema() -> Response:
    """Return what the columns of every table mean."""
    return headers.public(make_response(jsonify(datasets.schema())), _KEPT)


@bp.get("/datapackage.json")
def package() -> Response:
    """Return the list of files as a data package (Frictionless)."""
    register, updated = _register(), reads.newest_fact()
    body = {
        "name": "childcare-facilities",
        "title": "Filed childcare facilities for children under three",
        "licences": [{"name": "facts-of-a-public-notice", "title": dict(register.licence)}],
        "sources": [{"title": dict(register.names), "path": register.url}],
        "register_as_of": register.taken_on.isoformat(),
        "updated_on": updated.isoformat() if updated else None,
        "schema": public_address("open_data.schema"),
        "resources": [
            {
                "name": f"{name}-{place.area}-{form}",
                "area": place.area,
                "area_names": dict(place.names),
                "fictional": place.fictional,
                "format": form,
                "path": _address(place.area, name, form),
            }
            for place in areas.places()
            for name, form in FORMATS
        ],
    }
    return headers.public(make_response(jsonify(body)), _KEPT)


@bp.get("/<area>/<any(facilities,care,fees,bands,history):name>.csv")
def table(area: str, name: str) -> ResponseReturnValue:
    """Return a table of an area, one row a line."""
    if (moved := _moved(area, "open_data.table", name=name)) is not None:
        return moved
    header = [column for column, _type, _words in COLUMNS[name]]
    return _file(csv_lines(chain([header], _rows(area, name))), "text/csv", area, f"{name}.csv")


@bp.get("/<area>/facilities.jsonl")
def lines(area: str) -> ResponseReturnValue:
    """Return the facilities of an area with all their fields, one JSON object a line."""
    if (moved := _moved(area, "open_data.lines")) is not None:
        return moved
    said = (_line(_whole(each)) for each in published(area, clock.today()))
    return _file(said, "application/x-ndjson", area, "facilities.jsonl")


@bp.get("/<area>/facilities.geojson")
def geojson(area: str) -> ResponseReturnValue:
    """Return the exactly located facilities of an area; the others are counted."""
    if (moved := _moved(area, "open_data.geojson")) is not None:
        return moved
    return _file(_features(area), "application/geo+json", area, "facilities.geojson")


def _rows(area: str, name: str) -> Iterator[list[object]]:
    if name == "history":
        for facility, changes in published_changes(area):
            yield from (datasets.history_row(facility, each) for each in changes)
        return
    say = _chinese()
    for each in published(area, clock.today()):
        if name == "facilities":
            yield datasets.facility_row(each, say)
        else:
            yield from datasets.part_rows(each, name)


def _chinese() -> Callable[[str, str], str]:
    """Return what gives the Chinese words for a code."""
    with force_locale(datasets.SOURCE.replace("-", "_")):
        words = {
            group: {code: str(text) for code, text in LABELS[group].items()}
            for group in ("kind", "form", "status")
        }
    return lambda group, code: words[group].get(code, "")


def _whole(each: Published) -> dict[str, object]:
    card = {key: value for key, value in card_json(each.card).items() if key not in ASKED}
    return {**card, **facts_json(each.fields, each.filing), "fictional": each.card.fictional}


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def _features(area: str) -> Iterator[str]:
    counts = {"township": 0, "none": 0}
    yield '{"type":"FeatureCollection","features":[\n'
    comma = ""
    for each in published(area, clock.today()):
        card = each.card
        if card.precision != "exact" or card.point is None:
            counts[card.precision if card.precision in counts else "none"] += 1
            continue
        facts = card_json(card)
        kept = ("name", "names", "area", "township", "kind", "form", "status", "address", "care_types")
        feature = {
            "type": "Feature",
            "id": card.id,
            "geometry": {"type": "Point", "coordinates": [card.point.lon, card.point.lat]},
            "properties": {**{name: facts[name] for name in kept}, "fictional": card.fictional},
        }
        yield comma + _line(feature)
        comma = ","
    yield f'],"not_located":{json.dumps(counts)}}}\n'


def _moved(area: str, endpoint: str, **values: Any) -> ResponseReturnValue | None:
    """Redirect a longer form of a code. Raises `WrongQuestion` for an area that is no file of its own."""
    code = normalise(area)
    if code is None or len(code) < _SHORTEST or areas.area(code) is None:
        raise WrongQuestion([], status=404, way_on=url_for("facilities.data"))
    return redirect(url_for(endpoint, area=code, **values), 301) if code != area else None


def _file(text: Iterable[str], mimetype: str, area: str, name: str) -> Response:
    place = areas.place_of(area)
    marked = "fictional-" if place and place.fictional else ""
    response = Response(streamed(_pieces(text)), mimetype=mimetype)
    response.headers["Content-Type"] = f"{mimetype}; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{marked}{area}-{name}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return headers.public(response, _KEPT)


def _pieces(lines: Iterable[str]) -> Iterator[bytes]:
    """Yield text in pieces worth sending."""
    held: list[str] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= _PIECE:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()


def _register() -> RegisterFacts:
    return register_facts(current_app.extensions["settings"].content / "register")


def _address(area: str, name: str, form: str) -> str:
    if form == "csv":
        return public_address("open_data.table", area=area, name=name)
    return public_address({"jsonl": "open_data.lines", "geojson": "open_data.geojson"}[form], area=area)
