"""A place is data: no name and no telephone number of a place stands in the program."""

import ast
import re
from pathlib import Path

import pytest

from tests import addresses
from tests.addresses import CONTENT, rows
from tests.sites import ROOT

PROGRAM = sorted(
    path
    for pattern in ("*.py", "*.html", "*.js", "*.css", "*.svg", "*.txt", "*.xml")
    for path in (ROOT / "app").rglob(pattern)
    if "search/data" not in path.as_posix()
)
EMERGENCY = {"app/templates/components/numbers.html": {"110", "120", "12345"}}
"""The one place where national emergency numbers may stand: a page without a database shows them too."""
SHORTEST = 3
"""Shorter Chinese names are also ordinary words."""


def place_words() -> set[str]:
    """Return every name of the places, of what they lie in and of what lies in them."""
    found = {name for names in addresses.place_names().values() for name in names.values()}
    codes = addresses.place_codes()
    files = ["areas/divisions.csv", "areas/demo.csv", *(f"areas/townships/{each.name}" for each in towns())]
    for path in files:
        for row in rows(path):
            if row["kind"] == "direct":
                continue  # a grouping unit of the statistics, whose name is a common noun
            if any(row["code"].startswith(code) or code.startswith(row["code"]) for code in codes):
                found |= {row["name"], row["name_ug"], row["name_en"]}
    return {name for name in found if len(name) >= SHORTEST}


def towns():
    return sorted((CONTENT / "areas" / "townships").glob("*.csv"))


def numbers() -> set[str]:
    files = [CONTENT / "national" / "hotlines.csv", *sorted(CONTENT.glob("places/*/hotlines.csv"))]
    return {row["number"] for path in files for row in rows(path.relative_to(CONTENT).as_posix())}


@pytest.fixture(scope="module")
def words():
    found = place_words()
    assert len(found) > 100
    return found


def test_no_place_is_named_in_the_program(words):
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in PROGRAM
        for text in [path.read_text("utf-8")]
        for word in words
        if word in text
    ]
    assert not found, f"Move these into content/: {found}"


def test_no_telephone_number_stands_in_the_program():
    known = numbers()
    assert {"110", "120"} <= known
    found = []
    for path in PROGRAM:
        name = path.relative_to(ROOT).as_posix()
        here = known - EMERGENCY.get(name, set())
        any_length = "|".join(re.escape(number) for number in sorted(here))
        long = "|".join(re.escape(number) for number in sorted(here) if len(number) >= 5)
        patterns = [rf"(?<![\w.#-])(?:{long})(?![\w.-])", rf"tel:\+?(?:{any_length})\b"]
        if path.suffix == ".html":
            patterns.append(rf">[^<{{]*(?<![\d.])(?:{any_length})(?![\d.])[^<{{]*<")
        text = path.read_text("utf-8")
        found += [f"{name}: {hit[0]}" for pattern in patterns for hit in re.finditer(pattern, text)]
    assert not found, f"Numbers come from content/: {found}"


def test_no_place_is_treated_by_its_code():
    codes = "|".join(code for code in addresses.place_codes() if len(code) == 6)
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path in PROGRAM
        for hit in re.finditer(rf"(?<!\d)(?:{codes})(?!\d)", spoken_to_the_computer(path))
    ]
    assert not found, f"The program treats no place in its own way: {found}"


def spoken_to_the_computer(path: Path) -> str:
    """Return a file without what only people read: the comments and docstrings of Python."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        return text
    tree = ast.parse(text)
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list):
                setattr(node, name, [each for each in block if not is_docstring(each)] or [ast.Pass()])
    return ast.unparse(tree)


def is_docstring(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
