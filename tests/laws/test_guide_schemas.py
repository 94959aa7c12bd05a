"""Front matter of guidance is as its schema says, and the schema as the program."""

import json

import pytest
import yaml
from catalogue_rules import UYGHUR_PUNCTUATION, UYGHUR_WRONG
from jsonschema import Draft202012Validator

from app.areas.rules import CATEGORIES
from app.core import letters
from app.guide.loading import sources, translations
from app.guide.rules import vocabulary
from tests.addresses import CONTENT

FOLDER = CONTENT / "schemas" / "guide"
SCHEMAS = {name: json.loads((FOLDER / f"{name}.json").read_text("utf-8")) for name in ("text", "translation")}
FILES = [
    (name, path) for name in SCHEMAS for pattern in SCHEMAS[name]["files"] for path in CONTENT.glob(pattern)
]


@pytest.mark.parametrize(("name", "path"), FILES, ids=lambda each: getattr(each, "stem", each))
def test_front_matter_is_as_its_schema_says(name, path):
    front = yaml.safe_load(path.read_text("utf-8").split("---\n")[1])
    fields = json.loads(json.dumps(front, default=str))
    found = [error.message for error in Draft202012Validator(SCHEMAS[name]).iter_errors(fields)]
    assert not found, "\n".join(found)


def test_fields_and_closed_lists_are_those_of_the_program():
    text, translation = SCHEMAS["text"]["properties"], SCHEMAS["translation"]["properties"]
    assert set(text) == set(sources.FIELDS)
    assert set(SCHEMAS["text"]["required"]) == set(sources.NEEDED)
    assert set(translation) == set(translations.FIELDS)
    assert set(text["kind"]["enum"]) == vocabulary.KINDS
    assert set(text["risk"]["enum"]) == vocabulary.RISKS
    assert set(text["audience"]["items"]["enum"]) == vocabulary.AUDIENCES
    assert set(text["category"]["enum"]) == set(CATEGORIES)
    assert set(text["tool"]["enum"]) == vocabulary.TOOLS
    assert set(text["change"]["enum"]) == vocabulary.CHANGES
    assert set(text["made_by"]["enum"]) == set(translation["made_by"]["enum"]) == vocabulary.MAKERS


def test_the_wrong_letters_of_catalogues_are_those_of_texts():
    assert letters.UYGHUR_WRONG == UYGHUR_WRONG
    assert letters.UYGHUR_PUNCTUATION == UYGHUR_PUNCTUATION
