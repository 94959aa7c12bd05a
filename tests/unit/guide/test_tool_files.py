"""A broken data file of a tool is refused with its file and line; nothing of it is used."""

import shutil

import pytest

from app.core.faults import FaultyFiles
from app.guide.loading.schedules import load_schedule
from app.guide.loading.tools import load_checks, load_classes, load_signs, load_who
from tests.addresses import CONTENT


@pytest.fixture
def content(tmp_path):
    shutil.copytree(CONTENT / "guide", tmp_path / "guide")
    return tmp_path


def break_file(content, name: str, old: str, new: str) -> None:
    path = content / "guide" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("load", "name", "old", "new", "sentence"),
    [
        (load_schedule, "immunization.yaml", "schema: 1", "schema: [1", "cannot be read as YAML"),
        (load_schedule, "immunization.yaml", "sequence: 3", "sequense: 3", "“'sequence'” is missing"),
        (load_schedule, "immunization.yaml", "- id: hepb\n", "- name: hepb\n", "“'id'” is missing"),
        (
            load_schedule,
            "immunization.yaml",
            "effective: 2025-01-01",
            "effective: 2020-01-01",
            "follow one another",
        ),
        (load_checks, "checks.csv", "hepb|", "hebp|", "is not one of"),
        (load_checks, "checks.csv", "check-3,3,", "check-3,three,", "is not a number"),
        (load_signs, "signs.csv", "s3-head,3,", "s3-head,4,", "Each age has four signs."),
        (load_classes, "classes.csv", "infant,6,12,10", "infant,6,12,ten", "is not a number"),
        (load_who, "growth/who.csv", "boy,weight,0,", "boy,wait,0,", "is not one of"),
    ],
)
def test_a_broken_file_is_refused(content, load, name, old, new, sentence):
    break_file(content, name, old, new)
    with pytest.raises(FaultyFiles) as caught:
        load(content)
    assert sentence in str(caught.value)
    assert name in str(caught.value)


def test_a_file_that_is_gone_is_named(content):
    (content / "guide" / "immunization.yaml").unlink()
    with pytest.raises(FaultyFiles, match=r"immunization\.yaml"):
        load_schedule(content)
