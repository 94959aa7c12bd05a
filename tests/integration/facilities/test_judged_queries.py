"""The judged queries of `tests/golden/search`: each class keeps the success it has reached."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from sqlalchemy import select

from app.extensions import db
from app.facilities import index
from app.facilities.model import Facility
from app.facilities.queries.similar import FEW

TABLE = Path(__file__).parents[2] / "golden" / "search" / "queries.csv"
CLASSES = {
    *("exact-name", "part", "alias", "pinyin", "spaced-pinyin", "mixed-pinyin", "initials", "tones"),
    *("typo", "homophone", "traditional", "full-width", "number", "uyghur", "english", "area-word"),
}
FUZZY = {"typo", "homophone"}
FIRST = 5


@pytest.fixture(scope="module")
def judged():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_enough_of_every_class_and_they_name_real_facilities(app, judged):
    with app.app_context():
        known = set(db.session.scalars(select(Facility.id)))
    sizes = defaultdict(int)
    for row in judged:
        sizes[row["class"]] += 1
        assert set(row["expected"].split("|")) <= known, row["query"]
    assert set(sizes) == CLASSES
    assert min(sizes.values()) >= 9
    assert len({row["query"] for row in judged}) == len(judged) >= 200


def test_every_class_keeps_its_success_at_five(app, judged):
    found = defaultdict(list)
    with app.app_context():
        for row in judged:
            exact = index.search(row["query"]).ids
            seen = exact if len(exact) >= FEW else (*exact, *index.similar(row["query"]).ids)
            found[row["class"]].append(bool(set(seen[:FIRST]) & set(row["expected"].split("|"))))
    floors = {each: 0.9 if each in FUZZY else 1.0 for each in CLASSES}
    success = {each: sum(hits) / len(hits) for each, hits in found.items()}
    assert {each: value for each, value in success.items() if value < floors[each]} == {}


def test_what_a_rule_made_without_a_slip_matches_exactly(app, judged):
    with app.app_context():
        for row in judged:
            if row["made"] == "rule" and row["class"] not in FUZZY:
                wanted = set(row["expected"].split("|"))
                assert wanted & set(index.search(row["query"]).ids), row["query"]
