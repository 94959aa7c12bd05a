"""Every table and place file of content/ is described by a schema, and is as the schema says."""

import csv
import json
import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from app.areas import rules
from app.areas.loading import caps
from app.areas.loading.calendars import regions
from app.areas.loading.packs import _UNIT_LEVELS
from app.cases.rules.words import REPLY_PARTS
from app.core import workdays
from app.events.rules import vocabulary as meetings
from app.facilities.loading.ledger import profile as ledgers
from app.facilities.loading.ledger.fields import CODES, FIELDS
from app.facilities.loading.listing import RECORD_KINDS, SOURCE_KINDS
from app.facilities.rules import projection, visiting, vocabulary
from app.facilities.rules import register as register_rules
from app.guide.forms.tools.growth import SEXES
from app.guide.loading import leave
from app.guide.rules import gates, growth
from app.guide.rules import vocabulary as texts
from app.guide.rules.checks import CONTENTS
from tests.addresses import CONTENT

FOLDER = CONTENT / "schemas"
PLACE = "places/place"
PROFILE = "profiles/profile"
IMMUNIZATION = "guide/immunization"
FACILITY = "places/facilities/"

VOCABULARIES = {
    "areas/divisions": {
        "level": rules.Level, "kind": rules.AREA_KINDS, "precision": rules.PRECISIONS,
        "status": {"current", "former"},
    },
    "areas/aliases": {"kind": rules.ALIAS_KINDS},
    "calendars/years": {"status": workdays.STATUSES},
    "calendars/days": {"kind": workdays.KINDS},
    "register/filings": {"nature": register_rules.FORMS},
    "places/documents": {"status": rules.DOCUMENT_STATUSES},
    "places/units": {"level": _UNIT_LEVELS, "inbox": {"yes", "inform"}},
    "places/duties": {"audience": rules.AUDIENCES, "confidence": rules.CONFIDENCES},
    "places/territory": {"role": rules.TERRITORY_ROLES, "confidence": rules.CONFIDENCES},
    "places/targets": {
        "indicator": rules.INDICATORS, "unit": rules.UNITS_OF_MEASURE, "comparator": rules.COMPARATORS,
        "confidence": rules.CONFIDENCES,
    },
    "places/caps": {
        "scope": caps.SCOPES, "care": {*vocabulary.Care, "*"}, "band": {*vocabulary.Band, "*"},
        "unit": set(vocabulary.Unit) - {vocabulary.Unit.ONCE}, "of": caps.FIGURES,
        "confidence": rules.CONFIDENCES,
    },
    "places/population": {"confidence": rules.CONFIDENCES},
    "places/routing": {
        "category": {*rules.CATEGORIES, "*"}, "kind": {*vocabulary.Kind, "*"},
        "form": {*vocabulary.Form, "*"}, "severity": {*rules.SEVERITIES, "*"},
        "territory_role": rules.TERRITORY_ROLES,
    },
    "places/staff": {"role": rules.STAFF_ROLES},
    FACILITY + "facilities": {
        "form": vocabulary.Form, "kind": vocabulary.Kind, "status": vocabulary.Status,
        "precision": {"exact", "township", "none"}, "holidays": {"closed", "open", "on-request"},
        "food": {*vocabulary.Food, "none"}, "languages": {*vocabulary.CarerLanguage, "none"},
        "needs": {*vocabulary.Need, "none"}, "care_reported": {"yes"},
    },
    FACILITY + "care": {"care": vocabulary.Care},
    FACILITY + "fees": {
        "care": {*vocabulary.Care, "*"}, "band": {*vocabulary.Band, "*"}, "component": vocabulary.Component,
        "unit": vocabulary.Unit,
    },
    FACILITY + "bands": {"band": vocabulary.Band},
    FACILITY + "history": {"status": vocabulary.Status},
    FACILITY + "records": {"kind": RECORD_KINDS, "type": {"fire", "food", "health"}},
    FACILITY + "dates": {"field": projection.FIELDS},
    FACILITY + "sources": {"kind": SOURCE_KINDS},
}  # fmt: skip
"""Every closed list of a table, and the program's own list that it must equal."""
VOCABULARIES["national/documents"] = VOCABULARIES["places/documents"]
VOCABULARIES["national/routing"] = VOCABULARIES["places/routing"]
VOCABULARIES["national/clocks"] = VOCABULARIES["places/clocks"] = {
    "clock": rules.CLOCKS, "category": {*rules.CATEGORIES, "*"}, "purpose": {*rules.PURPOSES, "*"},
    "severity": {*rules.SEVERITIES, "*"}, "unit": rules.MEASURES, "confidence": rules.CONFIDENCES,
}  # fmt: skip
VOCABULARIES["national/visit"] = {
    "topic": {*visiting.TOPICS, visiting.ASK}, "field": visiting.FIELDS, "kinds": vocabulary.Kind,
    "confidence": visiting.CONFIDENCES,
}  # fmt: skip
VOCABULARIES["national/replies"] = {"category": {*rules.CATEGORIES, "*"}, "part": set(REPLY_PARTS)}
VOCABULARIES["places/events/events"] = {
    "kind": meetings.Kind, "topic": meetings.TOPICS, "status": meetings.Status,
}  # fmt: skip
VOCABULARIES["places/events/experts"] = {"field": meetings.FIELDS}
VOCABULARIES["places/signers"] = {"field": gates.FIELDS}
VOCABULARIES["guide/sources"] = {"status": texts.SOURCE_STATUSES, "read": texts.READINGS}
VOCABULARIES["guide/facts"] = {"unit": texts.UNITS, "confidence": texts.CONFIDENCES}
VOCABULARIES["guide/checks"] = {"contents": CONTENTS}
VOCABULARIES["guide/classes"] = {"band": vocabulary.Band}
VOCABULARIES["guide/growth-china"] = {"sex": SEXES, "indicator": {"weight", "length", "head"}}
VOCABULARIES["guide/growth-who"] = {"sex": SEXES, "indicator": {*growth.Indicator, "weight-for-height"}}
VOCABULARIES["guide/leave"] = {"kind": leave.KINDS, "per": leave.PER, "confidence": texts.CONFIDENCES}
LENT = {"places/documents": "national/documents"}
"""Tables of a pack and those of the nation that its rows may refer to as well."""


