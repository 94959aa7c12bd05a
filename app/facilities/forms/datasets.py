"""The tables of the open data: their columns, and a facility as rows of them.

Codes are those of the vocabulary, the same in every language; `…_name` columns say them in Chinese. An empty
cell is *not reported*, `none` is *reported as none*. Several values stand in one cell, parted by `|`.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from app.facilities.forms.answers import day
from app.facilities.queries.cards import Known
from app.facilities.queries.changed import Changed
from app.facilities.queries.published import Published

Columns = tuple[tuple[str, str, str], ...]
"""(name, type of Table Schema, what it says) of each column."""
Namer = Callable[[str, str], str]
"""Gives the Chinese words for a code of a group."""
SOURCE = "zh-Hans"

_SAID: Columns = (
    ("source", "string", "Who says so, in Chinese"),
    ("observed_on", "date", "Day on which they said so"),
)
COLUMNS: Mapping[str, Columns] = {
    "facilities": (
        ("id", "string", "Eight characters, never changed"),
        ("name", "string", "Registered name"),
        ("name_ug", "string", "Name in Uyghur"),
        ("name_en", "string", "Name in English"),
        ("aliases", "string", "Other names, parted by |"),
        ("area", "string", "Division code of the county, or of a wider area if no more is known"),
        ("area_name", "string", "Names from the prefecture down, in Chinese, parted by |"),
        ("township", "string", "Division code of the township"),
        ("township_by", "string", "How the township is known: zoning, address, stated"),
        ("kind", "string", "Kind of facility, a code"),
        ("kind_name", "string", "Kind in Chinese"),
        ("kind_inferred", "boolean", "Whether the kind was inferred from the name"),
        ("form", "string", "Legal form, a code"),
        ("form_name", "string", "Legal form in Chinese"),
        ("status", "string", "Filing status, a code"),
        ("status_name", "string", "Filing status in Chinese"),
        ("filing_number", "string", "Filing number"),
        ("filed_on", "date", "Day of filing"),
        ("credit_code", "string", "Unified social credit code, if its check character is right"),
        ("address", "string", "Address"),
        ("lat", "number", "Latitude, WGS-84, of exact locations only"),
        ("lon", "number", "Longitude, WGS-84, of exact locations only"),
        ("precision", "string", "exact, township, or none"),
        ("phone", "string", "Telephone"),
        ("opening", "string", "Opening hours such as 1-5 07:30-18:00; 1 is Monday"),
        ("holidays", "string", "On public holidays: closed, open, on-request"),
        ("inclusive", "boolean", "Whether it is of inclusive price (普惠)"),
        ("demonstration", "boolean", "Whether it is a demonstration facility"),
        ("care_types", "string", "Types of care, codes parted by |"),
        ("age_from", "integer", "Youngest age in whole months"),
        ("age_to", "integer", "End of the oldest age in whole months, exclusive"),
        ("food", "string", "Food, codes parted by |"),
        ("languages", "string", "Languages of carers, codes parted by |"),
        ("needs", "string", "Needs it can meet, codes parted by |"),
        ("indoor_m2", "number", "Indoor area in square metres"),
        ("outdoor_m2", "number", "Outdoor area in square metres"),
        ("vacancy", "boolean", "Whether a class has a place free"),
        ("updated_on", "date", "Day of the newest fact"),
        ("source", "string", "Who said the newest fact, in Chinese"),
        ("fictional", "boolean", "Whether it is made up to show how the site works"),
    ),
    "care": (
        ("facility", "string", "Id of the facility"),
        ("care", "string", "Type of care, a code; none if it reports that it offers none"),
        ("days", "string", "Days of the week, 1 is Monday"),
        ("opens", "string", "Begins at"),
        ("closes", "string", "Ends at"),
        ("min_age", "integer", "Youngest age in whole months"),
        ("max_age", "integer", "End of the oldest age in whole months, exclusive"),
        ("notice_hours", "integer", "Hours ahead that it must be booked"),
        ("note", "string", "Remark in Chinese"),
        *_SAID,
    ),
    "fees": (
        ("facility", "string", "Id of the facility"),
        ("care", "string", "Type of care, a code; * is all"),
        ("band", "string", "Class, a code; * is all"),
        ("component", "string", "What the fee is for, a code"),
        ("unit", "string", "What it is counted by, a code"),
        ("min_fen", "integer", "Amount in fen, or the lower end of a range"),
        ("max_fen", "integer", "Upper end; equal to min_fen unless a range was published"),
        ("voluntary", "boolean", "Whether parents may decline it"),
        ("refund", "string", "Rule of refunds in Chinese"),
        ("valid_from", "date", "First day"),
        ("valid_to", "date", "Last day"),
        ("checked_on", "date", "Day on which the price was checked"),
        *_SAID,
    ),
    "bands": (
        ("facility", "string", "Id of the facility"),
        ("band", "string", "Class, a code"),
        ("places", "integer", "Places"),
        ("vacancies", "integer", "Places free"),
        ("class_size", "integer", "Children in a class"),
        ("children_per_carer", "integer", "Children for each carer"),
        ("as_of", "date", "Day of the numbers"),
        ("said_by", "string", "Who gave the numbers, in Chinese"),
        *_SAID,
    ),
    "history": (
        ("facility", "string", "Id of the facility"),
        ("on", "date", "Day"),
        ("kind", "string", "field, register or status"),
        ("code", "string", "The field, what happened in the register, or the new status"),
        ("before", "string", "What stood before, as JSON; empty if nobody had reported it"),
        ("after", "string", "What stands since, as JSON"),
        ("source", "string", "Who says so, in Chinese"),
    ),
}
"""Every table by name. A column is only ever added, at the end of its table."""


def facility_row(each: Published, name: Namer) -> list[object]:
    """Return the row of a facility in `facilities`."""
    card, value = each.card, {field: known.value for field, known in each.fields.items()}
    point = card.point if card.precision == "exact" else None
    cells: dict[str, object] = {
        **value,
        "id": card.id,
        "name": card.name,
        "name_ug": card.names.get("ug"),
        "name_en": card.names.get("en"),
        "aliases": "|".join(card.aliases),
        "area": card.area,
        "area_name": "|".join(names.get(SOURCE, "") for names in card.area_names),
        "township": card.township,
        "township_by": (value["township"] or {}).get("by"),
        "kind": card.kind,
        "kind_name": name("kind", card.kind),
        "kind_inferred": card.kind_inferred,
        "form": card.form,
        "form_name": name("form", card.form),
        "status": card.status,
        "status_name": name("status", card.status),
        "filed_on": day(card.filed_on),
        "credit_code": card.credit_code,
        "address": card.address,
        "lat": point.lat if point else None,
        "lon": point.lon if point else None,
        "precision": card.precision,
        "care_types": card.care,
        "age_from": card.ages[0] if card.ages else None,
        "age_to": card.ages[1] if card.ages else None,
        "vacancy": card.vacancy,
        "updated_on": day(card.updated_on),
        "source": card.source.get(SOURCE, ""),
        "fictional": card.fictional,
    }
    return [_cell(cells[column]) for column, _type, _words in COLUMNS["facilities"]]


def part_rows(each: Published, part: str) -> Iterator[list[object]]:
    """Yield the rows of a facility in `care`, `fees` or `bands`."""
    known = each.fields[part]
    if known.value == [] and part == "care":
        yield _part(each.card.id, part, {"care": "none"}, known)
    for row in known.value or ():
        words = {"note": (row.get("notes") or {}).get(SOURCE)}
        yield _part(each.card.id, part, {**row, **words}, known)


def _part(facility: str, part: str, row: Mapping[str, Any], known: Known) -> list[object]:
    said = {"source": known.source.get(SOURCE, ""), "observed_on": day(known.observed_on)}
    cells = {**row, "facility": facility, **said}
    return [_cell(cells.get(column)) for column, _type, _words in COLUMNS[part]]


def history_row(facility: str, each: Changed) -> list[object]:
    """Return a change as a row of `history`."""
    before, after = (
        None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)
        for value in (each.before, each.after)
    )
    return [facility, day(each.on), each.kind, each.code, before, after, each.source.get(SOURCE, "")]


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "|".join(value) if value else "none"
    return value


def schema() -> dict[str, Any]:
    """Return the tables as Table Schemas (Frictionless), and how cells are written."""
    return {
        "encoding": "utf-8",
        "delimiter": ",",
        "missing_values": [""],
        "text_escape": "A text that begins with = + - @ or an apostrophe is preceded by one apostrophe.",
        "datum": "WGS-84",
        "tables": {
            name: {
                "fields": [
                    {"name": column, "type": kind, "description": words} for column, kind, words in columns
                ],
                "missingValues": [""],
                "primaryKey": "id" if name == "facilities" else None,
                "foreignKeys": []
                if name == "facilities"
                else [{"fields": "facility", "reference": {"resource": "facilities", "fields": "id"}}],
            }
            for name, columns in COLUMNS.items()
        },
        "jsonl": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "description": "A line is what /api/v1/facilities/{id} answers, without what a question adds.",
            "$ref": "/api/v1/openapi.json#/components/schemas/Facility",
        },
        "geojson": {
            "description": "Features are exact locations; not_located counts the others by precision.",
        },
    }