@dataclass(frozen=True)
class Line:
    """One row of a table and where it stands."""

    path: Path
    number: int
    cells: dict[str, str]

    @property
    def pack(self) -> str:
        """The place whose pack the row belongs to, or the file of a calendar; ids are known within it."""
        parts = self.path.relative_to(CONTENT).parts
        if parts[0] == "calendars":
            return "/".join(parts)
        return parts[1] if parts[0] == "places" else ""

    def says(self, column: str, sentence: str) -> str:
        return f"{self.path.relative_to(CONTENT)}:{self.number}: {column}: {sentence}"


@cache
def schemas() -> dict[str, dict]:
    """Return every schema by its name, such as `places/units`."""
    return {
        path.relative_to(FOLDER).with_suffix("").as_posix(): json.loads(path.read_text("utf-8"))
        for path in sorted(FOLDER.rglob("*.json"))
    }


TABLES = sorted(name for name, schema in schemas().items() if "fields" in schema)


def files(name: str) -> list[Path]:
    return sorted(path for pattern in schemas()[name]["files"] for path in CONTENT.glob(pattern))


@cache
def lines(name: str) -> tuple[Line, ...]:
    """Return every row of every file that a schema describes."""
    found = []
    for path in files(name):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            found += [Line(path, reader.line_num, row) for row in reader]
    return tuple(found)


def test_every_table_has_one_schema():
    described = [path for name in TABLES for path in files(name)]
    assert sorted(described) == sorted(CONTENT.rglob("*.csv"))


@pytest.mark.parametrize("name", schemas())
def test_a_schema_describes_files_and_every_field(name):
    schema = schemas()[name]
    assert files(name), f"{name} describes no file"
    assert schema["title"]
    assert schema["description"]
    described = schema["fields"] if name in TABLES else schema["properties"].values()
    assert all(field["description"].endswith(".") for field in described)


@pytest.mark.parametrize("name", TABLES)
def test_the_fields_are_the_header(name):
    wanted = [field["name"] for field in schemas()[name]["fields"]]
    for path in files(name):
        with path.open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == wanted, path.relative_to(CONTENT)


@pytest.mark.parametrize("name", TABLES)
def test_closed_lists_are_those_of_the_program(name):
    written = {
        field["name"]: codes
        for field in schemas()[name]["fields"]
        if (codes := (field.get("constraints", {}) | field.get("items", {})).get("enum"))
    }
    known = VOCABULARIES.get(name, {})
    assert set(written) == set(known)
    for column, codes in written.items():
        assert len(codes) == len(set(codes))
        assert set(codes) == {str(code) for code in known[column]}, column


@pytest.mark.parametrize("name", TABLES)
def test_every_row_is_as_the_schema_says(name):
    fields = schemas()[name]["fields"]
    found = [
        line.says(field["name"], sentence)
        for line in lines(name)
        for field in fields
        for sentence in faults(field, line.cells[field["name"]])
    ]
    assert not found, "\n".join(found[:20])


@pytest.mark.parametrize("name", TABLES)
def test_what_names_a_row_names_one_row(name):
    schema = schemas()[name]
    key = schema.get("primaryKey", [])
    keys = [[key] if isinstance(key, str) else key]
    keys += [[field["name"]] for field in schema["fields"] if field.get("constraints", {}).get("unique")]
    for columns in filter(None, keys):
        seen: dict[tuple[str, ...], Line] = {}
        for line in lines(name):
            value = (line.pack, *(line.cells[column] for column in columns))
            first = seen.setdefault(value, line)
            assert first is line, line.says("|".join(columns), f"is that of line {first.number}")


@pytest.mark.parametrize("name", TABLES)
def test_what_a_row_points_to_is_there(name):
    schema = schemas()[name]
    delimiters = {field["name"]: field.get("delimiter") for field in schema["fields"]}
    found = []
    for key in schema.get("foreignKeys", []):
        (column,), (target,) = key["fields"], key["reference"]["fields"]
        resource = key["reference"]["resource"] or name
        known = {(line.pack, line.cells[target]) for line in lines(resource)}
        lent = {line.cells[target] for line in lines(LENT[resource])} if resource in LENT else set()
        for line in lines(name):
            pack = line.pack if resource.startswith("places/") else ""
            found += [
                line.says(column, f"“{value}” is not in {resource}")
                for value in values(line.cells[column], delimiters[column])
                if (pack, value) not in known and value not in lent
            ]
    assert not found, "\n".join(found[:20])


@pytest.mark.parametrize("path", files(PLACE), ids=lambda path: path.parent.name)
def test_every_place_is_as_the_schema_says(path):
    place = tomllib.loads(path.read_text("utf-8"))
    found = [error.message for error in Draft202012Validator(schemas()[PLACE]).iter_errors(place)]
    assert not found
    assert place["area"] == path.parent.name
    assert place["calendar"] in regions(CONTENT)


@pytest.mark.parametrize("path", files(PROFILE), ids=lambda path: path.stem)
def test_every_profile_is_as_the_schema_says(path):
    profile = json.loads(json.dumps(tomllib.loads(path.read_text("utf-8")), default=str))
    found = [error.message for error in Draft202012Validator(schemas()[PROFILE]).iter_errors(profile)]
    assert not found
    assert profile.get("column") or path.stem == ledgers.WORDS


def test_the_vaccine_schedule_is_as_the_schema_says():
    Draft202012Validator.check_schema(schemas()[IMMUNIZATION])
    read = yaml.safe_load((CONTENT / "guide" / "immunization.yaml").read_text("utf-8"))
    schedule = json.loads(json.dumps(read, default=str))
    found = Draft202012Validator(schemas()[IMMUNIZATION]).iter_errors(schedule)
    assert not [error.message for error in found]


def test_closed_lists_of_a_profile_are_those_of_the_program():
    Draft202012Validator.check_schema(schemas()[PROFILE])
    column = schemas()[PROFILE]["properties"]["column"]["items"]["properties"]
    assert set(column["field"]["enum"]) == set(FIELDS)
    assert set(column["care"]["enum"]) == CODES["fee.care"]
    assert set(column["band"]["enum"]) == CODES["fee.band"]
    assert set(column["component"]["enum"]) == CODES["fee.component"]
    assert set(column["unit"]["enum"]) == CODES["fee.unit"]


def test_closed_lists_of_a_place_are_those_of_the_program():
    Draft202012Validator.check_schema(schemas()[PLACE])
    properties = schemas()[PLACE]["properties"]
    assert set(properties["territory_role"]["enum"]) == rules.TERRITORY_ROLES


@pytest.mark.parametrize(
    ("name", "column", "cell"),
    [
        ("areas/divisions", "code", "330600"),
        ("areas/divisions", "lat", "120.2"),
        ("places/duties", "confidence", ""),
        ("places/duties", "order", "first"),
        ("places/facilities/facilities", "inclusive", "true"),
        ("places/facilities/facilities", "food", "halal|sweets"),
        ("places/facilities/facilities", "opening", "Mo-Fr 8-18"),
        ("places/facilities/fees", "amount_min", "12OO"),
        ("national/hotlines", "verified", "22.11.2026"),
        ("calendars/days", "kind", "holiday"),
        ("calendars/years", "region", "65"),
        ("places/routing", "co", "health"),
        ("places/routing", "severity", "E1"),
        ("places/routing", "basis", "plan:第二条"),
        ("places/routing", "basis", "plan::a"),
    ],
)
def test_a_wrong_cell_is_seen(name, column, cell):
    field = next(each for each in schemas()[name]["fields"] if each["name"] == column)
    assert list(faults(field, cell))


def values(cell: str, delimiter: str | None) -> list[str]:
    return [part for part in (cell.split(delimiter) if delimiter else [cell]) if part]


def faults(field: dict, cell: str) -> list[str]:
    """Return what is wrong with a cell, as sentences; every type and constraint that the schemas use."""
    limits = field.get("constraints", {})
    unknown = set(limits) - {"required", "unique", "enum", "pattern", "minimum", "maximum"}
    assert not unknown, f"No test knows {unknown}"
    if not cell:
        return ["the cell is empty"] if limits.get("required") else []
    if field["type"] == "list":
        items = cell.split(field["delimiter"])
        return [sentence for item in items for sentence in within(field.get("items", {}), item)]
    try:
        value = READERS[field["type"]](field, cell)
    except (ValueError, InvalidOperation):
        return [f"“{cell}” is not of type {field['type']}"]
    found = within(limits, cell)
    if "minimum" in limits and value < limits["minimum"]:
        found.append(f"{cell} is below {limits['minimum']}")
    if "maximum" in limits and value > limits["maximum"]:
        found.append(f"{cell} is above {limits['maximum']}")
    return found


def within(limits: dict, text: str) -> list[str]:
    if "enum" in limits and text not in limits["enum"]:
        return [f"“{text}” is none of the codes"]
    if "pattern" in limits and not re.fullmatch(limits["pattern"], text):
        return [f"“{text}” has another shape"]
    return [] if text and text == text.strip() else [f"“{text}” is empty or has spaces around it"]


def truth(field: dict, cell: str) -> bool:
    if cell not in {*field["trueValues"], *field["falseValues"]}:
        raise ValueError(cell)
    return cell in field["trueValues"]


def finite(_field: dict, cell: str) -> Decimal:
    if not (number := Decimal(cell)).is_finite():
        raise ValueError(cell)
    return number


READERS = {
    "string": lambda _field, cell: cell,
    "integer": lambda _field, cell: int(cell),
    "number": finite,
    "boolean": truth,
    "date": lambda _field, cell: date.fromisoformat(cell),
    "datetime": lambda field, cell: datetime.strptime(cell, field["format"]),  # noqa: DTZ007 - China time, as filed
}
